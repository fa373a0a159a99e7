package org.badak.gradient;

import org.badak.kernel.Elementary;
import org.badak.layer.Elementwise;
import org.badak.layer.Sigmoid;
import org.badak.layer.Tanh;
import org.badak.matrix.DoubleMatrix;

/// How one number g moves with a step s of another: the first Taylor coefficients at s = 0,
/// g(s) = g(0) + first·s + second·s² + third·s³ + …, and bounds of the coefficients everywhere in |s| ≤
/// radius:
/// |g⁽ᵏ⁾(ξ)|/k! ≤ bound(k) for k = 1 … 5 and all |ξ| ≤ radius.
///
/// It begins as g(s) = z + s and is led through functions one after another. If u has coefficients uₖ
/// and f has fₖ at u(0), then f∘u has (Faà di Bruno's formula for Taylor coefficients)
///
/// - c₁ = f₁u₁
/// - c₂ = f₁u₂ + f₂u₁²
/// - c₃ = f₁u₃ + 2f₂u₁u₂ + f₃u₁³
/// - c₄ = f₁u₄ + f₂(2u₁u₃ + u₂²) + 3f₃u₁²u₂ + f₄u₁⁴
/// - c₅ = f₁u₅ + 2f₂(u₁u₄ + u₂u₃) + 3f₃(u₁²u₃ + u₁u₂²) + 4f₄u₁³u₂ + f₅u₁⁵
///
/// All terms have the sign +, so bounds of the fₖ over the range of u and of the uₖ give bounds of the
/// cₖ by the same formulas; the range of u is |u(s) − u(0)| ≤ radius·bound(1).
///
/// Bounds of the activations' derivatives. Sigmoid: σ⁽ᵏ⁾ = σ′·Pₖ(σ) with polynomials
///
/// - P₁ = 1
/// - P₂ = 1 − 2σ
/// - P₃ = 1 − 6σ + 6σ²
/// - P₄ = 1 − 14σ + 36σ² − 24σ³
/// - P₅ = 1 − 30σ + 150σ² − 240σ³ + 120σ⁴
///
/// and |Pₖ| ≤ 1 on [0, 1]. From |σ″| ≤ σ′ follows σ′(x + r) ≤ σ′(x)·e^|r|, so |σ⁽ᵏ⁾| ≤ σ′(x)·e^r
/// within r of x. Tanh: tanh x = 2σ(2x) − 1, so |tanh⁽ᵏ⁾| ≤ 2^(k−1)·tanh′(x)·e^(2r).
final class Jet {
    private static final double[] FACTORIALS = {1, 1, 2, 6, 24, 120};

    private double first;
    private double second;
    private double third;
    private double radius;
    private double b1;
    private double b2;
    private double b3;
    private double b4;
    private double b5;

    /// Begins with g(s) = z + s for |s| ≤ `largestStep`.
    void start(double largestStep) {
        first = 1;
        second = 0;
        third = 0;
        radius = largestStep;
        b1 = 1;
        b2 = 0;
        b3 = 0;
        b4 = 0;
        b5 = 0;
    }

    /// Whether jets can go through an activation.
    static boolean supports(Elementwise activation) {
        return activation instanceof Sigmoid || activation instanceof Tanh;
    }

    /// Goes on to the activation's output.
    ///
    /// @param activation one that is supported
    /// @param y its unmoved output
    void through(Elementwise activation, double y) {
        if (activation instanceof Sigmoid) {
            double slope = y * (1 - y);
            double bound = slope * Elementary.exp(range());
            compose(
                    slope,
                    slope * (1 - 2 * y) / 2,
                    slope * (1 - 6 * slope) / 6,
                    bound,
                    bound / FACTORIALS[2],
                    bound / FACTORIALS[3],
                    bound / FACTORIALS[4],
                    bound / FACTORIALS[5]);
        } else {
            double slope = (1 - y) * (1 + y);
            double bound = slope * Elementary.exp(2 * range());
            compose(
                    slope,
                    -y * slope,
                    slope * (3 * y * y - 1) / 3,
                    bound,
                    2 * bound / FACTORIALS[2],
                    4 * bound / FACTORIALS[3],
                    8 * bound / FACTORIALS[4],
                    16 * bound / FACTORIALS[5]);
        }
    }

    /// Goes on to the loss of a row, Σₖ tₖ·(ln Σⱼ e^(zⱼ) − zₖ), whose scores are zₖ + wₖ·d if this number
    /// moves by d.
    ///
    /// As a function of d the logarithm is the cumulant generating function of a random variable that
    /// is wₖ with probability pₖ: its k-th derivative at d = 0 is the cumulant κₖ, and at another d the
    /// cumulant under the tilted probabilities qₖ ∝ pₖe^(wₖd). For |d| ≤ D these are at most τ·pₖ with
    /// τ = e^((max w − min w)·D). So with mᵣ = Σ pₖ|wₖ − κ₁|ʳ the tilted moments about κ₁ are at most
    /// τ·mᵣ, and the first at most ε = D·τ·m₂, as a mean moves by the variance. The formulas of
    /// cumulants from moments give
    ///
    /// - |κ₂| ≤ τm₂
    /// - |κ₃| ≤ τm₃ + 3τm₂ε + 2ε³
    /// - |κ₄| ≤ τm₄ + 4τm₃ε + 3τ²m₂² + 12τm₂ε² + 6ε⁴
    /// - |κ₅| ≤ τm₅ + 5τm₄ε + 10τ²m₃m₂ + 20τm₃ε² + 30τ²m₂²ε + 60τm₂ε³ + 24ε⁵
    ///
    /// @param p softmax of the unmoved scores, of which row `row` counts; likewise t
    /// @param w of which row `wRow` counts
    void throughSoftmaxCrossEntropy(DoubleMatrix p, DoubleMatrix t, int row, DoubleMatrix w, int wRow) {
        double[] ps = p.data();
        double[] ts = t.data();
        double[] ws = w.data();
        int pStart = p.index(row, 0);
        int tStart = t.index(row, 0);
        int wStart = w.index(wRow, 0);
        int classes = w.columns();
        double targets = 0;
        double mean = 0;
        double wanted = 0;
        double least = ws[wStart];
        double most = least;
        for (int k = 0; k < classes; k++) {
            double weight = ws[wStart + k];
            targets += ts[tStart + k];
            mean += ps[pStart + k] * weight;
            wanted += ts[tStart + k] * weight;
            least = Math.min(least, weight);
            most = Math.max(most, weight);
        }
        double m2 = 0;
        double skew = 0;
        double m3 = 0;
        double m4 = 0;
        double m5 = 0;
        for (int k = 0; k < classes; k++) {
            double difference = ws[wStart + k] - mean;
            double square = difference * difference;
            double share = ps[pStart + k] * square;
            m2 += share;
            skew += share * difference;
            double cube = share * Math.abs(difference);
            m3 += cube;
            m4 += share * square;
            m5 += cube * square;
        }
        double tilt = Elementary.exp((most - least) * range());
        double e = range() * tilt * m2;
        double k2 = tilt * m2;
        double k3 = tilt * (m3 + 3 * m2 * e) + 2 * e * e * e;
        double k4 = tilt * (m4 + 4 * m3 * e + 3 * tilt * m2 * m2 + 12 * m2 * e * e) + 6 * e * e * e * e;
        double k5 = tilt * (m5 + 5 * m4 * e + 10 * tilt * m3 * m2 + 20 * m3 * e * e)
                + tilt * (30 * tilt * m2 * m2 * e + 60 * m2 * e * e * e)
                + 24 * e * e * e * e * e;
        double slope = targets * mean - wanted;
        double size = Math.abs(targets);
        compose(
                slope,
                targets * m2 / 2,
                targets * skew / 6,
                Math.abs(slope) + size * e,
                size * k2 / FACTORIALS[2],
                size * k3 / FACTORIALS[3],
                size * k4 / FACTORIALS[4],
                size * k5 / FACTORIALS[5]);
    }

    /// @param f1 coefficients of the function at the unmoved place
    /// @param s1 bounds of its coefficients over the whole range
    private void compose(double f1, double f2, double f3, double s1, double s2, double s3, double s4, double s5) {
        third = f1 * third + 2 * f2 * first * second + f3 * first * first * first;
        second = f1 * second + f2 * first * first;
        first = f1 * first;
        double c5 = s1 * b5
                + 2 * s2 * (b1 * b4 + b2 * b3)
                + 3 * s3 * (b1 * b1 * b3 + b1 * b2 * b2)
                + 4 * s4 * b1 * b1 * b1 * b2
                + s5 * b1 * b1 * b1 * b1 * b1;
        double c4 = s1 * b4 + s2 * (2 * b1 * b3 + b2 * b2) + 3 * s3 * b1 * b1 * b2 + s4 * b1 * b1 * b1 * b1;
        double c3 = s1 * b3 + 2 * s2 * b1 * b2 + s3 * b1 * b1 * b1;
        double c2 = s1 * b2 + s2 * b1 * b1;
        b1 = s1 * b1;
        b2 = c2;
        b3 = c3;
        b4 = c4;
        b5 = c5;
    }

    /// How far g can be from g(0).
    private double range() {
        return radius * b1;
    }

    /// g′(0).
    double first() {
        return first;
    }

    /// g‴(0)/6.
    double third() {
        return third;
    }

    /// A bound of |g⁽⁵⁾|/120 within the radius.
    double fifthBound() {
        return b5;
    }
}
