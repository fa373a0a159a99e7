package org.badak.report;

import java.util.Locale;

/// Numbers as reports write them.
final class FigureText {
    private FigureText() {}

    /// A number with separators: `10,000`.
    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /// A share as a percentage: `94.65 %`; a dash where it is not known.
    static String percent(double share) {
        return Double.isNaN(share) ? "-" : String.format(Locale.ROOT, "%.2f %%", 100 * share);
    }
}
