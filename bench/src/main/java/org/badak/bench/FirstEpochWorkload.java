package org.badak.bench;

import org.badak.data.DataSplit;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.matrix.Precision;
import org.badak.model.Network;
import org.badak.model.Parameters;
import org.badak.train.Evaluator;
import org.badak.train.Trainer;

/// W7: the first epoch of the chapter's training and the accuracies after it. Meant for a process of its own, which is
/// timed from outside with the loading of the data and the start of the JVM.
final class FirstEpochWorkload {
    private FirstEpochWorkload() {}

    static void run(DataSplit data, int threads, Sizes sizes, Results results) {
        long start = System.nanoTime();
        try (Kernels kernels = KernelChoice.current().kernels(Precision.FLOAT32, threads)) {
            Network network = ChapterNetwork.of(data.train());
            Parameters parameters = ChapterNetwork.parameters(network, kernels);
            Trainer trainer = ChapterNetwork.trainer(network, parameters, data.train(), kernels);
            for (int i = 0; i < sizes.firstEpochSteps(); i++) {
                trainer.step();
            }
            double train = new Evaluator(network, parameters, kernels, data.train())
                    .score()
                    .accuracy();
            double test = new Evaluator(network, parameters, kernels, data.test())
                    .score()
                    .accuracy();
            results.figure(
                    "W7_steps_seconds",
                    Timing.secondsSince(start),
                    "s",
                    "W7 " + sizes.firstEpochSteps() + " steps and accuracies, data loaded");
            results.figure("W7_train_accuracy", train, "", "W7 training accuracy");
            results.figure("W7_test_accuracy", test, "", "W7 test accuracy");
        }
    }
}
