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
    TEST_ACCURACY,
    /// Mean loss over the validation examples.
    VALIDATION_LOSS,
    /// Share of validation examples classified correctly.
    VALIDATION_ACCURACY;

    /// The metric's value in an evaluation.
    public double of(Evaluation evaluation) {
        return switch (this) {
            case TRAIN_LOSS -> evaluation.trainLoss();
            case TEST_LOSS -> evaluation.testLoss();
            case TRAIN_ACCURACY -> evaluation.trainAccuracy();
            case TEST_ACCURACY -> evaluation.testAccuracy();
            case VALIDATION_LOSS -> evaluation.validationLoss();
            case VALIDATION_ACCURACY -> evaluation.validationAccuracy();
        };
    }

    /// Which way it gets better.
    public Goal goal() {
        return switch (this) {
            case TRAIN_LOSS, TEST_LOSS, VALIDATION_LOSS -> Goal.MINIMUM;
            case TRAIN_ACCURACY, TEST_ACCURACY, VALIDATION_ACCURACY -> Goal.MAXIMUM;
        };
    }

    /// Whether it reads the test examples.
    public boolean readsTest() {
        return this == TEST_LOSS || this == TEST_ACCURACY;
    }

    /// Whether it reads the validation examples.
    public boolean readsValidation() {
        return this == VALIDATION_LOSS || this == VALIDATION_ACCURACY;
    }

    /// The name in files and on the command line: `train-loss`.
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
