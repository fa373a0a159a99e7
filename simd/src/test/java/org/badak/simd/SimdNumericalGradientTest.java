package org.badak.simd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.badak.data.Batch;
import org.badak.gradient.NumericalGradient;
import org.badak.gradient.NumericalGradient.Evaluation;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.KernelSet;
import org.badak.kernel.Kernels;
import org.badak.kernel.Philox;
import org.badak.kernel.Purpose;
import org.badak.layer.Dense;
import org.badak.layer.Initialisation;
import org.badak.layer.Layer;
import org.badak.layer.Relu;
import org.badak.layer.Sigmoid;
import org.badak.layer.Tanh;
import org.badak.loss.DeltaCrossEntropy;
import org.badak.loss.MeanSquaredError;
import org.badak.loss.SoftmaxCrossEntropy;
import org.badak.loss.SumOfSquaredError;
import org.badak.loss.Targets;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;
import org.badak.model.Network;
import org.badak.model.Parameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Numerical gradients of networks are the same to the bit on scalar and SIMD kernels, for any number of threads.
class SimdNumericalGradientTest {
    private static final int ROWS = 9;

    static Stream<Network> networks() {
        return Stream.of(
                Network.of(5, new SoftmaxCrossEntropy(), dense(3)),
                Network.of(300, new SoftmaxCrossEntropy(), dense(17), new Sigmoid(), dense(10)),
                Network.of(40, new DeltaCrossEntropy(), dense(33), new Tanh(), dense(20), new Relu(), dense(7)),
                Network.of(40, new SumOfSquaredError(), dense(8), new Relu(), dense(50), new Sigmoid()),
                Network.of(16, new MeanSquaredError(), new Tanh(), dense(16), dense(16), new Sigmoid(), dense(1)));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void kernelSetsAgreeToTheBit(Network network) {
        Parameters parameters = network.initialise(Precision.FLOAT64, 3);
        Batch batch = batch(network);
        String scalar = hash(KernelChoice.scalar(), 1, network, parameters, batch, Evaluation.STRUCTURED);

        for (int threads : new int[] {1, 2, 3}) {
            assertThat(hash(new SimdKernels(), threads, network, parameters, batch, Evaluation.STRUCTURED))
                    .as(network + ", " + threads + " threads")
                    .isEqualTo(scalar);
        }
    }

    @Test
    void kernelSetsAgreeToTheBitOnSeries() {
        Network network = networks().toList().get(1);
        Parameters parameters = network.initialise(Precision.FLOAT64, 3);
        String scalar = hash(KernelChoice.scalar(), 1, network, parameters, batch(network), Evaluation.SERIES);

        for (int threads : new int[] {1, 2}) {
            assertThat(hash(new SimdKernels(), threads, network, parameters, batch(network), Evaluation.SERIES))
                    .isEqualTo(scalar);
        }
    }

    private static String hash(
            KernelSet set, int threads, Network network, Parameters parameters, Batch batch, Evaluation evaluation) {
        try (Kernels kernels = new Kernels(set.name(), set.operations(Precision.FLOAT64), threads)) {
            NumericalGradient gradient = new NumericalGradient(network, parameters, kernels, evaluation, 1e-4);
            gradient.compute(batch);
            return gradient.result().sha256();
        }
    }

    private static Layer dense(int units) {
        return new Dense(units, new Initialisation.Normal(0.7));
    }

    /// Normal numbers, a third of them zero, and random labels.
    private static Batch batch(Network network) {
        Philox random = new Philox(4, Purpose.DATA, 0);
        Matrix x = Matrix.zeros(Precision.FLOAT64, ROWS, network.inputs());
        int[] labels = new int[ROWS];
        for (int row = 0; row < ROWS; row++) {
            labels[row] = random.below(1_000_000 + row, network.outputs());
            for (int column = 0; column < x.columns(); column++) {
                long index = (long) row * x.columns() + column;
                x.set(row, column, random.below(500_000 + index, 3) == 0 ? 0 : random.normal(index));
            }
        }
        return new Batch(x, Targets.Labels.of(labels));
    }
}
