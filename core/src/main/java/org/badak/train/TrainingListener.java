package org.badak.train;

import java.nio.file.Path;

/// Is told what happens in a run, in order, on the training thread. Every method does nothing by default.
public interface TrainingListener {
    /// A step was done.
    ///
    /// @param step number of the step, from 1
    /// @param loss mean loss of its mini-batch before the update
    default void step(long step, double loss) {}

    /// The whole training and test sets were evaluated.
    default void evaluated(Evaluation evaluation) {}

    /// Training ends: no step follows; the last evaluation does. Not called where early stopping or a failure ended it.
    ///
    /// @param step steps done
    default void ending(long step) {}

    /// A checkpoint was saved.
    ///
    /// @param step steps that it holds
    /// @param file where it is
    default void checkpointed(long step, Path file) {}

    /// Training cannot go on: a loss, a gradient or a parameter is not finite. The failure is thrown after this.
    default void diverged(TrainingException failure) {}

    /// What this listener has saved of the run to go back to, in words, for the message that training diverged; empty
    /// for nothing.
    default String saved() {
        return "";
    }
}
