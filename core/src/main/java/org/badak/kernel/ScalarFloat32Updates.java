package org.badak.kernel;

import java.util.Arrays;
import java.util.List;
import org.badak.matrix.FloatMatrix;
import org.badak.matrix.Matrix;

/// The sweeps of optimizers in float32, one loop for each [Update.Form], and the sum of squares that
/// clipping needs. The reference for every other kernel set; a test holds the twin for the other
/// precision to it.
final class ScalarFloat32Updates {
    private static final int PARTIAL_SUMS = 16;
    private static final ThreadLocal<double[]> SUMS = ThreadLocal.withInitial(() -> new double[PARTIAL_SUMS]);

    private ScalarFloat32Updates() {}

    static void run(Update update, Matrix gradient, List<Matrix> slots, Matrix parameter, int from, int to) {
        switch (update.form()) {
            case PLAIN -> plain(update, gradient, parameter, from, to);
            case MOMENTUM -> momentum(update, gradient, slots.get(0), parameter, from, to);
            case ROOT -> root(update, gradient, slots.get(0), parameter, from, to);
            case MOMENTS -> moments(update, gradient, slots.get(0), slots.get(1), parameter, from, to);
            case LARGEST_MOMENTS ->
                largestMoments(update, gradient, slots.get(0), slots.get(1), slots.get(2), parameter, from, to);
            case DELTA -> delta(update, gradient, slots.get(0), slots.get(1), parameter, from, to);
        }
    }

    private static void plain(Update update, Matrix gradient, Matrix parameter, int from, int to) {
        float[] gs = data(gradient);
        float[] ps = data(parameter);
        float scale = (float) update.gradientScale();
        float limit = (float) update.gradientLimit();
        float added = (float) update.addedDecay();
        float kept = (float) update.keptShare();
        float rate = (float) update.gradientRate();
        for (int row = from; row < to; row++) {
            int gRow = start(gradient, row);
            int pRow = start(parameter, row);
            for (int j = 0; j < parameter.columns(); j++) {
                float p = ps[pRow + j];
                float g = Fma.fma(added, p, clipped(gs[gRow + j], scale, limit));
                ps[pRow + j] = Fma.fma(-rate, g, kept * p);
            }
        }
    }

    private static void momentum(Update update, Matrix gradient, Matrix m, Matrix parameter, int from, int to) {
        float[] gs = data(gradient);
        float[] ms = data(m);
        float[] ps = data(parameter);
        float scale = (float) update.gradientScale();
        float limit = (float) update.gradientLimit();
        float added = (float) update.addedDecay();
        float kept = (float) update.keptShare();
        float momentKept = (float) update.momentKept();
        float momentAdded = (float) update.momentAdded();
        float momentRate = (float) update.momentRate();
        float gradientRate = (float) update.gradientRate();
        for (int row = from; row < to; row++) {
            int gRow = start(gradient, row);
            int mRow = start(m, row);
            int pRow = start(parameter, row);
            for (int j = 0; j < parameter.columns(); j++) {
                float p = ps[pRow + j];
                float g = Fma.fma(added, p, clipped(gs[gRow + j], scale, limit));
                float moment = Fma.fma(momentKept, ms[mRow + j], momentAdded * g);
                ms[mRow + j] = moment;
                ps[pRow + j] = kept * p - Fma.fma(momentRate, moment, gradientRate * g);
            }
        }
    }

    private static void root(Update update, Matrix gradient, Matrix v, Matrix parameter, int from, int to) {
        float[] gs = data(gradient);
        float[] vs = data(v);
        float[] ps = data(parameter);
        float scale = (float) update.gradientScale();
        float limit = (float) update.gradientLimit();
        float added = (float) update.addedDecay();
        float kept = (float) update.keptShare();
        float squareKept = (float) update.squareKept();
        float squareAdded = (float) update.squareAdded();
        float factor = (float) update.rootFactor();
        float epsilon = (float) update.epsilon();
        float gradientRate = (float) update.gradientRate();
        for (int row = from; row < to; row++) {
            int gRow = start(gradient, row);
            int vRow = start(v, row);
            int pRow = start(parameter, row);
            for (int j = 0; j < parameter.columns(); j++) {
                float p = ps[pRow + j];
                float g = Fma.fma(added, p, clipped(gs[gRow + j], scale, limit));
                float square = Fma.fma(squareAdded * g, g, squareKept * vs[vRow + j]);
                vs[vRow + j] = square;
                float divisor = Fma.fma(factor, (float) Math.sqrt(square), epsilon);
                ps[pRow + j] = kept * p - gradientRate * g / divisor;
            }
        }
    }

    private static void moments(
            Update update, Matrix gradient, Matrix m, Matrix v, Matrix parameter, int from, int to) {
        float[] gs = data(gradient);
        float[] ms = data(m);
        float[] vs = data(v);
        float[] ps = data(parameter);
        float scale = (float) update.gradientScale();
        float limit = (float) update.gradientLimit();
        float added = (float) update.addedDecay();
        float kept = (float) update.keptShare();
        float momentKept = (float) update.momentKept();
        float momentAdded = (float) update.momentAdded();
        float squareKept = (float) update.squareKept();
        float squareAdded = (float) update.squareAdded();
        float factor = (float) update.rootFactor();
        float epsilon = (float) update.epsilon();
        float momentRate = (float) update.momentRate();
        float gradientRate = (float) update.gradientRate();
        for (int row = from; row < to; row++) {
            int gRow = start(gradient, row);
            int mRow = start(m, row);
            int vRow = start(v, row);
            int pRow = start(parameter, row);
            for (int j = 0; j < parameter.columns(); j++) {
                float p = ps[pRow + j];
                float g = Fma.fma(added, p, clipped(gs[gRow + j], scale, limit));
                float moment = Fma.fma(momentKept, ms[mRow + j], momentAdded * g);
                float square = Fma.fma(squareAdded * g, g, squareKept * vs[vRow + j]);
                ms[mRow + j] = moment;
                vs[vRow + j] = square;
                float divisor = Fma.fma(factor, (float) Math.sqrt(square), epsilon);
                ps[pRow + j] = kept * p - Fma.fma(momentRate, moment, gradientRate * g) / divisor;
            }
        }
    }

    private static void largestMoments(
            Update update, Matrix gradient, Matrix m, Matrix v, Matrix s, Matrix parameter, int from, int to) {
        float[] gs = data(gradient);
        float[] ms = data(m);
        float[] vs = data(v);
        float[] largests = data(s);
        float[] ps = data(parameter);
        float scale = (float) update.gradientScale();
        float limit = (float) update.gradientLimit();
        float added = (float) update.addedDecay();
        float kept = (float) update.keptShare();
        float momentKept = (float) update.momentKept();
        float momentAdded = (float) update.momentAdded();
        float squareKept = (float) update.squareKept();
        float squareAdded = (float) update.squareAdded();
        float factor = (float) update.rootFactor();
        float epsilon = (float) update.epsilon();
        float momentRate = (float) update.momentRate();
        float gradientRate = (float) update.gradientRate();
        for (int row = from; row < to; row++) {
            int gRow = start(gradient, row);
            int mRow = start(m, row);
            int vRow = start(v, row);
            int sRow = start(s, row);
            int pRow = start(parameter, row);
            for (int j = 0; j < parameter.columns(); j++) {
                float p = ps[pRow + j];
                float g = Fma.fma(added, p, clipped(gs[gRow + j], scale, limit));
                float moment = Fma.fma(momentKept, ms[mRow + j], momentAdded * g);
                float square = Fma.fma(squareAdded * g, g, squareKept * vs[vRow + j]);
                float largest = Math.max(largests[sRow + j], square);
                ms[mRow + j] = moment;
                vs[vRow + j] = square;
                largests[sRow + j] = largest;
                float divisor = Fma.fma(factor, (float) Math.sqrt(largest), epsilon);
                ps[pRow + j] = kept * p - Fma.fma(momentRate, moment, gradientRate * g) / divisor;
            }
        }
    }

    private static void delta(Update update, Matrix gradient, Matrix v, Matrix u, Matrix parameter, int from, int to) {
        float[] gs = data(gradient);
        float[] vs = data(v);
        float[] us = data(u);
        float[] ps = data(parameter);
        float scale = (float) update.gradientScale();
        float limit = (float) update.gradientLimit();
        float added = (float) update.addedDecay();
        float kept = (float) update.keptShare();
        float squareKept = (float) update.squareKept();
        float squareAdded = (float) update.squareAdded();
        float epsilon = (float) update.epsilon();
        float gradientRate = (float) update.gradientRate();
        for (int row = from; row < to; row++) {
            int gRow = start(gradient, row);
            int vRow = start(v, row);
            int uRow = start(u, row);
            int pRow = start(parameter, row);
            for (int j = 0; j < parameter.columns(); j++) {
                float p = ps[pRow + j];
                float g = Fma.fma(added, p, clipped(gs[gRow + j], scale, limit));
                float square = Fma.fma(squareAdded * g, g, squareKept * vs[vRow + j]);
                float before = us[uRow + j];
                float ratio = (float) Math.sqrt(before + epsilon) / (float) Math.sqrt(square + epsilon);
                float change = ratio * g;
                vs[vRow + j] = square;
                us[uRow + j] = Fma.fma(squareAdded * change, change, squareKept * before);
                ps[pRow + j] = Fma.fma(-gradientRate, change, kept * p);
            }
        }
    }

    static void sumsOfSquares(Matrix x, double[] sums, int from, int to) {
        float[] xs = data(x);
        double[] partial = SUMS.get();
        for (int row = from; row < to; row++) {
            int xRow = start(x, row);
            Arrays.fill(partial, 0);
            for (int j = 0; j < x.columns(); j++) {
                double value = xs[xRow + j];
                partial[j % PARTIAL_SUMS] += value * value;
            }
            for (int half = PARTIAL_SUMS / 2; half > 0; half /= 2) {
                for (int i = 0; i < half; i++) {
                    partial[i] += partial[i + half];
                }
            }
            sums[row] = partial[0];
        }
    }

    private static float clipped(float gradient, float scale, float limit) {
        return Math.min(Math.max(scale * gradient, -limit), limit);
    }

    private static float[] data(Matrix matrix) {
        return ((FloatMatrix) matrix).data();
    }

    private static int start(Matrix matrix, int row) {
        return matrix.offset() + row * matrix.stride();
    }
}
