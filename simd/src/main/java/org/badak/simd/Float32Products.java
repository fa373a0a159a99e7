package org.badak.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// c += a·b in float32, in tiles of up to 4 rows × 4 vectors whose sums stay in registers. Every element of c is one
/// fma chain over ascending k, whatever the tile: the bits are those of the scalar kernels.
///
/// Columns are rounded up to whole vectors, which the padding of matrices allows.
final class Float32Products {
    private static final VectorSpecies<Float> SPECIES = Width.FLOATS;
    private static final int LANES = SPECIES.length();
    /// Vectors beside one another in a tile: 16 sums fill the 32 registers of 512-bit machines well; others have 16.
    private static final int WIDE = SPECIES.vectorBitSize() == 512 ? 4 : 2;

    private Float32Products() {}

    /// Adds a·b to c.
    ///
    /// @param a element (row, k) lies at a0 + row·aRow + k·aInner
    /// @param b element (k, column) lies at b0 + k·bStride + column
    /// @param c element (row, column) lies at c0 + row·cStride + column; added to
    static void multiply(
            float[] a,
            int a0,
            int aRow,
            int aInner,
            float[] b,
            int b0,
            int bStride,
            float[] c,
            int c0,
            int cStride,
            int rows,
            int columns,
            int inner) {
        int column = 0;
        while (column < columns) {
            int left = columns - column;
            int vectors = WIDE == 4 && left > 3 * LANES ? 4 : left > LANES ? 2 : 1;
            int row = 0;
            for (; row <= rows - 4; row += 4) {
                int aStart = a0 + row * aRow;
                int cStart = c0 + row * cStride + column;
                switch (vectors) {
                    case 4 -> tile4x4(a, aStart, aRow, aInner, b, b0 + column, bStride, c, cStart, cStride, inner);
                    case 2 -> tile4x2(a, aStart, aRow, aInner, b, b0 + column, bStride, c, cStart, cStride, inner);
                    default -> tile4x1(a, aStart, aRow, aInner, b, b0 + column, bStride, c, cStart, cStride, inner);
                }
            }
            for (; row < rows; row++) {
                int aStart = a0 + row * aRow;
                int cStart = c0 + row * cStride + column;
                switch (vectors) {
                    case 4 -> tile1x4(a, aStart, aInner, b, b0 + column, bStride, c, cStart, inner);
                    case 2 -> tile1x2(a, aStart, aInner, b, b0 + column, bStride, c, cStart, inner);
                    default -> tile1x1(a, aStart, aInner, b, b0 + column, bStride, c, cStart, inner);
                }
            }
            column += vectors * LANES;
        }
    }

    private static void tile4x4(
            float[] a,
            int a0,
            int aRow,
            int aInner,
            float[] b,
            int b0,
            int bStride,
            float[] c,
            int c0,
            int cStride,
            int inner) {
        FloatVector c00 = FloatVector.fromArray(SPECIES, c, c0);
        FloatVector c01 = FloatVector.fromArray(SPECIES, c, c0 + LANES);
        FloatVector c02 = FloatVector.fromArray(SPECIES, c, c0 + 2 * LANES);
        FloatVector c03 = FloatVector.fromArray(SPECIES, c, c0 + 3 * LANES);
        FloatVector c10 = FloatVector.fromArray(SPECIES, c, c0 + cStride);
        FloatVector c11 = FloatVector.fromArray(SPECIES, c, c0 + cStride + LANES);
        FloatVector c12 = FloatVector.fromArray(SPECIES, c, c0 + cStride + 2 * LANES);
        FloatVector c13 = FloatVector.fromArray(SPECIES, c, c0 + cStride + 3 * LANES);
        FloatVector c20 = FloatVector.fromArray(SPECIES, c, c0 + 2 * cStride);
        FloatVector c21 = FloatVector.fromArray(SPECIES, c, c0 + 2 * cStride + LANES);
        FloatVector c22 = FloatVector.fromArray(SPECIES, c, c0 + 2 * cStride + 2 * LANES);
        FloatVector c23 = FloatVector.fromArray(SPECIES, c, c0 + 2 * cStride + 3 * LANES);
        FloatVector c30 = FloatVector.fromArray(SPECIES, c, c0 + 3 * cStride);
        FloatVector c31 = FloatVector.fromArray(SPECIES, c, c0 + 3 * cStride + LANES);
        FloatVector c32 = FloatVector.fromArray(SPECIES, c, c0 + 3 * cStride + 2 * LANES);
        FloatVector c33 = FloatVector.fromArray(SPECIES, c, c0 + 3 * cStride + 3 * LANES);
        int ak = a0;
        int bk = b0;
        for (int k = 0; k < inner; k++) {
            FloatVector bk0 = FloatVector.fromArray(SPECIES, b, bk);
            FloatVector bk1 = FloatVector.fromArray(SPECIES, b, bk + LANES);
            FloatVector bk2 = FloatVector.fromArray(SPECIES, b, bk + 2 * LANES);
            FloatVector bk3 = FloatVector.fromArray(SPECIES, b, bk + 3 * LANES);
            FloatVector ak0 = FloatVector.broadcast(SPECIES, a[ak]);
            c00 = ak0.fma(bk0, c00);
            c01 = ak0.fma(bk1, c01);
            c02 = ak0.fma(bk2, c02);
            c03 = ak0.fma(bk3, c03);
            FloatVector ak1 = FloatVector.broadcast(SPECIES, a[ak + aRow]);
            c10 = ak1.fma(bk0, c10);
            c11 = ak1.fma(bk1, c11);
            c12 = ak1.fma(bk2, c12);
            c13 = ak1.fma(bk3, c13);
            FloatVector ak2 = FloatVector.broadcast(SPECIES, a[ak + 2 * aRow]);
            c20 = ak2.fma(bk0, c20);
            c21 = ak2.fma(bk1, c21);
            c22 = ak2.fma(bk2, c22);
            c23 = ak2.fma(bk3, c23);
            FloatVector ak3 = FloatVector.broadcast(SPECIES, a[ak + 3 * aRow]);
            c30 = ak3.fma(bk0, c30);
            c31 = ak3.fma(bk1, c31);
            c32 = ak3.fma(bk2, c32);
            c33 = ak3.fma(bk3, c33);
            ak += aInner;
            bk += bStride;
        }
        c00.intoArray(c, c0);
        c01.intoArray(c, c0 + LANES);
        c02.intoArray(c, c0 + 2 * LANES);
        c03.intoArray(c, c0 + 3 * LANES);
        c10.intoArray(c, c0 + cStride);
        c11.intoArray(c, c0 + cStride + LANES);
        c12.intoArray(c, c0 + cStride + 2 * LANES);
        c13.intoArray(c, c0 + cStride + 3 * LANES);
        c20.intoArray(c, c0 + 2 * cStride);
        c21.intoArray(c, c0 + 2 * cStride + LANES);
        c22.intoArray(c, c0 + 2 * cStride + 2 * LANES);
        c23.intoArray(c, c0 + 2 * cStride + 3 * LANES);
        c30.intoArray(c, c0 + 3 * cStride);
        c31.intoArray(c, c0 + 3 * cStride + LANES);
        c32.intoArray(c, c0 + 3 * cStride + 2 * LANES);
        c33.intoArray(c, c0 + 3 * cStride + 3 * LANES);
    }

    private static void tile4x2(
            float[] a,
            int a0,
            int aRow,
            int aInner,
            float[] b,
            int b0,
            int bStride,
            float[] c,
            int c0,
            int cStride,
            int inner) {
        FloatVector c00 = FloatVector.fromArray(SPECIES, c, c0);
        FloatVector c01 = FloatVector.fromArray(SPECIES, c, c0 + LANES);
        FloatVector c10 = FloatVector.fromArray(SPECIES, c, c0 + cStride);
        FloatVector c11 = FloatVector.fromArray(SPECIES, c, c0 + cStride + LANES);
        FloatVector c20 = FloatVector.fromArray(SPECIES, c, c0 + 2 * cStride);
        FloatVector c21 = FloatVector.fromArray(SPECIES, c, c0 + 2 * cStride + LANES);
        FloatVector c30 = FloatVector.fromArray(SPECIES, c, c0 + 3 * cStride);
        FloatVector c31 = FloatVector.fromArray(SPECIES, c, c0 + 3 * cStride + LANES);
        int ak = a0;
        int bk = b0;
        for (int k = 0; k < inner; k++) {
            FloatVector bk0 = FloatVector.fromArray(SPECIES, b, bk);
            FloatVector bk1 = FloatVector.fromArray(SPECIES, b, bk + LANES);
            FloatVector ak0 = FloatVector.broadcast(SPECIES, a[ak]);
            c00 = ak0.fma(bk0, c00);
            c01 = ak0.fma(bk1, c01);
            FloatVector ak1 = FloatVector.broadcast(SPECIES, a[ak + aRow]);
            c10 = ak1.fma(bk0, c10);
            c11 = ak1.fma(bk1, c11);
            FloatVector ak2 = FloatVector.broadcast(SPECIES, a[ak + 2 * aRow]);
            c20 = ak2.fma(bk0, c20);
            c21 = ak2.fma(bk1, c21);
            FloatVector ak3 = FloatVector.broadcast(SPECIES, a[ak + 3 * aRow]);
            c30 = ak3.fma(bk0, c30);
            c31 = ak3.fma(bk1, c31);
            ak += aInner;
            bk += bStride;
        }
        c00.intoArray(c, c0);
        c01.intoArray(c, c0 + LANES);
        c10.intoArray(c, c0 + cStride);
        c11.intoArray(c, c0 + cStride + LANES);
        c20.intoArray(c, c0 + 2 * cStride);
        c21.intoArray(c, c0 + 2 * cStride + LANES);
        c30.intoArray(c, c0 + 3 * cStride);
        c31.intoArray(c, c0 + 3 * cStride + LANES);
    }

    private static void tile4x1(
            float[] a,
            int a0,
            int aRow,
            int aInner,
            float[] b,
            int b0,
            int bStride,
            float[] c,
            int c0,
            int cStride,
            int inner) {
        FloatVector c00 = FloatVector.fromArray(SPECIES, c, c0);
        FloatVector c10 = FloatVector.fromArray(SPECIES, c, c0 + cStride);
        FloatVector c20 = FloatVector.fromArray(SPECIES, c, c0 + 2 * cStride);
        FloatVector c30 = FloatVector.fromArray(SPECIES, c, c0 + 3 * cStride);
        int ak = a0;
        int bk = b0;
        for (int k = 0; k < inner; k++) {
            FloatVector bk0 = FloatVector.fromArray(SPECIES, b, bk);
            c00 = FloatVector.broadcast(SPECIES, a[ak]).fma(bk0, c00);
            c10 = FloatVector.broadcast(SPECIES, a[ak + aRow]).fma(bk0, c10);
            c20 = FloatVector.broadcast(SPECIES, a[ak + 2 * aRow]).fma(bk0, c20);
            c30 = FloatVector.broadcast(SPECIES, a[ak + 3 * aRow]).fma(bk0, c30);
            ak += aInner;
            bk += bStride;
        }
        c00.intoArray(c, c0);
        c10.intoArray(c, c0 + cStride);
        c20.intoArray(c, c0 + 2 * cStride);
        c30.intoArray(c, c0 + 3 * cStride);
    }

    private static void tile1x4(
            float[] a, int a0, int aInner, float[] b, int b0, int bStride, float[] c, int c0, int inner) {
        FloatVector c00 = FloatVector.fromArray(SPECIES, c, c0);
        FloatVector c01 = FloatVector.fromArray(SPECIES, c, c0 + LANES);
        FloatVector c02 = FloatVector.fromArray(SPECIES, c, c0 + 2 * LANES);
        FloatVector c03 = FloatVector.fromArray(SPECIES, c, c0 + 3 * LANES);
        int ak = a0;
        int bk = b0;
        for (int k = 0; k < inner; k++) {
            FloatVector bk0 = FloatVector.fromArray(SPECIES, b, bk);
            FloatVector bk1 = FloatVector.fromArray(SPECIES, b, bk + LANES);
            FloatVector bk2 = FloatVector.fromArray(SPECIES, b, bk + 2 * LANES);
            FloatVector bk3 = FloatVector.fromArray(SPECIES, b, bk + 3 * LANES);
            FloatVector ak0 = FloatVector.broadcast(SPECIES, a[ak]);
            c00 = ak0.fma(bk0, c00);
            c01 = ak0.fma(bk1, c01);
            c02 = ak0.fma(bk2, c02);
            c03 = ak0.fma(bk3, c03);
            ak += aInner;
            bk += bStride;
        }
        c00.intoArray(c, c0);
        c01.intoArray(c, c0 + LANES);
        c02.intoArray(c, c0 + 2 * LANES);
        c03.intoArray(c, c0 + 3 * LANES);
    }

    private static void tile1x2(
            float[] a, int a0, int aInner, float[] b, int b0, int bStride, float[] c, int c0, int inner) {
        FloatVector c00 = FloatVector.fromArray(SPECIES, c, c0);
        FloatVector c01 = FloatVector.fromArray(SPECIES, c, c0 + LANES);
        int ak = a0;
        int bk = b0;
        for (int k = 0; k < inner; k++) {
            FloatVector bk0 = FloatVector.fromArray(SPECIES, b, bk);
            FloatVector bk1 = FloatVector.fromArray(SPECIES, b, bk + LANES);
            FloatVector ak0 = FloatVector.broadcast(SPECIES, a[ak]);
            c00 = ak0.fma(bk0, c00);
            c01 = ak0.fma(bk1, c01);
            ak += aInner;
            bk += bStride;
        }
        c00.intoArray(c, c0);
        c01.intoArray(c, c0 + LANES);
    }

    private static void tile1x1(
            float[] a, int a0, int aInner, float[] b, int b0, int bStride, float[] c, int c0, int inner) {
        FloatVector c00 = FloatVector.fromArray(SPECIES, c, c0);
        int ak = a0;
        int bk = b0;
        for (int k = 0; k < inner; k++) {
            FloatVector bk0 = FloatVector.fromArray(SPECIES, b, bk);
            c00 = FloatVector.broadcast(SPECIES, a[ak]).fma(bk0, c00);
            ak += aInner;
            bk += bStride;
        }
        c00.intoArray(c, c0);
    }
}
