package org.badak.chapter;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.badak.data.Dataset;
import org.badak.data.LabelNoise;
import org.badak.data.LabelledData;
import org.badak.data.Sampler;
import org.badak.gradient.Backprop;
import org.badak.kernel.Kernels;
import org.badak.layer.Dense;
import org.badak.layer.Dropout;
import org.badak.layer.Initialisation;
import org.badak.layer.Layer;
import org.badak.layer.Relu;
import org.badak.loss.SoftmaxCrossEntropy;
import org.badak.matrix.Precision;
import org.badak.model.Network;
import org.badak.model.Parameters;
import org.badak.optimizer.Schedule;
import org.badak.optimizer.Sgd;
import org.badak.optimizer.WeightDecay;
import org.badak.train.EarlyStopping;
import org.badak.train.Evaluation;
import org.badak.train.Evaluator;
import org.badak.train.Metric;
import org.badak.train.Trainer;

/// Over-fitting on purpose, and cures: the book's experiment of chapter 6 (§6.4). A network of seven layers, six
/// hidden ones of 100 units with ReLU and He's initialisation, learns a few hundred images by heart: it is right on
/// all of them, and on new ones far less often.
///
/// It departs from the book in two things. Some of the labels to learn are wrong, as they are in real data: what is
/// right about most images is learnt first, and what is wrong about the others by heart, later (Arpit et al., *A Closer
/// Look at Memorization in Deep Networks*, 2017), so that there is a best moment to stop; with labels that are all
/// right there is hardly one. And the learning rate, twice that of the book, falls to 0 along half a cosine over more
/// epochs, so that what is compared at the end is not a moment of chance.
///
/// @param data the images: few to train with, many to test with, their labels right
/// @param validation images of its own, which early stopping looks at and no other cure
/// @param noise share of wrong labels among the images to train with, and among those for validation
/// @param epochs how long, at least 1
/// @param rate learning rate of SGD at the start
/// @param batch images per step, drawn with replacement
/// @param kernels of float32
public record OverfittingExperiment(
        LabelledData data, Dataset validation, double noise, long epochs, double rate, int batch, Kernels kernels) {
    /// Training images of the book.
    public static final int IMAGES = 300;
    /// As many for validation.
    public static final int VALIDATION = 300;
    /// Two labels in five are wrong.
    public static final double NOISE = 0.4;
    /// Twice as many as in the book: by then wrong labels are learnt by heart too.
    public static final int EPOCHS = 400;
    /// Twice that of the book.
    public static final double RATE = 0.02;
    /// Images per step of the book.
    public static final int BATCH = 100;

    private static final int HIDDEN_LAYERS = 6;
    private static final int UNITS = 100;
    private static final int READINGS = 25;
    private static final int FIRST_EPOCHS = 10; // of these every one is read: accuracy rises fast

    /// @throws IllegalArgumentException if the number of epochs is less than 1 or the share is not in [0, 1)
    public OverfittingExperiment {
        if (epochs < 1) {
            throw new IllegalArgumentException("epochs: expected at least 1, found " + epochs);
        }
        noise = new LabelNoise(noise, 0).share();
    }

    /// How a training went.
    ///
    /// @param cure what was done
    /// @param readings about thirty if it was trained to the end, the last one of the network that is left
    /// @param searched epochs that early stopping trained before it went back to the best of them; 0 without it
    public record Course(Cure cure, List<Evaluation> readings, long searched) {
        /// Copies the list.
        public Course {
            readings = List.copyOf(readings);
        }

        /// The reading of the network that is left.
        public Evaluation last() {
            return readings.getLast();
        }

        /// The latest reading up to an epoch.
        public Evaluation at(double epoch) {
            Evaluation latest = readings.getFirst();
            for (Evaluation reading : readings) {
                latest = reading.epoch() <= epoch ? reading : latest;
            }
            return latest;
        }
    }

    /// The network: with dropout behind every hidden layer if the cure has some.
    public Network network(Cure cure) {
        List<Layer> layers = new ArrayList<>();
        for (int i = 0; i < HIDDEN_LAYERS; i++) {
            layers.add(new Dense(UNITS, new Initialisation.He()));
            layers.add(new Relu());
            if (cure.dropout() > 0) {
                layers.add(new Dropout(cure.dropout()));
            }
        }
        layers.add(new Dense(data.train().classes(), new Initialisation.He()));
        return new Network(data.train().features(), layers, new SoftmaxCrossEntropy());
    }

    /// Trains a network.
    ///
    /// @param seed of wrong labels, first weights, batches and dropout
    public Course run(Cure cure, long seed) {
        return run(cure, seed, reading -> {});
    }

    /// Trains a network, and tells every reading of it as soon as it is taken; with early stopping when it has ended,
    /// for only then it is known which readings are those of the network that is left.
    ///
    /// @param seed of wrong labels, first weights, batches and dropout
    /// @param watcher is told the readings in order; what it throws ends the training
    public Course run(Cure cure, long seed, Consumer<Evaluation> watcher) {
        long begun = System.nanoTime();
        Learner learner = new Learner(this, cure, learnt(seed), seed);
        Evaluator train = learner.evaluator(learner.images);
        Evaluator test = learner.evaluator(data.test());
        Evaluator held = learner.evaluator(held(seed));
        EarlyStopping stopping = cure.stopsEarly()
                ? new EarlyStopping(learner.parameters, Metric.VALIDATION_ACCURACY.goal(), cure.patience(), 0)
                : EarlyStopping.never(learner.parameters, Metric.VALIDATION_ACCURACY.goal());
        long every = Math.max(1, epochs / READINGS);
        List<Evaluation> readings = new ArrayList<>();
        long epoch = 0;
        while (true) {
            if (epoch % every == 0 || epoch <= FIRST_EPOCHS || epoch == epochs) {
                readings.add(reading(learner.trainer.steps(), epoch, train, test, begun));
                if (!cure.stopsEarly()) {
                    watcher.accept(readings.getLast());
                }
            }
            boolean enough = cure.stopsEarly()
                    && stopping.evaluated(learner.trainer.steps(), held.score().accuracy());
            if (enough || epoch == epochs) {
                break;
            }
            learner.epoch();
            epoch++;
        }
        if (!cure.stopsEarly()) {
            return new Course(cure, readings, 0);
        }
        long best = stopping.state().bestStep();
        stopping.restore();
        readings.removeIf(reading -> reading.step() >= best);
        readings.add(reading(best, best / learner.sampler.stepsPerEpoch(), train, test, begun));
        readings.forEach(watcher);
        return new Course(cure, readings, epoch);
    }

    /// The images that are learnt, some of their labels wrong.
    Dataset learnt(long seed) {
        return new LabelNoise(noise, seed).apply(data.train(), 0);
    }

    /// The images that early stopping looks at, as many of their labels wrong, independently.
    Dataset held(long seed) {
        return new LabelNoise(noise, seed).apply(validation, 1);
    }

    private static Evaluation reading(long step, long epoch, Evaluator train, Evaluator test, long begun) {
        Evaluator.Score known = train.score();
        Evaluator.Score unseen = test.score();
        return new Evaluation(
                step,
                epoch,
                known.accuracy(),
                unseen.accuracy(),
                known.loss(),
                unseen.loss(),
                (System.nanoTime() - begun) / 1e9);
    }

    /// A network in training.
    private static final class Learner {
        final Network network;
        final Parameters parameters;
        final Sampler sampler;
        final Trainer trainer;
        final Kernels kernels;
        final Dataset images;

        Learner(OverfittingExperiment experiment, Cure cure, Dataset images, long seed) {
            this.images = images;
            kernels = experiment.kernels;
            network = experiment.network(cure);
            parameters = network.initialise(Precision.FLOAT32, seed);
            sampler = new Sampler.Replacement(images.count(), experiment.batch, seed);
            trainer = new Trainer(
                    network,
                    parameters,
                    new Backprop(network, parameters, kernels, seed),
                    new Sgd(experiment.rate, WeightDecay.l2(cure.weightDecay())),
                    sampler,
                    kernels,
                    images,
                    experiment.batch);
            trainer.schedule(new Schedule.Cosine(experiment.epochs * sampler.stepsPerEpoch(), 0));
        }

        Evaluator evaluator(Dataset images) {
            return new Evaluator(network, parameters, kernels, images);
        }

        void epoch() {
            for (long i = 0; i < sampler.stepsPerEpoch(); i++) {
                trainer.step();
            }
        }
    }
}
