package org.badak.optimizer;

/// Which way a metric gets better.
public enum Goal {
    /// Less is better, as of losses.
    MINIMUM,
    /// More is better, as of accuracies.
    MAXIMUM;

    /// Whether a value is an improvement: strictly, by more than a margin. The first value always is
    /// one, NaN never.
    ///
    /// @param best the best value so far, NaN if there was none
    /// @param margin not negative
    public boolean improves(double value, double best, double margin) {
        if (Double.isNaN(value) || Double.isNaN(best)) {
            return !Double.isNaN(value);
        }
        return switch (this) {
            case MINIMUM -> value + margin < best;
            case MAXIMUM -> value - margin > best;
        };
    }
}
