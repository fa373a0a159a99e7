package org.badak.simd;

import static jdk.incubator.vector.VectorOperators.NE;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.badak.matrix.FloatMatrix;
import org.badak.matrix.Matrix;

/// The product of a dense matrix that is mostly zeros, its zeros skipped: 64 elements of a are compared with zero at
/// once, and the bits of those that are not are walked. Up to 8 vectors of columns at once, whose sums stay in
/// registers.
final class Float32SkippingProducts {
    private static final VectorSpecies<Float> SPECIES = Width.FLOATS;
    private static final int LANES = SPECIES.length();

    private Float32SkippingProducts() {}

    /// How many elements of a row are not zero.
    static int countNonZero(FloatMatrix a, int row) {
        int start = a.offset() + row * a.stride();
        int count = 0;
        for (int first = 0; first < a.columns(); first += Long.SIZE) {
            count += Long.bitCount(notZero(a.data(), start + first, a.columns() - first));
        }
        return count;
    }

    /// c += a·b for the rows [from, to) of c.
    static void multiply(FloatMatrix a, FloatMatrix b, FloatMatrix c, int from, int to) {
        int column = 0;
        while (column < c.columns()) {
            int vectors = Float32SparseProducts.vectors(c.columns() - column);
            switch (vectors) {
                case 7, 8 -> skip8(a, b, c, column, from, to);
                case 4 -> skip4(a, b, c, column, from, to);
                case 2 -> skip2(a, b, c, column, from, to);
                default -> skip1(a, b, c, column, from, to);
            }
            column += vectors * LANES;
        }
    }

    /// Bit i is set if the element at start + i is not zero, for 64 elements or those that are left of the row. Reads
    /// up
    /// to the end of the row's padding.
    private static long notZero(float[] values, int start, int left) {
        long bits = 0;
        int lanes = Math.min(Long.SIZE, Matrix.paddedStride(left));
        for (int i = 0; i < lanes; i += LANES) {
            bits |= FloatVector.fromArray(SPECIES, values, start + i)
                            .compare(NE, 0)
                            .toLong()
                    << i;
        }
        return left < Long.SIZE ? bits & (1L << left) - 1 : bits;
    }

    private static void skip8(FloatMatrix a, FloatMatrix b, FloatMatrix c, int column, int from, int to) {
        float[] as = a.data();
        float[] bs = b.data();
        float[] cs = c.data();
        int stride = b.stride();
        int b0 = b.offset() + column;
        int c0 = c.offset() + column;
        for (int row = from; row < to; row++) {
            int aRow = a.offset() + row * a.stride();
            int cRow = c0 + row * c.stride();
            FloatVector sum0 = FloatVector.fromArray(SPECIES, cs, cRow);
            FloatVector sum1 = FloatVector.fromArray(SPECIES, cs, cRow + LANES);
            FloatVector sum2 = FloatVector.fromArray(SPECIES, cs, cRow + 2 * LANES);
            FloatVector sum3 = FloatVector.fromArray(SPECIES, cs, cRow + 3 * LANES);
            FloatVector sum4 = FloatVector.fromArray(SPECIES, cs, cRow + 4 * LANES);
            FloatVector sum5 = FloatVector.fromArray(SPECIES, cs, cRow + 5 * LANES);
            FloatVector sum6 = FloatVector.fromArray(SPECIES, cs, cRow + 6 * LANES);
            FloatVector sum7 = FloatVector.fromArray(SPECIES, cs, cRow + 7 * LANES);
            for (int first = 0; first < a.columns(); first += Long.SIZE) {
                for (long bits = notZero(as, aRow + first, a.columns() - first); bits != 0; bits &= bits - 1) {
                    int inner = first + Long.numberOfTrailingZeros(bits);
                    int bRow = b0 + inner * stride;
                    FloatVector value = FloatVector.broadcast(SPECIES, as[aRow + inner]);
                    sum0 = value.fma(FloatVector.fromArray(SPECIES, bs, bRow), sum0);
                    sum1 = value.fma(FloatVector.fromArray(SPECIES, bs, bRow + LANES), sum1);
                    sum2 = value.fma(FloatVector.fromArray(SPECIES, bs, bRow + 2 * LANES), sum2);
                    sum3 = value.fma(FloatVector.fromArray(SPECIES, bs, bRow + 3 * LANES), sum3);
                    sum4 = value.fma(FloatVector.fromArray(SPECIES, bs, bRow + 4 * LANES), sum4);
                    sum5 = value.fma(FloatVector.fromArray(SPECIES, bs, bRow + 5 * LANES), sum5);
                    sum6 = value.fma(FloatVector.fromArray(SPECIES, bs, bRow + 6 * LANES), sum6);
                    sum7 = value.fma(FloatVector.fromArray(SPECIES, bs, bRow + 7 * LANES), sum7);
                }
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

    private static void skip4(FloatMatrix a, FloatMatrix b, FloatMatrix c, int column, int from, int to) {
        float[] as = a.data();
        float[] bs = b.data();
        float[] cs = c.data();
        int stride = b.stride();
        int b0 = b.offset() + column;
        int c0 = c.offset() + column;
        for (int row = from; row < to; row++) {
            int aRow = a.offset() + row * a.stride();
            int cRow = c0 + row * c.stride();
            FloatVector sum0 = FloatVector.fromArray(SPECIES, cs, cRow);
            FloatVector sum1 = FloatVector.fromArray(SPECIES, cs, cRow + LANES);
            FloatVector sum2 = FloatVector.fromArray(SPECIES, cs, cRow + 2 * LANES);
            FloatVector sum3 = FloatVector.fromArray(SPECIES, cs, cRow + 3 * LANES);
            for (int first = 0; first < a.columns(); first += Long.SIZE) {
                for (long bits = notZero(as, aRow + first, a.columns() - first); bits != 0; bits &= bits - 1) {
                    int inner = first + Long.numberOfTrailingZeros(bits);
                    int bRow = b0 + inner * stride;
                    FloatVector value = FloatVector.broadcast(SPECIES, as[aRow + inner]);
                    sum0 = value.fma(FloatVector.fromArray(SPECIES, bs, bRow), sum0);
                    sum1 = value.fma(FloatVector.fromArray(SPECIES, bs, bRow + LANES), sum1);
                    sum2 = value.fma(FloatVector.fromArray(SPECIES, bs, bRow + 2 * LANES), sum2);
                    sum3 = value.fma(FloatVector.fromArray(SPECIES, bs, bRow + 3 * LANES), sum3);
                }
            }
            sum0.intoArray(cs, cRow);
            sum1.intoArray(cs, cRow + LANES);
            sum2.intoArray(cs, cRow + 2 * LANES);
            sum3.intoArray(cs, cRow + 3 * LANES);
        }
    }

    private static void skip2(FloatMatrix a, FloatMatrix b, FloatMatrix c, int column, int from, int to) {
        float[] as = a.data();
        float[] bs = b.data();
        float[] cs = c.data();
        int stride = b.stride();
        int b0 = b.offset() + column;
        int c0 = c.offset() + column;
        for (int row = from; row < to; row++) {
            int aRow = a.offset() + row * a.stride();
            int cRow = c0 + row * c.stride();
            FloatVector sum0 = FloatVector.fromArray(SPECIES, cs, cRow);
            FloatVector sum1 = FloatVector.fromArray(SPECIES, cs, cRow + LANES);
            for (int first = 0; first < a.columns(); first += Long.SIZE) {
                for (long bits = notZero(as, aRow + first, a.columns() - first); bits != 0; bits &= bits - 1) {
                    int inner = first + Long.numberOfTrailingZeros(bits);
                    int bRow = b0 + inner * stride;
                    FloatVector value = FloatVector.broadcast(SPECIES, as[aRow + inner]);
                    sum0 = value.fma(FloatVector.fromArray(SPECIES, bs, bRow), sum0);
                    sum1 = value.fma(FloatVector.fromArray(SPECIES, bs, bRow + LANES), sum1);
                }
            }
            sum0.intoArray(cs, cRow);
            sum1.intoArray(cs, cRow + LANES);
        }
    }

    private static void skip1(FloatMatrix a, FloatMatrix b, FloatMatrix c, int column, int from, int to) {
        float[] as = a.data();
        float[] bs = b.data();
        float[] cs = c.data();
        int stride = b.stride();
        int b0 = b.offset() + column;
        int c0 = c.offset() + column;
        for (int row = from; row < to; row++) {
            int aRow = a.offset() + row * a.stride();
            int cRow = c0 + row * c.stride();
            FloatVector sum0 = FloatVector.fromArray(SPECIES, cs, cRow);
            for (int first = 0; first < a.columns(); first += Long.SIZE) {
                for (long bits = notZero(as, aRow + first, a.columns() - first); bits != 0; bits &= bits - 1) {
                    int inner = first + Long.numberOfTrailingZeros(bits);
                    int bRow = b0 + inner * stride;
                    FloatVector value = FloatVector.broadcast(SPECIES, as[aRow + inner]);
                    sum0 = value.fma(FloatVector.fromArray(SPECIES, bs, bRow), sum0);
                }
            }
            sum0.intoArray(cs, cRow);
        }
    }
}
