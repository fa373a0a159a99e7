package org.badak.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.badak.data.DataSplit;
import org.badak.data.GeneratedDigits;
import org.badak.data.Sampler;
import org.badak.gradient.Backprop;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.layer.Dense;
import org.badak.layer.Initialisation;
import org.badak.layer.Relu;
import org.badak.loss.SoftmaxCrossEntropy;
import org.badak.matrix.Precision;
import org.badak.model.Network;
import org.badak.model.Parameters;
import org.badak.optimizer.Sgd;
import org.junit.jupiter.api.Test;

class RehearsalTest {
    private static final Initialisation START = new Initialisation.Normal(0.01);

    @Test
    void trainingGivesTheSameBitsBesideARehearsal() throws InterruptedException {
        String alone = trained();
        Thread rehearsal = Rehearsal.begin(network(Rehearsal.inputs()));
        String beside = trained();
        assertThat(rehearsal.join(Duration.ofSeconds(30))).isTrue();
        assertThat(beside).isEqualTo(alone);
    }

    @Test
    void endsByItselfAndKeepsNoProcessAlive() throws InterruptedException {
        Thread rehearsal = Rehearsal.begin(network(Rehearsal.inputs()));
        assertThat(rehearsal.isDaemon()).isTrue();
        assertThat(rehearsal.join(Duration.ofSeconds(30))).isTrue();
    }

    @Test
    void aNetworkWithOtherInputsIsRefused() {
        assertThatThrownBy(() -> Rehearsal.begin(network(784)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("49", "784");
    }

    private static Network network(int inputs) {
        return new Network(
                inputs, List.of(new Dense(20, START), new Relu(), new Dense(10, START)), new SoftmaxCrossEntropy());
    }

    private static String trained() {
        DataSplit data = GeneratedDigits.generate(1, 200, 10);
        Network network = network(data.train().features());
        try (Kernels kernels = KernelChoice.current().kernels(Precision.FLOAT32, 1)) {
            Parameters parameters = network.initialise(Precision.FLOAT32, 1);
            Trainer trainer = new Trainer(
                    network,
                    parameters,
                    new Backprop(network, parameters, kernels),
                    new Sgd(0.1),
                    new Sampler.Replacement(200, 20, 1),
                    kernels,
                    data.train(),
                    20);
            for (int i = 0; i < 50; i++) {
                trainer.step();
            }
            return parameters.sha256();
        }
    }
}
