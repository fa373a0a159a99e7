package org.badak.gradient;

/// What a [GradientCheck] says of one parameter tensor.
public enum Verdict {
    /// Every element agrees, or lies at a kink and is one of the few that may.
    AGREES(true, false),
    /// With h = 1e-4 elements differ, with a smaller h they agree: truncation, by strong curvature or by a kink
    /// that the check cannot see into. Not a wrong backward pass.
    STEP(true, false),
    /// Both gradients are zero throughout: nothing was checked.
    VACUOUS(false, false),
    /// More elements than may be skipped lie where a ReLU changes sign within h: check at other parameters or
    /// inputs.
    KINK(false, false),
    /// The δ of the chapter's cross-entropy: y − t is the gradient of the loss without δ, and too far from that
    /// with it.
    DELTA_BIAS(false, false),
    /// One side was computed in float32, so that small faults would drown in rounding: check in float64.
    FLOAT32(false, false),
    /// A value is infinite or not a number.
    NOT_FINITE(false, true),
    /// Two computations of one batch gave different gradients: stale, added to in place of overwritten, or random.
    NOT_REPEATABLE(false, true),
    /// The gradient is zero where it should not be, throughout.
    ALL_ZERO(false, true),
    /// The gradient's negative.
    WRONG_SIGN(false, true),
    /// A constant times the gradient.
    WRONG_FACTOR(false, true),
    /// The gradient with rows and columns exchanged.
    TRANSPOSED(false, true),
    /// The gradient moved by a row or a column.
    SHIFTED(false, true),
    /// Some elements, rows or columns are zero that should not be; the rest is right.
    PARTLY_ZERO(false, true),
    /// Some elements, rows or columns are wrong; the rest is right.
    PARTLY_WRONG(false, true),
    /// The gradient plus a constant.
    OFFSET(false, true),
    /// Wrong, whatever h, and none of the patterns above.
    WRONG_BACKWARD(false, true);

    private final boolean passes;
    private final boolean accuses;

    Verdict(boolean passes, boolean accuses) {
        this.passes = passes;
        this.accuses = accuses;
    }

    /// Whether a check with this verdict has passed.
    public boolean passes() {
        return passes;
    }

    /// Whether it says that the gradient is wrong; if it neither passes nor accuses, the check could not tell.
    public boolean accuses() {
        return accuses;
    }
}
