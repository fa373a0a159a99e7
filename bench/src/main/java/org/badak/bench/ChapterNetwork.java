package org.badak.bench;

import org.badak.data.Examples;
import org.badak.data.Sampler;
import org.badak.gradient.Backprop;
import org.badak.kernel.Kernels;
import org.badak.layer.Dense;
import org.badak.layer.Initialisation;
import org.badak.layer.Sigmoid;
import org.badak.loss.SoftmaxCrossEntropy;
import org.badak.model.Network;
import org.badak.model.Parameters;
import org.badak.optimizer.Sgd;
import org.badak.train.Trainer;

/// The network of chapter 4 and its training: sigmoid, 50 hidden units, weights N(0, 0.01²), SGD with learning rate
/// 0.1, batches of 100 drawn with replacement.
public final class ChapterNetwork {
    /// Images per batch.
    public static final int BATCH = 100;

    private static final long SEED = 1;
    private static final Initialisation SMALL = new Initialisation.Normal(0.01);

    private ChapterNetwork() {}

    /// 784-50-10 for MNIST.
    public static Network of(Examples examples) {
        return Network.of(
                examples.features(),
                new SoftmaxCrossEntropy(),
                new Dense(50, SMALL),
                new Sigmoid(),
                new Dense(examples.classes(), SMALL));
    }

    /// Parameters before training, in the kernels' precision.
    static Parameters parameters(Network network, Kernels kernels) {
        return network.initialise(kernels.precision(), SEED);
    }

    /// A trainer of new parameters.
    public static Trainer trainer(Examples examples, Kernels kernels) {
        Network network = of(examples);
        return trainer(network, parameters(network, kernels), examples, kernels);
    }

    /// A trainer of the given parameters.
    static Trainer trainer(Network network, Parameters parameters, Examples examples, Kernels kernels) {
        return new Trainer(
                network,
                parameters,
                new Backprop(network, parameters, kernels),
                new Sgd(0.1),
                new Sampler.Replacement(examples.count(), BATCH, SEED),
                kernels,
                examples,
                BATCH);
    }
}
