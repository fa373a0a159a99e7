package org.badak.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.badak.data.ArrayExamples;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.layer.Dense;
import org.badak.layer.Initialisation;
import org.badak.loss.SoftmaxCrossEntropy;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;
import org.badak.model.Network;
import org.badak.model.Parameters;
import org.junit.jupiter.api.Test;

class LossAlongLineTest {
    private final Network network = Network.of(1, new SoftmaxCrossEntropy(), new Dense(2, new Initialisation.He()));
    private final Kernels kernels = KernelChoice.current().kernels(Precision.FLOAT64, 1);
    private final ArrayExamples examples = new ArrayExamples(
            "points", Matrix.of(Precision.FLOAT64, new double[] {1}, new double[] {2}), new int[] {0, 1}, 2);

    @Test
    void lossIsThatOfTheMovedParameters() {
        Parameters zero = new Parameters(Precision.FLOAT64, network.slots());
        Parameters direction = zero.like();
        direction.tensor("b1").set(0, 0, 1);
        LossAlongLine line = LossAlongLine.of(network, zero, direction, kernels, examples, -1, 0, 2);
        // logits (t, 0): losses ln(1 + e^-t) and ln(1 + e^t), whatever x
        for (int i = 0; i < 3; i++) {
            double t = line.positions()[i];
            double expected = (Math.log1p(Math.exp(-t)) + Math.log1p(Math.exp(t))) / 2;
            assertThat(line.losses()[i]).isCloseTo(expected, org.assertj.core.api.Assertions.within(1e-15));
        }
        assertThat(line.accuracies()).containsExactly(0.5, 0.5, 0.5);
        assertThat(line.flatShare()).isEqualTo(1);
        assertThat(line.flatLossShare()).isZero();
        assertThat(zero.tensor("b1").get(0, 0)).as("the origin is not moved").isZero();
    }

    @Test
    void lineGoesFromOnePointToTheOther() {
        Parameters from = network.initialise(Precision.FLOAT64, 1);
        Parameters to = network.initialise(Precision.FLOAT64, 2);
        LossAlongLine line = LossAlongLine.of(network, from, LossAlongLine.towards(from, to), kernels, examples, 0, 1);
        assertThat(line.losses()[0])
                .isEqualTo(
                        new Evaluator(network, from, kernels, examples).score().loss());
        assertThat(line.losses()[1])
                .isCloseTo(
                        new Evaluator(network, to, kernels, examples).score().loss(),
                        org.assertj.core.api.Assertions.within(1e-15));
    }
}
