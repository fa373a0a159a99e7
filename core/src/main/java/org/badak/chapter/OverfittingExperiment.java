package org.badak.chapter;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.badak.data.Dataset;
import org.badak.data.LabelledData;
import org.badak.data.Partition;
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
/// The book trains with learning rate 0.01 for 200 epochs. That is too short for dropout, which learns more slowly;
/// [#RATE] is ten times as large.
///
/// @param data the images: few to train with, many to test with
/// @param epochs how long, at least 1
/// @param rate learning rate of SGD
/// @param batch images per step, drawn with replacement
/// @param kernels of float32
public record OverfittingExperiment(LabelledData data, long epochs, double rate, int batch, Kernels kernels) {
    /// Training images of the book.
    public static final int IMAGES = 300;
    /// Epochs of the book.
    public static final int EPOCHS = 200;
    /// A learning rate with which all cures have done their work after [#EPOCHS].
    public static final double RATE = 0.1;
    /// Images per step of the book.
    public static final int BATCH = 100;

    private static final int HIDDEN_LAYERS = 6;
    private static final int UNITS = 100;
    private static final int READINGS = 25;
    private static final int FIRST_EPOCHS = 10; // of these every one is read: accuracy rises fast

    /// @throws IllegalArgumentException if the number of epochs is less than 1
    public OverfittingExperiment {
        if (epochs < 1) {
            throw new IllegalArgumentException("epochs: expected at least 1, found " + epochs);
        }
    }

    /// How a training went.
    ///
    /// @param cure what was done
    /// @param readings about thirty if it was trained to the end, the last one of the network that is left
    /// @param searched epochs that early stopping trained to find out when to stop; 0 without it
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
    /// @param seed of first weights, batches, dropout, and of the choice of images held out
    public Course run(Cure cure, long seed) {
        return run(cure, seed, reading -> {});
    }

    /// Trains a network, and tells every reading of it as soon as it is taken; those of the search of early stopping
    /// are not told.
    ///
    /// @param seed of first weights, batches, dropout, and of the choice of images held out
    /// @param watcher is told the readings in order; what it throws ends the training
    public Course run(Cure cure, long seed, Consumer<Evaluation> watcher) {
        if (!cure.stopsEarly()) {
            return new Course(cure, train(cure, epochs, seed, watcher), 0);
        }
        Dataset all = data.train();
        Partition parts = Partition.of(all.labels(), all.classes(), cure.heldOut(), seed);
        Learner learner = new Learner(this, cure, all.select(parts.train()), seed);
        Evaluator validation = learner.evaluator(all.select(parts.held()));
        EarlyStopping stopping =
                new EarlyStopping(learner.parameters, Metric.VALIDATION_ACCURACY.goal(), cure.patience(), 0);
        long searched = 0;
        while (!stopping.evaluated(learner.trainer.steps(), validation.score().accuracy()) && searched < epochs) {
            learner.epoch();
            searched++;
        }
        long stepsPerEpoch = new Learner(this, cure, all, seed).sampler.stepsPerEpoch();
        long wanted = Math.max(1, Math.ceilDiv(stopping.state().bestStep(), stepsPerEpoch));
        return new Course(cure, train(cure, wanted, seed, watcher), searched);
    }

    private List<Evaluation> train(Cure cure, long wanted, long seed, Consumer<Evaluation> watcher) {
        long begun = System.nanoTime();
        Learner learner = new Learner(this, cure, data.train(), seed);
        Evaluator train = learner.evaluator(data.train());
        Evaluator test = learner.evaluator(data.test());
        long every = Math.max(1, epochs / READINGS);
        List<Evaluation> readings = new ArrayList<>();
        for (long epoch = 0; ; epoch++) {
            if (epoch % every == 0 || epoch <= FIRST_EPOCHS || epoch == wanted) {
                Evaluator.Score known = train.score();
                Evaluator.Score unseen = test.score();
                readings.add(new Evaluation(
                        learner.trainer.steps(),
                        epoch,
                        known.accuracy(),
                        unseen.accuracy(),
                        known.loss(),
                        unseen.loss(),
                        (System.nanoTime() - begun) / 1e9));
                watcher.accept(readings.getLast());
            }
            if (epoch == wanted) {
                return readings;
            }
            learner.epoch();
        }
    }

    /// A network in training.
    private static final class Learner {
        final Network network;
        final Parameters parameters;
        final Sampler sampler;
        final Trainer trainer;
        final Kernels kernels;

        Learner(OverfittingExperiment experiment, Cure cure, Dataset images, long seed) {
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
