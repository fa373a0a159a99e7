package org.badak.simd;

import jdk.incubator.vector.VectorSpecies;

/// c += a·b in float32, read in place, in the tiles of [Float32Tiles] and, for a transposed a, those of
/// [Float32TransposedTiles]. Every element of c is one fma chain over ascending k, whatever the tile: the bits are
/// those of the scalar kernels.
///
/// On 512 bits 24 sums fill the 32 registers: 6 rows × 4 vectors, or 12 × 2 where fewer columns are left. Narrower
/// vectors may have 16 registers: 5 × 2, since 6 × 2 leaves the compiler too few for the operands and it keeps a sum
/// in memory. One vector of columns is taken 8 rows at a time, chains enough to hide the latency of an fma. A row by
/// itself has too few, so what is left of the rows is computed with some that are done, on a copy of c ([LastRows]).
/// Columns are rounded up to whole vectors, which the padding of matrices allows.
final class Float32Products {
    private static final VectorSpecies<Float> SPECIES = Width.FLOATS;
    private static final int LANES = SPECIES.length();

    /// Whether there are registers for 24 sums.
    static final boolean LARGE_TILES = SPECIES.vectorBitSize() == 512;

    private Float32Products() {}

    /// Adds a·b to c.
    ///
    /// @param a element (row, k) lies at a0 + row·aStride + k
    /// @param b element (k, column) lies at b0 + k·bStride + column
    /// @param c element (row, column) lies at c0 + row·cStride + column; added to
    static void multiply(
            float[] a,
            int a0,
            int aStride,
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
            if (LARGE_TILES && left > 3 * LANES) {
                rowsTimes4(a, a0, aStride, b, b0 + column, bStride, c, c0 + column, cStride, rows, inner);
                column += 4 * LANES;
            } else if (left > LANES) {
                rowsTimes2(a, a0, aStride, b, b0 + column, bStride, c, c0 + column, cStride, rows, inner);
                column += 2 * LANES;
            } else {
                rowsTimes1(a, a0, aStride, b, b0 + column, bStride, c, c0 + column, cStride, rows, inner);
                column += LANES;
            }
        }
    }

    /// Adds aᵀ·b to c.
    ///
    /// @param a element (row, k) of aᵀ lies at a0 + k·aStride + row
    /// @param b element (k, column) lies at b0 + k·bStride + column
    /// @param c element (row, column) lies at c0 + row·cStride + column; added to
    static void multiplyTransposed(
            float[] a,
            int a0,
            int aStride,
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
            if (LARGE_TILES && left > 3 * LANES) {
                transposedTimes4(a, a0, aStride, b, b0 + column, bStride, c, c0 + column, cStride, rows, inner);
                column += 4 * LANES;
            } else if (left > LANES) {
                transposedTimes2(a, a0, aStride, b, b0 + column, bStride, c, c0 + column, cStride, rows, inner);
                column += 2 * LANES;
            } else {
                transposedTimes1(a, a0, aStride, b, b0 + column, bStride, c, c0 + column, cStride, rows, inner);
                column += LANES;
            }
        }
    }

    private static void rowsTimes4(
            float[] a,
            int a0,
            int aStride,
            float[] b,
            int b0,
            int bStride,
            float[] c,
            int c0,
            int cStride,
            int rows,
            int inner) {
        int row = 0;
        for (; row <= rows - 6; row += 6) {
            Float32Tiles.tile6x4(a, a0 + row * aStride, aStride, b, b0, bStride, c, c0 + row * cStride, cStride, inner);
        }
        if (row < rows && rows >= 6) {
            int first = rows - 6;
            float[] rest = LastRows.copy(c, c0 + row * cStride, cStride, 6 - (rows - row), rows - row, 4 * LANES);
            Float32Tiles.tile6x4(a, a0 + first * aStride, aStride, b, b0, bStride, rest, 0, 4 * LANES, inner);
            LastRows.copyBack(rest, 6 - (rows - row), c, c0 + row * cStride, cStride, rows - row, 4 * LANES);
            return;
        }
        for (; row < rows; row++) {
            Float32Tiles.tile1x4(a, a0 + row * aStride, b, b0, bStride, c, c0 + row * cStride, inner);
        }
    }

    private static void rowsTimes2(
            float[] a,
            int a0,
            int aStride,
            float[] b,
            int b0,
            int bStride,
            float[] c,
            int c0,
            int cStride,
            int rows,
            int inner) {
        int row = 0;
        for (; LARGE_TILES && row <= rows - 12; row += 12) {
            Float32Tiles.tile12x2(
                    a, a0 + row * aStride, aStride, b, b0, bStride, c, c0 + row * cStride, cStride, inner);
        }
        for (; row <= rows - 5; row += 5) {
            Float32Tiles.tile5x2(a, a0 + row * aStride, aStride, b, b0, bStride, c, c0 + row * cStride, cStride, inner);
        }
        if (row < rows && rows >= 5) {
            int first = rows - 5;
            float[] rest = LastRows.copy(c, c0 + row * cStride, cStride, 5 - (rows - row), rows - row, 2 * LANES);
            Float32Tiles.tile5x2(a, a0 + first * aStride, aStride, b, b0, bStride, rest, 0, 2 * LANES, inner);
            LastRows.copyBack(rest, 5 - (rows - row), c, c0 + row * cStride, cStride, rows - row, 2 * LANES);
            return;
        }
        for (; row < rows; row++) {
            Float32Tiles.tile1x2(a, a0 + row * aStride, b, b0, bStride, c, c0 + row * cStride, inner);
        }
    }

    private static void rowsTimes1(
            float[] a,
            int a0,
            int aStride,
            float[] b,
            int b0,
            int bStride,
            float[] c,
            int c0,
            int cStride,
            int rows,
            int inner) {
        int row = 0;
        for (; row <= rows - 8; row += 8) {
            Float32Tiles.tile8x1(a, a0 + row * aStride, aStride, b, b0, bStride, c, c0 + row * cStride, cStride, inner);
        }
        if (row < rows && rows >= 8) {
            int first = rows - 8;
            float[] rest = LastRows.copy(c, c0 + row * cStride, cStride, 8 - (rows - row), rows - row, LANES);
            Float32Tiles.tile8x1(a, a0 + first * aStride, aStride, b, b0, bStride, rest, 0, LANES, inner);
            LastRows.copyBack(rest, 8 - (rows - row), c, c0 + row * cStride, cStride, rows - row, LANES);
            return;
        }
        for (; row < rows; row++) {
            Float32Tiles.tile1x1(a, a0 + row * aStride, b, b0, bStride, c, c0 + row * cStride, inner);
        }
    }

    private static void transposedTimes4(
            float[] a,
            int a0,
            int aStride,
            float[] b,
            int b0,
            int bStride,
            float[] c,
            int c0,
            int cStride,
            int rows,
            int inner) {
        int row = 0;
        for (; row <= rows - 6; row += 6) {
            Float32TransposedTiles.tile6x4(a, a0 + row, aStride, b, b0, bStride, c, c0 + row * cStride, cStride, inner);
        }
        if (row < rows && rows >= 6) {
            int first = rows - 6;
            float[] rest = LastRows.copy(c, c0 + row * cStride, cStride, 6 - (rows - row), rows - row, 4 * LANES);
            Float32TransposedTiles.tile6x4(a, a0 + first, aStride, b, b0, bStride, rest, 0, 4 * LANES, inner);
            LastRows.copyBack(rest, 6 - (rows - row), c, c0 + row * cStride, cStride, rows - row, 4 * LANES);
            return;
        }
        for (; row < rows; row++) {
            Float32TransposedTiles.tile1x4(a, a0 + row, aStride, b, b0, bStride, c, c0 + row * cStride, inner);
        }
    }

    private static void transposedTimes2(
            float[] a,
            int a0,
            int aStride,
            float[] b,
            int b0,
            int bStride,
            float[] c,
            int c0,
            int cStride,
            int rows,
            int inner) {
        int row = 0;
        for (; LARGE_TILES && row <= rows - 12; row += 12) {
            Float32TransposedTiles.tile12x2(
                    a, a0 + row, aStride, b, b0, bStride, c, c0 + row * cStride, cStride, inner);
        }
        for (; row <= rows - 5; row += 5) {
            Float32TransposedTiles.tile5x2(a, a0 + row, aStride, b, b0, bStride, c, c0 + row * cStride, cStride, inner);
        }
        if (row < rows && rows >= 5) {
            int first = rows - 5;
            float[] rest = LastRows.copy(c, c0 + row * cStride, cStride, 5 - (rows - row), rows - row, 2 * LANES);
            Float32TransposedTiles.tile5x2(a, a0 + first, aStride, b, b0, bStride, rest, 0, 2 * LANES, inner);
            LastRows.copyBack(rest, 5 - (rows - row), c, c0 + row * cStride, cStride, rows - row, 2 * LANES);
            return;
        }
        for (; row < rows; row++) {
            Float32TransposedTiles.tile1x2(a, a0 + row, aStride, b, b0, bStride, c, c0 + row * cStride, inner);
        }
    }

    private static void transposedTimes1(
            float[] a,
            int a0,
            int aStride,
            float[] b,
            int b0,
            int bStride,
            float[] c,
            int c0,
            int cStride,
            int rows,
            int inner) {
        int row = 0;
        for (; row <= rows - 8; row += 8) {
            Float32TransposedTiles.tile8x1(a, a0 + row, aStride, b, b0, bStride, c, c0 + row * cStride, cStride, inner);
        }
        if (row < rows && rows >= 8) {
            int first = rows - 8;
            float[] rest = LastRows.copy(c, c0 + row * cStride, cStride, 8 - (rows - row), rows - row, LANES);
            Float32TransposedTiles.tile8x1(a, a0 + first, aStride, b, b0, bStride, rest, 0, LANES, inner);
            LastRows.copyBack(rest, 8 - (rows - row), c, c0 + row * cStride, cStride, rows - row, LANES);
            return;
        }
        for (; row < rows; row++) {
            Float32TransposedTiles.tile1x1(a, a0 + row, aStride, b, b0, bStride, c, c0 + row * cStride, inner);
        }
    }
}
