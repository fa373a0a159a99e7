package org.badak.spark;

import java.util.List;
import java.util.stream.Stream;
import org.badak.augment.Augmentation;
import org.badak.catalog.Augmentations;
import org.badak.catalog.Catalog;
import org.badak.data.Dataset;
import org.badak.data.Examples;
import org.badak.data.GeneratedDigits;
import org.badak.data.Sampler;
import org.badak.data.WeightedExamples;
import org.badak.gradient.EngineGradient;
import org.badak.gradient.Gradient;
import org.badak.gradient.Learning;
import org.badak.gradient.LocalSgd;
import org.badak.gradient.ProcessEngine;
import org.badak.gradient.ShardEngine;
import org.badak.gradient.ShardWork;
import org.badak.gradient.ShardedGradient;
import org.badak.gradient.Shards;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.layer.Initialisation;
import org.badak.matrix.Precision;
import org.badak.model.Network;
import org.badak.model.Parameters;
import org.badak.optimizer.Adam;
import org.badak.train.Evaluator;
import org.badak.train.Trainer;

/// Small trainings, in one process and by an engine.
///
/// @param layers of the network
/// @param loss of the network
/// @param augmentations of the images
/// @param weighted whether examples weigh differently
/// @param batch rows
/// @param shards of a batch
record Digits(String layers, String loss, String augmentations, boolean weighted, int batch, int shards) {
    static final Digits PLAIN = new Digits("dense 12, tanh, dense 10", "softmax-cross-entropy", "", false, 20, 5);
    private static final Dataset TRAIN = GeneratedDigits.generate(3, 130, 1).train();
    private static final long SEED = 6;

    Network network() {
        return new Network(TRAIN.shape(), Catalog.layers(layers, new Initialisation.Xavier()), Catalog.loss(loss));
    }

    private Sampler sampler() {
        return new Sampler.Shuffle(TRAIN.count(), batch, SEED + 1);
    }

    private Examples examples() {
        return weighted ? WeightedExamples.balanced(TRAIN) : TRAIN;
    }

    private List<Augmentation> changes() {
        return augmentations.isEmpty() ? List.of() : Augmentations.augmentations(augmentations);
    }

    ShardWork work() {
        return new ShardWork(network(), examples(), sampler(), batch, changes(), new Shards(shards), SEED);
    }

    /// The hash of the parameters after some steps in one process.
    String inOneProcess(int steps) {
        try (Kernels kernels = KernelChoice.current().kernels(Precision.FLOAT32, 1)) {
            Parameters parameters = initialised();
            return after(
                    steps,
                    parameters,
                    new ShardedGradient(new Shards(shards), network(), parameters, kernels, SEED),
                    kernels);
        }
    }

    /// The same by an engine with [#work].
    String by(ShardEngine engine, int steps) {
        try (Kernels kernels = KernelChoice.current().kernels(Precision.FLOAT32, 1)) {
            Parameters parameters = initialised();
            return after(
                    steps, parameters, new EngineGradient(new Shards(shards), engine, parameters, kernels), kernels);
        }
    }

    /// Hashes of parameters and the optimizer's memory after local steps in one process.
    List<String> localInOneProcess(int steps, int roundSteps) {
        try (Kernels kernels = KernelChoice.current().kernels(Precision.FLOAT32, 1)) {
            return local(steps, roundSteps, new ProcessEngine(work(), kernels), kernels);
        }
    }

    /// The same by an engine with [#work].
    List<String> localBy(ShardEngine engine, int steps, int roundSteps) {
        try (Kernels kernels = KernelChoice.current().kernels(Precision.FLOAT32, 1)) {
            return local(steps, roundSteps, engine, kernels);
        }
    }

    private List<String> local(int steps, int roundSteps, ShardEngine engine, Kernels kernels) {
        Parameters parameters = initialised();
        Trainer trainer = trainer(parameters, new LocalSgd(new Shards(shards), roundSteps, engine, kernels), kernels);
        Evaluator few = few(parameters, kernels);
        trainer.run(steps, few, few);
        return Stream.concat(Stream.of(parameters), trainer.memory().stream())
                .map(Parameters::sha256)
                .toList();
    }

    private String after(int steps, Parameters parameters, Gradient gradient, Kernels kernels) {
        Trainer trainer = trainer(parameters, gradient, kernels);
        for (int i = 0; i < steps; i++) {
            trainer.step();
        }
        return parameters.sha256();
    }

    /// The parameters that every training begins with.
    Parameters initialised() {
        return network().initialise(Precision.FLOAT32, SEED);
    }

    /// Evaluates a few examples, where a run wants an evaluation.
    Evaluator few(Parameters parameters, Kernels kernels) {
        return new Evaluator(network(), parameters, kernels, TRAIN.select(new int[] {0, 1, 2}));
    }

    /// What trains parameters.
    Trainer trainer(Parameters parameters, Learning learning, Kernels kernels) {
        Trainer trainer =
                new Trainer(network(), parameters, learning, new Adam(0.01), sampler(), kernels, examples(), batch);
        if (!augmentations.isEmpty()) {
            trainer.augment(changes(), SEED);
        }
        return trainer;
    }
}
