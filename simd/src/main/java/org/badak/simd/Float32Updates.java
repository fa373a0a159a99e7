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

/// The sweeps of optimizers in float32, one loop for each [Update.Form]: the operations of the scalar
/// sweeps, in their order, on whole vectors, padding included.
final class Float32Updates {
    private static final VectorSpecies<Float> SPECIES = Width.FLOATS;
    private static final VectorSpecies<Double> DOUBLES = Width.DOUBLES;
    private static final int LANES = SPECIES.length();
    private static final int PARTIAL_SUMS = 16;
    private static final ThreadLocal<double[]> SUMS = ThreadLocal.withInitial(() -> new double[PARTIAL_SUMS]);

    private Float32Updates() {}

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
        float limit = (float) update.gradientLimit();
        FloatVector scale = broadcast(update.gradientScale());
        FloatVector added = broadcast(update.addedDecay());
        float kept = (float) update.keptShare();
        FloatVector rate = broadcast(-update.gradientRate());
        int run = Runs.length(gradient, parameter, to - from);
        for (int row = from; row < to; row += Runs.rows(run, parameter)) {
            int gStart = start(gradient, row);
            int pStart = start(parameter, row);
            for (int j = 0; j < run; j += LANES) {
                FloatVector p = FloatVector.fromArray(SPECIES, ps, pStart + j);
                FloatVector g = scale.mul(FloatVector.fromArray(SPECIES, gs, gStart + j));
                g = added.fma(p, g.max(-limit).min(limit));
                rate.fma(g, p.mul(kept)).intoArray(ps, pStart + j);
            }
        }
    }

    private static void momentum(Update update, Matrix gradient, Matrix m, Matrix parameter, int from, int to) {
        float[] gs = data(gradient);
        float[] ps = data(parameter);
        float limit = (float) update.gradientLimit();
        FloatVector scale = broadcast(update.gradientScale());
        FloatVector added = broadcast(update.addedDecay());
        float kept = (float) update.keptShare();
        float[] ms = data(m);
        FloatVector momentKept = broadcast(update.momentKept());
        float momentAdded = (float) update.momentAdded();
        FloatVector momentRate = broadcast(update.momentRate());
        float gradientRate = (float) update.gradientRate();
        int run = Runs.length(gradient, m, parameter, to - from);
        for (int row = from; row < to; row += Runs.rows(run, parameter)) {
            int gStart = start(gradient, row);
            int pStart = start(parameter, row);
            int mStart = start(m, row);
            for (int j = 0; j < run; j += LANES) {
                FloatVector p = FloatVector.fromArray(SPECIES, ps, pStart + j);
                FloatVector g = scale.mul(FloatVector.fromArray(SPECIES, gs, gStart + j));
                g = added.fma(p, g.max(-limit).min(limit));
                FloatVector moment = momentKept.fma(FloatVector.fromArray(SPECIES, ms, mStart + j), g.mul(momentAdded));
                moment.intoArray(ms, mStart + j);
                p.mul(kept).sub(momentRate.fma(moment, g.mul(gradientRate))).intoArray(ps, pStart + j);
            }
        }
    }

    private static void root(Update update, Matrix gradient, Matrix v, Matrix parameter, int from, int to) {
        float[] gs = data(gradient);
        float[] ps = data(parameter);
        float limit = (float) update.gradientLimit();
        FloatVector scale = broadcast(update.gradientScale());
        FloatVector added = broadcast(update.addedDecay());
        float kept = (float) update.keptShare();
        float[] vs = data(v);
        float squareKept = (float) update.squareKept();
        float squareAdded = (float) update.squareAdded();
        FloatVector factor = broadcast(update.rootFactor());
        FloatVector epsilon = broadcast(update.epsilon());
        float gradientRate = (float) update.gradientRate();
        int run = Runs.length(gradient, v, parameter, to - from);
        for (int row = from; row < to; row += Runs.rows(run, parameter)) {
            int gStart = start(gradient, row);
            int pStart = start(parameter, row);
            int vStart = start(v, row);
            for (int j = 0; j < run; j += LANES) {
                FloatVector p = FloatVector.fromArray(SPECIES, ps, pStart + j);
                FloatVector g = scale.mul(FloatVector.fromArray(SPECIES, gs, gStart + j));
                g = added.fma(p, g.max(-limit).min(limit));
                FloatVector square = g.mul(squareAdded)
                        .fma(g, FloatVector.fromArray(SPECIES, vs, vStart + j).mul(squareKept));
                square.intoArray(vs, vStart + j);
                FloatVector divisor = factor.fma(square.sqrt(), epsilon);
                p.mul(kept).sub(g.mul(gradientRate).div(divisor)).intoArray(ps, pStart + j);
            }
        }
    }

    private static void moments(
            Update update, Matrix gradient, Matrix m, Matrix v, Matrix parameter, int from, int to) {
        float[] gs = data(gradient);
        float[] ps = data(parameter);
        float limit = (float) update.gradientLimit();
        FloatVector scale = broadcast(update.gradientScale());
        FloatVector added = broadcast(update.addedDecay());
        float kept = (float) update.keptShare();
        float[] ms = data(m);
        float[] vs = data(v);
        FloatVector momentKept = broadcast(update.momentKept());
        float momentAdded = (float) update.momentAdded();
        float squareKept = (float) update.squareKept();
        float squareAdded = (float) update.squareAdded();
        FloatVector factor = broadcast(update.rootFactor());
        FloatVector epsilon = broadcast(update.epsilon());
        FloatVector momentRate = broadcast(update.momentRate());
        float gradientRate = (float) update.gradientRate();
        int run = Runs.length(gradient, m, v, parameter, to - from);
        for (int row = from; row < to; row += Runs.rows(run, parameter)) {
            int gStart = start(gradient, row);
            int pStart = start(parameter, row);
            int mStart = start(m, row);
            int vStart = start(v, row);
            for (int j = 0; j < run; j += LANES) {
                FloatVector p = FloatVector.fromArray(SPECIES, ps, pStart + j);
                FloatVector g = scale.mul(FloatVector.fromArray(SPECIES, gs, gStart + j));
                g = added.fma(p, g.max(-limit).min(limit));
                FloatVector moment = momentKept.fma(FloatVector.fromArray(SPECIES, ms, mStart + j), g.mul(momentAdded));
                moment.intoArray(ms, mStart + j);
                FloatVector square = g.mul(squareAdded)
                        .fma(g, FloatVector.fromArray(SPECIES, vs, vStart + j).mul(squareKept));
                square.intoArray(vs, vStart + j);
                FloatVector divisor = factor.fma(square.sqrt(), epsilon);
                p.mul(kept)
                        .sub(momentRate.fma(moment, g.mul(gradientRate)).div(divisor))
                        .intoArray(ps, pStart + j);
            }
        }
    }

    private static void largestMoments(
            Update update, Matrix gradient, Matrix m, Matrix v, Matrix s, Matrix parameter, int from, int to) {
        float[] gs = data(gradient);
        float[] ps = data(parameter);
        float limit = (float) update.gradientLimit();
        FloatVector scale = broadcast(update.gradientScale());
        FloatVector added = broadcast(update.addedDecay());
        float kept = (float) update.keptShare();
        float[] ms = data(m);
        float[] vs = data(v);
        float[] largests = data(s);
        FloatVector momentKept = broadcast(update.momentKept());
        float momentAdded = (float) update.momentAdded();
        float squareKept = (float) update.squareKept();
        float squareAdded = (float) update.squareAdded();
        FloatVector factor = broadcast(update.rootFactor());
        FloatVector epsilon = broadcast(update.epsilon());
        FloatVector momentRate = broadcast(update.momentRate());
        float gradientRate = (float) update.gradientRate();
        int run = Runs.length(gradient, m, v, s, parameter, to - from);
        for (int row = from; row < to; row += Runs.rows(run, parameter)) {
            int gStart = start(gradient, row);
            int pStart = start(parameter, row);
            int mStart = start(m, row);
            int vStart = start(v, row);
            int sStart = start(s, row);
            for (int j = 0; j < run; j += LANES) {
                FloatVector p = FloatVector.fromArray(SPECIES, ps, pStart + j);
                FloatVector g = scale.mul(FloatVector.fromArray(SPECIES, gs, gStart + j));
                g = added.fma(p, g.max(-limit).min(limit));
                FloatVector moment = momentKept.fma(FloatVector.fromArray(SPECIES, ms, mStart + j), g.mul(momentAdded));
                moment.intoArray(ms, mStart + j);
                FloatVector square = g.mul(squareAdded)
                        .fma(g, FloatVector.fromArray(SPECIES, vs, vStart + j).mul(squareKept));
                square.intoArray(vs, vStart + j);
                FloatVector largest =
                        FloatVector.fromArray(SPECIES, largests, sStart + j).max(square);
                largest.intoArray(largests, sStart + j);
                FloatVector divisor = factor.fma(largest.sqrt(), epsilon);
                p.mul(kept)
                        .sub(momentRate.fma(moment, g.mul(gradientRate)).div(divisor))
                        .intoArray(ps, pStart + j);
            }
        }
    }

    private static void delta(Update update, Matrix gradient, Matrix v, Matrix u, Matrix parameter, int from, int to) {
        float[] gs = data(gradient);
        float[] ps = data(parameter);
        float limit = (float) update.gradientLimit();
        FloatVector scale = broadcast(update.gradientScale());
        FloatVector added = broadcast(update.addedDecay());
        float kept = (float) update.keptShare();
        float[] vs = data(v);
        float[] us = data(u);
        float squareKept = (float) update.squareKept();
        float squareAdded = (float) update.squareAdded();
        float epsilon = (float) update.epsilon();
        FloatVector rate = broadcast(-update.gradientRate());
        int run = Runs.length(gradient, v, u, parameter, to - from);
        for (int row = from; row < to; row += Runs.rows(run, parameter)) {
            int gStart = start(gradient, row);
            int pStart = start(parameter, row);
            int vStart = start(v, row);
            int uStart = start(u, row);
            for (int j = 0; j < run; j += LANES) {
                FloatVector p = FloatVector.fromArray(SPECIES, ps, pStart + j);
                FloatVector g = scale.mul(FloatVector.fromArray(SPECIES, gs, gStart + j));
                g = added.fma(p, g.max(-limit).min(limit));
                FloatVector square = g.mul(squareAdded)
                        .fma(g, FloatVector.fromArray(SPECIES, vs, vStart + j).mul(squareKept));
                square.intoArray(vs, vStart + j);
                FloatVector before = FloatVector.fromArray(SPECIES, us, uStart + j);
                FloatVector ratio =
                        before.add(epsilon).sqrt().div(square.add(epsilon).sqrt());
                FloatVector change = ratio.mul(g);
                change.mul(squareAdded).fma(change, before.mul(squareKept)).intoArray(us, uStart + j);
                rate.fma(change, p.mul(kept)).intoArray(ps, pStart + j);
            }
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
