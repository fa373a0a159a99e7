package org.badak.simd;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.badak.kernel.Elementary;

/// The sigmoid and the hyperbolic tangent of runs of float64 numbers, in passes through arrays of the
/// first-level cache: [Float64Functions], written out. In one loop the compiler inlined all of it in some
/// runs and not in others.
final class Float64Activations {
    private static final VectorSpecies<Double> SPECIES = Width.DOUBLES;
    private static final int LANES = SPECIES.length();
    private static final long ROUNDER_BITS = Double.doubleToRawLongBits(Elementary.ROUNDER);
    private static final int BLOCK = 256;
    private static final ThreadLocal<double[][]> SCRATCH = ThreadLocal.withInitial(() -> new double[2][BLOCK]);

    private Float64Activations() {}

    /// y = 1/(1 + e⁻ˣ) for `count` numbers from a place on; y may be x.
    static void sigmoid(double[] x, int xStart, double[] y, int yStart, int count) {
        double[][] scratch = SCRATCH.get();
        double[] multiples = scratch[0];
        double[] rests = scratch[1];
        for (int start = 0; start < count; start += BLOCK) {
            int width = Math.min(BLOCK, count - start);
            reduceNegative(x, xStart + start, multiples, rests, width);
            polynomial(rests, width);
            sigmoidOfParts(multiples, rests, y, yStart + start, width);
        }
    }

    /// y = tanh x for `count` numbers from a place on; y may be x.
    static void tanh(double[] x, int xStart, double[] y, int yStart, int count) {
        double[][] scratch = SCRATCH.get();
        double[] multiples = scratch[0];
        double[] rests = scratch[1];
        for (int start = 0; start < count; start += BLOCK) {
            int width = Math.min(BLOCK, count - start);
            reduceTwice(x, xStart + start, multiples, rests, width);
            polynomial(rests, width);
            tanhOfParts(multiples, rests, x, xStart + start, y, yStart + start, width);
        }
    }

    /// −x = multiple·ln 2 + rest, with the rounder still added to the multiple.
    private static void reduceNegative(double[] x, int xStart, double[] multiples, double[] rests, int count) {
        for (int l = 0; l < count; l += LANES) {
            DoubleVector negative =
                    DoubleVector.fromArray(SPECIES, x, xStart + l).neg();
            DoubleVector upper = negative.blend(
                    Float64Constants.EXP_MAX, negative.compare(VectorOperators.GT, Float64Constants.EXP_MAX));
            DoubleVector bounded =
                    upper.blend(Float64Constants.EXP_MIN, upper.compare(VectorOperators.LT, Float64Constants.EXP_MIN));
            DoubleVector rounded = bounded.fma(Float64Constants.INVERSE_LN2, Float64Constants.ROUNDER);
            rounded.intoArray(multiples, l);
            DoubleVector minusK = rounded.sub(Float64Constants.ROUNDER).neg();
            minusK.fma(Float64Constants.LN2_LOW, minusK.fma(Float64Constants.LN2_HIGH, bounded))
                    .intoArray(rests, l);
        }
    }

    /// 2·|x|, at most [Elementary#TANH_MAX], = multiple·ln 2 + rest, with the rounder still added to the
    /// multiple.
    private static void reduceTwice(double[] x, int xStart, double[] multiples, double[] rests, int count) {
        for (int l = 0; l < count; l += LANES) {
            DoubleVector doubled =
                    DoubleVector.fromArray(SPECIES, x, xStart + l).mul(Float64Constants.TWO);
            DoubleVector twice = doubled.blend(doubled.neg(), doubled.compare(VectorOperators.LT, 0));
            twice = twice.blend(
                    Float64Constants.TANH_MAX, twice.compare(VectorOperators.GT, Float64Constants.TANH_MAX));
            DoubleVector rounded = twice.fma(Float64Constants.INVERSE_LN2, Float64Constants.ROUNDER);
            rounded.intoArray(multiples, l);
            DoubleVector minusK = rounded.sub(Float64Constants.ROUNDER).neg();
            minusK.fma(Float64Constants.LN2_LOW, minusK.fma(Float64Constants.LN2_HIGH, twice))
                    .intoArray(rests, l);
        }
    }

    /// rests = e^rest − 1, in place.
    private static void polynomial(double[] rests, int count) {
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
            p.fma(r.mul(r), r).intoArray(rests, l);
        }
    }

    private static void sigmoidOfParts(double[] multiples, double[] rests, double[] y, int yStart, int count) {
        for (int l = 0; l < count; l += LANES) {
            LongVector exponent = DoubleVector.fromArray(SPECIES, multiples, l)
                    .reinterpretAsLongs()
                    .sub(ROUNDER_BITS);
            LongVector half = exponent.lanewise(VectorOperators.ASHR, 1);
            DoubleVector exponential = DoubleVector.fromArray(SPECIES, rests, l)
                    .add(Float64Constants.ONE)
                    .mul(half.add(1023).lanewise(VectorOperators.LSHL, 52).reinterpretAsDoubles())
                    .mul(exponent.sub(half)
                            .add(1023)
                            .lanewise(VectorOperators.LSHL, 52)
                            .reinterpretAsDoubles());
            Float64Constants.ONE.div(exponential.add(Float64Constants.ONE)).intoArray(y, yStart + l);
        }
    }

    private static void tanhOfParts(
            double[] multiples, double[] rests, double[] x, int xStart, double[] y, int yStart, int count) {
        for (int l = 0; l < count; l += LANES) {
            DoubleVector power = DoubleVector.fromArray(SPECIES, multiples, l)
                    .reinterpretAsLongs()
                    .sub(ROUNDER_BITS)
                    .add(1023)
                    .lanewise(VectorOperators.LSHL, 52)
                    .reinterpretAsDoubles();
            DoubleVector q = power.fma(DoubleVector.fromArray(SPECIES, rests, l), power.sub(Float64Constants.ONE));
            DoubleVector tanh = q.div(q.add(Float64Constants.TWO));
            DoubleVector sign = DoubleVector.fromArray(SPECIES, x, xStart + l);
            tanh.blend(tanh.neg(), sign.compare(VectorOperators.LT, 0)).intoArray(y, yStart + l);
        }
    }
}
