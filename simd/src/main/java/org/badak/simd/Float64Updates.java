package org.badak.simd;

import java.util.Arrays;
import java.util.List;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;
import org.badak.kernel.Update;
import org.badak.matrix.DoubleMatrix;
import org.badak.matrix.Matrix;

/// The sweeps of optimizers in float64, one loop for each [Update.Form]: the operations of the scalar
/// sweeps, in their order, on whole vectors, padding included.
final class Float64Updates {
    private static final VectorSpecies<Double> SPECIES = Width.DOUBLES;
    private static final int LANES = SPECIES.length();
    private static final int PARTIAL_SUMS = 16;
    private static final ThreadLocal<double[]> SUMS = ThreadLocal.withInitial(() -> new double[PARTIAL_SUMS]);

    private Float64Updates() {}

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
        double[] gs = data(gradient);
        double[] ps = data(parameter);
        double limit = update.gradientLimit();
        DoubleVector scale = broadcast(update.gradientScale());
        DoubleVector added = broadcast(update.addedDecay());
        double kept = update.keptShare();
        DoubleVector rate = broadcast(-update.gradientRate());
        int run = Runs.length(gradient, parameter, to - from);
        for (int row = from; row < to; row += Runs.rows(run, parameter)) {
            int gStart = start(gradient, row);
            int pStart = start(parameter, row);
            for (int j = 0; j < run; j += LANES) {
                DoubleVector p = DoubleVector.fromArray(SPECIES, ps, pStart + j);
                DoubleVector g = scale.mul(DoubleVector.fromArray(SPECIES, gs, gStart + j));
                g = added.fma(p, g.max(-limit).min(limit));
                rate.fma(g, p.mul(kept)).intoArray(ps, pStart + j);
            }
        }
    }

    private static void momentum(Update update, Matrix gradient, Matrix m, Matrix parameter, int from, int to) {
        double[] gs = data(gradient);
        double[] ps = data(parameter);
        double limit = update.gradientLimit();
        DoubleVector scale = broadcast(update.gradientScale());
        DoubleVector added = broadcast(update.addedDecay());
        double kept = update.keptShare();
        double[] ms = data(m);
        DoubleVector momentKept = broadcast(update.momentKept());
        double momentAdded = update.momentAdded();
        DoubleVector momentRate = broadcast(update.momentRate());
        double gradientRate = update.gradientRate();
        int run = Runs.length(gradient, m, parameter, to - from);
        for (int row = from; row < to; row += Runs.rows(run, parameter)) {
            int gStart = start(gradient, row);
            int pStart = start(parameter, row);
            int mStart = start(m, row);
            for (int j = 0; j < run; j += LANES) {
                DoubleVector p = DoubleVector.fromArray(SPECIES, ps, pStart + j);
                DoubleVector g = scale.mul(DoubleVector.fromArray(SPECIES, gs, gStart + j));
                g = added.fma(p, g.max(-limit).min(limit));
                DoubleVector moment =
                        momentKept.fma(DoubleVector.fromArray(SPECIES, ms, mStart + j), g.mul(momentAdded));
                moment.intoArray(ms, mStart + j);
                p.mul(kept).sub(momentRate.fma(moment, g.mul(gradientRate))).intoArray(ps, pStart + j);
            }
        }
    }

    private static void root(Update update, Matrix gradient, Matrix v, Matrix parameter, int from, int to) {
        double[] gs = data(gradient);
        double[] ps = data(parameter);
        double limit = update.gradientLimit();
        DoubleVector scale = broadcast(update.gradientScale());
        DoubleVector added = broadcast(update.addedDecay());
        double kept = update.keptShare();
        double[] vs = data(v);
        double squareKept = update.squareKept();
        double squareAdded = update.squareAdded();
        DoubleVector factor = broadcast(update.rootFactor());
        DoubleVector epsilon = broadcast(update.epsilon());
        double gradientRate = update.gradientRate();
        int run = Runs.length(gradient, v, parameter, to - from);
        for (int row = from; row < to; row += Runs.rows(run, parameter)) {
            int gStart = start(gradient, row);
            int pStart = start(parameter, row);
            int vStart = start(v, row);
            for (int j = 0; j < run; j += LANES) {
                DoubleVector p = DoubleVector.fromArray(SPECIES, ps, pStart + j);
                DoubleVector g = scale.mul(DoubleVector.fromArray(SPECIES, gs, gStart + j));
                g = added.fma(p, g.max(-limit).min(limit));
                DoubleVector square = g.mul(squareAdded)
                        .fma(g, DoubleVector.fromArray(SPECIES, vs, vStart + j).mul(squareKept));
                square.intoArray(vs, vStart + j);
                DoubleVector divisor = factor.fma(square.sqrt(), epsilon);
                p.mul(kept).sub(g.mul(gradientRate).div(divisor)).intoArray(ps, pStart + j);
            }
        }
    }

    private static void moments(
            Update update, Matrix gradient, Matrix m, Matrix v, Matrix parameter, int from, int to) {
        double[] gs = data(gradient);
        double[] ps = data(parameter);
        double limit = update.gradientLimit();
        DoubleVector scale = broadcast(update.gradientScale());
        DoubleVector added = broadcast(update.addedDecay());
        double kept = update.keptShare();
        double[] ms = data(m);
        double[] vs = data(v);
        DoubleVector momentKept = broadcast(update.momentKept());
        double momentAdded = update.momentAdded();
        double squareKept = update.squareKept();
        double squareAdded = update.squareAdded();
        DoubleVector factor = broadcast(update.rootFactor());
        DoubleVector epsilon = broadcast(update.epsilon());
        DoubleVector momentRate = broadcast(update.momentRate());
        double gradientRate = update.gradientRate();
        int run = Runs.length(gradient, m, v, parameter, to - from);
        for (int row = from; row < to; row += Runs.rows(run, parameter)) {
            int gStart = start(gradient, row);
            int pStart = start(parameter, row);
            int mStart = start(m, row);
            int vStart = start(v, row);
            for (int j = 0; j < run; j += LANES) {
                DoubleVector p = DoubleVector.fromArray(SPECIES, ps, pStart + j);
                DoubleVector g = scale.mul(DoubleVector.fromArray(SPECIES, gs, gStart + j));
                g = added.fma(p, g.max(-limit).min(limit));
                DoubleVector moment =
                        momentKept.fma(DoubleVector.fromArray(SPECIES, ms, mStart + j), g.mul(momentAdded));
                moment.intoArray(ms, mStart + j);
                DoubleVector square = g.mul(squareAdded)
                        .fma(g, DoubleVector.fromArray(SPECIES, vs, vStart + j).mul(squareKept));
                square.intoArray(vs, vStart + j);
                DoubleVector divisor = factor.fma(square.sqrt(), epsilon);
                p.mul(kept)
                        .sub(momentRate.fma(moment, g.mul(gradientRate)).div(divisor))
                        .intoArray(ps, pStart + j);
            }
        }
    }

    private static void largestMoments(
            Update update, Matrix gradient, Matrix m, Matrix v, Matrix s, Matrix parameter, int from, int to) {
        double[] gs = data(gradient);
        double[] ps = data(parameter);
        double limit = update.gradientLimit();
        DoubleVector scale = broadcast(update.gradientScale());
        DoubleVector added = broadcast(update.addedDecay());
        double kept = update.keptShare();
        double[] ms = data(m);
        double[] vs = data(v);
        double[] largests = data(s);
        DoubleVector momentKept = broadcast(update.momentKept());
        double momentAdded = update.momentAdded();
        double squareKept = update.squareKept();
        double squareAdded = update.squareAdded();
        DoubleVector factor = broadcast(update.rootFactor());
        DoubleVector epsilon = broadcast(update.epsilon());
        DoubleVector momentRate = broadcast(update.momentRate());
        double gradientRate = update.gradientRate();
        int run = Runs.length(gradient, m, v, s, parameter, to - from);
        for (int row = from; row < to; row += Runs.rows(run, parameter)) {
            int gStart = start(gradient, row);
            int pStart = start(parameter, row);
            int mStart = start(m, row);
            int vStart = start(v, row);
            int sStart = start(s, row);
            for (int j = 0; j < run; j += LANES) {
                DoubleVector p = DoubleVector.fromArray(SPECIES, ps, pStart + j);
                DoubleVector g = scale.mul(DoubleVector.fromArray(SPECIES, gs, gStart + j));
                g = added.fma(p, g.max(-limit).min(limit));
                DoubleVector moment =
                        momentKept.fma(DoubleVector.fromArray(SPECIES, ms, mStart + j), g.mul(momentAdded));
                moment.intoArray(ms, mStart + j);
                DoubleVector square = g.mul(squareAdded)
                        .fma(g, DoubleVector.fromArray(SPECIES, vs, vStart + j).mul(squareKept));
                square.intoArray(vs, vStart + j);
                DoubleVector largest =
                        DoubleVector.fromArray(SPECIES, largests, sStart + j).max(square);
                largest.intoArray(largests, sStart + j);
                DoubleVector divisor = factor.fma(largest.sqrt(), epsilon);
                p.mul(kept)
                        .sub(momentRate.fma(moment, g.mul(gradientRate)).div(divisor))
                        .intoArray(ps, pStart + j);
            }
        }
    }

    private static void delta(Update update, Matrix gradient, Matrix v, Matrix u, Matrix parameter, int from, int to) {
        double[] gs = data(gradient);
        double[] ps = data(parameter);
        double limit = update.gradientLimit();
        DoubleVector scale = broadcast(update.gradientScale());
        DoubleVector added = broadcast(update.addedDecay());
        double kept = update.keptShare();
        double[] vs = data(v);
        double[] us = data(u);
        double squareKept = update.squareKept();
        double squareAdded = update.squareAdded();
        double epsilon = update.epsilon();
        DoubleVector rate = broadcast(-update.gradientRate());
        int run = Runs.length(gradient, v, u, parameter, to - from);
        for (int row = from; row < to; row += Runs.rows(run, parameter)) {
            int gStart = start(gradient, row);
            int pStart = start(parameter, row);
            int vStart = start(v, row);
            int uStart = start(u, row);
            for (int j = 0; j < run; j += LANES) {
                DoubleVector p = DoubleVector.fromArray(SPECIES, ps, pStart + j);
                DoubleVector g = scale.mul(DoubleVector.fromArray(SPECIES, gs, gStart + j));
                g = added.fma(p, g.max(-limit).min(limit));
                DoubleVector square = g.mul(squareAdded)
                        .fma(g, DoubleVector.fromArray(SPECIES, vs, vStart + j).mul(squareKept));
                square.intoArray(vs, vStart + j);
                DoubleVector before = DoubleVector.fromArray(SPECIES, us, uStart + j);
                DoubleVector ratio =
                        before.add(epsilon).sqrt().div(square.add(epsilon).sqrt());
                DoubleVector change = ratio.mul(g);
                change.mul(squareAdded).fma(change, before.mul(squareKept)).intoArray(us, uStart + j);
                rate.fma(change, p.mul(kept)).intoArray(ps, pStart + j);
            }
        }
    }

    /// In the order of the scalar sums: element j belongs to partial sum j mod 16.
    static void sumsOfSquares(Matrix x, double[] sums, int from, int to) {
        double[] xs = data(x);
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

    private static void addSquares(double[] xs, int start, int count, double[] partial) {
        for (int j = 0; j < count; j += PARTIAL_SUMS) {
            for (int lane = 0; lane < PARTIAL_SUMS; lane += LANES) {
                DoubleVector value = DoubleVector.fromArray(SPECIES, xs, start + j + lane);
                value.mul(value)
                        .add(DoubleVector.fromArray(SPECIES, partial, lane))
                        .intoArray(partial, lane);
            }
        }
    }

    private static DoubleVector broadcast(double value) {
        return DoubleVector.broadcast(SPECIES, value);
    }

    private static double[] data(Matrix matrix) {
        return ((DoubleMatrix) matrix).data();
    }

    private static int start(Matrix matrix, int row) {
        return matrix.offset() + row * matrix.stride();
    }
}
