package org.badak.cli;

import java.util.Map;

/// What the trials of a search have in common: data, parts, and how one is trained and scored.
sealed interface Trials permits ImageTrials, TableTrials, SpreadTrials {
    /// What came of a training.
    ///
    /// @param headline accuracy or R² on the validation part
    /// @param loss mean loss there, for numbers the root mean square error
    /// @param hash of the parameters; of several folds all, with blanks between them
    record Trained(double headline, double loss, String hash) {}

    /// Checks the values of a trial as far as that is possible without training.
    ///
    /// @return its whole budget
    /// @throws UsageException if a value cannot be carried out
    long budget(Map<String, String> values);

    /// Checks that a trial can have a budget.
    ///
    /// @throws UsageException if an option does not fit it
    void check(Map<String, String> values, long budget);

    /// Trains on one thread. From several threads at once.
    ///
    /// @param budget steps or epochs; may be less than the whole
    /// @throws org.badak.train.TrainingException if training diverges
    Trained train(Map<String, String> values, long budget);

    /// What another process makes the same trials of, see [SpreadFunction].
    byte[] sent();

    /// Asks all trainings to end early; what comes of them counts for nothing.
    void stop();
}
