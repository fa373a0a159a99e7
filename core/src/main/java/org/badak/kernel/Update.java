package org.badak.kernel;

/// The numbers of one optimizer step: which formula moves a parameter, and its coefficients. Every
/// optimizer is one of six forms, each one sweep over parameter, gradient and slots.
///
/// All forms begin alike with the gradient and the parameter of an element:
/// - clipping: g = min(max([#gradientScale]·g, −[#gradientLimit]), [#gradientLimit])
/// - decay added to the gradient: g = fma([#addedDecay], p, g)
/// - decay beside the gradient: p = [#keptShare]·p
///
/// Then m and v, the averages of gradients and of their squares, where a form keeps them:
/// - m = fma([#momentKept], m, [#momentAdded]·g)
/// - v = fma([#squareAdded]·g, g, [#squareKept]·v)
///
/// and the move, each as its [Form] says. Coefficients are computed in double and rounded once to the
/// precision of the sweep. A mutable home of numbers, made once per run, so that a step allocates
/// nothing.
public final class Update {
    /// How a parameter moves.
    public enum Form {
        /// p = fma(−[Update#gradientRate], g, p); no slot.
        PLAIN,
        /// p = p − n with n = fma([Update#momentRate], m, [Update#gradientRate]·g); slot m.
        MOMENTUM,
        /// p = p − [Update#gradientRate]·g/d with d = fma([Update#rootFactor], √v, [Update#epsilon]);
        /// slot v.
        ROOT,
        /// p = p − n/d, with n as in [#MOMENTUM] and d as in [#ROOT]; slots m, v.
        MOMENTS,
        /// As [#MOMENTS] with s = max(s, v) in place of v in d; slots m, v, s.
        LARGEST_MOMENTS,
        /// p = fma(−[Update#gradientRate], δ, p) with δ = √(u + ε)/√(v + ε)·g; slots v, u, and then
        /// u = fma([Update#squareAdded]·δ, δ, [Update#squareKept]·u).
        DELTA
    }

    private Form form = Form.PLAIN;
    private double gradientScale = 1;
    private double gradientLimit = Double.POSITIVE_INFINITY;
    private double addedDecay;
    private double keptShare = 1;
    private double momentKept;
    private double momentAdded;
    private double squareKept;
    private double squareAdded;
    private double rootFactor = 1;
    private double epsilon;
    private double momentRate;
    private double gradientRate;

    /// The step p −= 0·g; set what is wanted.
    public Update() {}

    /// Sets the form [Form#PLAIN].
    public void plain(double rate) {
        form = Form.PLAIN;
        gradientRate = rate;
    }

    /// Sets the form [Form#MOMENTUM].
    public void momentum(double kept, double ofMoment, double ofGradient) {
        form = Form.MOMENTUM;
        momentKept = kept;
        momentAdded = 1;
        momentRate = ofMoment;
        gradientRate = ofGradient;
    }

    /// Sets the form [Form#ROOT].
    public void root(double kept, double added, double small, double rate) {
        form = Form.ROOT;
        squareKept = kept;
        squareAdded = added;
        rootFactor = 1;
        epsilon = small;
        gradientRate = rate;
    }

    /// Sets the form [Form#MOMENTS], or [Form#LARGEST_MOMENTS].
    ///
    /// @param moment share of m that is kept; the rest is the new gradient's
    /// @param square share of v that is kept; the rest is the new square's
    public void moments(
            boolean largest,
            double moment,
            double square,
            double factor,
            double small,
            double ofMoment,
            double ofGradient) {
        form = largest ? Form.LARGEST_MOMENTS : Form.MOMENTS;
        momentKept = moment;
        momentAdded = 1 - moment;
        squareKept = square;
        squareAdded = 1 - square;
        rootFactor = factor;
        epsilon = small;
        momentRate = ofMoment;
        gradientRate = ofGradient;
    }

    /// Sets the form [Form#DELTA].
    ///
    /// @param square share of v and of u that is kept
    public void delta(double square, double small, double rate) {
        form = Form.DELTA;
        squareKept = square;
        squareAdded = 1 - square;
        epsilon = small;
        gradientRate = rate;
    }

    /// Sets what is done to the gradient first.
    ///
    /// @param scale factor of every element, 1 for none
    /// @param limit largest magnitude of an element after that, infinite for none
    public void clip(double scale, double limit) {
        gradientScale = scale;
        gradientLimit = limit;
    }

    /// Sets the decay.
    ///
    /// @param added to the gradient, as a share of the parameter; 0 for none
    /// @param kept share of the parameter that is kept; 1 for all
    public void decay(double added, double kept) {
        addedDecay = added;
        keptShare = kept;
    }

    /// Whether this is p = fma(−rate, gradient, p) and nothing else.
    boolean isPlainDescent() {
        return form == Form.PLAIN
                && gradientScale == 1
                && gradientLimit == Double.POSITIVE_INFINITY
                && addedDecay == 0
                && keptShare == 1;
    }

    /// How the parameter moves.
    public Form form() {
        return form;
    }

    /// Factor of the gradient.
    public double gradientScale() {
        return gradientScale;
    }

    /// Largest magnitude of an element of the gradient.
    public double gradientLimit() {
        return gradientLimit;
    }

    /// Share of the parameter added to the gradient.
    public double addedDecay() {
        return addedDecay;
    }

    /// Share of the parameter that is kept.
    public double keptShare() {
        return keptShare;
    }

    /// Share of m that is kept.
    public double momentKept() {
        return momentKept;
    }

    /// Factor of the gradient in m.
    public double momentAdded() {
        return momentAdded;
    }

    /// Share of v that is kept.
    public double squareKept() {
        return squareKept;
    }

    /// Factor of the square in v.
    public double squareAdded() {
        return squareAdded;
    }

    /// Factor of the root.
    public double rootFactor() {
        return rootFactor;
    }

    /// Added to the root; in [Form#DELTA] below the root.
    public double epsilon() {
        return epsilon;
    }

    /// Factor of m in the move.
    public double momentRate() {
        return momentRate;
    }

    /// Factor of the gradient in the move.
    public double gradientRate() {
        return gradientRate;
    }
}
