package org.badak.train;

/// Where a run stands: readings of the whole training and test sets, and of a validation part where there is one.
///
/// @param step steps done so far
/// @param epoch epochs done so far
/// @param trainAccuracy share of training examples classified correctly, 0 to 1
/// @param testAccuracy share of test examples classified correctly, 0 to 1
/// @param trainLoss mean loss over the training examples
/// @param testLoss mean loss over the test examples
/// @param validationAccuracy share of validation examples classified correctly, 0 to 1; NaN where there are none
/// @param validationLoss mean loss over the validation examples; NaN where there are none
/// @param seconds time since training began, evaluations included
public record Evaluation(
        long step,
        double epoch,
        double trainAccuracy,
        double testAccuracy,
        double trainLoss,
        double testLoss,
        double validationAccuracy,
        double validationLoss,
        double seconds) {
    /// A reading without a validation part.
    public Evaluation(
            long step,
            double epoch,
            double trainAccuracy,
            double testAccuracy,
            double trainLoss,
            double testLoss,
            double seconds) {
        this(step, epoch, trainAccuracy, testAccuracy, trainLoss, testLoss, Double.NaN, Double.NaN, seconds);
    }
}
