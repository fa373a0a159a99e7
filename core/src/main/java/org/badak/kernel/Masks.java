package org.badak.kernel;

import org.badak.matrix.DoubleMatrix;
import org.badak.matrix.FloatMatrix;
import org.badak.matrix.Matrix;
import org.badak.matrix.SparseMatrix;

/// Random masks for dropout, and their products, the same code for every kernel set.
final class Masks {
    private static final int WORDS = 4;
    private static final ThreadLocal<int[]> BLOCK = ThreadLocal.withInitial(() -> new int[WORDS]);

    private Masks() {}

    /// See [Kernels#dropoutMask].
    static void fill(long seed, int stream, long index, int firstRow, double rate, Matrix mask, int from, int to) {
        int[] words = BLOCK.get();
        long dropped = Math.round(rate * 0x1p32);
        double kept = 1 / (1 - rate);
        long blocks = (mask.columns() + WORDS - 1L) / WORDS;
        for (int row = from; row < to; row++) {
            for (int column = 0; column < mask.columns(); column++) {
                if (column % WORDS == 0) {
                    long counter = index + ((long) firstRow + row) * blocks + column / WORDS;
                    Philox.block(
                            (int) counter,
                            (int) (counter >>> 32),
                            Purpose.DROPOUT.code(),
                            stream,
                            (int) seed,
                            (int) (seed >>> 32),
                            words);
                }
                mask.set(row, column, Integer.toUnsignedLong(words[column % WORDS]) < dropped ? 0 : kept);
            }
        }
    }

    /// result = a·b, element by element.
    static void multiply(Matrix a, Matrix b, Matrix result, int from, int to) {
        for (int row = from; row < to; row++) {
            int aStart = a.offset() + row * a.stride();
            int bStart = b.offset() + row * b.stride();
            int start = result.offset() + row * result.stride();
            switch (a) {
                case FloatMatrix floats -> {
                    float[] factors = ((FloatMatrix) b).data();
                    float[] products = ((FloatMatrix) result).data();
                    for (int j = 0; j < a.columns(); j++) {
                        products[start + j] = floats.data()[aStart + j] * factors[bStart + j];
                    }
                }
                case DoubleMatrix doubles -> {
                    double[] factors = ((DoubleMatrix) b).data();
                    double[] products = ((DoubleMatrix) result).data();
                    for (int j = 0; j < a.columns(); j++) {
                        products[start + j] = doubles.data()[aStart + j] * factors[bStart + j];
                    }
                }
                case SparseMatrix sparse -> throw new AssertionError(sparse);
            }
        }
    }
}
