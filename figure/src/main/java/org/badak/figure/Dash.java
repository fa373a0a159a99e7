package org.badak.figure;

/// The dash pattern of a line.
public enum Dash {
    /// ────
    SOLID(0, 0),
    /// ─ ─ ─
    DASHED(6, 4),
    /// · · ·
    DOTTED(1.5, 3.5);

    private final double drawn;
    private final double skipped;

    Dash(double drawn, double skipped) {
        this.drawn = drawn;
        this.skipped = skipped;
    }

    /// Lengths drawn and skipped in turn, in user units; empty for a solid line.
    double[] pattern() {
        return drawn == 0 ? new double[0] : new double[] {drawn, skipped};
    }
}
