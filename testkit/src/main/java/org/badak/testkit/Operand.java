package org.badak.testkit;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.badak.kernel.Philox;
import org.badak.kernel.Purpose;
import org.badak.matrix.DoubleMatrix;
import org.badak.matrix.FloatMatrix;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;
import org.badak.matrix.SparseMatrix;

/// A matrix for contract tests: a view inside a longer array, with chosen numbers as elements and garbage as padding.
/// What lies before and behind the view stands guard: whoever writes there is found out.
public final class Operand {
    /// What the elements are.
    public enum Values {
        /// Standard normal numbers.
        ORDINARY,
        /// Both zeros, subnormal, largest and smallest numbers, infinities and NaN, mixed with ordinary ones.
        EXTREME,
        /// Four of five are +0, the others between 0 and 1, like the pixels of digits.
        SPARSE
    }

    /// How the view lies in its array.
    public enum Layout {
        /// At offset 0 with the smallest stride, and nothing behind it.
        TIGHT,
        /// At an offset, with more padding than need be, and guards at both ends.
        LOOSE
    }

    private static final double GUARD = -987654.0;
    private static final int GUARDS = 48;
    private static final int MOST_KEPT = 1 << 17; // numbers of one draw

    /// Numbers that were drawn before: contracts ask for the same ones thousands of times.
    private static final Map<Draw, double[]> KEPT = new ConcurrentHashMap<>();

    /// Endless numbers, each a function of its index alone.
    private record Draw(Precision precision, Values values, int stream) {
        /// The first ones, as many as are kept of so many that are asked for, or more.
        double[] first(int count) {
            int wanted = Math.min(count, MOST_KEPT);
            double[] kept = KEPT.getOrDefault(this, new double[0]);
            if (kept.length >= wanted) {
                return kept;
            }
            double[] more = Arrays.copyOf(kept, wanted);
            for (int i = kept.length; i < wanted; i++) {
                more[i] = number(i);
            }
            KEPT.put(this, more);
            return more;
        }

        double number(long index) {
            Philox random = new Philox(20, Purpose.DATA, stream);
            return switch (values) {
                case ORDINARY -> random.normal(index);
                case SPARSE -> random.below(~index, 40) < 32 ? 0 : random.uniform(index);
                case EXTREME -> extreme(precision, random, index);
            };
        }
    }

    private final Matrix matrix;

    private Operand(Matrix matrix) {
        this.matrix = matrix;
    }

    /// A new operand; the same arguments give the same elements.
    ///
    /// @param stream tells operands of one call apart
    public static Operand of(Precision precision, int rows, int columns, Layout layout, Values values, int stream) {
        Operand operand = blank(precision, rows, columns, layout);
        Draw draw = new Draw(precision, values, stream);
        double[] first = draw.first(rows * columns);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                int index = row * columns + column;
                operand.matrix.set(row, column, index < first.length ? first[index] : draw.number(index));
            }
        }
        return operand;
    }

    /// One whose elements are to be set, its padding NaN.
    static Operand blank(Precision precision, int rows, int columns, Layout layout) {
        int stride = Matrix.paddedStride(columns) + (layout == Layout.LOOSE ? Matrix.PADDING : 0);
        int offset = layout == Layout.LOOSE ? GUARDS : 0;
        int length = rows * stride + 2 * offset;
        Matrix matrix = switch (precision) {
            case FLOAT32 -> new FloatMatrix(new float[length], offset, rows, columns, stride);
            case FLOAT64 -> new DoubleMatrix(new double[length], offset, rows, columns, stride);
        };
        fill(matrix, 0, length, GUARD);
        Operand operand = new Operand(matrix);
        operand.fillPadding(Double.NaN);
        return operand;
    }

    /// The matrix itself.
    public Matrix matrix() {
        return matrix;
    }

    /// A copy with the same elements and other padding.
    ///
    /// @param padding what fills it
    public Operand copy(double padding) {
        int rows = matrix.rows();
        int columns = matrix.columns();
        Operand copy = new Operand(
                switch (matrix) {
                    case FloatMatrix floats ->
                        new FloatMatrix(
                                Arrays.copyOf(floats.data(), floats.data().length),
                                matrix.offset(),
                                rows,
                                columns,
                                matrix.stride());
                    case DoubleMatrix doubles ->
                        new DoubleMatrix(
                                Arrays.copyOf(doubles.data(), doubles.data().length),
                                matrix.offset(),
                                rows,
                                columns,
                                matrix.stride());
                    case SparseMatrix sparse -> throw dense();
                });
        copy.fillPadding(padding);
        return copy;
    }

    /// Fills the padding behind every row.
    public void fillPadding(double padding) {
        for (int row = 0; row < matrix.rows(); row++) {
            int start = matrix.offset() + row * matrix.stride();
            fill(matrix, start + matrix.columns(), start + matrix.stride(), padding);
        }
    }

    /// Throws unless all elements have the bits of another operand's (any NaN equals any other) and the guards are
    /// whole.
    ///
    /// @param what names the call, for the message
    /// @throws AssertionError with the place and both values
    public void requireSame(String what, Operand expected) {
        requireSame(what, expected.matrix, matrix);
        int end = matrix.offset() + matrix.rows() * matrix.stride();
        for (int i = 0; i < length(); i++) {
            if ((i < matrix.offset() || i >= end) && value(i) != GUARD) {
                throw new AssertionError(what + ": wrote " + value(i) + " outside the view " + matrix + " at offset "
                        + matrix.offset() + ", at index " + i);
            }
        }
    }

    /// Throws unless all elements of two matrices have the same bits (any NaN equals any other).
    ///
    /// @param what names the call, for the message
    /// @throws AssertionError with the place and both values
    public static void requireSame(String what, Matrix expected, Matrix found) {
        for (int row = 0; row < expected.rows(); row++) {
            int columns = sameRow(expected, found, row) ? 0 : expected.columns();
            for (int column = 0; column < columns; column++) {
                double one = expected.get(row, column);
                double other = found.get(row, column);
                if (Double.doubleToLongBits(one) != Double.doubleToLongBits(other)) {
                    throw new AssertionError(what + ": " + found + ", row " + row + ", column " + column + ": expected "
                            + one + " (" + Double.toHexString(one) + "), found " + other + " ("
                            + Double.toHexString(other) + ")");
                }
            }
        }
    }

    /// Whether two rows have the same bits, told at a glance; false where a closer look is needed.
    private static boolean sameRow(Matrix one, Matrix other, int row) {
        int columns = one.columns();
        int from = one.offset() + row * one.stride();
        int otherFrom = other.offset() + row * other.stride();
        if (one instanceof FloatMatrix floats && other instanceof FloatMatrix others) {
            return Arrays.equals(floats.data(), from, from + columns, others.data(), otherFrom, otherFrom + columns);
        }
        return one instanceof DoubleMatrix doubles
                && other instanceof DoubleMatrix others
                && Arrays.equals(doubles.data(), from, from + columns, others.data(), otherFrom, otherFrom + columns);
    }

    private int length() {
        return switch (matrix) {
            case FloatMatrix floats -> floats.data().length;
            case DoubleMatrix doubles -> doubles.data().length;
            case SparseMatrix sparse -> throw dense();
        };
    }

    private double value(int index) {
        return switch (matrix) {
            case FloatMatrix floats -> floats.data()[index];
            case DoubleMatrix doubles -> doubles.data()[index];
            case SparseMatrix sparse -> throw dense();
        };
    }

    private static void fill(Matrix matrix, int from, int to, double value) {
        switch (matrix) {
            case FloatMatrix floats -> Arrays.fill(floats.data(), from, to, (float) value);
            case DoubleMatrix doubles -> Arrays.fill(doubles.data(), from, to, value);
            case SparseMatrix sparse -> throw dense();
        }
    }

    private static AssertionError dense() {
        return new AssertionError("operands are dense");
    }

    private static double extreme(Precision precision, Philox random, long index) {
        int choice = random.below(~index, 40);
        boolean single = precision == Precision.FLOAT32;
        double magnitude = switch (choice / 2) {
            case 0 -> 0;
            case 1 -> single ? Float.MIN_VALUE : Double.MIN_VALUE;
            case 2 -> single ? Float.MIN_NORMAL : Double.MIN_NORMAL;
            case 3 -> single ? 0.75 * Float.MIN_NORMAL : 0.75 * Double.MIN_NORMAL;
            case 4 -> single ? Float.MAX_VALUE : Double.MAX_VALUE;
            case 5 -> Double.POSITIVE_INFINITY;
            case 6 -> Double.NaN;
            case 7 -> 1;
            case 8 -> single ? 88.7 : 709.7;
            case 9 -> single ? 103.5 : 745;
            case 10 -> 20;
            case 11 -> 0x1p-30;
            default -> random.normal(index);
        };
        return choice % 2 == 0 ? magnitude : -magnitude;
    }
}
