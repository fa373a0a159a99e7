package org.badak.kernel;

import org.badak.matrix.FloatMatrix;
import org.badak.matrix.SparseMatrix;

/// Sparse products in plain loops: the reference, and what serves sets without their own.
final class ScalarSparse implements SparseOperations {
    @Override
    public void multiply(SparseMatrix a, FloatMatrix b, FloatMatrix c, int from, int to, int first, int end) {
        for (int row = from; row < to; row++) {
            int last = a.entry(row, end);
            for (int entry = a.entry(row, first); entry < last; entry++) {
                add(a.value(entry), b, a.column(entry), c, row);
            }
        }
    }

    @Override
    public void multiplyTransposed(SparseMatrix a, FloatMatrix b, FloatMatrix c, int from, int to) {
        for (int row = 0; row < a.rows(); row++) {
            int end = a.entry(row, to);
            for (int entry = a.entry(row, from); entry < end; entry++) {
                add(a.value(entry), b, row, c, a.column(entry));
            }
        }
    }

    @Override
    public int countNonZero(FloatMatrix a, int row) {
        float[] as = a.data();
        int start = a.offset() + row * a.stride();
        int count = 0;
        for (int column = 0; column < a.columns(); column++) {
            count += as[start + column] == 0 ? 0 : 1;
        }
        return count;
    }

    @Override
    public void multiplySkippingZeros(FloatMatrix a, FloatMatrix b, FloatMatrix c, int from, int to) {
        float[] as = a.data();
        for (int row = from; row < to; row++) {
            int start = a.offset() + row * a.stride();
            for (int column = 0; column < a.columns(); column++) {
                if (as[start + column] != 0) {
                    add(as[start + column], b, column, c, row);
                }
            }
        }
    }

    /// Row cRow of c += factor · row bRow of b.
    private static void add(float factor, FloatMatrix b, int bRow, FloatMatrix c, int cRow) {
        float[] bs = b.data();
        float[] cs = c.data();
        int bStart = b.offset() + bRow * b.stride();
        int cStart = c.offset() + cRow * c.stride();
        for (int j = 0; j < c.columns(); j++) {
            cs[cStart + j] = Fma.fma(factor, bs[bStart + j], cs[cStart + j]);
        }
    }
}
