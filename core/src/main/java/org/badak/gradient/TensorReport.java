package org.badak.gradient;

/// What a [GradientCheck] found for one parameter tensor.
///
/// @param name as in [org.badak.model.Parameters]: `W1`
/// @param rows its shape, likewise `columns`
/// @param maxRelativeError the largest |a − n| / max(|a|, |n|) of the elements that count: those beyond the
///     tolerance, or larger than 1e-3 of the largest |n|; kinks left out
/// @param worstRow where that is, likewise `worstColumn`; of random directions, the number of the direction
/// @param analytic a, the value checked, there
/// @param numerical n, the central difference, there
/// @param wrong elements beyond the tolerance, kinks left out
/// @param kinks elements beyond the tolerance because a ReLU changes sign within h; skipped
/// @param verdict the cause
/// @param explanation the cause in words, with figures, and what to do
public record TensorReport(
        String name,
        int rows,
        int columns,
        double maxRelativeError,
        int worstRow,
        int worstColumn,
        double analytic,
        double numerical,
        int wrong,
        int kinks,
        Verdict verdict,
        String explanation) {
    /// Number of elements.
    public long count() {
        return (long) rows * columns;
    }

    /// The shape as text: `[784, 50]`.
    public String shape() {
        return "[" + rows + ", " + columns + "]";
    }

    TensorReport as(Verdict other, String why) {
        return new TensorReport(
                name,
                rows,
                columns,
                maxRelativeError,
                worstRow,
                worstColumn,
                analytic,
                numerical,
                wrong,
                kinks,
                other,
                why);
    }
}
