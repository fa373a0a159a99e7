package org.badak.bench;

import org.badak.data.DataSplit;
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
import org.badak.optimizer.Adam;
import org.badak.train.Trainer;

/// W2: 784-1024-1024-10, ReLU, Adam with learning rate 0.001, batches of 256 drawn with replacement;
/// loop only, as W1.
final class AdamWorkload {
    private static final int UNITS = 1024;
    private static final int BATCH = 256;
    private static final Initialisation HE = new Initialisation.He();

    private AdamWorkload() {}

    static void run(DataSplit data, int threads, int repetitions, Sizes sizes, Results results) {
        try (Kernels kernels = KernelChoice.current().kernels(Precision.FLOAT32, threads)) {
            Network network = Network.of(
                    data.train().features(),
                    new SoftmaxCrossEntropy(),
                    new Dense(UNITS, HE),
                    new Relu(),
                    new Dense(UNITS, HE),
                    new Relu(),
                    new Dense(data.train().classes(), HE));
            Parameters parameters = network.initialise(Precision.FLOAT32, 1);
            Trainer trainer = new Trainer(
                    network,
                    parameters,
                    new Backprop(network, parameters, kernels),
                    new Adam(0.001),
                    new Sampler.Replacement(data.train().count(), BATCH, 1),
                    kernels,
                    data.train(),
                    BATCH);
            double[] rates = new double[repetitions];
            seconds(trainer, sizes.adamSteps()); // warm-up
            for (int i = 0; i < repetitions; i++) {
                rates[i] = (double) BATCH * sizes.adamSteps() / seconds(trainer, sizes.adamSteps());
            }
            results.figure(
                    "W2_images_per_second",
                    Timing.median(rates),
                    "images/s",
                    "W2 784-1024-1024-10, Adam, batch 256, warm");
        }
    }

    private static double seconds(Trainer trainer, int steps) {
        long start = System.nanoTime();
        for (int i = 0; i < steps; i++) {
            trainer.step();
        }
        return Timing.secondsSince(start);
    }
}
