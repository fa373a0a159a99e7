package org.badak.simd;

import static jdk.incubator.vector.VectorOperators.NE;

import java.util.Arrays;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.badak.kernel.Fma;
import org.badak.matrix.FloatMatrix;
import org.badak.matrix.SparseMatrix;

/// The product aᵀ·b of a sparse matrix a: the gradient of a first layer's weights.
///
/// Going through a row by row, each entry would add to a row of the result, and the result is larger than the
/// first-level cache. So a block of rows is turned into columns first: a tile of codes, zeros included, that takes
/// one byte for each. Then rows of the result are summed in registers, over the rows of a where their column is not
/// zero, from rows of b that stay in the first-level cache. Where a row's sums leave registers for it, its neighbour is
/// summed beside it, over the rows where either column is not zero: they share the loads of b, and in images most
/// entries have a neighbour. Where one of the two is zero its sum does not change: fma(0, x, sum) = sum.
final class Float32SparseGradients {
    private static final VectorSpecies<Float> SPECIES = Width.FLOATS;
    private static final int LANES = SPECIES.length();
    private static final VectorSpecies<Byte> BYTES = VectorSpecies.of(byte.class, SPECIES.vectorShape());

    /// Rows of a in a tile: a multiple of 64.
    private static final int ROWS = 128;
    /// Columns of a in a tile: even.
    private static final int COLUMNS = 1024;

    private static final ThreadLocal<Tile> TILE = ThreadLocal.withInitial(Tile::new);

    private Float32SparseGradients() {}

    /// A block of rows and columns of a sparse matrix, turned into columns: the code of column `from + i` in row
    /// `first + r` is at i·ROWS + r.
    private static final class Tile {
        private final byte[] codes = new byte[COLUMNS * ROWS];
        private int from;
        private int columns;
        private int rows;

        /// Takes the rows [firstRow, firstRow + rows) and the columns [firstColumn, endColumn).
        void fill(SparseMatrix a, int firstRow, int rows, int firstColumn, int endColumn) {
            from = firstColumn;
            columns = endColumn - firstColumn;
            this.rows = rows;
            Arrays.fill(codes, 0, columns * ROWS, (byte) 0);
            short[] places = a.stored().columns();
            byte[] values = a.stored().codes();
            for (int row = 0; row < rows; row++) {
                int end = a.entry(firstRow + row, endColumn);
                for (int entry = a.entry(firstRow + row, firstColumn); entry < end; entry++) {
                    codes[((places[entry] & 0xFFFF) - firstColumn) * ROWS + row] = values[entry];
                }
            }
        }
    }

    /// The rows [from, to) of c += aᵀ·b.
    static void multiply(SparseMatrix a, FloatMatrix b, FloatMatrix c, int from, int to) {
        Tile tile = TILE.get();
        float[] values = a.stored().values();
        for (int first = from; first < to; first += COLUMNS) {
            int end = Math.min(first + COLUMNS, to);
            for (int row = 0; row < a.rows(); row += ROWS) {
                tile.fill(a, row, Math.min(ROWS, a.rows() - row), first, end);
                add(tile, values, b, row, c);
            }
        }
    }

    private static void add(Tile tile, float[] values, FloatMatrix b, int row, FloatMatrix c) {
        int column = 0;
        while (column < c.columns()) {
            int vectors = Float32SparseProducts.vectors(c.columns() - column);
            if (vectors < 7 && tile.columns % 2 == 1) {
                addLast(tile, values, b, row, c, column, Math.min(column + vectors * LANES, c.columns()));
            }
            switch (vectors) {
                case 7, 8 -> gather8(tile, values, b, row, c, column);
                case 4 -> gather4(tile, values, b, row, c, column);
                case 2 -> gather2(tile, values, b, row, c, column);
                default -> gather1(tile, values, b, row, c, column);
            }
            column += vectors * LANES;
        }
    }

    /// The last column of a where it is not one of a pair: the columns [from, to) of its row of c.
    private static void addLast(Tile tile, float[] values, FloatMatrix b, int bRow, FloatMatrix c, int from, int to) {
        int last = tile.columns - 1;
        int sum = c.offset() + (tile.from + last) * c.stride();
        for (int row = 0; row < tile.rows; row++) {
            float value = values[tile.codes[last * ROWS + row] & 0xFF];
            int place = b.offset() + (bRow + row) * b.stride();
            for (int j = from; j < to; j++) {
                c.data()[sum + j] = Fma.fma(value, b.data()[place + j], c.data()[sum + j]);
            }
        }
    }

    /// Bit r is set if the code at start + r is not zero, of 64.
    private static long notZero(byte[] codes, int start) {
        long rows = 0;
        for (int row = 0; row < Long.SIZE; row += BYTES.length()) {
            rows |= ByteVector.fromArray(BYTES, codes, start + row)
                            .compare(NE, 0)
                            .toLong()
                    << row;
        }
        return rows;
    }

    /// Bit r is set if not both codes at start + r and start + ROWS + r are zero, of 64.
    private static long eitherNotZero(byte[] codes, int start) {
        long rows = 0;
        for (int row = 0; row < Long.SIZE; row += BYTES.length()) {
            rows |= ByteVector.fromArray(BYTES, codes, start + row)
                            .or(ByteVector.fromArray(BYTES, codes, start + ROWS + row))
                            .compare(NE, 0)
                            .toLong()
                    << row;
        }
        return rows;
    }

    /// One column of a after the other: eight sums are as many chains as keep the units busy, and two columns of them
    /// would not fit into 16 registers.
    private static void gather8(Tile tile, float[] values, FloatMatrix b, int bRow, FloatMatrix c, int column) {
        byte[] codes = tile.codes;
        float[] bs = b.data();
        float[] cs = c.data();
        int stride = b.stride();
        int b0 = b.offset() + bRow * stride + column;
        int sum = c.offset() + tile.from * c.stride() + column;
        for (int i = 0; i < tile.columns; i++) {
            FloatVector sum0 = FloatVector.fromArray(SPECIES, cs, sum);
            FloatVector sum1 = FloatVector.fromArray(SPECIES, cs, sum + LANES);
            FloatVector sum2 = FloatVector.fromArray(SPECIES, cs, sum + 2 * LANES);
            FloatVector sum3 = FloatVector.fromArray(SPECIES, cs, sum + 3 * LANES);
            FloatVector sum4 = FloatVector.fromArray(SPECIES, cs, sum + 4 * LANES);
            FloatVector sum5 = FloatVector.fromArray(SPECIES, cs, sum + 5 * LANES);
            FloatVector sum6 = FloatVector.fromArray(SPECIES, cs, sum + 6 * LANES);
            FloatVector sum7 = FloatVector.fromArray(SPECIES, cs, sum + 7 * LANES);
            for (int first = 0; first < tile.rows; first += Long.SIZE) {
                int start = i * ROWS + first;
                int bStart = b0 + first * stride;
                for (long rows = notZero(codes, start); rows != 0; rows &= rows - 1) {
                    int row = Long.numberOfTrailingZeros(rows);
                    int place = bStart + row * stride;
                    FloatVector value = FloatVector.broadcast(SPECIES, values[codes[start + row] & 0xFF]);
                    sum0 = value.fma(FloatVector.fromArray(SPECIES, bs, place), sum0);
                    sum1 = value.fma(FloatVector.fromArray(SPECIES, bs, place + LANES), sum1);
                    sum2 = value.fma(FloatVector.fromArray(SPECIES, bs, place + 2 * LANES), sum2);
                    sum3 = value.fma(FloatVector.fromArray(SPECIES, bs, place + 3 * LANES), sum3);
                    sum4 = value.fma(FloatVector.fromArray(SPECIES, bs, place + 4 * LANES), sum4);
                    sum5 = value.fma(FloatVector.fromArray(SPECIES, bs, place + 5 * LANES), sum5);
                    sum6 = value.fma(FloatVector.fromArray(SPECIES, bs, place + 6 * LANES), sum6);
                    sum7 = value.fma(FloatVector.fromArray(SPECIES, bs, place + 7 * LANES), sum7);
                }
            }
            sum0.intoArray(cs, sum);
            sum1.intoArray(cs, sum + LANES);
            sum2.intoArray(cs, sum + 2 * LANES);
            sum3.intoArray(cs, sum + 3 * LANES);
            sum4.intoArray(cs, sum + 4 * LANES);
            sum5.intoArray(cs, sum + 5 * LANES);
            sum6.intoArray(cs, sum + 6 * LANES);
            sum7.intoArray(cs, sum + 7 * LANES);
            sum += c.stride();
        }
    }

    private static void gather4(Tile tile, float[] values, FloatMatrix b, int bRow, FloatMatrix c, int column) {
        byte[] codes = tile.codes;
        float[] bs = b.data();
        float[] cs = c.data();
        int stride = b.stride();
        int b0 = b.offset() + bRow * stride + column;
        int even = c.offset() + tile.from * c.stride() + column;
        for (int i = 0; i < tile.columns - 1; i += 2) {
            int odd = even + c.stride();
            FloatVector even0 = FloatVector.fromArray(SPECIES, cs, even);
            FloatVector even1 = FloatVector.fromArray(SPECIES, cs, even + LANES);
            FloatVector even2 = FloatVector.fromArray(SPECIES, cs, even + 2 * LANES);
            FloatVector even3 = FloatVector.fromArray(SPECIES, cs, even + 3 * LANES);
            FloatVector odd0 = FloatVector.fromArray(SPECIES, cs, odd);
            FloatVector odd1 = FloatVector.fromArray(SPECIES, cs, odd + LANES);
            FloatVector odd2 = FloatVector.fromArray(SPECIES, cs, odd + 2 * LANES);
            FloatVector odd3 = FloatVector.fromArray(SPECIES, cs, odd + 3 * LANES);
            for (int first = 0; first < tile.rows; first += Long.SIZE) {
                int start = i * ROWS + first;
                int bStart = b0 + first * stride;
                for (long rows = eitherNotZero(codes, start); rows != 0; rows &= rows - 1) {
                    int row = Long.numberOfTrailingZeros(rows);
                    int place = bStart + row * stride;
                    FloatVector left = FloatVector.broadcast(SPECIES, values[codes[start + row] & 0xFF]);
                    FloatVector right = FloatVector.broadcast(SPECIES, values[codes[start + ROWS + row] & 0xFF]);
                    FloatVector row0 = FloatVector.fromArray(SPECIES, bs, place);
                    even0 = left.fma(row0, even0);
                    odd0 = right.fma(row0, odd0);
                    FloatVector row1 = FloatVector.fromArray(SPECIES, bs, place + LANES);
                    even1 = left.fma(row1, even1);
                    odd1 = right.fma(row1, odd1);
                    FloatVector row2 = FloatVector.fromArray(SPECIES, bs, place + 2 * LANES);
                    even2 = left.fma(row2, even2);
                    odd2 = right.fma(row2, odd2);
                    FloatVector row3 = FloatVector.fromArray(SPECIES, bs, place + 3 * LANES);
                    even3 = left.fma(row3, even3);
                    odd3 = right.fma(row3, odd3);
                }
            }
            even0.intoArray(cs, even);
            even1.intoArray(cs, even + LANES);
            even2.intoArray(cs, even + 2 * LANES);
            even3.intoArray(cs, even + 3 * LANES);
            odd0.intoArray(cs, odd);
            odd1.intoArray(cs, odd + LANES);
            odd2.intoArray(cs, odd + 2 * LANES);
            odd3.intoArray(cs, odd + 3 * LANES);
            even += 2 * c.stride();
        }
    }

    private static void gather2(Tile tile, float[] values, FloatMatrix b, int bRow, FloatMatrix c, int column) {
        byte[] codes = tile.codes;
        float[] bs = b.data();
        float[] cs = c.data();
        int stride = b.stride();
        int b0 = b.offset() + bRow * stride + column;
        int even = c.offset() + tile.from * c.stride() + column;
        for (int i = 0; i < tile.columns - 1; i += 2) {
            int odd = even + c.stride();
            FloatVector even0 = FloatVector.fromArray(SPECIES, cs, even);
            FloatVector even1 = FloatVector.fromArray(SPECIES, cs, even + LANES);
            FloatVector odd0 = FloatVector.fromArray(SPECIES, cs, odd);
            FloatVector odd1 = FloatVector.fromArray(SPECIES, cs, odd + LANES);
            for (int first = 0; first < tile.rows; first += Long.SIZE) {
                int start = i * ROWS + first;
                int bStart = b0 + first * stride;
                for (long rows = eitherNotZero(codes, start); rows != 0; rows &= rows - 1) {
                    int row = Long.numberOfTrailingZeros(rows);
                    int place = bStart + row * stride;
                    FloatVector left = FloatVector.broadcast(SPECIES, values[codes[start + row] & 0xFF]);
                    FloatVector right = FloatVector.broadcast(SPECIES, values[codes[start + ROWS + row] & 0xFF]);
                    FloatVector row0 = FloatVector.fromArray(SPECIES, bs, place);
                    even0 = left.fma(row0, even0);
                    odd0 = right.fma(row0, odd0);
                    FloatVector row1 = FloatVector.fromArray(SPECIES, bs, place + LANES);
                    even1 = left.fma(row1, even1);
                    odd1 = right.fma(row1, odd1);
                }
            }
            even0.intoArray(cs, even);
            even1.intoArray(cs, even + LANES);
            odd0.intoArray(cs, odd);
            odd1.intoArray(cs, odd + LANES);
            even += 2 * c.stride();
        }
    }

    private static void gather1(Tile tile, float[] values, FloatMatrix b, int bRow, FloatMatrix c, int column) {
        byte[] codes = tile.codes;
        float[] bs = b.data();
        float[] cs = c.data();
        int stride = b.stride();
        int b0 = b.offset() + bRow * stride + column;
        int even = c.offset() + tile.from * c.stride() + column;
        for (int i = 0; i < tile.columns - 1; i += 2) {
            int odd = even + c.stride();
            FloatVector even0 = FloatVector.fromArray(SPECIES, cs, even);
            FloatVector odd0 = FloatVector.fromArray(SPECIES, cs, odd);
            for (int first = 0; first < tile.rows; first += Long.SIZE) {
                int start = i * ROWS + first;
                int bStart = b0 + first * stride;
                for (long rows = eitherNotZero(codes, start); rows != 0; rows &= rows - 1) {
                    int row = Long.numberOfTrailingZeros(rows);
                    int place = bStart + row * stride;
                    FloatVector left = FloatVector.broadcast(SPECIES, values[codes[start + row] & 0xFF]);
                    FloatVector right = FloatVector.broadcast(SPECIES, values[codes[start + ROWS + row] & 0xFF]);
                    FloatVector row0 = FloatVector.fromArray(SPECIES, bs, place);
                    even0 = left.fma(row0, even0);
                    odd0 = right.fma(row0, odd0);
                }
            }
            even0.intoArray(cs, even);
            odd0.intoArray(cs, odd);
            even += 2 * c.stride();
        }
    }
}
