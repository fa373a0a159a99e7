package org.badak.kernel;

import static org.badak.kernel.Fma.fma;

/// Further functions of the project's own beside [Elementary]: the same operations in the same order in scalar and SIMD
/// kernels.
///
/// The standard normal distribution function, which GELU needs, is Φ(−a) = e^(−a²/2)·g(k)/(1 + 2a) for a ≥ 0, and
/// 1 − Φ(−a) for the other half. g varies little over all a in the variable k = (a − K)/(a + K): the form that Shepherd
/// and Laframboise give for (1 + 2x)·e^(x²)·erfc x (Math. Comp. 36, 1981); the coefficients are our own Chebyshev fit,
/// computed with 40 digits. The rounding error of a² is carried into the exponential, so that the far tail keeps its
/// digits. erf x = 2Φ(√2·x) − 1.
///
/// ln(1 + u) for 0 ≤ u ≤ 1 is the series of the area tangent in s = u/(2 + u): no digits are lost for small u. eˣ − 1
/// for x ≤ 0 is 2ᵏp + (2ᵏ − 1), as in the tanh of [Elementary].
///
/// Largest error found, in units in the last place (a test holds these bounds):
///
/// | function | float64 | float32 | range of the points |
/// |---|---|---|---|
/// | Φ | 7.5 | 7.5 | all results that are not subnormal |
/// | ln(1 + u) | 2.0 | 2.0 | 0 to 1 |
/// | eˣ − 1 | 2.5 | 2.5 | x ≤ 0 |
public final class SmoothFunctions {
    /// Beyond it Φ(−a) is 0 in float64.
    public static final double NORMAL_MAX = 40;
    /// Where k is 0 in float64.
    public static final double NORMAL_CENTRE = 5;
    /// Beyond it Φ(−a) is 0 in float32.
    public static final float NORMAL_MAX_F = 15;
    /// Where k is 0 in float32.
    public static final float NORMAL_CENTRE_F = 4;
    /// From here down eˣ − 1 is −1 in float64.
    public static final double EXP_MINUS_ONE_MIN = -40;
    /// From here down eˣ − 1 is −1 in float32.
    public static final float EXP_MINUS_ONE_MIN_F = -20;
    /// Terms of the series of ln(1 + u) in float64.
    public static final int LOG_TERMS = 17;
    /// Terms of the series of ln(1 + u) in float32.
    public static final int LOG_TERMS_F = 8;

    private static final double[] NORMAL = {
        -5.473291779657383e-10,
        2.6887119738314454e-10,
        9.136679323705717e-09,
        3.455816469218506e-09,
        -6.824085299824448e-08,
        -3.881908972916461e-08,
        4.3341035557180254e-07,
        1.7651665104809405e-07,
        -2.8599620500843394e-06,
        5.35373063299347e-07,
        1.9390710469256613e-05,
        -2.6436891858147788e-05,
        -0.00010817681426608806,
        0.00042509581598425435,
        -0.00011869357335981363,
        -0.003571695429508623,
        0.015422845682484053,
        -0.03933220135572439,
        0.07248782697574578,
        -0.1006574382167646,
        0.1008885820345635,
        -0.054008075034076605,
        -0.03964700840400588,
        0.8461123547250693
    };
    private static final float[] NORMAL_F = {
        -3.0136813e-05f,
        -0.00022299052f,
        -9.348623e-05f,
        0.001608049f,
        -0.0012222669f,
        -0.010523565f,
        0.044365294f,
        -0.0952589f,
        0.12890813f,
        -0.09638006f,
        -0.023009233f,
        0.8496958f
    };

    private SmoothFunctions() {}

    /// Number of coefficients of g in float64.
    public static int normalTerms() {
        return NORMAL.length;
    }

    /// A coefficient of g in float64, that of the highest power first.
    public static double normalTerm(int position) {
        return NORMAL[position];
    }

    /// Number of coefficients of g in float32.
    public static int normalTermsOfFloat() {
        return NORMAL_F.length;
    }

    /// A coefficient of g in float32, that of the highest power first.
    public static float normalTermOfFloat(int position) {
        return NORMAL_F[position];
    }

    /// e^(−x²/2), whose argument is bounded to ±[#NORMAL_MAX].
    public static double bell(double x) {
        double a = bounded(x);
        double square = a * a;
        double e = Elementary.exp(-0.5 * square);
        return fma(e, -0.5 * fma(a, a, -square), e);
    }

    /// The standard normal distribution function Φ(x), given [#bell] of x.
    public static double normal(double x, double bell) {
        double a = bounded(x);
        double k = (a - NORMAL_CENTRE) / (a + NORMAL_CENTRE);
        double g = NORMAL[0];
        for (int i = 1; i < NORMAL.length; i++) {
            g = fma(g, k, NORMAL[i]);
        }
        double tail = bell * g / fma(2, a, 1);
        return x < 0 ? tail : 1 - tail;
    }

    /// The standard normal distribution function Φ(x).
    public static double normal(double x) {
        return normal(x, bell(x));
    }

    private static double bounded(double x) {
        double a = x < 0 ? -x : x;
        return a > NORMAL_MAX ? NORMAL_MAX : a;
    }

    /// ln(1 + u) for 0 ≤ u ≤ 1.
    public static double logOnePlus(double u) {
        double s = u / (2 + u);
        double z = s * s;
        double p = 2.0 / (2 * LOG_TERMS + 1);
        for (int i = LOG_TERMS - 1; i > 0; i--) {
            p = fma(p, z, 2.0 / (2 * i + 1));
        }
        return fma(p, z * s, 2 * s);
    }

    /// eˣ − 1 for x ≤ 0; for x > 0 as for 0.
    public static double expMinusOne(double x) {
        double bounded = x > 0 ? 0 : x;
        bounded = bounded < EXP_MINUS_ONE_MIN ? EXP_MINUS_ONE_MIN : bounded;
        return Elementary.expMinusOneOf(bounded);
    }

    /// e^(−x²/2), whose argument is bounded to ±[#NORMAL_MAX_F].
    public static float bell(float x) {
        float a = bounded(x);
        float square = a * a;
        float e = Elementary.exp(-0.5f * square);
        return fma(e, -0.5f * fma(a, a, -square), e);
    }

    /// The standard normal distribution function Φ(x), given [#bell] of x.
    public static float normal(float x, float bell) {
        float a = bounded(x);
        float k = (a - NORMAL_CENTRE_F) / (a + NORMAL_CENTRE_F);
        float g = NORMAL_F[0];
        for (int i = 1; i < NORMAL_F.length; i++) {
            g = fma(g, k, NORMAL_F[i]);
        }
        float tail = bell * g / fma(2, a, 1);
        return x < 0 ? tail : 1 - tail;
    }

    /// The standard normal distribution function Φ(x).
    public static float normal(float x) {
        return normal(x, bell(x));
    }

    private static float bounded(float x) {
        float a = x < 0 ? -x : x;
        return a > NORMAL_MAX_F ? NORMAL_MAX_F : a;
    }

    /// ln(1 + u) for 0 ≤ u ≤ 1.
    public static float logOnePlus(float u) {
        float s = u / (2 + u);
        float z = s * s;
        float p = 2f / (2 * LOG_TERMS_F + 1);
        for (int i = LOG_TERMS_F - 1; i > 0; i--) {
            p = fma(p, z, 2f / (2 * i + 1));
        }
        return fma(p, z * s, 2 * s);
    }

    /// eˣ − 1 for x ≤ 0; for x > 0 as for 0.
    public static float expMinusOne(float x) {
        float bounded = x > 0 ? 0 : x;
        bounded = bounded < EXP_MINUS_ONE_MIN_F ? EXP_MINUS_ONE_MIN_F : bounded;
        return Elementary.expMinusOneOf(bounded);
    }
}
