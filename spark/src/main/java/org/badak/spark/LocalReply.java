package org.badak.spark;

import java.io.Serializable;
import org.badak.gradient.LocalSteps;

/// What a task answers: what one shard has made of a round of local steps.
///
/// @param first number of the round's first step
/// @param shard its number
/// @param rows of each step
/// @param weights of each step
/// @param losses of each step
/// @param failure what is not finite in the last of them; empty if nothing
/// @param state parameters and the optimizer's memory after them, each as [FlatNumbers] has it
/// @param nanoseconds how long the computation took
record LocalReply(
        long first,
        int shard,
        int[] rows,
        double[] weights,
        double[] losses,
        String failure,
        float[][] state,
        long nanoseconds)
        implements Serializable {
    /// How the steps went.
    LocalSteps steps() {
        return new LocalSteps(rows, weights, losses, failure);
    }
}
