package org.badak.simd;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.badak.kernel.Elementary;
import org.badak.matrix.DoubleMatrix;

/// Losses of the columns of a matrix in float64: vectors lie across columns, so that everything from the maximum to the
/// logarithm stays in one lane and the order of every sum is that of the scalar kernels. The work goes in short passes
/// through small arrays: in one long method the compiler stops inlining and puts vectors on the heap.
final class Float64Columns {
    private static final VectorSpecies<Double> SPECIES = Width.DOUBLES;
    private static final int LANES = SPECIES.length();
    private static final long ROUNDER_BITS = Double.doubleToRawLongBits(Elementary.ROUNDER);
    /// Columns that go through the passes together: their scratch arrays stay in the first-level cache.
    private static final int BLOCK = 256;
    private static final ThreadLocal<double[]> MAXIMA = ThreadLocal.withInitial(() -> new double[BLOCK]);
    private static final ThreadLocal<double[]> SUMS = ThreadLocal.withInitial(() -> new double[BLOCK]);
    private static final ThreadLocal<double[]> MULTIPLES = ThreadLocal.withInitial(() -> new double[BLOCK]);
    private static final ThreadLocal<double[]> RESTS = ThreadLocal.withInitial(() -> new double[BLOCK]);
    private static final ThreadLocal<double[]> LOGARITHMS = ThreadLocal.withInitial(() -> new double[BLOCK]);

    private Float64Columns() {}

    /// result[r, l] = fma(w[wRow, r], a[aRow, l] − shift, base[baseRow, r]) for the rows [from, to) of `result`.
    static void outerSum(
            DoubleMatrix base,
            int baseRow,
            DoubleMatrix w,
            int wRow,
            DoubleMatrix a,
            int aRow,
            double shift,
            DoubleMatrix result,
            int from,
            int to) {
        double[] bases = base.data();
        double[] ws = w.data();
        double[] as = a.data();
        double[] results = result.data();
        int aStart = a.offset() + aRow * a.stride();
        int baseStart = base.offset() + baseRow * base.stride();
        int wStart = w.offset() + wRow * w.stride();
        for (int l = 0; l < result.columns(); l += LANES) {
            DoubleVector moved = DoubleVector.fromArray(SPECIES, as, aStart + l).sub(shift);
            int place = result.offset() + from * result.stride() + l;
            for (int r = from; r < to; r++) {
                moved.fma(
                                DoubleVector.broadcast(SPECIES, ws[wStart + r]),
                                DoubleVector.broadcast(SPECIES, bases[baseStart + r]))
                        .intoArray(results, place);
                place += result.stride();
            }
        }
    }

    /// See [org.badak.kernel.Operations#softmaxCrossEntropyColumns].
    static void softmaxCrossEntropy(DoubleMatrix z, DoubleMatrix t, int tRow, DoubleMatrix losses) {
        double[] targets = t.data();
        int target = t.offset() + tRow * t.stride();
        for (int start = 0; start < z.columns(); start += BLOCK) {
            int end = Math.min(start + BLOCK, z.columns());
            double[] maxima = MAXIMA.get();
            double[] sums = SUMS.get();
            maxima(z, start, end, maxima);
            sums(z, start, end, maxima, sums);
            logarithms(sums, end - start);
            double[] results = losses.data();
            int result = losses.offset() + start;
            Arrays.fill(results, result, result + end - start, 0);
            for (int k = 0; k < z.rows(); k++) {
                double share = targets[target + k];
                if (share != 0) {
                    int score = z.offset() + k * z.stride() + start;
                    for (int l = 0; l < end - start; l += LANES) {
                        DoubleVector logSum = DoubleVector.fromArray(SPECIES, maxima, l)
                                .add(DoubleVector.fromArray(SPECIES, sums, l));
                        DoubleVector.fromArray(SPECIES, results, result + l)
                                .add(logSum.sub(DoubleVector.fromArray(SPECIES, z.data(), score + l))
                                        .mul(share))
                                .intoArray(results, result + l);
                    }
                }
            }
        }
    }

    /// See [org.badak.kernel.Operations#deltaCrossEntropyColumns].
    static void deltaCrossEntropy(DoubleMatrix z, DoubleMatrix t, int tRow, double delta, DoubleMatrix losses) {
        double[] targets = t.data();
        int target = t.offset() + tRow * t.stride();
        for (int start = 0; start < z.columns(); start += BLOCK) {
            int end = Math.min(start + BLOCK, z.columns());
            double[] maxima = MAXIMA.get();
            double[] sums = SUMS.get();
            double[] logarithms = LOGARITHMS.get();
            maxima(z, start, end, maxima);
            sums(z, start, end, maxima, sums);
            double[] results = losses.data();
            int result = losses.offset() + start;
            Arrays.fill(results, result, result + end - start, 0);
            for (int k = 0; k < z.rows(); k++) {
                double share = targets[target + k];
                if (share != 0) {
                    int score = z.offset() + k * z.stride() + start;
                    for (int l = 0; l < end - start; l += LANES) {
                        DoubleVector shifted = DoubleVector.fromArray(SPECIES, z.data(), score + l)
                                .sub(DoubleVector.fromArray(SPECIES, maxima, l));
                        Float64Functions.exp(shifted)
                                .div(DoubleVector.fromArray(SPECIES, sums, l))
                                .add(delta)
                                .intoArray(logarithms, l);
                    }
                    logarithms(logarithms, end - start);
                    for (int l = 0; l < end - start; l += LANES) {
                        DoubleVector.fromArray(SPECIES, results, result + l)
                                .sub(DoubleVector.fromArray(SPECIES, logarithms, l)
                                        .mul(share))
                                .intoArray(results, result + l);
                    }
                }
            }
        }
    }

    /// See [org.badak.kernel.Operations#squaredErrorColumns].
    static void squaredError(DoubleMatrix y, DoubleMatrix t, int tRow, double factor, DoubleMatrix losses) {
        double[] outputs = y.data();
        double[] targets = t.data();
        double[] results = losses.data();
        int target = t.offset() + tRow * t.stride();
        for (int l = 0; l < y.columns(); l += LANES) {
            DoubleVector sum = DoubleVector.zero(SPECIES);
            for (int k = 0; k < y.rows(); k++) {
                DoubleVector difference = DoubleVector.fromArray(SPECIES, outputs, y.offset() + k * y.stride() + l)
                        .sub(targets[target + k]);
                sum = difference.fma(difference, sum);
            }
            sum.mul(factor).intoArray(results, losses.offset() + l);
        }
    }

    /// The largest element of each column from `start` on.
    private static void maxima(DoubleMatrix z, int start, int end, double[] maxima) {
        double[] scores = z.data();
        int first = z.offset() + start;
        for (int l = 0; l < end - start; l += LANES) {
            DoubleVector max = DoubleVector.fromArray(SPECIES, scores, first + l);
            int place = first + l;
            for (int k = 1; k < z.rows(); k++) {
                place += z.stride();
                DoubleVector score = DoubleVector.fromArray(SPECIES, scores, place);
                max = max.blend(score, score.compare(VectorOperators.GT, max));
            }
            max.intoArray(maxima, l);
        }
    }

    /// Σₖ e^(zₖ − max) of each column from `start` on, in ascending order of k: [Float64Functions#exp], written out
    /// in passes. As a call it was inlined in some runs of the JVM and not in others, which put every vector on
    /// the heap.
    private static void sums(DoubleMatrix z, int start, int end, double[] maxima, double[] sums) {
        Arrays.fill(sums, 0);
        double[] multiples = MULTIPLES.get();
        double[] rests = RESTS.get();
        for (int k = 0; k < z.rows(); k++) {
            reduce(z.data(), z.offset() + k * z.stride() + start, maxima, multiples, rests, end - start);
            addExponentials(multiples, rests, sums, end - start);
        }
    }

    /// x − max = multiple·ln 2 + rest, with the rounder still added to the multiple.
    private static void reduce(double[] x, int first, double[] maxima, double[] multiples, double[] rests, int count) {
        for (int l = 0; l < count; l += LANES) {
            DoubleVector shifted =
                    DoubleVector.fromArray(SPECIES, x, first + l).sub(DoubleVector.fromArray(SPECIES, maxima, l));
            DoubleVector upper = shifted.blend(
                    Float64Constants.EXP_MAX, shifted.compare(VectorOperators.GT, Float64Constants.EXP_MAX));
            DoubleVector bounded =
                    upper.blend(Float64Constants.EXP_MIN, upper.compare(VectorOperators.LT, Float64Constants.EXP_MIN));
            DoubleVector rounded = bounded.fma(Float64Constants.INVERSE_LN2, Float64Constants.ROUNDER);
            rounded.intoArray(multiples, l);
            DoubleVector minusK = rounded.sub(Float64Constants.ROUNDER).neg();
            minusK.fma(Float64Constants.LN2_LOW, minusK.fma(Float64Constants.LN2_HIGH, bounded))
                    .intoArray(rests, l);
        }
    }

    private static void addExponentials(double[] multiples, double[] rests, double[] sums, int count) {
        for (int l = 0; l < count; l += LANES) {
            DoubleVector r = DoubleVector.fromArray(SPECIES, rests, l);
            DoubleVector p = Float64Constants.TAYLOR_13.fma(r, Float64Constants.TAYLOR_12);
            p = p.fma(r, Float64Constants.TAYLOR_11);
            p = p.fma(r, Float64Constants.TAYLOR_10);
            p = p.fma(r, Float64Constants.TAYLOR_9);
            p = p.fma(r, Float64Constants.TAYLOR_8);
            p = p.fma(r, Float64Constants.TAYLOR_7);
            p = p.fma(r, Float64Constants.TAYLOR_6);
            p = p.fma(r, Float64Constants.TAYLOR_5);
            p = p.fma(r, Float64Constants.TAYLOR_4);
            p = p.fma(r, Float64Constants.TAYLOR_3);
            p = p.fma(r, Float64Constants.TAYLOR_2);
            p.fma(r.mul(r), r).add(Float64Constants.ONE).intoArray(rests, l);
        }
        for (int l = 0; l < count; l += LANES) {
            LongVector exponent = DoubleVector.fromArray(SPECIES, multiples, l)
                    .reinterpretAsLongs()
                    .sub(ROUNDER_BITS);
            LongVector half = exponent.lanewise(VectorOperators.ASHR, 1);
            DoubleVector exponential = DoubleVector.fromArray(SPECIES, rests, l)
                    .mul(half.add(1023).lanewise(VectorOperators.LSHL, 52).reinterpretAsDoubles())
                    .mul(exponent.sub(half)
                            .add(1023)
                            .lanewise(VectorOperators.LSHL, 52)
                            .reinterpretAsDoubles());
            DoubleVector.fromArray(SPECIES, sums, l).add(exponential).intoArray(sums, l);
        }
    }

    /// The logarithm of the first values, in place. Numbers that are not normal and positive, which training never
    /// sees,
    /// send the whole block through the scalar function.
    private static void logarithms(double[] values, int count) {
        VectorMask<Double> normal = SPECIES.maskAll(true);
        for (int l = 0; l < count; l += LANES) {
            DoubleVector x = DoubleVector.fromArray(SPECIES, values, l);
            normal = normal.and(x.compare(VectorOperators.GE, Double.MIN_NORMAL))
                    .and(x.compare(VectorOperators.LE, Double.MAX_VALUE));
        }
        if (normal.allTrue()) {
            for (int l = 0; l < count; l += LANES) {
                Float64Functions.logOfNormal(DoubleVector.fromArray(SPECIES, values, l))
                        .intoArray(values, l);
            }
        } else {
            for (int l = 0; l < count; l++) {
                values[l] = Elementary.log(values[l]);
            }
        }
    }
}
