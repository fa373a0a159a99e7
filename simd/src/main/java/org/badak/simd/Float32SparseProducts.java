package org.badak.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.badak.kernel.SparseOperations;
import org.badak.matrix.FloatMatrix;
import org.badak.matrix.Matrix;
import org.badak.matrix.SparseMatrix;

/// Products with a sparse matrix, its zeros skipped: the bits of the dense products, for a fifth of the work on digits.
/// Up to 8 vectors of columns at once, whose sums stay in registers.
final class Float32SparseProducts implements SparseOperations {
    private static final VectorSpecies<Float> SPECIES = Width.FLOATS;
    private static final int LANES = SPECIES.length();

    @Override
    public void multiply(SparseMatrix a, FloatMatrix b, FloatMatrix c, int from, int to, int first, int end) {
        int column = 0;
        while (column < c.columns()) {
            int vectors = vectors(c.columns() - column);
            switch (vectors) {
                case 8 -> gather8(a, b, c, column, from, to, first, end);
                case 7 -> gather7(a, b, c, column, from, to, first, end);
                case 4 -> gather4(a, b, c, column, from, to, first, end);
                case 2 -> gather2(a, b, c, column, from, to, first, end);
                default -> gather1(a, b, c, column, from, to, first, end);
            }
            column += vectors * LANES;
        }
    }

    @Override
    public void multiplyTransposed(SparseMatrix a, FloatMatrix b, FloatMatrix c, int from, int to) {
        Float32SparseGradients.multiply(a, b, c, from, to);
    }

    @Override
    public int countNonZero(FloatMatrix a, int row) {
        return Float32SkippingProducts.countNonZero(a, row);
    }

    @Override
    public void multiplySkippingZeros(FloatMatrix a, FloatMatrix b, FloatMatrix c, int from, int to) {
        Float32SkippingProducts.multiply(a, b, c, from, to);
    }

    /// How many vectors of columns are taken at once where so many columns are left. Seven, as for 50 columns in
    /// vectors of 8, read one cache line of each row less than eight.
    static int vectors(int columns) {
        if (columns > 4 * LANES && Matrix.paddedStride(columns) >= 8 * LANES) {
            return columns > 6 * LANES && columns <= 7 * LANES ? 7 : 8;
        }
        return columns > 3 * LANES ? 4 : columns > LANES ? 2 : 1;
    }

    private static void gather8(
            SparseMatrix a, FloatMatrix b, FloatMatrix c, int column, int from, int to, int first, int end) {
        short[] columns = a.stored().columns();
        byte[] codes = a.stored().codes();
        float[] values = a.stored().values();
        float[] bs = b.data();
        float[] cs = c.data();
        int b0 = b.offset() + column;
        int c0 = c.offset() + column;
        for (int row = from; row < to; row++) {
            int cRow = c0 + row * c.stride();
            FloatVector sum0 = FloatVector.fromArray(SPECIES, cs, cRow);
            FloatVector sum1 = FloatVector.fromArray(SPECIES, cs, cRow + LANES);
            FloatVector sum2 = FloatVector.fromArray(SPECIES, cs, cRow + 2 * LANES);
            FloatVector sum3 = FloatVector.fromArray(SPECIES, cs, cRow + 3 * LANES);
            FloatVector sum4 = FloatVector.fromArray(SPECIES, cs, cRow + 4 * LANES);
            FloatVector sum5 = FloatVector.fromArray(SPECIES, cs, cRow + 5 * LANES);
            FloatVector sum6 = FloatVector.fromArray(SPECIES, cs, cRow + 6 * LANES);
            FloatVector sum7 = FloatVector.fromArray(SPECIES, cs, cRow + 7 * LANES);
            int last = a.entry(row, end);
            for (int entry = a.entry(row, first); entry < last; entry++) {
                int bRow = b0 + (columns[entry] & 0xFFFF) * b.stride();
                FloatVector value = FloatVector.broadcast(SPECIES, values[codes[entry] & 0xFF]);
                sum0 = value.fma(FloatVector.fromArray(SPECIES, bs, bRow), sum0);
                sum1 = value.fma(FloatVector.fromArray(SPECIES, bs, bRow + LANES), sum1);
                sum2 = value.fma(FloatVector.fromArray(SPECIES, bs, bRow + 2 * LANES), sum2);
                sum3 = value.fma(FloatVector.fromArray(SPECIES, bs, bRow + 3 * LANES), sum3);
                sum4 = value.fma(FloatVector.fromArray(SPECIES, bs, bRow + 4 * LANES), sum4);
                sum5 = value.fma(FloatVector.fromArray(SPECIES, bs, bRow + 5 * LANES), sum5);
                sum6 = value.fma(FloatVector.fromArray(SPECIES, bs, bRow + 6 * LANES), sum6);
                sum7 = value.fma(FloatVector.fromArray(SPECIES, bs, bRow + 7 * LANES), sum7);
            }
            sum0.intoArray(cs, cRow);
            sum1.intoArray(cs, cRow + LANES);
            sum2.intoArray(cs, cRow + 2 * LANES);
            sum3.intoArray(cs, cRow + 3 * LANES);
            sum4.intoArray(cs, cRow + 4 * LANES);
            sum5.intoArray(cs, cRow + 5 * LANES);
            sum6.intoArray(cs, cRow + 6 * LANES);
            sum7.intoArray(cs, cRow + 7 * LANES);
        }
    }

    private static void gather7(
            SparseMatrix a, FloatMatrix b, FloatMatrix c, int column, int from, int to, int first, int end) {
        short[] columns = a.stored().columns();
        byte[] codes = a.stored().codes();
        float[] values = a.stored().values();
        float[] bs = b.data();
        float[] cs = c.data();
        int b0 = b.offset() + column;
        int c0 = c.offset() + column;
        for (int row = from; row < to; row++) {
            int cRow = c0 + row * c.stride();
            FloatVector sum0 = FloatVector.fromArray(SPECIES, cs, cRow);
            FloatVector sum1 = FloatVector.fromArray(SPECIES, cs, cRow + LANES);
            FloatVector sum2 = FloatVector.fromArray(SPECIES, cs, cRow + 2 * LANES);
            FloatVector sum3 = FloatVector.fromArray(SPECIES, cs, cRow + 3 * LANES);
            FloatVector sum4 = FloatVector.fromArray(SPECIES, cs, cRow + 4 * LANES);
            FloatVector sum5 = FloatVector.fromArray(SPECIES, cs, cRow + 5 * LANES);
            FloatVector sum6 = FloatVector.fromArray(SPECIES, cs, cRow + 6 * LANES);
            int last = a.entry(row, end);
            for (int entry = a.entry(row, first); entry < last; entry++) {
                int bRow = b0 + (columns[entry] & 0xFFFF) * b.stride();
                FloatVector value = FloatVector.broadcast(SPECIES, values[codes[entry] & 0xFF]);
                sum0 = value.fma(FloatVector.fromArray(SPECIES, bs, bRow), sum0);
                sum1 = value.fma(FloatVector.fromArray(SPECIES, bs, bRow + LANES), sum1);
                sum2 = value.fma(FloatVector.fromArray(SPECIES, bs, bRow + 2 * LANES), sum2);
                sum3 = value.fma(FloatVector.fromArray(SPECIES, bs, bRow + 3 * LANES), sum3);
                sum4 = value.fma(FloatVector.fromArray(SPECIES, bs, bRow + 4 * LANES), sum4);
                sum5 = value.fma(FloatVector.fromArray(SPECIES, bs, bRow + 5 * LANES), sum5);
                sum6 = value.fma(FloatVector.fromArray(SPECIES, bs, bRow + 6 * LANES), sum6);
            }
            sum0.intoArray(cs, cRow);
            sum1.intoArray(cs, cRow + LANES);
            sum2.intoArray(cs, cRow + 2 * LANES);
            sum3.intoArray(cs, cRow + 3 * LANES);
            sum4.intoArray(cs, cRow + 4 * LANES);
            sum5.intoArray(cs, cRow + 5 * LANES);
            sum6.intoArray(cs, cRow + 6 * LANES);
        }
    }

    private static void gather4(
            SparseMatrix a, FloatMatrix b, FloatMatrix c, int column, int from, int to, int first, int end) {
        short[] columns = a.stored().columns();
        byte[] codes = a.stored().codes();
        float[] values = a.stored().values();
        float[] bs = b.data();
        float[] cs = c.data();
        int b0 = b.offset() + column;
        int c0 = c.offset() + column;
        for (int row = from; row < to; row++) {
            int cRow = c0 + row * c.stride();
            FloatVector sum0 = FloatVector.fromArray(SPECIES, cs, cRow);
            FloatVector sum1 = FloatVector.fromArray(SPECIES, cs, cRow + LANES);
            FloatVector sum2 = FloatVector.fromArray(SPECIES, cs, cRow + 2 * LANES);
            FloatVector sum3 = FloatVector.fromArray(SPECIES, cs, cRow + 3 * LANES);
            int last = a.entry(row, end);
            for (int entry = a.entry(row, first); entry < last; entry++) {
                int bRow = b0 + (columns[entry] & 0xFFFF) * b.stride();
                FloatVector value = FloatVector.broadcast(SPECIES, values[codes[entry] & 0xFF]);
                sum0 = value.fma(FloatVector.fromArray(SPECIES, bs, bRow), sum0);
                sum1 = value.fma(FloatVector.fromArray(SPECIES, bs, bRow + LANES), sum1);
                sum2 = value.fma(FloatVector.fromArray(SPECIES, bs, bRow + 2 * LANES), sum2);
                sum3 = value.fma(FloatVector.fromArray(SPECIES, bs, bRow + 3 * LANES), sum3);
            }
            sum0.intoArray(cs, cRow);
            sum1.intoArray(cs, cRow + LANES);
            sum2.intoArray(cs, cRow + 2 * LANES);
            sum3.intoArray(cs, cRow + 3 * LANES);
        }
    }

    private static void gather2(
            SparseMatrix a, FloatMatrix b, FloatMatrix c, int column, int from, int to, int first, int end) {
        short[] columns = a.stored().columns();
        byte[] codes = a.stored().codes();
        float[] values = a.stored().values();
        float[] bs = b.data();
        float[] cs = c.data();
        int b0 = b.offset() + column;
        int c0 = c.offset() + column;
        for (int row = from; row < to; row++) {
            int cRow = c0 + row * c.stride();
            FloatVector sum0 = FloatVector.fromArray(SPECIES, cs, cRow);
            FloatVector sum1 = FloatVector.fromArray(SPECIES, cs, cRow + LANES);
            int last = a.entry(row, end);
            for (int entry = a.entry(row, first); entry < last; entry++) {
                int bRow = b0 + (columns[entry] & 0xFFFF) * b.stride();
                FloatVector value = FloatVector.broadcast(SPECIES, values[codes[entry] & 0xFF]);
                sum0 = value.fma(FloatVector.fromArray(SPECIES, bs, bRow), sum0);
                sum1 = value.fma(FloatVector.fromArray(SPECIES, bs, bRow + LANES), sum1);
            }
            sum0.intoArray(cs, cRow);
            sum1.intoArray(cs, cRow + LANES);
        }
    }

    private static void gather1(
            SparseMatrix a, FloatMatrix b, FloatMatrix c, int column, int from, int to, int first, int end) {
        short[] columns = a.stored().columns();
        byte[] codes = a.stored().codes();
        float[] values = a.stored().values();
        float[] bs = b.data();
        float[] cs = c.data();
        int b0 = b.offset() + column;
        int c0 = c.offset() + column;
        for (int row = from; row < to; row++) {
            int cRow = c0 + row * c.stride();
            FloatVector sum0 = FloatVector.fromArray(SPECIES, cs, cRow);
            int last = a.entry(row, end);
            for (int entry = a.entry(row, first); entry < last; entry++) {
                int bRow = b0 + (columns[entry] & 0xFFFF) * b.stride();
                FloatVector value = FloatVector.broadcast(SPECIES, values[codes[entry] & 0xFF]);
                sum0 = value.fma(FloatVector.fromArray(SPECIES, bs, bRow), sum0);
            }
            sum0.intoArray(cs, cRow);
        }
    }
}
