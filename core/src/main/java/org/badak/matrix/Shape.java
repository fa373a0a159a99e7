package org.badak.matrix;

/// The shape of one example: a vector, or an image of several channels.
///
/// Batches stay matrices with one example per row. An image lies in its row channel by channel, each row by row, as in
/// PyTorch's NCHW: the number at (channel, y, x) stands in column (channel·height + y)·width + x. A vector of n numbers
/// is (n, 1, 1).
///
/// @param channels at least 1; of a vector, its length
/// @param height rows of pixels, at least 1
/// @param width pixels of a row, at least 1
public record Shape(int channels, int height, int width) {
    /// @throws ShapeException if a size is below 1, or the product does not fit into an int
    public Shape {
        if (channels < 1 || height < 1 || width < 1) {
            throw new ShapeException("shape: every size must be at least 1, found "
                    + (height == 1 && width == 1 ? "" + channels : channels + "x" + height + "x" + width));
        }
        if ((long) channels * height > Integer.MAX_VALUE
                || (long) channels * height * width > Integer.MAX_VALUE - Matrix.PADDING) {
            throw new ShapeException(
                    "shape: " + channels + "x" + height + "x" + width + " has more numbers than one row can hold");
        }
    }

    /// A vector.
    ///
    /// @param length at least 1
    public static Shape flat(int length) {
        return new Shape(length, 1, 1);
    }

    /// The shape that [#toString] writes as this text: `784`, `1x28x28`.
    ///
    /// @throws IllegalArgumentException if it is no such text
    public static Shape parse(String text) {
        String[] sizes = text.split("x", -1);
        try {
            return switch (sizes.length) {
                case 1 -> flat(Integer.parseInt(sizes[0]));
                case 3 -> new Shape(Integer.parseInt(sizes[0]), Integer.parseInt(sizes[1]), Integer.parseInt(sizes[2]));
                default -> throw new NumberFormatException("sizes");
            };
        } catch (NumberFormatException malformed) {
            throw new IllegalArgumentException(
                    "shape: expected a number such as 784, or channels x height x width such as 1x28x28, found '" + text
                            + "'",
                    malformed);
        }
    }

    /// How many numbers an example has: columns of a batch.
    public int size() {
        return channels * height * width;
    }

    /// Numbers of one channel.
    public int area() {
        return height * width;
    }

    /// Whether it is a vector.
    public boolean isFlat() {
        return height == 1 && width == 1;
    }

    /// `784` for a vector, else `1x28x28`.
    @Override
    public String toString() {
        return isFlat() ? Integer.toString(channels) : channels + "x" + height + "x" + width;
    }
}
