package org.badak.figure;

import java.util.function.DoubleBinaryOperator;

/// Values of a function of two variables on a regular grid: what contour lines are drawn from.
public final class Field {
    private final double[] xs;
    private final double[] ys;
    private final double[] values; // [ys, xs]

    private Field(double[] xs, double[] ys, double[] values) {
        this.xs = xs;
        this.ys = ys;
        this.values = values;
    }

    /// Samples `function` at columns × rows evenly spaced places, the borders included.
    ///
    /// @throws FigureException if there are fewer than 2 columns or rows, or the range is empty
    public static Field sample(
            DoubleBinaryOperator function, double fromX, double toX, int columns, double fromY, double toY, int rows) {
        if (columns < 2 || rows < 2 || !(fromX < toX) || !(fromY < toY)) {
            throw new FigureException("A field needs at least 2 × 2 samples of a range that is not empty, but got "
                    + columns + " × " + rows + " samples of x " + fromX + " … " + toX + ", y " + fromY + " … " + toY
                    + ".");
        }
        double[] xs = new double[columns];
        double[] ys = new double[rows];
        double[] values = new double[Math.multiplyExact(columns, rows)];
        for (int i = 0; i < columns; i++) {
            xs[i] = fromX + (toX - fromX) * i / (columns - 1);
        }
        for (int j = 0; j < rows; j++) {
            ys[j] = fromY + (toY - fromY) * j / (rows - 1);
            for (int i = 0; i < columns; i++) {
                values[j * columns + i] = function.applyAsDouble(xs[i], ys[j]);
            }
        }
        return new Field(xs, ys, values);
    }

    int columns() {
        return xs.length;
    }

    int rows() {
        return ys.length;
    }

    double x(int column) {
        return xs[column];
    }

    double y(int row) {
        return ys[row];
    }

    double value(int column, int row) {
        return values[row * xs.length + column];
    }
}
