package org.badak.bench;

import org.badak.data.DataSplit;
import org.badak.data.Sampler;
import org.badak.gradient.Backprop;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.layer.Conv2d;
import org.badak.layer.Dense;
import org.badak.layer.Flatten;
import org.badak.layer.Initialisation;
import org.badak.layer.MaxPool;
import org.badak.layer.Relu;
import org.badak.loss.SoftmaxCrossEntropy;
import org.badak.matrix.Precision;
import org.badak.model.Network;
import org.badak.model.Parameters;
import org.badak.optimizer.Adam;
import org.badak.train.Trainer;

/// W6: a small convolutional network, 30 filters of 5x5, ReLU, pools of 2x2, 100 units, ReLU, 10 classes; Adam with
/// learning rate 0.001, batches of 100 drawn with replacement; loop only, as W1.
final class ConvolutionWorkload {
    private static final int BATCH = 100;
    private static final Initialisation HE = new Initialisation.He();

    private ConvolutionWorkload() {}

    static void run(DataSplit data, int threads, int repetitions, Sizes sizes, Results results) {
        try (Kernels kernels = KernelChoice.current().kernels(Precision.FLOAT32, threads)) {
            Network network = Network.of(
                    data.train().shape(),
                    new SoftmaxCrossEntropy(),
                    new Conv2d(30, 5, HE),
                    new Relu(),
                    new MaxPool(2),
                    new Flatten(),
                    new Dense(100, HE),
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
            for (int i = 0; i < 5; i++) {
                seconds(trainer, sizes.convolutionSteps()); // warm-up
            }
            double[] rates = new double[repetitions];
            for (int i = 0; i < repetitions; i++) {
                rates[i] = (double) BATCH * sizes.convolutionSteps() / seconds(trainer, sizes.convolutionSteps());
            }
            results.figure(
                    "W6_images_per_second",
                    Timing.median(rates),
                    "images/s",
                    "W6 conv 30 5x5, pool, 100-10, Adam, batch 100, warm");
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
