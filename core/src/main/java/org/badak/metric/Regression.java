package org.badak.metric;

/// How far predictions of a number are from the truth.
///
/// @param count examples
/// @param meanSquaredError mean of (y − t)²
/// @param meanAbsoluteError mean of |y − t|
/// @param r2 1 − Σ(y − t)² / Σ(t − mean t)²: 1 is perfect, 0 no better than the mean, negative worse; NaN if all
///     targets are equal
public record Regression(int count, double meanSquaredError, double meanAbsoluteError, double r2) {
    /// The metrics of predictions.
    ///
    /// @param predictions y
    /// @param targets t, as many
    /// @throws IllegalArgumentException if there are none, or not as many
    public static Regression of(double[] predictions, double[] targets) {
        double[] equal = new double[targets.length];
        java.util.Arrays.fill(equal, 1);
        return of(predictions, targets, equal);
    }

    /// The metrics of predictions of which some count more than others: every mean and sum is by weight.
    ///
    /// @param predictions y
    /// @param targets t, as many
    /// @param weights as many, positive and finite
    /// @throws IllegalArgumentException if there are none, or not as many, or a weight is out of range
    public static Regression of(double[] predictions, double[] targets, double[] weights) {
        if (predictions.length != targets.length || targets.length == 0) {
            throw new IllegalArgumentException("regression: expected as many predictions as targets and at least one,"
                    + " found " + predictions.length + " and " + targets.length);
        }
        if (weights.length != targets.length) {
            throw new IllegalArgumentException("regression: expected as many weights as targets, found "
                    + weights.length + " and " + targets.length);
        }
        double mean = 0; // by steps, so that it is exact where all targets are equal
        double total = 0;
        for (int i = 0; i < targets.length; i++) {
            if (!(weights[i] > 0 && Double.isFinite(weights[i]))) {
                throw new IllegalArgumentException("regression: weight of example " + i
                        + ": expected a positive finite number, found " + weights[i]);
            }
            total += weights[i];
            mean += (targets[i] - mean) * weights[i] / total;
        }
        double squares = 0;
        double absolutes = 0;
        double spread = 0;
        for (int i = 0; i < targets.length; i++) {
            double error = predictions[i] - targets[i];
            squares += weights[i] * (error * error);
            absolutes += weights[i] * Math.abs(error);
            spread += weights[i] * ((targets[i] - mean) * (targets[i] - mean));
        }
        return new Regression(
                targets.length, squares / total, absolutes / total, spread == 0 ? Double.NaN : 1 - squares / spread);
    }

    /// Root of the mean squared error, in the target's unit.
    public double rootMeanSquaredError() {
        return Math.sqrt(meanSquaredError);
    }
}
