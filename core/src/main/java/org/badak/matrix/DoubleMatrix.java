package org.badak.matrix;

/// A [Matrix] of float64 numbers: a view into a `double[]`.
public final class DoubleMatrix extends Matrix {
    private final double[] data;

    /// A view into an array, which is shared and not copied.
    ///
    /// @param stride distance between the starts of rows, a multiple of [Matrix#PADDING]
    /// @throws ShapeException if the view does not fit into the array
    public DoubleMatrix(double[] data, int offset, int rows, int columns, int stride) {
        super(data.length, offset, rows, columns, stride);
        this.data = data;
    }

    /// A new matrix of zeros.
    public static DoubleMatrix zeros(int rows, int columns) {
        return new DoubleMatrix(new double[length(rows, columns)], 0, rows, columns, paddedStride(columns));
    }

    /// The array that holds the numbers, shared by all views.
    public double[] data() {
        return data;
    }

    @Override
    public Precision precision() {
        return Precision.FLOAT64;
    }

    @Override
    public double get(int row, int column) {
        return data[index(row, column)];
    }

    @Override
    public void set(int row, int column, double value) {
        data[index(row, column)] = value;
    }

    @Override
    public DoubleMatrix head(int rows) {
        return new DoubleMatrix(data, offset(), rows, columns(), stride());
    }
}
