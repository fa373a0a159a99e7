package org.badak.figure;

import java.util.Arrays;

/// One picture of an [ImageGrid]: values row by row, and a label.
public final class Tile {
    private final int width;
    private final int height;
    private final double[] values; // [height, width]
    private final String label;

    private Tile(int width, int height, double[] values, String label) {
        if (width < 1 || height < 1 || values.length != (long) width * height) {
            throw new FigureException("A picture of " + width + " × " + height + " cannot have " + values.length
                    + " values; give width × height values.");
        }
        this.width = width;
        this.height = height;
        this.values = values;
        this.label = label;
    }

    /// A picture of width × height values; the array is copied.
    ///
    /// @throws FigureException if there are not width × height values
    public static Tile of(int width, int height, double[] values, String label) {
        return new Tile(width, height, values.clone(), label);
    }

    /// A picture of width × height values; the array is copied.
    public static Tile of(int width, int height, float[] values, String label) {
        double[] copy = new double[values.length];
        Arrays.setAll(copy, i -> values[i]);
        return new Tile(width, height, copy, label);
    }

    /// A picture of width × height bytes without sign, 0 … 255; the array is copied.
    public static Tile ofBytes(int width, int height, byte[] values, String label) {
        double[] copy = new double[values.length];
        Arrays.setAll(copy, i -> values[i] & 255);
        return new Tile(width, height, copy, label);
    }

    /// Pixels per row.
    public int width() {
        return width;
    }

    /// Rows.
    public int height() {
        return height;
    }

    /// The text below the picture; may be empty.
    public String label() {
        return label;
    }

    /// The value at a place.
    public double value(int x, int y) {
        return values[y * width + x];
    }

    /// Smallest finite value; +∞ if there is none.
    double least() {
        double least = Double.POSITIVE_INFINITY;
        for (double value : values) {
            least = Double.isFinite(value) ? Math.min(least, value) : least;
        }
        return least;
    }

    /// Largest finite value; −∞ if there is none.
    double most() {
        double most = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            most = Double.isFinite(value) ? Math.max(most, value) : most;
        }
        return most;
    }

    /// The mean over each of columns × rows equal parts.
    Tile resized(int columns, int rows) {
        double[] means = new double[columns * rows];
        for (int j = 0; j < rows; j++) {
            int y1 = j * height / rows;
            int y2 = Math.max(y1 + 1, (j + 1) * height / rows);
            for (int i = 0; i < columns; i++) {
                int x1 = i * width / columns;
                int x2 = Math.max(x1 + 1, (i + 1) * width / columns);
                double sum = 0;
                for (int y = y1; y < y2; y++) {
                    for (int x = x1; x < x2; x++) {
                        sum += value(x, y);
                    }
                }
                means[j * columns + i] = sum / ((x2 - x1) * (y2 - y1));
            }
        }
        return new Tile(columns, rows, means, label);
    }

    Bitmap bitmap(ColorScale scale, double low, double high) {
        int[] rgb = new int[values.length];
        Arrays.setAll(rgb, i -> scale.color(values[i], low, high));
        return new Bitmap(width, height, rgb);
    }
}
