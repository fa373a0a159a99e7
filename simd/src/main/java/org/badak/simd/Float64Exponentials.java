package org.badak.simd;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.badak.kernel.Elementary;
import org.badak.kernel.SmoothFunctions;

/// eˣ and eˣ − 1 of runs of float64 numbers, in short passes through arrays of the first-level cache:
/// [Float64Functions],
/// written out, so that the compiler inlines all of each pass.
final class Float64Exponentials {
    private static final VectorSpecies<Double> SPECIES = Width.DOUBLES;
    private static final int LANES = SPECIES.length();
    private static final long ROUNDER_BITS = Double.doubleToRawLongBits(Elementary.ROUNDER);
    private static final DoubleVector MINUS_ONE_FROM =
            DoubleVector.broadcast(SPECIES, SmoothFunctions.EXP_MINUS_ONE_MIN);
    private static final int BLOCK = 256;
    private static final ThreadLocal<double[][]> SCRATCH = ThreadLocal.withInitial(() -> new double[2][BLOCK]);

    private Float64Exponentials() {}

    /// y = eˣ for `count` numbers from a place on; y may be x.
    static void exp(double[] x, int xStart, double[] y, int yStart, int count) {
        double[][] scratch = SCRATCH.get();
        double[] multiples = scratch[0];
        double[] rests = scratch[1];
        for (int start = 0; start < count; start += BLOCK) {
            int width = Math.min(BLOCK, count - start);
            reduce(x, xStart + start, multiples, rests, width);
            polynomial(rests, width);
            expOfParts(multiples, rests, y, yStart + start, width);
        }
    }

    /// y = eˣ − 1, for x > 0 as for 0, for `count` numbers from a place on; y may be x.
    static void expMinusOne(double[] x, int xStart, double[] y, int yStart, int count) {
        double[][] scratch = SCRATCH.get();
        double[] multiples = scratch[0];
        double[] rests = scratch[1];
        for (int start = 0; start < count; start += BLOCK) {
            int width = Math.min(BLOCK, count - start);
            reduceNotPositive(x, xStart + start, multiples, rests, width);
            polynomial(rests, width);
            expMinusOneOfParts(multiples, rests, y, yStart + start, width);
        }
    }

    /// x = multiple·ln 2 + rest, with the rounder still added to the multiple.
    private static void reduce(double[] x, int xStart, double[] multiples, double[] rests, int count) {
        for (int l = 0; l < count; l += LANES) {
            DoubleVector value = DoubleVector.fromArray(SPECIES, x, xStart + l);
            DoubleVector upper =
                    value.blend(Float64Constants.EXP_MAX, value.compare(VectorOperators.GT, Float64Constants.EXP_MAX));
            DoubleVector bounded =
                    upper.blend(Float64Constants.EXP_MIN, upper.compare(VectorOperators.LT, Float64Constants.EXP_MIN));
            DoubleVector rounded = bounded.fma(Float64Constants.INVERSE_LN2, Float64Constants.ROUNDER);
            rounded.intoArray(multiples, l);
            DoubleVector minusK = rounded.sub(Float64Constants.ROUNDER).neg();
            minusK.fma(Float64Constants.LN2_LOW, minusK.fma(Float64Constants.LN2_HIGH, bounded))
                    .intoArray(rests, l);
        }
    }

    /// The same for the smaller of x and 0.
    private static void reduceNotPositive(double[] x, int xStart, double[] multiples, double[] rests, int count) {
        for (int l = 0; l < count; l += LANES) {
            DoubleVector value = DoubleVector.fromArray(SPECIES, x, xStart + l);
            DoubleVector upper = value.blend(0, value.compare(VectorOperators.GT, 0));
            DoubleVector bounded = upper.blend(MINUS_ONE_FROM, upper.compare(VectorOperators.LT, MINUS_ONE_FROM));
            DoubleVector rounded = bounded.fma(Float64Constants.INVERSE_LN2, Float64Constants.ROUNDER);
            rounded.intoArray(multiples, l);
            DoubleVector minusK = rounded.sub(Float64Constants.ROUNDER).neg();
            minusK.fma(Float64Constants.LN2_LOW, minusK.fma(Float64Constants.LN2_HIGH, bounded))
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

    private static void expOfParts(double[] multiples, double[] rests, double[] y, int yStart, int count) {
        for (int l = 0; l < count; l += LANES) {
            LongVector exponent = DoubleVector.fromArray(SPECIES, multiples, l)
                    .reinterpretAsLongs()
                    .sub(ROUNDER_BITS);
            LongVector half = exponent.lanewise(VectorOperators.ASHR, 1);
            DoubleVector.fromArray(SPECIES, rests, l)
                    .add(Float64Constants.ONE)
                    .mul(half.add(1023).lanewise(VectorOperators.LSHL, 52).reinterpretAsDoubles())
                    .mul(exponent.sub(half)
                            .add(1023)
                            .lanewise(VectorOperators.LSHL, 52)
                            .reinterpretAsDoubles())
                    .intoArray(y, yStart + l);
        }
    }

    private static void expMinusOneOfParts(double[] multiples, double[] rests, double[] y, int yStart, int count) {
        for (int l = 0; l < count; l += LANES) {
            DoubleVector power = DoubleVector.fromArray(SPECIES, multiples, l)
                    .reinterpretAsLongs()
                    .sub(ROUNDER_BITS)
                    .add(1023)
                    .lanewise(VectorOperators.LSHL, 52)
                    .reinterpretAsDoubles();
            power.fma(DoubleVector.fromArray(SPECIES, rests, l), power.sub(Float64Constants.ONE))
                    .intoArray(y, yStart + l);
        }
    }
}
