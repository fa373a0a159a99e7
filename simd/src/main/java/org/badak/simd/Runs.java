package org.badak.simd;

import java.util.List;
import org.badak.matrix.Matrix;

/// How element-wise loops go over rows: all rows in one run where the strides agree, else row by row.
final class Runs {
    private Runs() {}

    /// Elements of one run, a multiple of every lane count.
    static int length(Matrix a, Matrix result, int rows) {
        return a.stride() == result.stride() ? rows * a.stride() : Matrix.paddedStride(result.columns());
    }

    /// Elements of one run, a multiple of every lane count.
    static int length(Matrix a, Matrix b, Matrix result, int rows) {
        return a.stride() == b.stride() ? length(b, result, rows) : Matrix.paddedStride(result.columns());
    }

    /// Elements of one run, a multiple of every lane count.
    static int length(Matrix a, List<Matrix> others, Matrix result, int rows) {
        for (int i = 0; i < others.size(); i++) {
            if (others.get(i).stride() != result.stride()) {
                return Matrix.paddedStride(result.columns());
            }
        }
        return length(a, result, rows);
    }

    /// How many rows a run of this length covers.
    static int rows(int run, Matrix result) {
        return result.stride() == 0 ? 1 : Math.max(1, run / result.stride());
    }
}
