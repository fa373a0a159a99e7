package org.badak.optimizer;

/// Bounds on gradients, against steps that are too large: first the Euclidean norm of all gradients
/// together, then the magnitude of each element. Pascanu, Mikolov and Bengio, "On the difficulty of
/// training recurrent neural networks", ICML 2013. A gradient longer than the bound is scaled by
/// bound/norm exactly (PyTorch adds 1e-6 to the norm).
///
/// @param norm largest norm, positive; infinite for no bound
/// @param value largest magnitude of an element, positive; infinite for no bound
public record Clipping(double norm, double value) {
    /// No bounds.
    public static final Clipping NONE = new Clipping(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);

    /// @throws IllegalArgumentException unless both are positive
    public Clipping {
        requireBound("norm", norm);
        requireBound("value", value);
    }

    /// A bound on the norm alone.
    public static Clipping byNorm(double norm) {
        return new Clipping(norm, Double.POSITIVE_INFINITY);
    }

    /// A bound on elements alone.
    public static Clipping byValue(double value) {
        return new Clipping(Double.POSITIVE_INFINITY, value);
    }

    /// Whether the norm is bounded, and so must be known.
    public boolean needsNorm() {
        return norm < Double.POSITIVE_INFINITY;
    }

    /// The factor that brings gradients of a norm within the bound: 1 if they are.
    ///
    /// @param found finite
    public double scale(double found) {
        return found > norm ? norm / found : 1;
    }

    private static void requireBound(String what, double bound) {
        if (!(bound > 0)) {
            throw new IllegalArgumentException(
                    "clipping by " + what + ": expected a positive number, found " + bound + "; try 1");
        }
    }
}
