package org.badak.augment;

/// Carries an [Augmentation] out, for one thread. What it does depends on the draws and the places alone, never on the
/// images before.
@FunctionalInterface
public interface Warp {
    /// Moves each place of the changed image to the place of the unchanged one that its value comes from. Allocates
    /// nothing.
    ///
    /// @param draws the random numbers of this augmentation of this image
    /// @param places moved
    void pull(Draws draws, Places places);
}
