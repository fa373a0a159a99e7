package org.badak.train;

import java.util.List;
import org.badak.data.ImageDataset;
import org.badak.data.Sampler;
import org.badak.gradient.Backprop;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.layer.Dense;
import org.badak.layer.Initialisation;
import org.badak.layer.Layer;
import org.badak.layer.Sigmoid;
import org.badak.loss.SoftmaxCrossEntropy;
import org.badak.matrix.Precision;
import org.badak.model.Network;
import org.badak.model.Parameters;
import org.badak.optimizer.Sgd;

/// Trains and evaluates a small network on made-up images in a thread of its own, so that the virtual machine has
/// compiled the kernels by the time real data has been read. Nothing that it computes is used, and nothing is shared
/// with it: no result depends on whether, or how far, there was a rehearsal.
///
/// Code on vectors is several hundred times slower before it is compiled than after. The batches are tiny, because what
/// counts is how often a loop is entered, and of few rows more than a tile, so that tiles and remainders both run.
public final class Rehearsal {
    private static final int SIDE = 7;
    private static final int IMAGES = 20;
    private static final int BATCH = 5;
    private static final int MARGIN = 16; // pixels at the beginning of an image are white: there are runs of zeros,
    private static final int INKED = 3; // and of the others every third is inked: sparse, like handwriting
    private static final int READINGS = 200;
    private static final int MOST_ROUNDS = 2_000;
    private static final long MOST_NANOSECONDS = 700_000_000;

    private Rehearsal() {}

    /// Inputs of the network that is rehearsed.
    public static int inputs() {
        return SIDE * SIDE;
    }

    /// Rehearses the chapter's network: 50 sigmoid units, 10 classes.
    ///
    /// @return the thread, see [#begin(Network)]
    public static Thread begin() {
        Initialisation start = new Initialisation.Normal(0.01);
        List<Layer> layers = List.of(new Dense(50, start), new Sigmoid(), new Dense(10, start));
        return begin(new Network(inputs(), layers, new SoftmaxCrossEntropy()));
    }

    /// Begins to rehearse and returns; the thread is a daemon and ends by itself in less than a second.
    ///
    /// @param network layers like those of the network that will be trained, with [#inputs] inputs
    /// @return the thread
    /// @throws IllegalArgumentException if the network has another number of inputs
    public static Thread begin(Network network) {
        if (network.inputs() != inputs()) {
            throw new IllegalArgumentException(
                    "rehearsal: expected a network of " + inputs() + " inputs, found " + network.inputs());
        }
        return Thread.ofPlatform().daemon().name("badak-rehearsal").start(() -> {
            try {
                rehearse(network, KernelChoice.current());
            } catch (IllegalStateException | OutOfMemoryError told) {
                // a forced kernel set is missing, or memory is short: who trains in earnest meets it too, and tells it
            }
        });
    }

    private static void rehearse(Network network, KernelChoice choice) {
        ImageDataset images = images(network.outputs());
        long start = System.nanoTime();
        try (Kernels kernels = choice.kernels(Precision.FLOAT32, 1)) {
            for (int i = 0; i < READINGS; i++) { // first, for it is needed first
                images(network.outputs()).input(kernels, BATCH, true);
            }
            Parameters parameters = network.initialise(Precision.FLOAT32, 0);
            Trainer trainer = new Trainer(
                    network,
                    parameters,
                    new Backprop(network, parameters, kernels),
                    new Sgd(0.1),
                    new Sampler.Replacement(IMAGES, BATCH, 0),
                    kernels,
                    images,
                    BATCH);
            Evaluator evaluator = new Evaluator(network, parameters, kernels, images.head(BATCH));
            for (int round = 0; round < MOST_ROUNDS && System.nanoTime() - start < MOST_NANOSECONDS; round++) {
                trainer.step();
                evaluator.score();
            }
        }
    }

    private static ImageDataset images(int classes) {
        byte[] pixels = new byte[IMAGES * inputs()];
        for (int i = 0; i < pixels.length; i++) {
            if (i % inputs() >= MARGIN && i % INKED == 0) {
                pixels[i] = (byte) (1 + i);
            }
        }
        int[] labels = new int[IMAGES];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = i % classes;
        }
        return new ImageDataset("rehearsal", SIDE, SIDE, classes, pixels, labels);
    }
}
