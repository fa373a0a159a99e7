package org.badak.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.badak.catalog.Catalog;
import org.badak.data.Batch;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.kernel.Philox;
import org.badak.kernel.Purpose;
import org.badak.layer.Dense;
import org.badak.layer.Dropout;
import org.badak.layer.Initialisation;
import org.badak.layer.Layer;
import org.badak.layer.ResidualEnd;
import org.badak.layer.ResidualStart;
import org.badak.loss.BinaryCrossEntropy;
import org.badak.loss.Huber;
import org.badak.loss.Loss;
import org.badak.loss.SmoothedCrossEntropy;
import org.badak.loss.SoftmaxCrossEntropy;
import org.badak.loss.Targets;
import org.badak.loss.WeightedCrossEntropy;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;
import org.badak.matrix.ShapeException;
import org.badak.model.Network;
import org.badak.model.Parameters;
import org.badak.model.Pass;
import org.badak.model.Workspace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Whole networks with every layer and loss against central differences, for every parameter.
class LayersGradientTest {
    private static final Kernels KERNELS = KernelChoice.current().kernels(Precision.FLOAT64, 1);
    private static final Initialisation XAVIER = new Initialisation.Xavier();

    private static Network network(String layers, Loss loss) {
        return new Network(6, Catalog.layers(layers, XAVIER), loss);
    }

    private static Batch batch(int rows) {
        Philox random = new Philox(3, Purpose.DATA, 0);
        Matrix x = Matrix.zeros(Precision.FLOAT64, rows, 6);
        int[] labels = new int[rows];
        for (int row = 0; row < rows; row++) {
            labels[row] = row % 4;
            for (int column = 0; column < 6; column++) {
                x.set(row, column, random.normal(row * 6L + column));
            }
        }
        return new Batch(x, Targets.Labels.of(labels));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dense 8, leaky-relu 0.1, dense 4",
                "dense 8, elu 0.5, dense 4",
                "dense 8, elu, dense 7, gelu, dense 4",
                "dense 8, gelu-tanh, dense 7, silu, dense 4",
                "dense 8, softplus, dense 4",
                "dense 8, dropout 0.4, tanh, dense 7, dropout, dense 4",
                "dense 8, batchnorm, tanh, dense 4",
                "batchnorm 0.2 1e-3, dense 8, layernorm, sigmoid, dense 4",
                "dense 8, residual-start, dense 8, tanh, dense 8, residual-end, tanh, dense 4",
                "residual-start, dense 6, residual-start, tanh, residual-end, residual-end, dense 4",
                "dense 8, batchnorm, silu, residual-start, dropout 0.2, dense 8, residual-end, layernorm, dense 4"
            })
    void everyParameterAgreesWithStructuredAndNaiveDifferences(String layers) {
        Network network = network(layers, new SoftmaxCrossEntropy());
        Parameters parameters = network.initialise(Precision.FLOAT64, 4);
        String before = parameters.sha256();
        Batch batch = batch(9);
        GradientCheck check = new GradientCheck(network, parameters, KERNELS);
        GradientReport structured = check.check(batch);
        assertThat(structured.passed()).as(structured.table()).isTrue();
        GradientReport naive = check.compare(
                new Backprop(network, parameters, KERNELS),
                new NumericalGradient(
                        network,
                        parameters,
                        KERNELS,
                        NumericalGradient.Evaluation.NAIVE,
                        NumericalDifferentiation.STEP),
                batch);
        assertThat(naive.passed()).as(naive.table()).isTrue();
        GradientReport directions = check.checkDirections(new Backprop(network, parameters, KERNELS), batch, 1, 3);
        assertThat(directions.passed()).as(directions.table()).isTrue();
        assertThat(parameters.sha256()).isEqualTo(before);
    }

    static Stream<Loss> losses() {
        return Stream.of(
                new SmoothedCrossEntropy(0.1),
                new WeightedCrossEntropy(List.of(0.5, 2.0, 0.0, 1.0)),
                new BinaryCrossEntropy(),
                new Huber(0.4));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void everyLossAgreesWithStructuredAndNaiveDifferences(Loss loss) {
        Network network = network("dense 8, silu, dense 4", loss);
        Parameters parameters = network.initialise(Precision.FLOAT64, 4);
        Batch batch = batch(9);
        GradientReport report = new GradientCheck(network, parameters, KERNELS).check(batch);
        assertThat(report.passed()).as(report.table()).isTrue();
        NumericalGradient naive = new NumericalGradient(
                network, parameters, KERNELS, NumericalGradient.Evaluation.NAIVE, NumericalDifferentiation.STEP);
        GradientReport other = new GradientCheck(network, parameters, KERNELS)
                .compare(new Backprop(network, parameters, KERNELS), naive, batch);
        assertThat(other.passed()).as(other.table()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("losses")
    void lossIsFiniteForAnyFiniteLogits(Loss loss) {
        double[] extremes = {0, 1, -1, 88, -88, 1e4, -1e4, 1e30, -1e30, Float.MAX_VALUE, -Float.MAX_VALUE, 1e-40};
        for (Precision precision : Precision.values()) {
            Matrix z = Matrix.zeros(precision, 144, 4);
            int[] labels = new int[144];
            for (int row = 0; row < 144; row++) {
                labels[row] = row % 4;
                for (int column = 0; column < 4; column++) {
                    z.set(row, column, extremes[(column % 2 == 0 ? row : row / 12) % 12]);
                }
            }
            Matrix gradient = Matrix.zeros(precision, 144, 4);
            double[] rowLosses = new double[144];
            try (Kernels kernels = KernelChoice.current().kernels(precision, 1)) {
                double value = loss.evaluate(kernels, z, Targets.Labels.of(labels), gradient, rowLosses);
                assertThat(value).isFinite().isNotNegative();
                assertThat(java.util.Arrays.stream(rowLosses)).allMatch(Double::isFinite);
                assertThat(kernels.allFinite(gradient)).isTrue();
            }
        }
    }

    @Test
    void checkOfBatchNormWithOneRowIsCalledVacuous() {
        Network network = network("dense 8, batchnorm, tanh, dense 4", new SoftmaxCrossEntropy());
        GradientReport report =
                new GradientCheck(network, network.initialise(Precision.FLOAT64, 4), KERNELS).check(batch(1));
        assertThat(report.passed()).isFalse();
        assertThat(report.tensor("W1").verdict()).isEqualTo(Verdict.VACUOUS);
        assertThat(report.tensor("W1").explanation()).contains("batch of one");
    }

    @Test
    void dropoutKeepsTheMeanAndTheShare() {
        int rows = 200;
        Network network = Network.of(50, new SoftmaxCrossEntropy(), new Dropout(0.3), new Dense(2, XAVIER));
        Parameters parameters = network.initialise(Precision.FLOAT64, 1);
        Matrix x = Matrix.zeros(Precision.FLOAT64, rows, 50);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < 50; column++) {
                x.set(row, column, 1);
            }
        }
        Workspace workspace = Workspace.forLosses(network, parameters, parameters.like(), KERNELS, 1);
        Pass pass = workspace.pass(x);
        pass.forward();
        List<Double> zeros = new ArrayList<>();
        double sum = 0;
        for (double[] row : pass.outputs(0).toArray()) {
            for (double value : row) {
                assertThat(value).isIn(0.0, 1 / 0.7);
                sum += value;
                if (value == 0) {
                    zeros.add(value);
                }
            }
        }
        assertThat(zeros.size() / (rows * 50.0)).isBetween(0.285, 0.315); // 3 standard deviations are 0.014
        assertThat(sum / (rows * 50)).isBetween(0.98, 1.02);
        workspace.at(1);
        double[][] first = pass.outputs(0).toArray();
        pass.forward();
        assertThat(pass.outputs(0).toArray()).isNotEqualTo(first);
    }

    @Test
    void residualBlocksMustCloseAndKeepTheirShape() {
        assertThatThrownBy(() -> network("dense 8, residual-start, dense 4", new SoftmaxCrossEntropy()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("layer 1")
                .hasMessageContaining("residual-end");
        assertThatThrownBy(() -> network("dense 8, residual-end, dense 4", new SoftmaxCrossEntropy()))
                .hasMessageContaining("no residual-start");
        assertThatThrownBy(() -> network("dense 8, residual-start, dense 4, residual-end", new SoftmaxCrossEntropy()))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("expected shape 8")
                .hasMessageContaining("found 4");
        List<Layer> block = ResidualEnd.block(new Dense(3, XAVIER));
        assertThat(block).containsExactly(new ResidualStart(), new Dense(3, XAVIER), new ResidualEnd());
    }

    @Test
    void weightsOfClassesMustBeAsManyAsOutputs() {
        assertThatThrownBy(() -> network("dense 4", new WeightedCrossEntropy(List.of(1.0, 2.0))))
                .hasMessageContaining("expected 4")
                .hasMessageContaining("found 2");
    }
}
