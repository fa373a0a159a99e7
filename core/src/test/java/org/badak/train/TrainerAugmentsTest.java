package org.badak.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.badak.augment.Augmentation;
import org.badak.augment.Augmenter;
import org.badak.augment.Elastic;
import org.badak.augment.Shift;
import org.badak.data.ArrayExamples;
import org.badak.data.Batch;
import org.badak.data.BatchLoader;
import org.badak.data.DataException;
import org.badak.data.Examples;
import org.badak.data.GeneratedDigits;
import org.badak.data.Sampler;
import org.badak.gradient.Backprop;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.layer.Dense;
import org.badak.layer.Initialisation;
import org.badak.loss.SoftmaxCrossEntropy;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;
import org.badak.matrix.ShapeException;
import org.badak.matrix.SparseMatrix;
import org.badak.model.Network;
import org.badak.model.Parameters;
import org.badak.optimizer.Sgd;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A trainer changes the images that it learns, and nothing else.
class TrainerAugmentsTest {
    private static final List<Augmentation> CHANGES = List.of(new Shift(2), new Elastic(34, 4));
    private static final Examples DIGITS = GeneratedDigits.generate(1, 50, 1).train();
    private static final Network NETWORK =
            Network.of(784, new SoftmaxCrossEntropy(), new Dense(10, new Initialisation.Xavier()));

    private final Kernels kernels = KernelChoice.current().kernels(Precision.FLOAT32, 1);
    private final Parameters parameters = NETWORK.initialise(Precision.FLOAT32, 1);
    private final Sampler sampler = new Sampler.Replacement(50, 20, 4);

    @AfterEach
    void close() {
        kernels.close();
    }

    @Test
    void everyStepLearnsImagesThatCanBeComputedAgain() {
        assertThat(DIGITS.input(kernels, 20, true))
                .as("would be sparse if left as they are")
                .isInstanceOf(SparseMatrix.class);
        Trainer trainer = trainer(DIGITS).augment(CHANGES, 4);
        int[] indices = new int[20];
        for (int step = 0; step < 5; step++) {
            sampler.draw(step, indices);
            Batch batch = new BatchLoader(DIGITS, kernels, 20).load(indices, 0, 20);
            double plain = loss(batch);
            new Augmenter(CHANGES, 4, DIGITS.shape(), kernels).apply(batch.x(), step);
            double changed = loss(batch);
            assertThat(trainer.step()).isEqualTo(changed).isNotEqualTo(plain);
        }
    }

    @Test
    void evaluationsReadImagesAsTheyAre() {
        Evaluator evaluator = new Evaluator(NETWORK, parameters, kernels, DIGITS);
        Trainer trainer = trainer(DIGITS).augment(CHANGES, 4);
        List<Evaluation> readings = trainer.run(3, evaluator, evaluator);
        assertThat(readings.getLast().trainLoss()).isEqualTo(evaluator.score().loss());
    }

    @Test
    void examplesThatAreNoImagesAreRefused() {
        Matrix x = Matrix.zeros(Precision.FLOAT32, 3, 784);
        Trainer trainer = trainer(new ArrayExamples("rows of a table", x, new int[3], 10));
        assertThatThrownBy(() -> trainer.augment(CHANGES, 4))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("expected images, found vectors of 784 numbers");
    }

    @Test
    void resumedRunLearnsTheSameImagesAndAnotherAugmentationIsRefused() {
        Trainer whole = trainer(DIGITS).augment(CHANGES, 4);
        whole.step();
        Checkpoint checkpoint = Checkpoint.of(whole);
        double second = whole.step();
        assertThatThrownBy(() -> trainer(DIGITS).resume(checkpoint))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("augmentation")
                .hasMessageContaining("Elastic[alpha=34.0, sigma=4.0]], seed 4");
        Trainer rest = trainer(DIGITS).augment(CHANGES, 4);
        rest.resume(checkpoint);
        assertThat(rest.step()).isEqualTo(second);
    }

    private double loss(Batch batch) {
        return new Backprop(NETWORK, parameters, kernels).compute(batch);
    }

    private Trainer trainer(Examples examples) {
        Backprop backprop = new Backprop(NETWORK, parameters, kernels);
        return new Trainer(NETWORK, parameters, backprop, new Sgd(0.01), sampler, kernels, examples, 20);
    }
}
