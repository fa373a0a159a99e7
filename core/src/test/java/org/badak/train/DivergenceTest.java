package org.badak.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import org.badak.data.ArrayExamples;
import org.badak.data.Batch;
import org.badak.data.Examples;
import org.badak.data.Sampler;
import org.badak.gradient.Backprop;
import org.badak.gradient.Gradient;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.layer.Dense;
import org.badak.layer.Initialisation;
import org.badak.layer.Relu;
import org.badak.loss.SoftmaxCrossEntropy;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;
import org.badak.model.Network;
import org.badak.model.Parameters;
import org.badak.optimizer.Sgd;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A training that diverges says so within one step, names the checkpoint to go back to, and has not overwritten it.
class DivergenceTest {
    private static final int COUNT = 40;
    private static final int BATCH = 10;
    private static final Network NETWORK = Network.of(
            2,
            new SoftmaxCrossEntropy(),
            new Dense(4, new Initialisation.Xavier()),
            new Relu(),
            new Dense(3, new Initialisation.Xavier()));

    @TempDir
    Path folder;

    private final Kernels kernels = new KernelChoice(KernelChoice.scalar(), "test").kernels(Precision.FLOAT32, 1);
    private final Parameters parameters = NETWORK.initialise(Precision.FLOAT32, 1);

    @AfterEach
    void close() {
        kernels.close();
    }

    @Test
    void aBatchThatIsNotFiniteIsToldWithTheCheckpointBeforeIt() {
        Sampler sampler = new Sampler.Shuffle(COUNT, BATCH, 1);
        int[] indices = new int[BATCH];
        sampler.draw(2, indices); // the third batch
        Examples train = examples(indices[4], Double.NaN);
        TrainingException diverged = run(trainer(new Sampler.Shuffle(COUNT, BATCH, 1), train, 0.1));

        assertThat(diverged.step()).isEqualTo(3);
        assertThat(diverged)
                .hasMessageContaining("diverged at step 3")
                .hasMessageContaining("a batch of 10")
                .hasMessageContaining("first in input: NaN at row 4, column 1")
                .hasMessageContaining("learning rate 0.1")
                .hasMessageContaining("The last good checkpoint is " + folder.resolve("checkpoint-2.safetensors"));
        assertThat(newest().step()).isEqualTo(2);
    }

    @Test
    void numbersThatOverflowAreToldWithTheirLayerAndTheCheckpointBeforeIt() {
        Sampler sampler = new Sampler.Shuffle(COUNT, BATCH, 1);
        int[] indices = new int[BATCH];
        sampler.draw(3, indices);
        Examples train = examples(indices[0], Float.MAX_VALUE);
        parameters.tensor("W1").set(1, 0, 3); // so that the layer overflows
        TrainingException diverged = run(trainer(new Sampler.Shuffle(COUNT, BATCH, 1), train, 0.1));

        assertThat(diverged.step()).isEqualTo(4);
        assertThat(diverged)
                .hasMessageMatching("(?s).*first in layer 1 \\(dense\\): Infinity at row 0, column 0.*")
                .hasMessageContaining("checkpoint-3.safetensors");
        assertThat(newest().step()).isEqualTo(3);
    }

    @Test
    void anUpdateThatOverflowsIsToldAtOnceAndNeverSaved() {
        Examples train = examples(0, 1);
        trainer(new Sampler.Shuffle(COUNT, BATCH, 1), train, 0.1).run(4, evaluator(train), evaluator(train));
        String good = parameters.sha256();
        Gradient steep = new Steep(parameters.like());
        Trainer wild = trainer(steep, new Sampler.Shuffle(COUNT, BATCH, 1), train, 10);
        TrainingException diverged = run(wild);

        assertThat(diverged.step()).isEqualTo(1);
        assertThat(diverged)
                .hasMessageContaining("diverged at step 1: its update has made elements of W1 that are not finite")
                .hasMessageContaining("learning rate 10.0")
                .hasMessageContaining("checkpoint-4.safetensors");
        Checkpoint kept = newest();
        assertThat(kept.step()).isEqualTo(4);
        kept.load("", parameters);
        assertThat(parameters.sha256()).isEqualTo(good);
    }

    /// A gradient that is finite, and larger than what a step can take.
    private record Steep(Parameters result) implements Gradient {
        @Override
        public String name() {
            return "steep";
        }

        @Override
        public double compute(Batch batch) {
            result.tensor("W1").set(1, 1, Float.MAX_VALUE);
            return 1;
        }

        @Override
        public String firstNonFinite() {
            return "";
        }
    }

    private TrainingException run(Trainer trainer) {
        return catchThrowableOfType(
                TrainingException.class, () -> trainer.run(20, evaluator(examples(0, 1)), evaluator(examples(0, 1))));
    }

    /// A trainer that saves after every step.
    private Trainer trainer(Sampler sampler, Examples train, double rate) {
        return trainer(new Backprop(NETWORK, parameters, kernels), sampler, train, rate);
    }

    private Trainer trainer(Gradient gradient, Sampler sampler, Examples train, double rate) {
        Trainer trainer = new Trainer(NETWORK, parameters, gradient, new Sgd(rate), sampler, kernels, train, BATCH);
        Checkpoints checkpoints = new Checkpoints(folder);
        checkpoints.newest();
        return trainer.listen(new Autosave(trainer, checkpoints, Rhythm.parse("1")));
    }

    private Checkpoint newest() {
        Checkpoints.Found found = new Checkpoints(folder).newest().orElseThrow();
        assertThat(found.refused()).as("no checkpoint is damaged").isEmpty();
        for (Matrix tensor : found.checkpoint().tensors().values()) {
            assertThat(kernels.allFinite(tensor)).isTrue();
        }
        return found.checkpoint();
    }

    private Evaluator evaluator(Examples examples) {
        return new Evaluator(NETWORK, parameters, kernels, examples);
    }

    /// Points of three classes, one of them with another number.
    private static Examples examples(int at, double number) {
        Matrix x = Matrix.zeros(Precision.FLOAT32, COUNT, 2);
        int[] labels = new int[COUNT];
        for (int i = 0; i < COUNT; i++) {
            labels[i] = i % 3;
            x.set(i, 0, labels[i] - 1 + i / 100.0);
            x.set(i, 1, i % 2);
        }
        x.set(at, 1, number);
        return new ArrayExamples("points", x, labels, 3);
    }
}
