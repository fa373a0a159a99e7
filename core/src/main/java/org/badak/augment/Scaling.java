package org.badak.augment;

import org.badak.matrix.Shape;

/// Enlarges or shrinks images about their middle by a factor drawn uniformly from [1 − share, 1 + share), the same for
/// height and width.
///
/// @param share at least 0, below 1
public record Scaling(double share) implements Augmentation {
    /// @throws IllegalArgumentException unless 0 ≤ share < 1
    public Scaling {
        if (!(share >= 0 && share < 1)) {
            throw new IllegalArgumentException("scale: share must be at least 0 and below 1, found " + share);
        }
    }

    @Override
    public String name() {
        return "scale";
    }

    @Override
    public Warp warp(Shape images) {
        return (draws, places) -> {
            double inverse = 1 / (1 + share * draws.signed(0));
            places.transform(inverse, 0, 0, inverse);
        };
    }
}
