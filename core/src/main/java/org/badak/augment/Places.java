package org.badak.augment;

import org.badak.matrix.Shape;

/// For every pixel of an image, row by row, a place in another image of the same size: see [Augmentation].
public final class Places {
    private final int height;
    private final int width;
    private final double[] x; // [height * width]
    private final double[] y; // [height * width]

    Places(Shape images) {
        height = images.height();
        width = images.width();
        x = new double[images.area()];
        y = new double[images.area()];
    }

    /// Height of the images in pixels.
    public int height() {
        return height;
    }

    /// Width of the images in pixels.
    public int width() {
        return width;
    }

    /// Pixels from the left to the place of a pixel.
    ///
    /// @param pixel row · width + column
    public double x(int pixel) {
        return x[pixel];
    }

    /// Pixels from the top to the place of a pixel.
    ///
    /// @param pixel row · width + column
    public double y(int pixel) {
        return y[pixel];
    }

    /// Sets the place of a pixel.
    ///
    /// @param pixel row · width + column
    public void set(int pixel, double x, double y) {
        this.x[pixel] = x;
        this.y[pixel] = y;
    }

    /// Every pixel's own place.
    void start() {
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                x[row * width + column] = column;
                y[row * width + column] = row;
            }
        }
    }

    /// Moves all places alike.
    public void shift(double dx, double dy) {
        for (int i = 0; i < x.length; i++) {
            x[i] += dx;
            y[i] += dy;
        }
    }

    /// Multiplies all places, seen from the middle of the image, by a matrix: x ← xx·x + xy·y, y ← yx·x + yy·y.
    public void transform(double xx, double xy, double yx, double yy) {
        double middleX = (width - 1) / 2.0;
        double middleY = (height - 1) / 2.0;
        for (int i = 0; i < x.length; i++) {
            double fromX = x[i] - middleX;
            double fromY = y[i] - middleY;
            x[i] = middleX + (xx * fromX + xy * fromY);
            y[i] = middleY + (yx * fromX + yy * fromY);
        }
    }

    /// Moves every place by factor times the field (u, v) there: interpolated bilinearly between pixels, and outside
    /// the image what it is at the nearest point of the edge.
    ///
    /// @param u pixels to the right, [height * width]
    /// @param v pixels down, [height * width]
    public void displace(double factor, double[] u, double[] v) {
        for (int i = 0; i < x.length; i++) {
            double insideX = Math.clamp(x[i], 0, width - 1.0);
            double insideY = Math.clamp(y[i], 0, height - 1.0);
            int left = (int) insideX;
            int top = (int) insideY;
            int right = Math.min(left + 1, width - 1) - left;
            int down = (Math.min(top + 1, height - 1) - top) * width;
            double shareX = insideX - left;
            double shareY = insideY - top;
            int at = top * width + left;
            x[i] += factor * between(u, at, right, down, shareX, shareY);
            y[i] += factor * between(v, at, right, down, shareX, shareY);
        }
    }

    /// Bilinear interpolation: exactly a value where a share is 0, and exactly c where all four are c.
    static double between(double[] values, int at, int right, int down, double shareX, double shareY) {
        double above = values[at] + shareX * (values[at + right] - values[at]);
        double below = values[at + down] + shareX * (values[at + down + right] - values[at + down]);
        return above + shareY * (below - above);
    }
}
