package org.badak.simd;

import jdk.incubator.vector.VectorSpecies;

/// c += a·b in float64, read in place, in the tiles of [Float64Tiles]. Every element of c is one fma chain over
/// ascending k, whatever the tile: the bits are those of the scalar kernels.
///
/// On 512 bits 24 sums fill the 32 registers: 6 rows × 4 vectors, or 12 × 2 where fewer columns are left. Narrower
/// vectors may have 16 registers: 6 × 2. One vector of columns is taken 8 rows at a time, chains enough to hide the
/// latency of an fma. Columns are rounded up to whole vectors, which the padding of matrices allows.
final class Float64Products {
    private static final VectorSpecies<Double> SPECIES = Width.DOUBLES;
    private static final int LANES = SPECIES.length();

    /// Whether there are registers for 24 sums.
    static final boolean LARGE_TILES = SPECIES.vectorBitSize() == 512;

    private Float64Products() {}

    /// Adds a·b to c.
    ///
    /// @param a element (row, k) lies at a0 + row·aRow + k·aInner
    /// @param b element (k, column) lies at b0 + k·bStride + column
    /// @param c element (row, column) lies at c0 + row·cStride + column; added to
    static void multiply(
            double[] a,
            int a0,
            int aRow,
            int aInner,
            double[] b,
            int b0,
            int bStride,
            double[] c,
            int c0,
            int cStride,
            int rows,
            int columns,
            int inner) {
        int column = 0;
        while (column < columns) {
            int left = columns - column;
            if (LARGE_TILES && left > 3 * LANES) {
                columns4(a, a0, aRow, aInner, b, b0 + column, bStride, c, c0 + column, cStride, rows, inner);
                column += 4 * LANES;
            } else if (left > LANES) {
                columns2(a, a0, aRow, aInner, b, b0 + column, bStride, c, c0 + column, cStride, rows, inner);
                column += 2 * LANES;
            } else {
                columns1(a, a0, aRow, aInner, b, b0 + column, bStride, c, c0 + column, cStride, rows, inner);
                column += LANES;
            }
        }
    }

    private static void columns4(
            double[] a,
            int a0,
            int aRow,
            int aInner,
            double[] b,
            int b0,
            int bStride,
            double[] c,
            int c0,
            int cStride,
            int rows,
            int inner) {
        int row = 0;
        for (; row <= rows - 6; row += 6) {
            Float64Tiles.tile6x4(
                    a, a0 + row * aRow, aRow, aInner, b, b0, bStride, c, c0 + row * cStride, cStride, inner);
        }
        for (; row < rows; row++) {
            Float64Tiles.tile1x4(a, a0 + row * aRow, aInner, b, b0, bStride, c, c0 + row * cStride, inner);
        }
    }

    private static void columns2(
            double[] a,
            int a0,
            int aRow,
            int aInner,
            double[] b,
            int b0,
            int bStride,
            double[] c,
            int c0,
            int cStride,
            int rows,
            int inner) {
        int row = 0;
        for (; LARGE_TILES && row <= rows - 12; row += 12) {
            Float64Tiles.tile12x2(
                    a, a0 + row * aRow, aRow, aInner, b, b0, bStride, c, c0 + row * cStride, cStride, inner);
        }
        for (; row <= rows - 6; row += 6) {
            Float64Tiles.tile6x2(
                    a, a0 + row * aRow, aRow, aInner, b, b0, bStride, c, c0 + row * cStride, cStride, inner);
        }
        for (; row < rows; row++) {
            Float64Tiles.tile1x2(a, a0 + row * aRow, aInner, b, b0, bStride, c, c0 + row * cStride, inner);
        }
    }

    private static void columns1(
            double[] a,
            int a0,
            int aRow,
            int aInner,
            double[] b,
            int b0,
            int bStride,
            double[] c,
            int c0,
            int cStride,
            int rows,
            int inner) {
        int row = 0;
        for (; row <= rows - 8; row += 8) {
            Float64Tiles.tile8x1(
                    a, a0 + row * aRow, aRow, aInner, b, b0, bStride, c, c0 + row * cStride, cStride, inner);
        }
        for (; row < rows; row++) {
            Float64Tiles.tile1x1(a, a0 + row * aRow, aInner, b, b0, bStride, c, c0 + row * cStride, inner);
        }
    }
}
