package org.badak.matrix;

/// A dense row-major matrix of float32 ([FloatMatrix]) or float64 ([DoubleMatrix]) numbers: a view into an array; or
/// the
/// read-only [SparseMatrix].
///
/// Rows are stored [#stride()] elements apart. The stride is a multiple of [#PADDING], so that vector kernels need no
/// remainder loops; the elements between [#columns()] and the stride are padding. Kernels may overwrite padding with
/// anything and never let it reach a result; norms, files and hashes see logical elements only.
public abstract sealed class Matrix permits FloatMatrix, DoubleMatrix, SparseMatrix {
    /// Every stride is a multiple of this many elements: one 512-bit vector of float32.
    public static final int PADDING = 16;

    private final int offset;
    private final int rows;
    private final int columns;
    private final int stride;

    Matrix(int length, int offset, int rows, int columns, int stride) {
        if (rows < 0 || columns < 0) {
            throw new ShapeException("matrix: rows and columns must not be negative, found " + rows + " x " + columns);
        }
        if (stride < columns || stride % PADDING != 0) {
            throw new ShapeException("matrix: stride must be a multiple of " + PADDING + " and at least the " + columns
                    + " columns, found " + stride);
        }
        if (offset < 0 || (long) offset + (long) rows * stride > length) {
            throw new ShapeException("matrix: " + rows + " rows of stride " + stride + " at offset " + offset
                    + " do not fit into an array of " + length + " elements");
        }
        this.offset = offset;
        this.rows = rows;
        this.columns = columns;
        this.stride = stride;
    }

    /// A new matrix of zeros.
    ///
    /// @param precision the element type
    public static Matrix zeros(Precision precision, int rows, int columns) {
        return switch (precision) {
            case FLOAT32 -> FloatMatrix.zeros(rows, columns);
            case FLOAT64 -> DoubleMatrix.zeros(rows, columns);
        };
    }

    /// A new matrix that holds the given rows, rounded to the precision.
    ///
    /// @throws ShapeException if the rows differ in length
    public static Matrix of(Precision precision, double[]... values) {
        int columns = values.length == 0 ? 0 : values[0].length;
        Matrix matrix = zeros(precision, values.length, columns);
        for (int row = 0; row < values.length; row++) {
            ShapeException.requireEqual("length of row " + row, columns, values[row].length);
            for (int column = 0; column < columns; column++) {
                matrix.set(row, column, values[row][column]);
            }
        }
        return matrix;
    }

    /// The stride of a new matrix with this many columns: the next multiple of [#PADDING].
    ///
    /// @throws ShapeException if it would not fit into an int
    public static int paddedStride(int columns) {
        if (columns > Integer.MAX_VALUE - PADDING) {
            throw new ShapeException("matrix: too many columns: " + columns);
        }
        return (columns + PADDING - 1) / PADDING * PADDING;
    }

    static int length(int rows, int columns) {
        long length = (long) rows * paddedStride(columns);
        if (length > Integer.MAX_VALUE - 8) {
            throw new ShapeException("matrix: " + rows + " x " + columns + " needs " + length
                    + " elements, more than one array can hold");
        }
        return (int) length;
    }

    /// The element type.
    public abstract Precision precision();

    /// The element at a row and a column, widened to double.
    public abstract double get(int row, int column);

    /// Sets the element at a row and a column, rounded to the precision.
    public abstract void set(int row, int column, double value);

    /// A view of the first rows; shares the numbers.
    public abstract Matrix head(int rows);

    /// Index in the array of the element at row 0, column 0.
    public final int offset() {
        return offset;
    }

    /// Number of rows.
    public final int rows() {
        return rows;
    }

    /// Number of columns, padding not counted.
    public final int columns() {
        return columns;
    }

    /// Distance in elements between the starts of neighbouring rows.
    public final int stride() {
        return stride;
    }

    /// Index in the array of an element.
    public final int index(int row, int column) {
        assert row >= 0 && row < rows && column >= 0 && column < columns : row + ", " + column + " in " + shape();
        return offset + row * stride + column;
    }

    /// The shape in words, for messages: `[rows, columns]`.
    public final String shape() {
        return "[" + rows + ", " + columns + "]";
    }

    /// Copies all elements of another matrix of the same shape, rounding if it is of higher precision.
    ///
    /// @throws ShapeException if the shapes differ
    public final void copyFrom(Matrix source) {
        ShapeException.requireEqual("rows to copy", rows, source.rows);
        ShapeException.requireEqual("columns to copy", columns, source.columns);
        if (this instanceof FloatMatrix target && source instanceof FloatMatrix floats) {
            for (int row = 0; row < rows; row++) {
                System.arraycopy(
                        floats.data(),
                        source.offset + row * source.stride,
                        target.data(),
                        offset + row * stride,
                        columns);
            }
            return;
        }
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                set(row, column, source.get(row, column));
            }
        }
    }

    /// Overwrites this matrix with rows of another one of as many columns and the same precision:
    /// row r becomes row first + r of `source`. A sparse matrix takes rows of one that chooses from
    /// the same stored rows, and copies nothing but the choice.
    ///
    /// @throws ShapeException if the columns differ, or `source` has too few rows
    public final void copyRows(Matrix source, int first) {
        ShapeException.requireEqual("columns to copy", columns, source.columns);
        if (first < 0 || first > source.rows - rows) {
            throw new ShapeException("rows to copy: expected " + rows + " of " + source.shape() + ", found from row "
                    + first + " on too few");
        }
        if (this instanceof FloatMatrix target && source instanceof FloatMatrix floats) {
            copyRows(floats.data(), source, first, target.data());
        } else if (this instanceof DoubleMatrix target && source instanceof DoubleMatrix doubles) {
            copyRows(doubles.data(), source, first, target.data());
        } else if (this instanceof SparseMatrix target && source instanceof SparseMatrix sparse) {
            target.choose(sparse, first);
        } else {
            throw new IllegalArgumentException(
                    "rows to copy: expected them of the same kind, found " + source + " for " + this);
        }
    }

    private void copyRows(Object from, Matrix source, int first, Object to) {
        for (int row = 0; row < rows; row++) {
            System.arraycopy(from, source.offset + (first + row) * source.stride, to, offset + row * stride, columns);
        }
    }

    /// The logical elements in a new array of rows, widened to double.
    public final double[][] toArray() {
        double[][] array = new double[rows][columns];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                array[row][column] = get(row, column);
            }
        }
        return array;
    }

    @Override
    public final String toString() {
        return precision() + " matrix " + shape();
    }
}
