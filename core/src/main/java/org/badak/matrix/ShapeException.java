package org.badak.matrix;

/// Two shapes that should agree do not. The message names what was being done, both shapes and what would fit.
public final class ShapeException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /// @param message what was being done, what was expected and what was found
    public ShapeException(String message) {
        super(message);
    }

    /// Throws unless `found` equals `expected`.
    ///
    /// @param what the quantity that must agree, for example `columns of x`
    public static void requireEqual(String what, int expected, int found) {
        if (expected != found) {
            throw new ShapeException(what + ": expected " + expected + ", found " + found);
        }
    }
}
