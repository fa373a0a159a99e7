package org.badak.augment;

import org.badak.matrix.Shape;

/// Moves images right or left and down or up by distances drawn uniformly from [−pixels, pixels), apart from each
/// other; parts of pixels too.
///
/// @param pixels at least 0
public record Shift(double pixels) implements Augmentation {
    /// @throws IllegalArgumentException unless 0 ≤ pixels < ∞
    public Shift {
        if (!(pixels >= 0 && pixels < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("shift: pixels must be at least 0 and finite, found " + pixels);
        }
    }

    @Override
    public String name() {
        return "shift";
    }

    @Override
    public Warp warp(Shape images) {
        return (draws, places) -> places.shift(-pixels * draws.signed(0), -pixels * draws.signed(1));
    }
}
