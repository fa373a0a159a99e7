package org.badak.augment;

import org.badak.matrix.Shape;

/// A random change of images that leaves their class as it is: a description without numbers drawn.
///
/// All are warps: pixel (x, y) of the new image is the old image's value at the place that the warp names for it,
/// interpolated bilinearly between the four pixels around it, zero outside. Several are joined into one warp, so that
/// an image is interpolated once, however many there are. Places count in pixels, (0, 0) being the middle of the pixel
/// at the top left; y points down.
public sealed interface Augmentation permits Shift, Rotation, Scaling, Elastic, CustomAugmentation {
    /// The name as on the command line.
    String name();

    /// Makes what draws and carries out the change, for one thread.
    ///
    /// @param images their shape; all channels of an image are warped alike
    Warp warp(Shape images);
}
