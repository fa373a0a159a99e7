package org.badak.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/// The figures that the documentation of [Elementary] states, measured. References: [DoubleDouble] for float64 (itself
/// checked against decimal arithmetic of 60 digits), float64 for float32.
class ElementaryTest {
    private static final int POINTS = 1_200_000;
    private static final MathContext DIGITS = new MathContext(60);

    @Test
    void referenceAgreesWithSixtyDigits() {
        for (int i = 0; i < 300; i++) {
            double x = -40 + i * 0.2718281828;
            BigDecimal exponential = exponential(x);
            DoubleDouble reference = DoubleDouble.exponentialMantissa(x).scaled(DoubleDouble.exponent(x));
            assertThat(relative(reference.exact(), exponential)).as("exp %s", x).isLessThan(1e-29);
            BigDecimal square = exponential.multiply(exponential, DIGITS);
            BigDecimal tanh = square.subtract(BigDecimal.ONE).divide(square.add(BigDecimal.ONE), DIGITS);
            assertThat(relative(DoubleDouble.tanh(x).exact(), tanh))
                    .as("tanh %s", x)
                    .isLessThan(1e-26);
            BigDecimal sigmoid = exponential.divide(exponential.add(BigDecimal.ONE), DIGITS);
            assertThat(relative(DoubleDouble.sigmoid(x).exact(), sigmoid))
                    .as("sigmoid %s", x)
                    .isLessThan(1e-29);
            double power = exponential.doubleValue(); // ln of the rounded power: x + ln(power/eˣ), small
            BigDecimal rest = new BigDecimal(power).divide(exponential, DIGITS).subtract(BigDecimal.ONE);
            BigDecimal logarithm =
                    new BigDecimal(x).add(rest).subtract(rest.multiply(rest).multiply(new BigDecimal("0.5")));
            assertThat(relative(DoubleDouble.log(power).exact(), logarithm))
                    .as("log %s", power)
                    .isLessThan(1e-28);
        }
    }

    @Test
    void doubleExpIsAtMostOneUlpOff() {
        double worst = 0;
        for (int i = 0; i < POINTS; i++) {
            double x = point(i, -745.13, 709.78); // subnormal results included
            int k = DoubleDouble.exponent(x);
            DoubleDouble mantissa = DoubleDouble.exponentialMantissa(x);
            double unit = Math.max(Math.ulp(mantissa.high()), Math.scalb(1.0, Math.clamp(-1074 - k, -1022, 1023)));
            double found = Math.scalb(Math.scalb(Elementary.exp(x), -k / 2), -k + k / 2);
            worst = Math.max(worst, Math.abs(found - mantissa.high() - mantissa.low()) / unit);
        }
        assertThat(worst).isBetween(0.5, 1.0);
    }

    @Test
    void doubleLogIsWithinOneUlp() {
        double worst = 0;
        for (int i = 0; i < POINTS; i++) {
            double x = switch (i % 4) {
                case 0 -> point(i, 0.5, 2);
                case 1 -> Double.longBitsToDouble(random(i) >>> 2); // every exponent alike, below 2
                case 2 -> Double.longBitsToDouble(random(i) >>> 13); // subnormal numbers, mostly
                default -> StrictMath.exp(point(i, -700, 709));
            };
            if (x > 0 && x != 1) {
                worst = Math.max(worst, DoubleDouble.log(x).ulps(Elementary.log(x)));
            }
        }
        assertThat(worst).isBetween(0.5, 0.8);
    }

    @Test
    void doubleSigmoidIsWithinTwoAndAQuarterUlp() {
        double worst = 0;
        for (int i = 0; i < POINTS; i++) {
            double x = i % 2 == 0 ? point(i, -708, 40) : point(i, -20, 20);
            worst = Math.max(worst, DoubleDouble.sigmoid(x).ulps(Elementary.sigmoid(x)));
        }
        assertThat(worst).isBetween(0.5, 2.25);
    }

    @Test
    void doubleTanhIsWithinTwoAndAHalfUlp() {
        double worst = 0;
        for (int i = 0; i < POINTS; i++) {
            double x = i % 2 == 0 ? point(i, -21, 21) : Math.scalb(point(i, -1, 1), -(i % 900));
            if (x != 0) {
                worst = Math.max(worst, DoubleDouble.tanh(x).ulps(Elementary.tanh(x)));
            }
        }
        assertThat(worst).isBetween(0.5, 2.5);
    }

    @Test
    void subnormalNumbersKeepTheirLastPlace() {
        for (int i = 0; i < POINTS; i++) {
            double x = Double.longBitsToDouble(random(i) >>> 12) * (i % 2 == 0 ? 1 : -1);
            assert Math.abs(x) < Double.MIN_NORMAL;
            float single = Float.intBitsToFloat((int) (random(i) >>> 41)) * (i % 2 == 0 ? 1 : -1);
            assert Math.abs(single) < Float.MIN_NORMAL;
            if (Elementary.tanh(x) != x || Elementary.tanh(single) != single) {
                assertThat(Elementary.tanh(x)).isEqualTo(x);
                assertThat(Elementary.tanh(single)).isEqualTo(single);
            }
            if (Elementary.exp(x) != 1 || Elementary.exp(single) != 1 || Elementary.sigmoid(x) != 0.5) {
                assertThat(Elementary.exp(x)).isEqualTo(1);
                assertThat(Elementary.exp(single)).isEqualTo(1);
                assertThat(Elementary.sigmoid(x)).isEqualTo(0.5);
            }
        }
    }

    @Test
    void sigmoidsThatAreSubnormalAreWithinThreeOfTheirUnits() {
        double worst = 0;
        double worstSingle = 0;
        for (int i = 0; i < POINTS; i++) {
            double x = point(i, -709.7, -708.4);
            worst = Math.max(worst, Math.abs(Elementary.sigmoid(x) - StrictMath.exp(x)) / Double.MIN_VALUE);
            float single = (float) point(i, -88.7, -87.4);
            worstSingle = Math.max(
                    worstSingle, Math.abs(Elementary.sigmoid(single) - StrictMath.exp(single)) / Float.MIN_VALUE);
        }
        assertThat(worst).isBetween(0.5, 3.0);
        assertThat(worstSingle).isBetween(0.5, 3.0);
    }

    @Test
    void floatExpIsAtMostOneAndATenthUlpOff() {
        assertThat(worst(Elementary::exp, StrictMath::exp, -104, 88.72)).isBetween(0.5, 1.1);
    }

    @Test
    void floatSigmoidIsWithinTwoAndAHalfUlp() {
        assertThat(worst(Elementary::sigmoid, x -> 1 / (1 + StrictMath.exp(-x)), -87.3, 20))
                .isBetween(0.5, 2.5);
    }

    @Test
    void floatTanhIsWithinTwoAndAQuarterUlp() {
        assertThat(worst(Elementary::tanh, StrictMath::tanh, -10, 10)).isBetween(0.5, 2.25);
        assertThat(worst(Elementary::tanh, StrictMath::tanh, 1e-36, 1e-5)).isLessThan(2.25);
    }

    @Test
    void functionsNearZeroAreWithinOneUlpOfOnePlusTheirArgument() {
        double worstExponential = 0;
        double worstLogarithm = 0;
        for (int i = 0; i < POINTS; i++) {
            double x =
                    i % 2 == 0 ? point(i, -Elementary.NEAR, Elementary.NEAR) : Math.scalb(point(i, -1, 1), -8 - i % 60);
            double power = StrictMath.expm1(x);
            worstExponential = Math.max(worstExponential, Math.abs(Elementary.exponentialNear(x) - power));
            worstLogarithm = Math.max(worstLogarithm, Math.abs(Elementary.logNear(power) - x));
        }
        assertThat(worstExponential).isBetween(0x1p-63, 0x1p-56); // half a unit in the last place of 1 is 2^-54
        assertThat(worstLogarithm).isBetween(0x1p-63, 0x1p-56);
    }

    @Test
    void sigmoidIsZeroWhereItsPowerOverflows() {
        assertThat(Elementary.sigmoid(-88.8f)).isZero(); // exact: 2.7e-39, subnormal
        assertThat(Elementary.sigmoid(-88.7f)).isPositive();
        assertThat(Elementary.sigmoid(-709.8)).isZero();
        assertThat(Elementary.sigmoid(-709.7)).isPositive();
    }

    @Test
    void expMeetsItsLimits() {
        assertThat(Elementary.exp(0.0)).isEqualTo(1);
        assertThat(Elementary.exp(-0.0)).isEqualTo(1);
        assertThat(Elementary.exp(709.78)).isFinite();
        assertThat(Elementary.exp(709.79)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(Elementary.exp(Double.MAX_VALUE)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(Elementary.exp(Double.POSITIVE_INFINITY)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(Elementary.exp(-745.13)).isEqualTo(Double.MIN_VALUE);
        assertThat(Elementary.exp(-746.0)).isZero();
        assertThat(Elementary.exp(Double.NEGATIVE_INFINITY)).isZero();
        assertThat(Elementary.exp(Double.NaN)).isNaN();

        assertThat(Elementary.exp(0f)).isEqualTo(1);
        assertThat(Elementary.exp(88.72f)).isFinite();
        assertThat(Elementary.exp(88.73f)).isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(Elementary.exp(Float.MAX_VALUE)).isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(Elementary.exp(Float.POSITIVE_INFINITY)).isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(Elementary.exp(-103.9f)).isEqualTo(Float.MIN_VALUE);
        assertThat(Elementary.exp(-104f)).isZero();
        assertThat(Elementary.exp(Float.NEGATIVE_INFINITY)).isZero();
        assertThat(Elementary.exp(Float.NaN)).isNaN();
    }

    @Test
    void logMeetsItsLimits() {
        assertThat(Elementary.log(1)).isZero();
        assertThat(Elementary.log(0.0)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(Elementary.log(-0.0)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(Elementary.log(Double.POSITIVE_INFINITY)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(Elementary.log(-1)).isNaN();
        assertThat(Elementary.log(Double.NEGATIVE_INFINITY)).isNaN();
        assertThat(Elementary.log(Double.NaN)).isNaN();
        assertThat(Elementary.log(Double.MAX_VALUE)).isEqualTo(StrictMath.log(Double.MAX_VALUE));
        assertThat(Elementary.log(Double.MIN_VALUE)).isEqualTo(StrictMath.log(Double.MIN_VALUE));
    }

    @Test
    void sigmoidAndTanhMeetTheirLimits() {
        assertThat(Elementary.sigmoid(0.0)).isEqualTo(0.5);
        assertThat(Elementary.sigmoid(Double.POSITIVE_INFINITY)).isEqualTo(1);
        assertThat(Elementary.sigmoid(Double.NEGATIVE_INFINITY)).isZero();
        assertThat(Elementary.sigmoid(Double.NaN)).isNaN();
        assertThat(Elementary.sigmoid(Float.POSITIVE_INFINITY)).isEqualTo(1);
        assertThat(Elementary.sigmoid(Float.NEGATIVE_INFINITY)).isZero();
        assertThat(Elementary.sigmoid(Float.NaN)).isNaN();
        for (double sign : new double[] {1, -1}) {
            assertThat(Elementary.tanh(sign * Double.POSITIVE_INFINITY)).isEqualTo(sign);
            assertThat(Elementary.tanh(sign * 1e300)).isEqualTo(sign);
            assertThat(Elementary.tanh((float) sign * Float.MAX_VALUE)).isEqualTo((float) sign);
            assertThat(Elementary.tanh(sign * Double.MIN_NORMAL)).isEqualTo(sign * Double.MIN_NORMAL);
        }
        assertThat(Double.doubleToRawLongBits(Elementary.tanh(-0.0))).isZero();
        assertThat(Float.floatToRawIntBits(Elementary.tanh(-0f))).isZero();
        assertThat(Elementary.tanh(Double.NaN)).isNaN();
        assertThat(Elementary.tanh(Float.NaN)).isNaN();
    }

    private interface FloatFunction {
        float apply(float x);
    }

    private static double worst(FloatFunction function, DoubleUnaryOperator reference, double from, double to) {
        double worst = 0;
        for (int i = 0; i < POINTS; i++) {
            float x = (float) point(i, from, to);
            double exact = reference.applyAsDouble(x);
            worst = Math.max(worst, Math.abs(function.apply(x) - exact) / Math.ulp((float) exact));
        }
        return worst;
    }

    private static double point(int i, double from, double to) {
        return from + (to - from) * new Philox(7, Purpose.DATA, 1).uniform(i);
    }

    private static long random(int i) {
        return new Philox(7, Purpose.DATA, 2).bits(i);
    }

    private static BigDecimal exponential(double x) {
        BigDecimal small = new BigDecimal(x).divide(new BigDecimal(1024), DIGITS);
        BigDecimal term = BigDecimal.ONE;
        BigDecimal sum = BigDecimal.ONE;
        for (int i = 1; i < 40; i++) {
            term = term.multiply(small, DIGITS).divide(new BigDecimal(i), DIGITS);
            sum = sum.add(term, DIGITS);
        }
        for (int i = 0; i < 10; i++) {
            sum = sum.multiply(sum, DIGITS);
        }
        return sum;
    }

    private static double relative(BigDecimal found, BigDecimal expected) {
        return expected.signum() == 0
                ? found.abs().doubleValue()
                : found.subtract(expected).divide(expected, DIGITS).abs().doubleValue();
    }
}
