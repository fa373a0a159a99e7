package org.badak.matrix;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// A read-only float32 [Matrix] whose rows are chosen from many stored rows, of which only the elements that are not
/// zero
/// are kept: per stored row ascending column numbers and a code for each value.
///
/// Products with it skip the zeros, which changes no bit: fma(0, w, a) = a for every finite w. Which stored rows make
/// up
/// the matrix can be changed at any time by [#select]; nothing is copied.
public final class SparseMatrix extends Matrix {
    /// The most columns, so that a column number fits into 16 bits.
    public static final int MOST_COLUMNS = 1 << 16;

    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long LOW_BITS =
            0x7f7f7f7f7f7f7f7fL; // added to a byte they carry into its high bit unless it is 0
    private static final long HIGH_BITS = ~LOW_BITS;
    private static final int LINE = 64; // bytes of a cache line

    private final Rows stored;
    private final int[] starts; // [rows]
    private final int[] ends; // [rows]
    private int touched;

    /// The stored rows, shared by all matrices that choose from them.
    ///
    /// @param starts entries of row r are those from `starts[r]` to `starts[r + 1] − 1`
    /// @param columns column number of each entry, unsigned, ascending within a row
    /// @param codes code of each entry, unsigned: its value is `values[code]`
    /// @param values the value of each of the 256 codes
    /// @param width number of columns, at most [#MOST_COLUMNS]
    public record Rows(int[] starts, short[] columns, byte[] codes, float[] values, int width) {
        /// @throws ShapeException if the arrays do not belong together
        public Rows {
            if (width < 0 || width > MOST_COLUMNS) {
                throw new ShapeException("sparse rows: expected 0 to " + MOST_COLUMNS + " columns, found " + width);
            }
            ShapeException.requireEqual("sparse rows: codes", columns.length, codes.length);
            ShapeException.requireEqual("sparse rows: values", 256, values.length);
        }

        /// Compresses rows of unsigned bytes.
        ///
        /// @param bytes [count, width], row by row
        /// @param values the value of each byte; values[0] must be 0
        public static Rows of(byte[] bytes, int width, float[] values) {
            int count = width == 0 ? 0 : bytes.length / width;
            int entries = Math.toIntExact(countNonZero(bytes));
            int[] starts = new int[count + 1];
            short[] columns = new short[entries];
            byte[] codes = new byte[entries];
            int entry = 0;
            for (int row = 0; row < count; row++) {
                entry = compress(bytes, row * width, width, columns, codes, entry);
                starts[row + 1] = entry;
            }
            return new Rows(starts, columns, codes, values, width);
        }

        private static int compress(byte[] bytes, int start, int width, short[] columns, byte[] codes, int first) {
            int entry = first;
            int column = 0;
            while (column < width) {
                if (column <= width - Long.BYTES && (long) EIGHT.get(bytes, start + column) == 0) {
                    column += Long.BYTES;
                    continue;
                }
                int end = Math.min(column + Long.BYTES, width);
                for (; column < end; column++) {
                    byte code = bytes[start + column];
                    if (code != 0) {
                        columns[entry] = (short) column;
                        codes[entry] = code;
                        entry++;
                    }
                }
            }
            return entry;
        }
    }

    /// How many bytes are not zero.
    public static long countNonZero(byte[] bytes) {
        long count = 0;
        int index = 0;
        for (; index <= bytes.length - Long.BYTES; index += Long.BYTES) {
            long eight = (long) EIGHT.get(bytes, index);
            count += Long.bitCount((((eight & LOW_BITS) + LOW_BITS) | eight) & HIGH_BITS);
        }
        for (; index < bytes.length; index++) {
            count += bytes[index] == 0 ? 0 : 1;
        }
        return count;
    }

    /// @param rows number of rows; all are empty until [#select] says otherwise
    public SparseMatrix(Rows stored, int rows) {
        this(stored, new int[rows], new int[rows], rows);
    }

    private SparseMatrix(Rows stored, int[] starts, int[] ends, int rows) {
        super(Integer.MAX_VALUE, 0, rows, stored.width(), paddedStride(stored.width()));
        this.stored = stored;
        this.starts = starts;
        this.ends = ends;
    }

    /// Makes row r of this matrix the stored row indices[first + r].
    public void select(int[] indices, int first) {
        for (int row = 0; row < rows(); row++) {
            int index = indices[first + row];
            starts[row] = stored.starts[index];
            ends[row] = stored.starts[index + 1];
        }
    }

    /// Whether another matrix chooses from the same stored rows.
    @SuppressWarnings("ReferenceEquality") // the same array, not an equal one
    public boolean sharesRows(SparseMatrix other) {
        return stored.codes == other.stored.codes;
    }

    /// Makes row r of this matrix what row first + r of another is.
    void choose(SparseMatrix source, int first) {
        if (!sharesRows(source)) {
            throw new IllegalArgumentException("rows to copy: expected those of the same stored rows, found others");
        }
        System.arraycopy(source.starts, first, starts, 0, rows());
        System.arraycopy(source.ends, first, ends, 0, rows());
    }

    /// Reads each cache line of the entries of all rows in the columns [first, end), or of those near them,
    /// once, so that the misses of rows from all over the memory overlap, where they would stop the product
    /// that comes next one by one.
    public void touch(int first, int end) {
        short[] columns = stored.columns;
        byte[] codes = stored.codes;
        int sum = 0;
        for (int row = 0; row < rows(); row++) {
            int start = guess(row, first);
            int last = guess(row, end);
            for (int entry = start; entry < last; entry += LINE / 2) {
                sum += columns[entry];
            }
            for (int entry = start; entry < last; entry += LINE) {
                sum += codes[entry];
            }
        }
        touched = sum;
    }

    /// Where a column would be among the entries of a row if they were spread evenly.
    private int guess(int row, int column) {
        int first = starts[row];
        return columns() == 0 ? first : first + (int) ((long) (ends[row] - first) * column / columns());
    }

    /// A number that depends on what [#touch] read: it keeps those reads from being optimised away.
    public int touched() {
        return touched;
    }

    /// The stored rows.
    public Rows stored() {
        return stored;
    }

    /// The first entry of a row.
    public int start(int row) {
        return starts[row];
    }

    /// The entry behind the last of a row.
    public int end(int row) {
        return ends[row];
    }

    /// The column of an entry.
    public int column(int entry) {
        return Short.toUnsignedInt(stored.columns[entry]);
    }

    /// The value of an entry.
    public float value(int entry) {
        return stored.values[Byte.toUnsignedInt(stored.codes[entry])];
    }

    /// The first entry of a row whose column is not below `column`; the row's end if there is none. It is looked for
    /// from
    /// where it would be if the entries were spread evenly: near enough to need less time than bisection.
    public int entry(int row, int column) {
        int first = starts[row];
        int end = ends[row];
        if (column <= 0 || column >= columns()) {
            return column <= 0 ? first : end;
        }
        int guess = guess(row, column);
        while (guess < end && column(guess) < column) {
            guess++;
        }
        while (guess > first && column(guess - 1) >= column) {
            guess--;
        }
        return guess;
    }

    @Override
    public Precision precision() {
        return Precision.FLOAT32;
    }

    @Override
    public double get(int row, int column) {
        int entry = entry(row, column);
        return entry < end(row) && column(entry) == column ? value(entry) : 0;
    }

    @Override
    public void set(int row, int column, double value) {
        throw new UnsupportedOperationException("sparse matrix: read only; choose rows by select");
    }

    @Override
    public SparseMatrix head(int rows) {
        return new SparseMatrix(stored, starts, ends, rows);
    }
}
