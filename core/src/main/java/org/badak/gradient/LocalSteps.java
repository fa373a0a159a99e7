package org.badak.gradient;

/// How the steps of one shard went in a [LocalRound].
///
/// @param rows of each step: how many of its batch belong to the shard; 0 is possible
/// @param weights what they weigh together
/// @param losses their mean loss before the update
/// @param failure what is not finite in the last of these steps, in words; empty if the round is done
public record LocalSteps(int[] rows, double[] weights, double[] losses, String failure) {
    /// How many were taken; fewer than the round has where one failed.
    public int count() {
        return losses.length;
    }

    /// What the rows of all steps weigh together.
    double weight() {
        double sum = 0;
        for (double each : weights) {
            sum += each;
        }
        return sum;
    }

    /// The rows of all steps.
    int allRows() {
        int sum = 0;
        for (int each : rows) {
            sum = Math.addExact(sum, each);
        }
        return sum;
    }
}
