package org.badak.bench;

import java.util.Arrays;
import org.badak.data.DataSplit;
import org.badak.data.Examples;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.matrix.Precision;
import org.badak.model.Network;
import org.badak.model.Parameters;
import org.badak.train.Evaluator;
import org.badak.train.Trainer;

/// W1: the chapter's network, loop only: draw a batch, load it, gradient, update; the loss of each step comes with it.
/// The first run in a process is the cold one.
final class TrainingWorkload {
    private TrainingWorkload() {}

    static void run(DataSplit data, int threads, int repetitions, Sizes sizes, Results results) {
        try (Kernels kernels = KernelChoice.current().kernels(Precision.FLOAT32, threads)) {
            double[] seconds = new double[repetitions + 1];
            double accuracy = 0;
            for (int i = 0; i < seconds.length; i++) {
                Network network = ChapterNetwork.of(data.train());
                Parameters parameters = ChapterNetwork.parameters(network, kernels);
                seconds[i] = seconds(
                        ChapterNetwork.trainer(network, parameters, data.train(), kernels), sizes.trainingSteps());
                if (i == 0) {
                    accuracy = new Evaluator(network, parameters, kernels, data.test())
                            .score()
                            .accuracy();
                }
            }
            double[] warm = Arrays.copyOfRange(seconds, 1, seconds.length);
            String steps = "W1 " + sizes.trainingSteps() + " steps, ";
            results.figure("W1_seconds_warm", Timing.median(warm), "s", steps + "warm");
            results.figure("W1_seconds_cold", seconds[0], "s", steps + "first run in this process");
            results.figure(
                    "W1_dense_seconds_warm",
                    dense(data.train(), kernels, repetitions, sizes),
                    "s",
                    steps + "warm, zeros not skipped");
            results.figure("W1_test_accuracy", accuracy, "", "W1 test accuracy after the steps");
        }
    }

    private static double dense(Examples examples, Kernels kernels, int repetitions, Sizes sizes) {
        double[] seconds = new double[repetitions + 1]; // the first one warms the dense kernels
        for (int i = 0; i < seconds.length; i++) {
            seconds[i] = seconds(ChapterNetwork.trainer(new DenseExamples(examples), kernels), sizes.trainingSteps());
        }
        return Timing.median(Arrays.copyOfRange(seconds, 1, seconds.length));
    }

    private static double seconds(Trainer trainer, int steps) {
        long start = System.nanoTime();
        for (int i = 0; i < steps; i++) {
            trainer.step();
        }
        return Timing.secondsSince(start);
    }
}
