package org.badak.observe;

import java.nio.file.Path;
import org.badak.data.GeneratedDigits;
import org.badak.data.ImageDataset;
import org.badak.data.Sampler;
import org.badak.gradient.Backprop;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.layer.Dense;
import org.badak.layer.Initialisation;
import org.badak.loss.SoftmaxCrossEntropy;
import org.badak.matrix.Precision;
import org.badak.model.Network;
import org.badak.model.Parameters;
import org.badak.optimizer.Schedule;
import org.badak.optimizer.Sgd;
import org.badak.train.Autosave;
import org.badak.train.Checkpoints;
import org.badak.train.Evaluator;
import org.badak.train.Rhythm;
import org.badak.train.Trainer;
import org.badak.train.TrainingListener;

/// Nine steps of a small network in three epochs of 100, 100 and 50 images, with a learning rate that falls each step.
final class ObservedTraining implements AutoCloseable {
    static final int STEPS = 9;
    static final double RATE = 0.1;

    private final Kernels kernels = new KernelChoice(KernelChoice.scalar(), "test").kernels(Precision.FLOAT32, 1);
    private final Network network =
            Network.of(784, new SoftmaxCrossEntropy(), new Dense(10, new Initialisation.Normal(0.01)));
    private final Parameters parameters = network.initialise(Precision.FLOAT32, 1);
    private final ImageDataset images = GeneratedDigits.generate(1, 250, 50).train();
    private final Trainer trainer;

    ObservedTraining() {
        this(RATE);
    }

    ObservedTraining(double learningRate) {
        trainer = new Trainer(
                        network,
                        parameters,
                        new Backprop(network, parameters, kernels),
                        new Sgd(learningRate),
                        new Sampler.Shuffle(images.count(), 100, 1),
                        kernels,
                        images,
                        100)
                .schedule(new Schedule.Exponential(0.5));
    }

    Trainer trainer() {
        return trainer;
    }

    Parameters parameters() {
        return parameters;
    }

    /// Trains; the listener hears of it, and of a checkpoint every four steps and at the end.
    void run(TrainingListener listener, Path folder) {
        trainer.listen(listener);
        trainer.listen(new Autosave(trainer, new Checkpoints(folder), Rhythm.parse("4")));
        Evaluator evaluator = new Evaluator(network, parameters, kernels, images);
        trainer.run(STEPS, evaluator, evaluator);
    }

    @Override
    public void close() {
        kernels.close();
    }
}
