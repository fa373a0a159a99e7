package org.badak.simd;

import static jdk.incubator.vector.VectorOperators.F2D;

import java.util.Arrays;
import java.util.List;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.badak.kernel.Update;
import org.badak.matrix.FloatMatrix;
import org.badak.matrix.Matrix;

/// The sweeps of optimizers in float32: the operations of the scalar sweeps, in their order, on whole
/// vectors, padding included. A sweep goes over blocks that stay in the first-level cache, each in two
/// to five short passes, which all forms share.
final class Float32Updates {
    private static final VectorSpecies<Float> SPECIES = Width.FLOATS;
    private static final VectorSpecies<Double> DOUBLES = Width.DOUBLES;
    private static final int LANES = SPECIES.length();
    private static final int PARTIAL_SUMS = 16;
    private static final int BLOCK = 1024; // numbers
    private static final ThreadLocal<double[]> SUMS = ThreadLocal.withInitial(() -> new double[PARTIAL_SUMS]);
    private static final ThreadLocal<float[]> GRADIENTS = ThreadLocal.withInitial(() -> new float[BLOCK]);

    private Float32Updates() {}

    static void run(Update update, Matrix gradient, List<Matrix> slots, Matrix parameter, int from, int to) {
        float[] g = GRADIENTS.get();
        int run = Runs.length(gradient, slots, parameter, to - from);
        for (int row = from; row < to; row += Runs.rows(run, parameter)) {
            for (int first = 0; first < run; first += BLOCK) {
                int count = Math.min(BLOCK, run - first);
                float[] p = data(parameter);
                int at = start(parameter, row) + first;
                condition(update, data(gradient), start(gradient, row) + first, p, at, g, count);
                switch (update.form()) {
                    case PLAIN -> move(update, g, p, at, count);
                    case MOMENTUM -> {
                        float[] m = data(slots.get(0));
                        int mAt = start(slots.get(0), row) + first;
                        averageGradient(update, g, m, mAt, count);
                        moveByMoment(update, g, m, mAt, p, at, count);
                    }
                    case ROOT -> {
                        float[] v = data(slots.get(0));
                        int vAt = start(slots.get(0), row) + first;
                        averageSquare(update, g, v, vAt, count);
                        moveByRoot(update, g, v, vAt, p, at, count);
                    }
                    case MOMENTS, LARGEST_MOMENTS -> {
                        float[] m = data(slots.get(0));
                        float[] v = data(slots.get(1));
                        int mAt = start(slots.get(0), row) + first;
                        int vAt = start(slots.get(1), row) + first;
                        averageGradient(update, g, m, mAt, count);
                        averageSquare(update, g, v, vAt, count);
                        if (update.form() == Update.Form.LARGEST_MOMENTS) {
                            int sAt = start(slots.get(2), row) + first;
                            keepLargest(v, vAt, data(slots.get(2)), sAt, count);
                            v = data(slots.get(2));
                            vAt = sAt;
                        }
                        moveByMoments(update, g, m, mAt, v, vAt, p, at, count);
                    }
                    case DELTA -> {
                        float[] v = data(slots.get(0));
                        float[] u = data(slots.get(1));
                        int vAt = start(slots.get(0), row) + first;
                        averageSquare(update, g, v, vAt, count);
                        moveByDelta(update, g, v, vAt, u, start(slots.get(1), row) + first, p, at, count);
                    }
                }
            }
        }
    }

    /// g = the gradient clipped, with its decay added; then p = keptShare·p.
    private static void condition(
            Update update, float[] gradients, int gStart, float[] p, int pStart, float[] g, int count) {
        float limit = (float) update.gradientLimit();
        float kept = (float) update.keptShare();
        FloatVector scale = broadcast(update.gradientScale());
        FloatVector added = broadcast(update.addedDecay());
        for (int j = 0; j < count; j += LANES) {
            FloatVector value = FloatVector.fromArray(SPECIES, p, pStart + j);
            FloatVector clipped = scale.mul(FloatVector.fromArray(SPECIES, gradients, gStart + j))
                    .max(-limit)
                    .min(limit);
            added.fma(value, clipped).intoArray(g, j);
            value.mul(kept).intoArray(p, pStart + j);
        }
    }

    private static void averageGradient(Update update, float[] g, float[] m, int mStart, int count) {
        FloatVector kept = broadcast(update.momentKept());
        float added = (float) update.momentAdded();
        for (int j = 0; j < count; j += LANES) {
            kept.fma(
                            FloatVector.fromArray(SPECIES, m, mStart + j),
                            FloatVector.fromArray(SPECIES, g, j).mul(added))
                    .intoArray(m, mStart + j);
        }
    }

    private static void averageSquare(Update update, float[] g, float[] v, int vStart, int count) {
        float kept = (float) update.squareKept();
        float added = (float) update.squareAdded();
        for (int j = 0; j < count; j += LANES) {
            FloatVector gradient = FloatVector.fromArray(SPECIES, g, j);
            gradient.mul(added)
                    .fma(gradient, FloatVector.fromArray(SPECIES, v, vStart + j).mul(kept))
                    .intoArray(v, vStart + j);
        }
    }

    private static void keepLargest(float[] v, int vStart, float[] s, int sStart, int count) {
        for (int j = 0; j < count; j += LANES) {
            FloatVector.fromArray(SPECIES, s, sStart + j)
                    .max(FloatVector.fromArray(SPECIES, v, vStart + j))
                    .intoArray(s, sStart + j);
        }
    }

    private static void move(Update update, float[] g, float[] p, int pStart, int count) {
        FloatVector rate = broadcast(-update.gradientRate());
        for (int j = 0; j < count; j += LANES) {
            rate.fma(FloatVector.fromArray(SPECIES, g, j), FloatVector.fromArray(SPECIES, p, pStart + j))
                    .intoArray(p, pStart + j);
        }
    }

    private static void moveByMoment(
            Update update, float[] g, float[] m, int mStart, float[] p, int pStart, int count) {
        FloatVector momentRate = broadcast(update.momentRate());
        float gradientRate = (float) update.gradientRate();
        for (int j = 0; j < count; j += LANES) {
            FloatVector step = momentRate.fma(
                    FloatVector.fromArray(SPECIES, m, mStart + j),
                    FloatVector.fromArray(SPECIES, g, j).mul(gradientRate));
            FloatVector.fromArray(SPECIES, p, pStart + j).sub(step).intoArray(p, pStart + j);
        }
    }

    private static void moveByRoot(Update update, float[] g, float[] v, int vStart, float[] p, int pStart, int count) {
        FloatVector factor = broadcast(update.rootFactor());
        FloatVector epsilon = broadcast(update.epsilon());
        float rate = (float) update.gradientRate();
        for (int j = 0; j < count; j += LANES) {
            FloatVector divisor =
                    factor.fma(FloatVector.fromArray(SPECIES, v, vStart + j).sqrt(), epsilon);
            FloatVector step = FloatVector.fromArray(SPECIES, g, j).mul(rate).div(divisor);
            FloatVector.fromArray(SPECIES, p, pStart + j).sub(step).intoArray(p, pStart + j);
        }
    }

    private static void moveByMoments(
            Update update, float[] g, float[] m, int mStart, float[] v, int vStart, float[] p, int pStart, int count) {
        FloatVector factor = broadcast(update.rootFactor());
        FloatVector epsilon = broadcast(update.epsilon());
        FloatVector momentRate = broadcast(update.momentRate());
        float gradientRate = (float) update.gradientRate();
        for (int j = 0; j < count; j += LANES) {
            FloatVector divisor =
                    factor.fma(FloatVector.fromArray(SPECIES, v, vStart + j).sqrt(), epsilon);
            FloatVector step = momentRate
                    .fma(
                            FloatVector.fromArray(SPECIES, m, mStart + j),
                            FloatVector.fromArray(SPECIES, g, j).mul(gradientRate))
                    .div(divisor);
            FloatVector.fromArray(SPECIES, p, pStart + j).sub(step).intoArray(p, pStart + j);
        }
    }

    private static void moveByDelta(
            Update update, float[] g, float[] v, int vStart, float[] u, int uStart, float[] p, int pStart, int count) {
        float squareKept = (float) update.squareKept();
        float squareAdded = (float) update.squareAdded();
        float epsilon = (float) update.epsilon();
        FloatVector rate = broadcast(-update.gradientRate());
        for (int j = 0; j < count; j += LANES) {
            FloatVector before = FloatVector.fromArray(SPECIES, u, uStart + j);
            FloatVector root =
                    FloatVector.fromArray(SPECIES, v, vStart + j).add(epsilon).sqrt();
            FloatVector change = before.add(epsilon).sqrt().div(root).mul(FloatVector.fromArray(SPECIES, g, j));
            change.mul(squareAdded).fma(change, before.mul(squareKept)).intoArray(u, uStart + j);
            rate.fma(change, FloatVector.fromArray(SPECIES, p, pStart + j)).intoArray(p, pStart + j);
        }
    }

    /// Widened to double in the order of the scalar sums: element j belongs to partial sum j mod 16.
    static void sumsOfSquares(Matrix x, double[] sums, int from, int to) {
        float[] xs = data(x);
        double[] partial = SUMS.get();
        int whole = x.columns() - x.columns() % PARTIAL_SUMS; // padding must not count
        for (int row = from; row < to; row++) {
            int xStart = start(x, row);
            Arrays.fill(partial, 0);
            addSquares(xs, xStart, whole, partial);
            for (int j = whole; j < x.columns(); j++) {
                double value = xs[xStart + j];
                partial[j - whole] += value * value;
            }
            for (int half = PARTIAL_SUMS / 2; half > 0; half /= 2) {
                for (int i = 0; i < half; i++) {
                    partial[i] += partial[i + half];
                }
            }
            sums[row] = partial[0];
        }
    }

    private static void addSquares(float[] xs, int start, int count, double[] partial) {
        for (int j = 0; j < count; j += PARTIAL_SUMS) {
            for (int lane = 0; lane < PARTIAL_SUMS; lane += LANES) {
                FloatVector value = FloatVector.fromArray(SPECIES, xs, start + j + lane);
                DoubleVector low = (DoubleVector) value.convertShape(F2D, DOUBLES, 0);
                DoubleVector high = (DoubleVector) value.convertShape(F2D, DOUBLES, 1);
                low.mul(low).add(DoubleVector.fromArray(DOUBLES, partial, lane)).intoArray(partial, lane);
                int next = lane + DOUBLES.length();
                high.mul(high)
                        .add(DoubleVector.fromArray(DOUBLES, partial, next))
                        .intoArray(partial, next);
            }
        }
    }

    private static FloatVector broadcast(double value) {
        return FloatVector.broadcast(SPECIES, (float) value);
    }

    private static float[] data(Matrix matrix) {
        return ((FloatMatrix) matrix).data();
    }

    private static int start(Matrix matrix, int row) {
        return matrix.offset() + row * matrix.stride();
    }
}
