package org.badak.kernel;

import java.math.BigDecimal;

/// The unevaluated sum high + low of two doubles, about 104 bits: the reference that float64 functions are measured by.
record DoubleDouble(double high, double low) {
    static final DoubleDouble ONE = new DoubleDouble(1, 0);
    private static final BigDecimal LN2_DIGITS =
            new BigDecimal("0.69314718055994530941723212145817656807550013436025525412068");
    private static final double LN2_A = Math.scalb(Math.rint(Math.scalb(0.6931471805599453, 40)), -40);
    private static final DoubleDouble LN2_REST = of(LN2_DIGITS.subtract(new BigDecimal(LN2_A)));
    private static final DoubleDouble[] INVERSE_FACTORIALS = inverseFactorials(24);

    static DoubleDouble of(BigDecimal value) {
        double high = value.doubleValue();
        return new DoubleDouble(high, value.subtract(new BigDecimal(high)).doubleValue());
    }

    static DoubleDouble of(double value) {
        return new DoubleDouble(value, 0);
    }

    DoubleDouble plus(DoubleDouble other) {
        double sum = high + other.high;
        double part = sum - high;
        double error = (high - (sum - part)) + (other.high - part);
        return fastSum(sum, error + low + other.low);
    }

    DoubleDouble minus(DoubleDouble other) {
        return plus(new DoubleDouble(-other.high, -other.low));
    }

    DoubleDouble times(DoubleDouble other) {
        double product = high * other.high;
        double error = Math.fma(high, other.high, -product);
        return fastSum(product, error + high * other.low + low * other.high);
    }

    DoubleDouble over(DoubleDouble other) {
        double first = high / other.high;
        DoubleDouble rest = minus(other.times(of(first)));
        double second = rest.high / other.high;
        DoubleDouble last = rest.minus(other.times(of(second)));
        return fastSum(first, second).plus(of(last.high / other.high));
    }

    DoubleDouble scaled(int exponent) {
        return new DoubleDouble(Math.scalb(high, exponent), Math.scalb(low, exponent));
    }

    BigDecimal exact() {
        return new BigDecimal(high).add(new BigDecimal(low));
    }

    /// The k with x = k·ln 2 + r, |r| at most about ½·ln 2.
    static int exponent(double x) {
        return (int) Math.rint(x / Math.log(2));
    }

    /// eˣ·2⁻ᵏ with k = [#exponent].
    static DoubleDouble exponentialMantissa(double x) {
        int k = exponent(x);
        DoubleDouble r = of(x).minus(of(k * LN2_A)).minus(LN2_REST.times(of(k)));
        DoubleDouble small = r.scaled(-4);
        DoubleDouble sum = INVERSE_FACTORIALS[18];
        for (int i = 17; i >= 1; i--) {
            sum = sum.times(small).plus(INVERSE_FACTORIALS[i]);
        }
        DoubleDouble p = sum.times(small); // e^(r/16) - 1
        for (int i = 0; i < 4; i++) {
            p = p.times(p).plus(p.scaled(1)); // (1 + p)² - 1
        }
        return p.plus(ONE);
    }

    /// ln x for finite positive x: one Newton step from the JDK's logarithm, whose error is then cubed.
    static DoubleDouble log(double x) {
        double scaledX = x < 0x1p-900 ? x * 0x1p100 : x > 0x1p900 ? x * 0x1p-100 : x;
        double guess = StrictMath.log(scaledX);
        int k = exponent(-guess);
        DoubleDouble d =
                exponentialMantissa(-guess).times(of(Math.scalb(scaledX, k))).minus(ONE);
        DoubleDouble result = of(guess).plus(d.minus(d.times(d).scaled(-1)));
        if (scaledX == x) {
            return result;
        }
        int shift = x < 1 ? -100 : 100;
        return result.plus(of(shift * LN2_A)).plus(LN2_REST.times(of(shift)));
    }

    static DoubleDouble sigmoid(double x) {
        DoubleDouble power = exponentialMantissa(-x).scaled(exponent(-x));
        return ONE.over(ONE.plus(power));
    }

    static DoubleDouble tanh(double x) {
        if (Math.abs(x) < 0x1p-20) { // x - x³/3 + 2x⁵/15, as the exponential would cancel
            DoubleDouble square = of(x).times(of(x));
            DoubleDouble series = ONE.minus(square.over(of(3)))
                    .plus(square.times(square).times(of(2)).over(of(15)));
            return series.times(of(x));
        }
        DoubleDouble power = exponentialMantissa(2 * x).scaled(exponent(2 * x));
        return power.minus(ONE).over(power.plus(ONE));
    }

    /// How far a value lies from this number, in units in the last place of the number.
    double ulps(double value) {
        double difference = (value - high) - low;
        return Math.abs(difference) / Math.ulp(high);
    }

    private static DoubleDouble fastSum(double large, double small) {
        double sum = large + small;
        return new DoubleDouble(sum, small - (sum - large));
    }

    private static DoubleDouble[] inverseFactorials(int count) {
        DoubleDouble[] inverses = new DoubleDouble[count];
        DoubleDouble value = ONE;
        inverses[0] = value;
        for (int i = 1; i < count; i++) {
            value = value.over(of(i));
            inverses[i] = value;
        }
        return inverses;
    }
}
