package org.badak.matrix;

/// A [Matrix] of float32 numbers: a view into a `float[]`.
public final class FloatMatrix extends Matrix {
    private final float[] data;

    /// A view into an array, which is shared and not copied.
    ///
    /// @param stride distance between the starts of rows, a multiple of [Matrix#PADDING]
    /// @throws ShapeException if the view does not fit into the array
    public FloatMatrix(float[] data, int offset, int rows, int columns, int stride) {
        super(data.length, offset, rows, columns, stride);
        this.data = data;
    }

    /// A new matrix of zeros.
    public static FloatMatrix zeros(int rows, int columns) {
        return new FloatMatrix(new float[length(rows, columns)], 0, rows, columns, paddedStride(columns));
    }

    /// The array that holds the numbers, shared by all views.
    public float[] data() {
        return data;
    }

    @Override
    public Precision precision() {
        return Precision.FLOAT32;
    }

    @Override
    public double get(int row, int column) {
        return data[index(row, column)];
    }

    @Override
    public void set(int row, int column, double value) {
        data[index(row, column)] = (float) value;
    }

    @Override
    public FloatMatrix head(int rows) {
        return new FloatMatrix(data, offset(), rows, columns(), stride());
    }
}
