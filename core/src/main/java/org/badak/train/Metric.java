package org.badak.train;

import java.util.Locale;
import org.badak.optimizer.Goal;

/// A number of an [Evaluation] that can be watched.
public enum Metric {
    /// Mean loss over the training examples.
    TRAIN_LOSS,
    /// Mean loss over the test examples.
    TEST_LOSS,
    /// Share of training examples classified correctly.
    TRAIN_ACCURACY,
    /// Share of test examples classified correctly.
    TEST_ACCURACY;

    /// The metric's value in an evaluation.
    public double of(Evaluation evaluation) {
        return switch (this) {
            case TRAIN_LOSS -> evaluation.trainLoss();
            case TEST_LOSS -> evaluation.testLoss();
            case TRAIN_ACCURACY -> evaluation.trainAccuracy();
            case TEST_ACCURACY -> evaluation.testAccuracy();
        };
    }

    /// Which way it gets better.
    public Goal goal() {
        return switch (this) {
            case TRAIN_LOSS, TEST_LOSS -> Goal.MINIMUM;
            case TRAIN_ACCURACY, TEST_ACCURACY -> Goal.MAXIMUM;
        };
    }

    /// The name in files and on the command line: `train-loss`.
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
