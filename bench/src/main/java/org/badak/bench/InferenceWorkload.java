package org.badak.bench;

import java.util.ArrayList;
import java.util.List;
import org.badak.data.BatchLoader;
import org.badak.data.DataSplit;
import org.badak.data.Examples;
import org.badak.data.ImageDataset;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;
import org.badak.model.Network;
import org.badak.model.Parameters;
import org.badak.model.Pass;
import org.badak.model.Predictor;
import org.badak.model.Workspace;

/// W4: classes of images by the chapter's network. In batches from float32 pixels in memory, as peers have them; in
/// batches from the data set's bytes, as Badak's users have them; and one image at a time from float32 pixels.
final class InferenceWorkload {
    private InferenceWorkload() {}

    static void run(DataSplit data, int threads, int repetitions, Sizes sizes, Results results) {
        try (Kernels kernels = KernelChoice.current().kernels(Precision.FLOAT32, threads)) {
            Network network = ChapterNetwork.of(data.train());
            Parameters parameters = ChapterNetwork.parameters(network, kernels);
            Kernels skipping = kernels.skippingZeros(); // parameters are finite
            Workspace workspace = Workspace.forInference(network, parameters, skipping);
            List<Matrix> batches = batches(data.test(), kernels, sizes);
            int images = sizes.inferenceBatch() * sizes.inferenceBatches();
            int[] classes = new int[sizes.inferenceBatch()];

            double floats = Timing.secondsPerCall(
                    () -> {
                        for (Matrix batch : batches) {
                            classify(workspace.pass(batch), classes);
                        }
                    },
                    sizes.seconds(),
                    repetitions);
            results.figure(
                    "W4_images_per_second",
                    images / floats,
                    "images/s",
                    "W4 batches of " + sizes.inferenceBatch() + ", float32 pixels");

            BatchLoader loader =
                    new BatchLoader(data.test(), kernels, sizes.inferenceBatch(), network.takesSparseInput());
            int[] indices = new int[sizes.inferenceBatch()];
            double bytes = Timing.secondsPerCall(
                    () -> {
                        for (int b = 0; b < sizes.inferenceBatches(); b++) {
                            for (int i = 0; i < indices.length; i++) {
                                indices[i] =
                                        (b * indices.length + i) % data.test().count();
                            }
                            classify(
                                    workspace.pass(loader.load(indices, 0, indices.length)
                                            .x()),
                                    classes);
                        }
                    },
                    sizes.seconds(),
                    repetitions);
            results.figure(
                    "W4_bytes_images_per_second",
                    images / bytes,
                    "images/s",
                    "W4 batches of " + sizes.inferenceBatch() + ", pixels as bytes, zeros skipped");

            skipping.close();
            Predictor predictor = Predictor.of(network, parameters);
            results.figure("W4_single_us", single(predictor, data.test(), sizes), "us", "W4 single image, median");
        }
    }

    private static List<Matrix> batches(Examples examples, Kernels kernels, Sizes sizes) {
        List<Matrix> batches = new ArrayList<>();
        int[] indices = new int[sizes.inferenceBatch()];
        for (int b = 0; b < sizes.inferenceBatches(); b++) {
            for (int i = 0; i < indices.length; i++) {
                indices[i] = (b * indices.length + i) % examples.count();
            }
            Matrix batch = kernels.zeros(indices.length, examples.features());
            examples.load(kernels, indices, 0, batch);
            batches.add(batch);
        }
        return batches;
    }

    private static void classify(Pass pass, int[] classes) {
        Matrix outputs = pass.forward();
        for (int row = 0; row < outputs.rows(); row++) {
            classes[row] = Kernels.argMax(outputs, row);
        }
    }

    /// Microseconds to classify one image by a [Predictor]: the median, after as many calls to warm up.
    private static double single(Predictor predictor, ImageDataset images, Sizes sizes) {
        float[][] pixels = new float[Math.min(images.count(), 1000)][images.features()];
        for (int i = 0; i < pixels.length; i++) {
            for (int j = 0; j < pixels[i].length; j++) {
                pixels[i][j] = (images.pixels()[i * pixels[i].length + j] & 0xFF) / 255f;
            }
        }
        double[] microseconds = new double[sizes.singleImages()];
        int sum = 0; // of the classes, so that no call is optimised away
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < microseconds.length; i++) {
                float[] image = pixels[i % pixels.length];
                long start = System.nanoTime();
                sum += predictor.classOf(image);
                microseconds[i] = (System.nanoTime() - start) / 1e3;
            }
        }
        if (sum < 0) {
            throw new IllegalStateException("classes are never negative");
        }
        return Timing.median(microseconds);
    }
}
