package org.badak.train;

/// Where a run stands: readings of the whole training and test sets.
///
/// @param step steps done so far
/// @param epoch epochs done so far
/// @param trainAccuracy share of training examples classified correctly, 0 to 1
/// @param testAccuracy share of test examples classified correctly, 0 to 1
/// @param trainLoss mean loss over the training examples
/// @param testLoss mean loss over the test examples
/// @param seconds time since training began, evaluations included
public record Evaluation(
        long step,
        double epoch,
        double trainAccuracy,
        double testAccuracy,
        double trainLoss,
        double testLoss,
        double seconds) {}
