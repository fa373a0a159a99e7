package org.badak.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.badak.kernel.Philox;
import org.badak.kernel.Purpose;
import org.badak.matrix.FloatMatrix;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class InitialisationTest {
    private static final Philox RANDOM = new Philox(1, Purpose.INITIALISATION, 0);

    static Stream<Arguments> deviations() {
        return Stream.of(
                Arguments.of(new Initialisation.Normal(0.01), 0.01),
                Arguments.of(new Initialisation.Xavier(), Math.sqrt(1.0 / 784)),
                Arguments.of(new Initialisation.He(), Math.sqrt(2.0 / 784)));
    }

    @ParameterizedTest
    @MethodSource("deviations")
    void weightsHaveMeanZeroAndTheDeviationOfTheFormula(Initialisation initialisation, double deviation) {
        assertThat(initialisation.deviation(784, 50)).isEqualTo(deviation);
        Matrix weight = Matrix.zeros(Precision.FLOAT32, 784, 50);
        initialisation.fill(weight, RANDOM);
        double sum = 0;
        double squares = 0;
        for (double[] row : weight.toArray()) {
            for (double value : row) {
                sum += value;
                squares += value * value;
            }
        }
        int count = 784 * 50;
        assertThat(sum / count).isCloseTo(0, within(4 * deviation / Math.sqrt(count)));
        assertThat(Math.sqrt(squares / count)).isCloseTo(deviation, within(4 * deviation / Math.sqrt(2.0 * count)));
    }

    @ParameterizedTest
    @MethodSource("deviations")
    void valuesDependOnNeitherStrideNorPrecision(Initialisation initialisation, double deviation) {
        Matrix narrow = Matrix.zeros(Precision.FLOAT64, 20, 7);
        Matrix wide = new FloatMatrix(new float[16 + 20 * 48], 16, 20, 7, 48);
        initialisation.fill(narrow, RANDOM);
        initialisation.fill(wide, RANDOM);
        for (int row = 0; row < 20; row++) {
            for (int column = 0; column < 7; column++) {
                assertThat(wide.get(row, column))
                        .isEqualTo((float) narrow.get(row, column))
                        .isNotZero();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.01, Double.NaN, Double.POSITIVE_INFINITY})
    void deviationMustBeFiniteAndNotNegative(double deviation) {
        assertThatThrownBy(() -> new Initialisation.Normal(deviation))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("deviation")
                .hasMessageContaining(String.valueOf(deviation));
    }

    @Test
    void zeroDeviationGivesZeros() {
        Matrix weight = Matrix.of(Precision.FLOAT64, new double[] {5, 5});
        new Initialisation.Normal(0).fill(weight, RANDOM);
        assertThat(weight.get(0, 0)).isZero();
        assertThat(weight.get(0, 1)).isZero();
    }

    @Test
    void denseRefusesLessThanOneUnit() {
        assertThatThrownBy(() -> new Dense(0, new Initialisation.He()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("units")
                .hasMessageContaining("0");
    }
}
