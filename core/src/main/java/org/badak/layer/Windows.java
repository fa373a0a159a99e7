package org.badak.layer;

import org.badak.matrix.Shape;
import org.badak.matrix.ShapeException;

/// What layers with a window check, and the shape that they give.
final class Windows {
    private Windows() {}

    /// @throws IllegalArgumentException if a number is out of range
    static void check(String layer, int size, int stride, int padding, int mostPadding) {
        if (size < 1) {
            throw new IllegalArgumentException(layer + ": size must be at least 1, found " + size);
        }
        if (stride < 1) {
            throw new IllegalArgumentException(layer + ": stride must be at least 1, found " + stride);
        }
        if (padding < 0 || padding > mostPadding) {
            throw new IllegalArgumentException(layer + ": padding must be 0 to " + mostPadding + " with a window of "
                    + size + "x" + size + ", found " + padding);
        }
    }

    /// Images behind a window.
    ///
    /// @throws ShapeException if it is larger than the images
    static Shape outputs(Shape inputs, int channels, int size, int stride, int padding) {
        long rows = inputs.height() + 2L * padding - size;
        long columns = inputs.width() + 2L * padding - size;
        if (rows < 0 || columns < 0) {
            throw new ShapeException("expected images of at least " + size + "x" + size + " pixels"
                    + (padding > 0 ? ", padding of " + padding + " counted" : "") + ", found " + inputs.height() + "x"
                    + inputs.width());
        }
        return new Shape(channels, (int) (rows / stride) + 1, (int) (columns / stride) + 1);
    }

    /// Numbers of an image under a window.
    ///
    /// @throws ShapeException if they would not fit into a row
    static int taps(int channels, int size) {
        return new Shape(channels, size, size).size();
    }
}
