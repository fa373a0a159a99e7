package org.badak.simd;

import java.util.Arrays;
import java.util.List;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;
import org.badak.kernel.Update;
import org.badak.matrix.DoubleMatrix;
import org.badak.matrix.Matrix;

/// The sweeps of optimizers in float64: the operations of the scalar sweeps, in their order, on whole
/// vectors, padding included. A sweep goes over blocks that stay in the first-level cache, each in two
/// to five short passes, which all forms share.
final class Float64Updates {
    private static final VectorSpecies<Double> SPECIES = Width.DOUBLES;
    private static final int LANES = SPECIES.length();
    private static final int PARTIAL_SUMS = 16;
    private static final int BLOCK = 1024; // numbers
    private static final ThreadLocal<double[]> SUMS = ThreadLocal.withInitial(() -> new double[PARTIAL_SUMS]);
    private static final ThreadLocal<double[]> GRADIENTS = ThreadLocal.withInitial(() -> new double[BLOCK]);

    private Float64Updates() {}

    static void run(Update update, Matrix gradient, List<Matrix> slots, Matrix parameter, int from, int to) {
        double[] g = GRADIENTS.get();
        int run = Runs.length(gradient, slots, parameter, to - from);
        for (int row = from; row < to; row += Runs.rows(run, parameter)) {
            for (int first = 0; first < run; first += BLOCK) {
                int count = Math.min(BLOCK, run - first);
                double[] p = data(parameter);
                int at = start(parameter, row) + first;
                condition(update, data(gradient), start(gradient, row) + first, p, at, g, count);
                switch (update.form()) {
                    case PLAIN -> move(update, g, p, at, count);
                    case MOMENTUM -> {
                        double[] m = data(slots.get(0));
                        int mAt = start(slots.get(0), row) + first;
                        averageGradient(update, g, m, mAt, count);
                        moveByMoment(update, g, m, mAt, p, at, count);
                    }
                    case ROOT -> {
                        double[] v = data(slots.get(0));
                        int vAt = start(slots.get(0), row) + first;
                        averageSquare(update, g, v, vAt, count);
                        moveByRoot(update, g, v, vAt, p, at, count);
                    }
                    case MOMENTS, LARGEST_MOMENTS -> {
                        double[] m = data(slots.get(0));
                        double[] v = data(slots.get(1));
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
                        double[] v = data(slots.get(0));
                        double[] u = data(slots.get(1));
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
            Update update, double[] gradients, int gStart, double[] p, int pStart, double[] g, int count) {
        double limit = update.gradientLimit();
        double kept = update.keptShare();
        DoubleVector scale = broadcast(update.gradientScale());
        DoubleVector added = broadcast(update.addedDecay());
        for (int j = 0; j < count; j += LANES) {
            DoubleVector value = DoubleVector.fromArray(SPECIES, p, pStart + j);
            DoubleVector clipped = scale.mul(DoubleVector.fromArray(SPECIES, gradients, gStart + j))
                    .max(-limit)
                    .min(limit);
            added.fma(value, clipped).intoArray(g, j);
            value.mul(kept).intoArray(p, pStart + j);
        }
    }

    private static void averageGradient(Update update, double[] g, double[] m, int mStart, int count) {
        DoubleVector kept = broadcast(update.momentKept());
        double added = update.momentAdded();
        for (int j = 0; j < count; j += LANES) {
            kept.fma(
                            DoubleVector.fromArray(SPECIES, m, mStart + j),
                            DoubleVector.fromArray(SPECIES, g, j).mul(added))
                    .intoArray(m, mStart + j);
        }
    }

    private static void averageSquare(Update update, double[] g, double[] v, int vStart, int count) {
        double kept = update.squareKept();
        double added = update.squareAdded();
        for (int j = 0; j < count; j += LANES) {
            DoubleVector gradient = DoubleVector.fromArray(SPECIES, g, j);
            gradient.mul(added)
                    .fma(
                            gradient,
                            DoubleVector.fromArray(SPECIES, v, vStart + j).mul(kept))
                    .intoArray(v, vStart + j);
        }
    }

    private static void keepLargest(double[] v, int vStart, double[] s, int sStart, int count) {
        for (int j = 0; j < count; j += LANES) {
            DoubleVector.fromArray(SPECIES, s, sStart + j)
                    .max(DoubleVector.fromArray(SPECIES, v, vStart + j))
                    .intoArray(s, sStart + j);
        }
    }

    private static void move(Update update, double[] g, double[] p, int pStart, int count) {
        DoubleVector rate = broadcast(-update.gradientRate());
        for (int j = 0; j < count; j += LANES) {
            rate.fma(DoubleVector.fromArray(SPECIES, g, j), DoubleVector.fromArray(SPECIES, p, pStart + j))
                    .intoArray(p, pStart + j);
        }
    }

    private static void moveByMoment(
            Update update, double[] g, double[] m, int mStart, double[] p, int pStart, int count) {
        DoubleVector momentRate = broadcast(update.momentRate());
        double gradientRate = update.gradientRate();
        for (int j = 0; j < count; j += LANES) {
            DoubleVector step = momentRate.fma(
                    DoubleVector.fromArray(SPECIES, m, mStart + j),
                    DoubleVector.fromArray(SPECIES, g, j).mul(gradientRate));
            DoubleVector.fromArray(SPECIES, p, pStart + j).sub(step).intoArray(p, pStart + j);
        }
    }

    private static void moveByRoot(
            Update update, double[] g, double[] v, int vStart, double[] p, int pStart, int count) {
        DoubleVector factor = broadcast(update.rootFactor());
        DoubleVector epsilon = broadcast(update.epsilon());
        double rate = update.gradientRate();
        for (int j = 0; j < count; j += LANES) {
            DoubleVector divisor =
                    factor.fma(DoubleVector.fromArray(SPECIES, v, vStart + j).sqrt(), epsilon);
            DoubleVector step = DoubleVector.fromArray(SPECIES, g, j).mul(rate).div(divisor);
            DoubleVector.fromArray(SPECIES, p, pStart + j).sub(step).intoArray(p, pStart + j);
        }
    }

    private static void moveByMoments(
            Update update,
            double[] g,
            double[] m,
            int mStart,
            double[] v,
            int vStart,
            double[] p,
            int pStart,
            int count) {
        DoubleVector factor = broadcast(update.rootFactor());
        DoubleVector epsilon = broadcast(update.epsilon());
        DoubleVector momentRate = broadcast(update.momentRate());
        double gradientRate = update.gradientRate();
        for (int j = 0; j < count; j += LANES) {
            DoubleVector divisor =
                    factor.fma(DoubleVector.fromArray(SPECIES, v, vStart + j).sqrt(), epsilon);
            DoubleVector step = momentRate
                    .fma(
                            DoubleVector.fromArray(SPECIES, m, mStart + j),
                            DoubleVector.fromArray(SPECIES, g, j).mul(gradientRate))
                    .div(divisor);
            DoubleVector.fromArray(SPECIES, p, pStart + j).sub(step).intoArray(p, pStart + j);
        }
    }

    private static void moveByDelta(
            Update update,
            double[] g,
            double[] v,
            int vStart,
            double[] u,
            int uStart,
            double[] p,
            int pStart,
            int count) {
        double squareKept = update.squareKept();
        double squareAdded = update.squareAdded();
        double epsilon = update.epsilon();
        DoubleVector rate = broadcast(-update.gradientRate());
        for (int j = 0; j < count; j += LANES) {
            DoubleVector before = DoubleVector.fromArray(SPECIES, u, uStart + j);
            DoubleVector root =
                    DoubleVector.fromArray(SPECIES, v, vStart + j).add(epsilon).sqrt();
            DoubleVector change = before.add(epsilon).sqrt().div(root).mul(DoubleVector.fromArray(SPECIES, g, j));
            change.mul(squareAdded).fma(change, before.mul(squareKept)).intoArray(u, uStart + j);
            rate.fma(change, DoubleVector.fromArray(SPECIES, p, pStart + j)).intoArray(p, pStart + j);
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
