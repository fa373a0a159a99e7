package org.badak.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/// The figures that the documentation of [SmoothFunctions] states, measured: float64 against values of 50 digits,
/// float32
/// against float64.
class SmoothFunctionsTest {
    private static final int POINTS = 1_200_000;

    @Test
    void doubleFunctionsAreWithinTheirBounds() throws IOException {
        assertThat(worst("normal", SmoothFunctions::normal)).isBetween(0.5, 7.5);
        assertThat(worst("logOnePlus", SmoothFunctions::logOnePlus)).isBetween(0.5, 2.0);
        assertThat(worst("expMinusOne", SmoothFunctions::expMinusOne)).isBetween(0.5, 2.5);
    }

    @Test
    void floatFunctionsAreWithinTheirBounds() {
        assertThat(Math.max(
                        worst(SmoothFunctions::normal, SmoothFunctions::normal, -13.1, 6),
                        worst(SmoothFunctions::normal, SmoothFunctions::normal, -1e-3, 1e-3)))
                .isBetween(0.5, 7.5);
        assertThat(Math.max(
                        worst(SmoothFunctions::logOnePlus, SmoothFunctions::logOnePlus, 0, 1),
                        worst(SmoothFunctions::logOnePlus, SmoothFunctions::logOnePlus, 1e-36, 1e-5)))
                .isBetween(0.5, 2.0);
        assertThat(Math.max(
                        worst(SmoothFunctions::expMinusOne, SmoothFunctions::expMinusOne, -21, 0),
                        worst(SmoothFunctions::expMinusOne, SmoothFunctions::expMinusOne, -1e-3, -1e-30)))
                .isBetween(0.5, 2.5);
    }

    @Test
    void functionsMeetTheirLimits() {
        assertThat(SmoothFunctions.normal(0.0)).isEqualTo(0.5);
        assertThat(SmoothFunctions.normal(0f)).isBetween(0.49999994f, 0.5f);
        assertThat(SmoothFunctions.normal(Double.NEGATIVE_INFINITY)).isZero();
        assertThat(SmoothFunctions.normal(Double.POSITIVE_INFINITY)).isEqualTo(1);
        assertThat(SmoothFunctions.normal(Float.NEGATIVE_INFINITY)).isZero();
        assertThat(SmoothFunctions.normal(Float.POSITIVE_INFINITY)).isEqualTo(1);
        assertThat(SmoothFunctions.normal(Double.NaN)).isNaN();
        assertThat(SmoothFunctions.normal(Float.NaN)).isNaN();
        assertThat(SmoothFunctions.logOnePlus(0.0)).isZero();
        assertThat(SmoothFunctions.logOnePlus(Double.NaN)).isNaN();
        assertThat(SmoothFunctions.expMinusOne(0.0)).isZero();
        assertThat(SmoothFunctions.expMinusOne(Double.NEGATIVE_INFINITY)).isEqualTo(-1);
        assertThat(SmoothFunctions.expMinusOne(Float.NEGATIVE_INFINITY)).isEqualTo(-1);
        assertThat(SmoothFunctions.expMinusOne(Double.NaN)).isNaN();
    }

    @Test
    void activationsOfHugeNumbersAreFinite() {
        for (Activation f : Activation.values()) {
            for (double x : new double[] {1e30, -1e30, 1e5, -1e5, 750, -750, 89, -89}) {
                assertThat(f.value(x, 0.3)).as(f + " " + x).isFinite();
                assertThat(f.slope(x, 0.3)).as(f + " " + x).isBetween(-0.2, 1.2);
                assertThat(f.value((float) x, 0.3f)).as(f + " " + x).isFinite();
                assertThat(f.slope((float) x, 0.3f)).as(f + " " + x).isBetween(-0.2f, 1.2f);
            }
            assertThat(f.value(Double.NaN, 0.3)).isNaN();
            assertThat(f.value(Float.NaN, 0.3f)).isNaN();
        }
    }

    private static double worst(String function, DoubleUnaryOperator found) throws IOException {
        double worst = 0;
        var stream =
                Objects.requireNonNull(SmoothFunctionsTest.class.getResourceAsStream("/goldens/smooth-functions.csv"));
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            List<String> lines = reader.lines()
                    .filter(line -> line.startsWith(function + ","))
                    .toList();
            assertThat(lines).hasSizeGreaterThan(700);
            for (String line : lines) {
                String[] words = line.split(",", -1);
                double high = Double.parseDouble(words[2]);
                double value = found.applyAsDouble(Double.parseDouble(words[1]));
                worst = Math.max(worst, Math.abs(value - high - Double.parseDouble(words[3])) / Math.ulp(high));
            }
        }
        return worst;
    }

    private interface FloatFunction {
        float apply(float x);
    }

    private static double worst(FloatFunction function, DoubleUnaryOperator reference, double from, double to) {
        Philox random = new Philox(7, Purpose.DATA, 1);
        double worst = 0;
        for (int i = 0; i < POINTS; i++) {
            float x = (float) (from + (to - from) * random.uniform(i));
            double exact = reference.applyAsDouble(x);
            worst = Math.max(worst, Math.abs(function.apply(x) - exact) / Math.ulp((float) exact));
        }
        return worst;
    }
}
