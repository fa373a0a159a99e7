package org.badak.kernel;

import org.badak.matrix.Shape;

/// How a square window goes over the channels of an image: what convolution and pooling have in common.
///
/// Its positions are numbered row by row. The taps of a position are what lies under the window there, numbered
/// (channel, y, x) ascending; those outside the image are zeros to a convolution and absent to a maximum.
///
/// @param image shape of the images
/// @param size height and width of the window, at least 1
/// @param stride pixels from one position to the next, at least 1
/// @param padding pixels that are added on all four sides, not negative
/// @param rows positions below one another
/// @param columns positions beside one another
public record Window(Shape image, int size, int stride, int padding, int rows, int columns) {
    /// The window on images of a shape; it must fit into them, padding counted.
    public Window(Shape image, int size, int stride, int padding) {
        this(
                image,
                size,
                stride,
                padding,
                (image.height() + 2 * padding - size) / stride + 1,
                (image.width() + 2 * padding - size) / stride + 1);
        assert size >= 1 && stride >= 1 && padding >= 0;
        assert size <= image.height() + 2 * padding && size <= image.width() + 2 * padding;
    }

    /// Number of positions.
    public int positions() {
        return rows * columns;
    }

    /// Number of taps of a position, of all channels.
    public int taps() {
        return image.channels() * size * size;
    }

    /// Whether this is the window of these settings.
    boolean is(Shape otherImage, int otherSize, int otherStride, int otherPadding) {
        return size == otherSize && stride == otherStride && padding == otherPadding && image.equals(otherImage);
    }

    /// The first row of positions at which row `y` of the window lies inside the image.
    int firstRow(int y) {
        return first(y);
    }

    /// The row behind the last row of positions at which row `y` of the window lies inside the image.
    int endRow(int y) {
        return Math.max(first(y), Math.min(rows, last(y, image.height()) + 1));
    }

    /// The first column of positions at which column `x` of the window lies inside the image.
    int firstColumn(int x) {
        return first(x);
    }

    /// The column behind the last column of positions at which column `x` of the window lies inside the image.
    int endColumn(int x) {
        return Math.max(first(x), Math.min(columns, last(x, image.width()) + 1));
    }

    private int first(int tap) {
        return Math.max(0, Math.ceilDiv(padding - tap, stride));
    }

    private int last(int tap, int length) {
        return Math.floorDiv(length - 1 + padding - tap, stride);
    }
}
