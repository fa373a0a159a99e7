package org.badak.figure;

/// An axis: its label, linear or logarithmic, and its range.
///
/// @param label what is drawn beside it, with its unit
/// @param logarithmic whether values are spaced by their decimal logarithm; values ≤ 0 are then not drawn
/// @param low lower end; NaN: from the data
/// @param high upper end; NaN: from the data
public record Axis(String label, boolean logarithmic, double low, double high) {

    /// Checks the range.
    public Axis {
        if (Double.isInfinite(low) || Double.isInfinite(high) || low >= high || (logarithmic && low <= 0)) {
            throw new FigureException("Axis \"" + label + "\" cannot run from " + low + " to " + high
                    + (logarithmic ? " on a logarithmic scale" : "")
                    + "; give finite ends, the lower one first" + (logarithmic ? ", both above 0." : "."));
        }
    }

    /// A linear axis that fits its data.
    public static Axis linear(String label) {
        return new Axis(label, false, Double.NaN, Double.NaN);
    }

    /// A logarithmic axis (base 10) that fits its data.
    public static Axis log(String label) {
        return new Axis(label, true, Double.NaN, Double.NaN);
    }

    /// The same axis from `low` to `high`; NaN leaves an end to the data. Lines are clipped at the ends.
    public Axis between(double low, double high) {
        return new Axis(label, logarithmic, low, high);
    }
}
