package org.badak.simd;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.badak.kernel.Elementary;

/// Softmax and cross-entropy of one row of scores that is moved by many small steps, in float64; vectors
/// lie across steps. Short passes through arrays of the first-level cache, so that the compiler inlines
/// all of each: see [Float64Columns].
final class Float64Moves {
    private static final VectorSpecies<Double> SPECIES = Width.DOUBLES;
    private static final int LANES = SPECIES.length();
    /// Steps that go through the passes together.
    private static final int BLOCK = 512;
    private static final ThreadLocal<double[][]> SCRATCH = ThreadLocal.withInitial(() -> new double[2][BLOCK]);

    private Float64Moves() {}

    /// Whether all |a[l] − shift| times the largest |wₖ| are at most [Elementary#NEAR].
    static boolean near(double[] w, int wStart, int classes, double[] a, int aStart, double shift, int columns) {
        double largest = 0;
        for (int k = 0; k < classes; k++) {
            largest = Math.max(largest, Math.abs(w[wStart + k])); // NaN stays
        }
        int whole = columns - columns % LANES; // padding must not count
        VectorMask<Double> near = SPECIES.maskAll(true);
        for (int l = 0; l < whole; l += LANES) {
            DoubleVector move = DoubleVector.fromArray(SPECIES, a, aStart + l).sub(shift);
            near = near.and(
                    move.lanewise(VectorOperators.ABS).mul(largest).compare(VectorOperators.LE, Elementary.NEAR));
        }
        boolean all = near.allTrue();
        for (int l = whole; l < columns; l++) {
            all &= Math.abs(a[aStart + l] - shift) * largest <= Elementary.NEAR;
        }
        return all;
    }

    /// See [org.badak.kernel.Operations#softmaxCrossEntropyMoved], for steps that are [#near].
    static void softmaxCrossEntropy(
            double[] z,
            int zStart,
            double[] p,
            int pStart,
            double logSum,
            double[] t,
            int tStart,
            double[] w,
            int wStart,
            int classes,
            double[] a,
            int aStart,
            double shift,
            double[] losses,
            int lossStart,
            int columns) {
        double[] moves = SCRATCH.get()[0];
        double[] sums = SCRATCH.get()[1];
        for (int start = 0; start < columns; start += BLOCK) {
            int count = Math.min(BLOCK, columns - start);
            moves(a, aStart + start, shift, moves, count);
            Arrays.fill(sums, 0);
            for (int k = 0; k < classes; k++) {
                addExponentials(w[wStart + k], p[pStart + k], moves, sums, count);
            }
            logarithms(logSum, sums, count);
            int result = lossStart + start;
            Arrays.fill(losses, result, result + count, 0);
            for (int k = 0; k < classes; k++) {
                if (t[tStart + k] != 0) {
                    addLosses(t[tStart + k], sums, w[wStart + k], moves, z[zStart + k], losses, result, count);
                }
            }
        }
    }

    private static void moves(double[] a, int aStart, double shift, double[] moves, int count) {
        DoubleVector origin = DoubleVector.broadcast(SPECIES, shift);
        for (int l = 0; l < count; l += LANES) {
            DoubleVector.fromArray(SPECIES, a, aStart + l).sub(origin).intoArray(moves, l);
        }
    }

    /// sums += share·(e^(factor·move) − 1), as [Elementary#exponentialNear].
    private static void addExponentials(double factor, double share, double[] moves, double[] sums, int count) {
        DoubleVector factors = DoubleVector.broadcast(SPECIES, factor);
        DoubleVector shares = DoubleVector.broadcast(SPECIES, share);
        for (int l = 0; l < count; l += LANES) {
            DoubleVector x = DoubleVector.fromArray(SPECIES, moves, l).mul(factors);
            DoubleVector q = Float64Constants.TAYLOR_5.fma(x, Float64Constants.TAYLOR_4);
            q = q.fma(x, Float64Constants.TAYLOR_3);
            q = q.fma(x, Float64Constants.TAYLOR_2);
            q = q.fma(x.mul(x), x);
            shares.fma(q, DoubleVector.fromArray(SPECIES, sums, l)).intoArray(sums, l);
        }
    }

    /// sums = logSum + ln(1 + sums), as [Elementary#logNear].
    private static void logarithms(double logSum, double[] sums, int count) {
        DoubleVector unmoved = DoubleVector.broadcast(SPECIES, logSum);
        for (int l = 0; l < count; l += LANES) {
            DoubleVector x = DoubleVector.fromArray(SPECIES, sums, l);
            DoubleVector q = Float64Constants.NEAR_LOG_6.fma(x, Float64Constants.NEAR_LOG_5);
            q = q.fma(x, Float64Constants.NEAR_LOG_4);
            q = q.fma(x, Float64Constants.NEAR_LOG_3);
            q = q.fma(x, Float64Constants.NEAR_LOG_2);
            unmoved.add(q.fma(x.mul(x), x)).intoArray(sums, l);
        }
    }

    private static void addLosses(
            double target,
            double[] logSums,
            double factor,
            double[] moves,
            double score,
            double[] losses,
            int start,
            int count) {
        DoubleVector targets = DoubleVector.broadcast(SPECIES, target);
        DoubleVector factors = DoubleVector.broadcast(SPECIES, factor);
        DoubleVector scores = DoubleVector.broadcast(SPECIES, score);
        for (int l = 0; l < count; l += LANES) {
            DoubleVector z = factors.fma(DoubleVector.fromArray(SPECIES, moves, l), scores);
            DoubleVector.fromArray(SPECIES, losses, start + l)
                    .add(DoubleVector.fromArray(SPECIES, logSums, l).sub(z).mul(targets))
                    .intoArray(losses, start + l);
        }
    }
}
