package org.badak.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import org.badak.gradient.NumericalDifferentiation.Formula;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumericalDifferentiationTest {
    private static double chapter(double x) {
        return 0.01 * Math.pow(x, 2) + 0.1 * x;
    }

    private static double bowl(double[] x) {
        return x[0] * x[0] + x[1] * x[1];
    }

    @Test
    void chapterFiguresHoldToTheLastDigit() {
        assertThat(NumericalDifferentiation.derivative(NumericalDifferentiationTest::chapter, 5))
                .isEqualTo(0.1999999999990898);
        assertThat(NumericalDifferentiation.derivative(NumericalDifferentiationTest::chapter, 10))
                .isEqualTo(0.2999999999986347);
    }

    @Test
    void partialDerivativesOfTheChapterHoldToTheLastDigit() {
        DoubleUnaryOperator ofX0 = x0 -> x0 * x0 + Math.pow(4.0, 2.0);
        DoubleUnaryOperator ofX1 = x1 -> Math.pow(3.0, 2.0) + x1 * x1;

        assertThat(NumericalDifferentiation.derivative(ofX0, 3)).isEqualTo(6.00000000000378);
        assertThat(NumericalDifferentiation.derivative(ofX1, 4)).isEqualTo(7.999999999999119);
        assertThat(NumericalDifferentiation.partial(NumericalDifferentiationTest::bowl, new double[] {3, 4}, 0))
                .isEqualTo(6.00000000000378);
        assertThat(NumericalDifferentiation.partial(NumericalDifferentiationTest::bowl, new double[] {3, 4}, 1))
                .isEqualTo(7.999999999999119);
    }

    @Test
    void gradientsOfTheChapterHold() {
        assertThat(NumericalDifferentiation.gradient(NumericalDifferentiationTest::bowl, 3, 4))
                .containsExactly(new double[] {6, 8}, within(1e-10));
        assertThat(NumericalDifferentiation.gradient(NumericalDifferentiationTest::bowl, 0, 2))
                .containsExactly(new double[] {0, 4}, within(1e-10));
        assertThat(NumericalDifferentiation.gradient(NumericalDifferentiationTest::bowl, 3, 0))
                .containsExactly(new double[] {6, 0}, within(1e-10));
    }

    @Test
    void theThreeFormulasUseTheirOwnPoints() {
        DoubleUnaryOperator square = x -> x * x; // forward 2x + h, backward 2x - h, central 2x
        assertThat(Formula.FORWARD.derivative(square, 3, 0.5)).isEqualTo(6.5);
        assertThat(Formula.BACKWARD.derivative(square, 3, 0.5)).isEqualTo(5.5);
        assertThat(Formula.CENTRAL.derivative(square, 3, 0.5)).isEqualTo(6);
    }

    @Test
    void errorOverStepIsAVWithItsBottomNearTheCubeRoot() {
        double[] steps = NumericalDifferentiation.powersOfTen(16);
        double[] errors = NumericalDifferentiation.errors(Formula.CENTRAL, Math::exp, 1, Math.E, steps);
        int best = 0;
        for (int i = 0; i < errors.length; i++) {
            best = errors[i] < errors[best] ? i : best;
        }

        assertThat(steps[best]).isBetween(1e-7, 1e-4);
        assertThat(errors[0]).isGreaterThan(1e5 * errors[best]);
        assertThat(errors[14]).isGreaterThan(1e5 * errors[best]);
        assertThat(errors[1]).isLessThan(errors[0]);
        assertThat(errors[12]).isGreaterThan(errors[9]);
    }

    @Test
    void smallStepVanishesInFloat32() {
        assertThat((float) 1e-50).isZero();
        assertThat(NumericalDifferentiation.derivativeInFloat32(x -> x * x, 3, 1e-50))
                .isNaN();
        assertThat(NumericalDifferentiation.derivativeInFloat32(x -> x * x, 3, 1e-8))
                .isZero(); // lost in x + h
        assertThat(NumericalDifferentiation.derivativeInFloat32(x -> x * x, 3, 1e-2))
                .isCloseTo(6, within(1e-3f));
    }

    @Test
    void tangentTouchesTheFunction() {
        DoubleUnaryOperator tangent = NumericalDifferentiation.tangent(NumericalDifferentiationTest::chapter, 5);
        assertThat(tangent.applyAsDouble(5)).isEqualTo(chapter(5));
        assertThat(tangent.applyAsDouble(0)).isCloseTo(-0.25, within(1e-10));
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void gradientOfMatrixFunctionHasItsShape(Precision precision) {
        Matrix x = Matrix.of(precision, new double[] {1, 2, 3}, new double[] {4, 5, 6});
        double[][] before = x.toArray();

        Matrix gradient = NumericalDifferentiation.gradient(NumericalDifferentiationTest::squares, x, 1e-2);

        for (int row = 0; row < 2; row++) {
            for (int column = 0; column < 3; column++) {
                assertThat(gradient.get(row, column)).isCloseTo(2 * x.get(row, column), within(2e-2));
            }
        }
        assertThat(x.toArray()).isDeepEqualTo(before);
    }

    @Test
    void arrayIsRestoredToTheBitEvenIfTheFunctionThrows() {
        double[] x = {0.1, -0.0, 1e300, Double.MIN_VALUE};
        double[] before = x.clone();
        int[] calls = {0};
        ToDoubleFunction<double[]> failing = at -> {
            calls[0]++;
            if (calls[0] == 6) {
                throw new IllegalStateException("planted");
            }
            return at[0];
        };

        assertThatThrownBy(() -> NumericalDifferentiation.gradient(failing, x)).hasMessage("planted");
        assertThat(bits(x)).isEqualTo(bits(before));
        assertThat(NumericalDifferentiation.gradient(at -> at[0], x)[0]).isCloseTo(1, within(1e-9));
        assertThat(bits(x)).isEqualTo(bits(before));

        Matrix matrix = Matrix.of(Precision.FLOAT64, before);
        calls[0] = 0;
        assertThatThrownBy(() -> NumericalDifferentiation.gradient(m -> failing.applyAsDouble(m.toArray()[0]), matrix))
                .hasMessage("planted");
        assertThat(bits(matrix.toArray()[0])).isEqualTo(bits(before));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1e-4, Double.NaN, Double.POSITIVE_INFINITY})
    void badStepIsRefusedByName(double h) {
        assertThatThrownBy(() -> Formula.CENTRAL.derivative(NumericalDifferentiationTest::chapter, 5, h))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found " + h);
    }

    private static double squares(Matrix x) {
        return Arrays.stream(x.toArray())
                .flatMapToDouble(Arrays::stream)
                .map(v -> v * v)
                .sum();
    }

    private static long[] bits(double[] values) {
        return Arrays.stream(values).mapToLong(Double::doubleToRawLongBits).toArray();
    }
}
