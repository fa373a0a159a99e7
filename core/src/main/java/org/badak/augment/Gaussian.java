package org.badak.augment;

import java.util.Arrays;

/// Convolution of fields of one size with a Gaussian, columns first and then rows; the field is 0 outside. Sums run in
/// ascending order of place.
final class Gaussian {
    private static final double REACH = 3; // standard deviations

    private final int height;
    private final int width;
    private final int radius;
    private final double[] weights; // [2 * radius + 1]
    private final double[] columns; // [height, radius + width + radius]: smoothed down the columns, zeros at both sides

    Gaussian(double sigma, int height, int width) {
        this.height = height;
        this.width = width;
        radius = (int) Math.ceil(REACH * sigma);
        weights = new double[2 * radius + 1];
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            double distance = (i - radius) / sigma;
            weights[i] = StrictMath.exp(-distance * distance / 2);
            sum += weights[i];
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] /= sum;
        }
        columns = new double[height * (width + 2 * radius)];
    }

    /// Overwrites a field with itself smoothed.
    ///
    /// @param field [height * width]
    void smooth(double[] field) {
        int stride = width + 2 * radius;
        for (int row = 0; row < height; row++) {
            int start = row * stride + radius;
            Arrays.fill(columns, start, start + width, 0);
            for (int from = Math.max(0, row - radius); from <= Math.min(height - 1, row + radius); from++) {
                add(weights[from - row + radius], field, from * width, columns, start);
            }
        }
        Arrays.fill(field, 0);
        for (int row = 0; row < height; row++) {
            for (int i = 0; i < weights.length; i++) {
                add(weights[i], columns, row * stride + i, field, row * width);
            }
        }
    }

    /// Adds a weighted row of `width` numbers to another.
    private void add(double weight, double[] from, int fromStart, double[] to, int toStart) {
        for (int i = 0; i < width; i++) {
            to[toStart + i] += weight * from[fromStart + i];
        }
    }
}
