package org.badak.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FmaTest {
    private static final int ROUNDS = 1_000_000;
    private static final Philox RANDOM = new Philox(11, Purpose.DATA, 0);

    @Test
    void emulatedFloatGivesTheBitsOfMathFma() {
        for (int i = 0; i < ROUNDS; i++) {
            float a = Float.intBitsToFloat((int) RANDOM.bits(3L * i));
            float b = Float.intBitsToFloat((int) RANDOM.bits(3L * i + 1));
            float c = Float.intBitsToFloat((int) RANDOM.bits(3L * i + 2));
            requireSame(a, b, c);
            float product = a * b;
            requireSame(a, b, -product); // cancels down to the rounding error
            requireSame(a, b, Math.nextUp(-product));
            float near = (float) RANDOM.normal(i);
            requireSame(near, Float.intBitsToFloat((int) (RANDOM.bits(i) >>> 40) | 0x3f800000), near * 0x1p-24f);
        }
    }

    @Test
    void emulatedDoubleGivesTheBitsOfMathFma() {
        for (int i = 0; i < ROUNDS; i++) {
            double a = Double.longBitsToDouble(RANDOM.bits(3L * i));
            double b = Double.longBitsToDouble(RANDOM.bits(3L * i + 1));
            double c = Double.longBitsToDouble(RANDOM.bits(3L * i + 2));
            requireSame(a, b, c);
            double x = moderate(a);
            double y = moderate(b);
            double z = moderate(c);
            requireSame(x, y, z);
            requireSame(x, y, -x * y); // cancels down to the rounding error
            requireSame(x, y, Math.nextUp(-x * y));
            requireSame(x, 1, Math.ulp(x) / 2 * Math.signum(z)); // half-way cases
            requireSame(x, 1 + 0x1p-52, Math.ulp(x) / 2 * Math.signum(z));
        }
    }

    @Test
    void emulatedGivesTheBitsOfMathFmaForAllCombinationsOfExtremes() {
        double[] doubles = {
            0,
            Double.MIN_VALUE,
            Double.MIN_NORMAL,
            0x1p-537,
            0x1p-401,
            0x1p-400,
            0x1p-200,
            0x1.fffffffffffffp-1,
            1,
            0x1.0000000000001p0,
            3,
            0x1p27 + 1,
            0x1p53 - 1,
            0x1p200,
            0x1p479,
            0x1p480,
            0x1p511,
            0x1.fffffffffffffp511,
            Double.MAX_VALUE,
            Double.POSITIVE_INFINITY,
            Double.NaN
        };
        float[] floats = {
            0,
            Float.MIN_VALUE,
            Float.MIN_NORMAL,
            0x1.fffffcp-127f,
            0x1p-75f,
            0x1p-24f,
            0x1.fffffep-1f,
            1,
            0x1.000002p0f,
            3,
            0x1p24f - 1,
            0x1p63f,
            0x1.fffffep63f,
            0x1p64f,
            Float.MAX_VALUE,
            Float.POSITIVE_INFINITY,
            Float.NaN
        };
        for (int signs = 0; signs < 8; signs++) {
            int signA = (signs & 1) == 0 ? 1 : -1;
            int signB = (signs & 2) == 0 ? 1 : -1;
            int signC = (signs & 4) == 0 ? 1 : -1;
            for (double a : doubles) {
                for (double b : doubles) {
                    for (double c : doubles) {
                        requireSame(signA * a, signB * b, signC * c);
                    }
                }
            }
            for (float a : floats) {
                for (float b : floats) {
                    for (float c : floats) {
                        requireSame(signA * a, signB * b, signC * c);
                    }
                }
            }
        }
    }

    @Test
    void fmaIsEitherTheInstructionOrTheEmulationAndBothAgree() {
        assertThat(Fma.fma(0.1, 10.0, -1.0)).isEqualTo(0x1p-54);
        assertThat(Fma.fma(0.1f, 10.0f, -1.0f))
                .isEqualTo(Math.fma(0.1f, 10.0f, -1.0f))
                .isNotZero();
    }

    /// The same digits with an exponent in [−60, 60].
    private static double moderate(double value) {
        long bits = Double.doubleToRawLongBits(value);
        long exponent = 1023 + Long.remainderUnsigned(bits >>> 20, 121) - 60;
        return Double.longBitsToDouble((bits & 0x800fffffffffffffL) | exponent << 52);
    }

    private static void requireSame(double a, double b, double c) {
        double expected = Math.fma(a, b, c);
        double found = Fma.emulated(a, b, c);
        if (Double.doubleToLongBits(expected) != Double.doubleToLongBits(found)) {
            throw new AssertionError(String.format("fma(%a, %a, %a): expected %a, found %a", a, b, c, expected, found));
        }
    }

    private static void requireSame(float a, float b, float c) {
        float expected = Math.fma(a, b, c);
        float found = Fma.emulated(a, b, c);
        if (Float.floatToIntBits(expected) != Float.floatToIntBits(found)) {
            throw new AssertionError(String.format("fma(%a, %a, %a): expected %a, found %a", a, b, c, expected, found));
        }
    }
}
