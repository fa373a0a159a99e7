package org.badak.kernel;

import static org.badak.kernel.Fma.fma;

/// The project's own elementary functions, element by element: the same operations in the same order as the vector
/// kernels perform, so that scalar and SIMD results agree to the bit. [Math] gives no such promise.
///
/// With x = k·ln 2 + r, |r| ≤ ½·ln 2, and p(r) = eʳ − 1 (its Taylor polynomial, of the degree whose remainder lies
/// below
/// the rounding error): eˣ = 2ᵏ(1 + p), and tanh x = q/(q + 2) with q = e²ˣ − 1 = 2ᵏp + (2ᵏ − 1). The argument is
/// reduced in two parts (Cody and Waite, "Software Manual for the Elementary Functions", 1980). The logarithm is the
/// power series in s = (m − 1)/(m + 1), the area tangent. Every step is one IEEE operation, divisions included.
///
/// Largest error found, in units in the last place of the exact value, over 1.2 million points each (a test holds these
/// bounds; the float64 reference has 100 bits):
///
/// | function | float64 | float32 | range of the points |
/// |---|---|---|---|
/// | exp | 1.0 | 1.1 | all results that are neither 0 nor infinite, subnormal ones included |
/// | log | 0.8 | – | all positive numbers, subnormal ones included |
/// | sigmoid | 2.25 | 2.5 | all results that are not subnormal |
/// | tanh | 2.5 | 2.25 | all numbers that are not subnormal |
///
/// Where e⁻ˣ overflows (x < −709.78, in float32 x < −88.72) the sigmoid is 0, although the exact value is a subnormal
/// number. tanh(−0) is +0.
public final class Elementary {
    /// 1/ln 2.
    public static final double INVERSE_LN2 = 1.4426950408889634;
    /// The upper 32 bits of ln 2, so that k·LN2_HIGH is exact for every exponent k.
    public static final double LN2_HIGH = 0x1.62e42fee00000p-1;
    /// ln 2 − [#LN2_HIGH].
    public static final double LN2_LOW = 0x1.a39ef35793c76p-33;
    /// Adding, then subtracting it rounds a double of moderate size to an integer.
    public static final double ROUNDER = 0x1.8p52;
    /// Arguments of the float64 exponential are brought into [EXP_MIN, EXP_MAX]: 0 and infinity lie beyond.
    public static final double EXP_MAX = 710;
    /// See [#EXP_MAX].
    public static final double EXP_MIN = -746;
    /// Twice the argument from which on tanh is 1 in float64.
    public static final double TANH_MAX = 40;
    /// Bit pattern of √½ in float64, the border of the logarithm's reduced argument.
    public static final long SQRT_HALF_BITS = 0x3fe6a09e667f3bcdL;

    /// 1/ln 2 in float32.
    public static final float INVERSE_LN2_F = 1.44269504f;
    /// The upper 9 bits of ln 2.
    public static final float LN2_HIGH_F = 0x1.63p-1f;
    /// ln 2 − [#LN2_HIGH_F].
    public static final float LN2_LOW_F = -2.12194440e-4f;
    /// Adding, then subtracting it rounds a float of moderate size to an integer.
    public static final float ROUNDER_F = 0x1.8p23f;
    /// Arguments of the float32 exponential are brought into [EXP_MIN_F, EXP_MAX_F].
    public static final float EXP_MAX_F = 89;
    /// See [#EXP_MAX_F].
    public static final float EXP_MIN_F = -104;
    /// Twice the argument from which on tanh is 1 in float32.
    public static final float TANH_MAX_F = 20;

    /// Arguments of [#exponentialNear] and [#logNear] go up to this, and down to its negative. The first
    /// term that their polynomials leave out is there below 2^-57, 1/16 of the last place of a number near
    /// 1.
    public static final double NEAR = 0x1p-8;

    private Elementary() {}

    /// eˣ.
    public static float exp(float x) {
        float bounded = x > EXP_MAX_F ? EXP_MAX_F : x;
        bounded = bounded < EXP_MIN_F ? EXP_MIN_F : bounded;
        float shifted = fma(bounded, INVERSE_LN2_F, ROUNDER_F);
        float k = shifted - ROUNDER_F;
        int exponent = Float.floatToRawIntBits(shifted) - Float.floatToRawIntBits(ROUNDER_F);
        int half = exponent >> 1;
        return (1 + exponential(k, bounded)) * power(half) * power(exponent - half);
    }

    /// 1/(1 + e⁻ˣ).
    public static float sigmoid(float x) {
        return 1 / (1 + exp(-x));
    }

    /// The hyperbolic tangent.
    public static float tanh(float x) {
        float twice = x < 0 ? -2 * x : 2 * x;
        twice = twice > TANH_MAX_F ? TANH_MAX_F : twice;
        float shifted = fma(twice, INVERSE_LN2_F, ROUNDER_F);
        float k = shifted - ROUNDER_F;
        float power = power(Float.floatToRawIntBits(shifted) - Float.floatToRawIntBits(ROUNDER_F));
        float q = fma(power, exponential(k, twice), power - 1);
        float tanh = q / (q + 2);
        return x < 0 ? -tanh : tanh;
    }

    /// eˣ − 1 for −20 ≤ x ≤ 0.
    static float expMinusOneOf(float x) {
        float shifted = fma(x, INVERSE_LN2_F, ROUNDER_F);
        float k = shifted - ROUNDER_F;
        float power = power(Float.floatToRawIntBits(shifted) - Float.floatToRawIntBits(ROUNDER_F));
        return fma(power, exponential(k, x), power - 1);
    }

    /// e^(x − k·ln 2) − 1.
    private static float exponential(float k, float x) {
        float r = fma(-k, LN2_LOW_F, fma(-k, LN2_HIGH_F, x));
        float p = fma(1 / 5040f, r, 1 / 720f);
        p = fma(p, r, 1 / 120f);
        p = fma(p, r, 1 / 24f);
        p = fma(p, r, 1 / 6f);
        p = fma(p, r, 0.5f);
        return fma(p, r * r, r);
    }

    /// eˣ − 1 for |x| ≤ [#NEAR], by x + x²/2 + … + x⁵/120.
    public static float exponentialNear(float x) {
        float p = fma(1 / 120f, x, 1 / 24f);
        p = fma(p, x, 1 / 6f);
        p = fma(p, x, 0.5f);
        return fma(p, x * x, x);
    }

    /// ln(1 + x) for |x| up to a little over [#NEAR], by x − x²/2 + … − x⁶/6.
    public static float logNear(float x) {
        float p = fma(-1 / 6f, x, 1 / 5f);
        p = fma(p, x, -1 / 4f);
        p = fma(p, x, 1 / 3f);
        p = fma(p, x, -0.5f);
        return fma(p, x * x, x);
    }

    private static float power(int exponent) {
        return Float.intBitsToFloat((exponent + 127) << 23);
    }

    /// eˣ.
    public static double exp(double x) {
        double bounded = x > EXP_MAX ? EXP_MAX : x;
        bounded = bounded < EXP_MIN ? EXP_MIN : bounded;
        double shifted = fma(bounded, INVERSE_LN2, ROUNDER);
        double k = shifted - ROUNDER;
        long exponent = Double.doubleToRawLongBits(shifted) - Double.doubleToRawLongBits(ROUNDER);
        long half = exponent >> 1;
        return (1 + exponential(k, bounded)) * power(half) * power(exponent - half);
    }

    /// 1/(1 + e⁻ˣ).
    public static double sigmoid(double x) {
        return 1 / (1 + exp(-x));
    }

    /// The hyperbolic tangent.
    public static double tanh(double x) {
        double twice = x < 0 ? -2 * x : 2 * x;
        twice = twice > TANH_MAX ? TANH_MAX : twice;
        double shifted = fma(twice, INVERSE_LN2, ROUNDER);
        double k = shifted - ROUNDER;
        double power = power(Double.doubleToRawLongBits(shifted) - Double.doubleToRawLongBits(ROUNDER));
        double q = fma(power, exponential(k, twice), power - 1);
        double tanh = q / (q + 2);
        return x < 0 ? -tanh : tanh;
    }

    /// eˣ − 1 for −40 ≤ x ≤ 0.
    static double expMinusOneOf(double x) {
        double shifted = fma(x, INVERSE_LN2, ROUNDER);
        double k = shifted - ROUNDER;
        double power = power(Double.doubleToRawLongBits(shifted) - Double.doubleToRawLongBits(ROUNDER));
        return fma(power, exponential(k, x), power - 1);
    }

    /// e^(x − k·ln 2) − 1.
    private static double exponential(double k, double x) {
        double r = fma(-k, LN2_LOW, fma(-k, LN2_HIGH, x));
        double p = fma(1.0 / 6227020800L, r, 1.0 / 479001600);
        p = fma(p, r, 1.0 / 39916800);
        p = fma(p, r, 1.0 / 3628800);
        p = fma(p, r, 1.0 / 362880);
        p = fma(p, r, 1.0 / 40320);
        p = fma(p, r, 1.0 / 5040);
        p = fma(p, r, 1.0 / 720);
        p = fma(p, r, 1.0 / 120);
        p = fma(p, r, 1.0 / 24);
        p = fma(p, r, 1.0 / 6);
        p = fma(p, r, 0.5);
        return fma(p, r * r, r);
    }

    /// eˣ − 1 for |x| ≤ [#NEAR], by x + x²/2 + … + x⁵/120.
    public static double exponentialNear(double x) {
        double p = fma(1 / 120.0, x, 1 / 24.0);
        p = fma(p, x, 1 / 6.0);
        p = fma(p, x, 0.5);
        return fma(p, x * x, x);
    }

    /// ln(1 + x) for |x| up to a little over [#NEAR], by x − x²/2 + … − x⁶/6.
    public static double logNear(double x) {
        double p = fma(-1 / 6.0, x, 1 / 5.0);
        p = fma(p, x, -1 / 4.0);
        p = fma(p, x, 1 / 3.0);
        p = fma(p, x, -0.5);
        return fma(p, x * x, x);
    }

    private static double power(long exponent) {
        return Double.longBitsToDouble((exponent + 1023) << 52);
    }

    /// The natural logarithm; −∞ at 0, NaN below.
    public static double log(double x) {
        if (!(x > 0) || x == Double.POSITIVE_INFINITY) {
            return x == 0 ? Double.NEGATIVE_INFINITY : x > 0 ? x : Double.NaN;
        }
        boolean subnormal = x < Double.MIN_NORMAL;
        long bits = Double.doubleToRawLongBits(subnormal ? x * 0x1p54 : x);
        long exponent = (bits - SQRT_HALF_BITS) >> 52;
        double e = exponent - (subnormal ? 54 : 0);
        double f = Double.longBitsToDouble(bits - (exponent << 52)) - 1; // m in [sqrt 1/2, sqrt 2)
        double s = f / (2 + f);
        double z = s * s;
        double tail = fma(2.0 / 21, z, 2.0 / 19);
        tail = fma(tail, z, 2.0 / 17);
        tail = fma(tail, z, 2.0 / 15);
        tail = fma(tail, z, 2.0 / 13);
        tail = fma(tail, z, 2.0 / 11);
        tail = fma(tail, z, 2.0 / 9);
        tail = fma(tail, z, 2.0 / 7);
        tail = fma(tail, z, 2.0 / 5);
        tail = fma(tail, z, 2.0 / 3) * z;
        double halfSquare = 0.5 * f * f;
        return fma(e, LN2_HIGH, f - (halfSquare - fma(s, halfSquare + tail, e * LN2_LOW)));
    }
}
