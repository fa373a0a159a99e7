package org.badak.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.badak.kernel.Elementary;
import org.badak.kernel.SmoothFunctions;

/// eˣ, 1/(1 + e⁻ˣ) and eˣ − 1 of runs of float32 numbers, in short passes through arrays of the first-level cache:
/// [Float32Functions],
/// written out, so that the compiler inlines all of each pass.
final class Float32Exponentials {
    private static final VectorSpecies<Float> SPECIES = Width.FLOATS;
    private static final int LANES = SPECIES.length();
    private static final int ROUNDER_BITS = Float.floatToRawIntBits(Elementary.ROUNDER_F);
    private static final FloatVector MINUS_ONE_FROM =
            FloatVector.broadcast(SPECIES, SmoothFunctions.EXP_MINUS_ONE_MIN_F);
    private static final int BLOCK = 256;
    private static final ThreadLocal<float[][]> SCRATCH = ThreadLocal.withInitial(() -> new float[2][BLOCK]);

    private Float32Exponentials() {}

    /// y = eˣ for `count` numbers from a place on; y may be x.
    static void exp(float[] x, int xStart, float[] y, int yStart, int count) {
        float[][] scratch = SCRATCH.get();
        float[] multiples = scratch[0];
        float[] rests = scratch[1];
        for (int start = 0; start < count; start += BLOCK) {
            int width = Math.min(BLOCK, count - start);
            reduce(x, xStart + start, multiples, rests, width);
            polynomial(rests, width);
            expOfParts(multiples, rests, y, yStart + start, width);
        }
    }

    /// y = 1/(1 + e⁻ˣ) for `count` numbers from a place on; y may be x.
    static void sigmoid(float[] x, int xStart, float[] y, int yStart, int count) {
        float[][] scratch = SCRATCH.get();
        float[] multiples = scratch[0];
        float[] rests = scratch[1];
        for (int start = 0; start < count; start += BLOCK) {
            int width = Math.min(BLOCK, count - start);
            negate(x, xStart + start, rests, width);
            reduce(rests, 0, multiples, rests, width);
            polynomial(rests, width);
            expOfParts(multiples, rests, rests, 0, width);
            invert(rests, y, yStart + start, width);
        }
    }

    /// y = eˣ − 1, for x > 0 as for 0, for `count` numbers from a place on; y may be x.
    static void expMinusOne(float[] x, int xStart, float[] y, int yStart, int count) {
        float[][] scratch = SCRATCH.get();
        float[] multiples = scratch[0];
        float[] rests = scratch[1];
        for (int start = 0; start < count; start += BLOCK) {
            int width = Math.min(BLOCK, count - start);
            reduceNotPositive(x, xStart + start, multiples, rests, width);
            polynomial(rests, width);
            expMinusOneOfParts(multiples, rests, y, yStart + start, width);
        }
    }

    /// x = multiple·ln 2 + rest, with the rounder still added to the multiple.
    private static void reduce(float[] x, int xStart, float[] multiples, float[] rests, int count) {
        for (int l = 0; l < count; l += LANES) {
            FloatVector value = FloatVector.fromArray(SPECIES, x, xStart + l);
            FloatVector upper =
                    value.blend(Float32Constants.EXP_MAX, value.compare(VectorOperators.GT, Float32Constants.EXP_MAX));
            FloatVector bounded =
                    upper.blend(Float32Constants.EXP_MIN, upper.compare(VectorOperators.LT, Float32Constants.EXP_MIN));
            FloatVector rounded = bounded.fma(Float32Constants.INVERSE_LN2, Float32Constants.ROUNDER);
            rounded.intoArray(multiples, l);
            FloatVector minusK = rounded.sub(Float32Constants.ROUNDER).neg();
            minusK.fma(Float32Constants.LN2_LOW, minusK.fma(Float32Constants.LN2_HIGH, bounded))
                    .intoArray(rests, l);
        }
    }

    /// The same for the smaller of x and 0.
    private static void reduceNotPositive(float[] x, int xStart, float[] multiples, float[] rests, int count) {
        for (int l = 0; l < count; l += LANES) {
            FloatVector value = FloatVector.fromArray(SPECIES, x, xStart + l);
            FloatVector upper = value.blend(0, value.compare(VectorOperators.GT, 0));
            FloatVector bounded = upper.blend(MINUS_ONE_FROM, upper.compare(VectorOperators.LT, MINUS_ONE_FROM));
            FloatVector rounded = bounded.fma(Float32Constants.INVERSE_LN2, Float32Constants.ROUNDER);
            rounded.intoArray(multiples, l);
            FloatVector minusK = rounded.sub(Float32Constants.ROUNDER).neg();
            minusK.fma(Float32Constants.LN2_LOW, minusK.fma(Float32Constants.LN2_HIGH, bounded))
                    .intoArray(rests, l);
        }
    }

    /// rests = e^rest − 1, in place.
    private static void polynomial(float[] rests, int count) {
        for (int l = 0; l < count; l += LANES) {
            FloatVector r = FloatVector.fromArray(SPECIES, rests, l);
            FloatVector p = Float32Constants.TAYLOR_7.fma(r, Float32Constants.TAYLOR_6);
            p = p.fma(r, Float32Constants.TAYLOR_5);
            p = p.fma(r, Float32Constants.TAYLOR_4);
            p = p.fma(r, Float32Constants.TAYLOR_3);
            p = p.fma(r, Float32Constants.TAYLOR_2);
            p.fma(r.mul(r), r).intoArray(rests, l);
        }
    }

    private static void expOfParts(float[] multiples, float[] rests, float[] y, int yStart, int count) {
        for (int l = 0; l < count; l += LANES) {
            IntVector exponent = FloatVector.fromArray(SPECIES, multiples, l)
                    .reinterpretAsInts()
                    .sub(ROUNDER_BITS);
            IntVector half = exponent.lanewise(VectorOperators.ASHR, 1);
            FloatVector.fromArray(SPECIES, rests, l)
                    .add(Float32Constants.ONE)
                    .mul(half.add(127).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats())
                    .mul(exponent.sub(half)
                            .add(127)
                            .lanewise(VectorOperators.LSHL, 23)
                            .reinterpretAsFloats())
                    .intoArray(y, yStart + l);
        }
    }

    private static void expMinusOneOfParts(float[] multiples, float[] rests, float[] y, int yStart, int count) {
        for (int l = 0; l < count; l += LANES) {
            FloatVector power = FloatVector.fromArray(SPECIES, multiples, l)
                    .reinterpretAsInts()
                    .sub(ROUNDER_BITS)
                    .add(127)
                    .lanewise(VectorOperators.LSHL, 23)
                    .reinterpretAsFloats();
            power.fma(FloatVector.fromArray(SPECIES, rests, l), power.sub(Float32Constants.ONE))
                    .intoArray(y, yStart + l);
        }
    }

    private static void negate(float[] x, int xStart, float[] y, int count) {
        for (int l = 0; l < count; l += LANES) {
            FloatVector.fromArray(SPECIES, x, xStart + l).neg().intoArray(y, l);
        }
    }

    /// y = 1/(1 + e).
    private static void invert(float[] e, float[] y, int yStart, int count) {
        for (int l = 0; l < count; l += LANES) {
            Float32Constants.ONE
                    .div(FloatVector.fromArray(SPECIES, e, l).add(Float32Constants.ONE))
                    .intoArray(y, yStart + l);
        }
    }
}
