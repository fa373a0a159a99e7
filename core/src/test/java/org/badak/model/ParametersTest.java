package org.badak.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.badak.layer.Dense;
import org.badak.layer.Initialisation;
import org.badak.layer.Tanh;
import org.badak.loss.SumOfSquaredError;
import org.badak.matrix.DoubleMatrix;
import org.badak.matrix.FloatMatrix;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;
import org.badak.matrix.SparseMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ParametersTest {
    private static final Network NETWORK = Network.of(
            3,
            new SumOfSquaredError(),
            new Dense(5, new Initialisation.Xavier()),
            new Tanh(),
            new Dense(2, new Initialisation.He()));

    @ParameterizedTest
    @EnumSource
    void hashDoesNotSeePadding(Precision precision) {
        Parameters parameters = NETWORK.initialise(precision, 1);
        String before = parameters.sha256();
        long quick = parameters.quickHash();
        for (Matrix tensor : parameters.tensors()) {
            for (int row = 0; row < tensor.rows(); row++) {
                int start = tensor.offset() + row * tensor.stride();
                switch (tensor) {
                    case FloatMatrix floats ->
                        Arrays.fill(floats.data(), start + tensor.columns(), start + tensor.stride(), Float.NaN);
                    case DoubleMatrix doubles ->
                        Arrays.fill(doubles.data(), start + tensor.columns(), start + tensor.stride(), 9);
                    case SparseMatrix sparse -> throw new AssertionError("parameters are dense");
                }
            }
        }
        assertThat(parameters.sha256()).isEqualTo(before).matches("[0-9a-f]{64}");
        assertThat(parameters.quickHash()).isEqualTo(quick);
    }

    @ParameterizedTest
    @EnumSource
    void hashSeesTheLastBitOfEveryNumber(Precision precision) {
        Parameters parameters = NETWORK.initialise(precision, 1);
        String before = parameters.sha256();
        long quick = parameters.quickHash();
        for (Matrix tensor : parameters.tensors()) {
            for (int row = 0; row < tensor.rows(); row++) {
                for (int column = 0; column < tensor.columns(); column++) {
                    double value = tensor.get(row, column);
                    double next = precision == Precision.FLOAT32 ? Math.nextUp((float) value) : Math.nextUp(value);
                    tensor.set(row, column, next);
                    assertThat(parameters.sha256()).isNotEqualTo(before);
                    assertThat(parameters.quickHash()).isNotEqualTo(quick);
                    tensor.set(row, column, value);
                }
            }
        }
        assertThat(parameters.sha256()).isEqualTo(before);
        assertThat(parameters.quickHash()).isEqualTo(quick);
        parameters.tensor("b1").set(0, 0, -0.0);
        assertThat(parameters.sha256()).isNotEqualTo(before);
        assertThat(parameters.quickHash()).isNotEqualTo(quick);
    }

    /// `printf '\0\0\200\77\0\0\0\300' | sha256sum`: 1 and −2 in float32, little-endian.
    @Test
    void hashIsThatOfTheLittleEndianBytes() {
        Parameters parameters = new Parameters(
                Precision.FLOAT32,
                Network.of(1, new SumOfSquaredError(), new Dense(1, new Initialisation.He()))
                        .slots());
        parameters.tensor(0).set(0, 0, 1);
        parameters.tensor(1).set(0, 0, -2);
        assertThat(parameters.sha256()).isEqualTo("ee4ac73c2bd27756ab82780f27c73a7bc4d3f0bb6acb37e008bc27eccd7e588b");
    }

    @Test
    void tensorsAreFoundByNameAndByLayer() {
        Parameters parameters = NETWORK.initialise(Precision.FLOAT64, 1);
        assertThat(parameters.tensor("W2").shape()).isEqualTo("[5, 2]");
        assertThat(parameters.layer(2)).containsExactly(parameters.tensor("W2"), parameters.tensor("b2"));
        assertThat(parameters.layer(1)).isEmpty();
        assertThat(parameters.count()).isEqualTo(3 * 5 + 5 + 5 * 2 + 2);
        assertThatThrownBy(() -> parameters.tensor("W3"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("parameters: expected one of [W1, b1, W2, b2], found W3");
    }

    @Test
    void copiesAndTwinsAreApart() {
        Parameters parameters = NETWORK.initialise(Precision.FLOAT64, 1);
        Parameters copy = parameters.to(Precision.FLOAT64);
        assertThat(copy.sha256()).isEqualTo(parameters.sha256());
        copy.tensor("W1").set(0, 0, 9);
        assertThat(copy.sha256()).isNotEqualTo(parameters.sha256());
        copy.copyFrom(parameters);
        assertThat(copy.sha256()).isEqualTo(parameters.sha256());
        assertThat(parameters.like().tensor("W1").toArray()).isDeepEqualTo(new double[3][5]);
    }
}
