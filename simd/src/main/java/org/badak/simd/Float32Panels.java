package org.badak.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.badak.kernel.PackedProducts;
import org.badak.matrix.FloatMatrix;
import org.badak.matrix.Matrix;

/// Large products in float32. The right operand lies in panels as wide as the widest tile, so that tiles read it in
/// order and a panel stays in the second-level cache while all rows of the left one pass by. Those are read where they
/// lie: 6 rows of a tile fit into one set of the first cache even if they are a power of two apart. Only of a
/// transposed left operand each thread copies blocks, or every term of k would be on a page of its own. Sums rest in c
/// between blocks of k, so every element of c stays one fma chain over ascending k.
final class Float32Panels implements PackedProducts {
    private static final VectorSpecies<Float> SPECIES = Width.FLOATS;
    private static final int LANES = SPECIES.length();
    private static final int PANEL = (Float32Products.LARGE_TILES ? 4 : 2) * LANES;
    private static final int TILE_ROWS = 6;
    private static final int ROW_BLOCK = 240;
    private static final int INNER_BLOCK = 1024;
    private static final int ROW_STRIDE =
            INNER_BLOCK + 16; // no power of two, so that rows do not share sets of a cache
    private static final int FEWEST_ELEMENTS = 1 << 20; // smaller operands are read in place as fast, as measured
    private static final int MOST_ELEMENTS = 1 << 28;

    /// A thread's copy of a block of a transposed left operand.
    private static final ThreadLocal<float[]> ROWS = ThreadLocal.withInitial(() -> new float[ROW_BLOCK * ROW_STRIDE]);

    @Override
    public boolean pays(int rows, int inner, int columns) {
        long size = (long) inner * columns;
        return rows >= 48 && size >= FEWEST_ELEMENTS && size <= MOST_ELEMENTS;
    }

    @Override
    public int panelColumns() {
        return PANEL;
    }

    @Override
    public void pack(Matrix b, boolean transposed, Matrix panels, int from, int to) {
        float[] source = data(b);
        float[] target = data(panels);
        int inner = transposed ? b.columns() : b.rows();
        int columns = transposed ? b.rows() : b.columns();
        for (int panel = from; panel < to; panel++) {
            int first = panel * PANEL;
            int width = Math.min(PANEL, columns - first);
            int start = panels.offset() + panel * panels.stride();
            if (transposed) {
                int row = b.offset() + first * b.stride();
                Float32Transposition.copy(source, row, b.stride(), target, start, PANEL, width, inner);
            } else {
                packPlain(source, b.offset() + first, b.stride(), target, start, width, inner);
            }
        }
    }

    private static void packPlain(float[] b, int b0, int bStride, float[] panel, int start, int width, int inner) {
        for (int k = 0; k < inner; k++) {
            for (int j = 0; j < width; j += LANES) {
                FloatVector.fromArray(SPECIES, b, b0 + k * bStride + j).intoArray(panel, start + k * PANEL + j);
            }
        }
    }

    @Override
    public void multiply(Matrix a, boolean transposed, Matrix panels, Matrix c, int from, int to) {
        int inner = transposed ? a.rows() : a.columns();
        int blocks = (inner + INNER_BLOCK - 1) / INNER_BLOCK;
        for (int block = 0; block < blocks; block++) {
            int k = (int) ((long) inner * block / blocks);
            int depth = (int) ((long) inner * (block + 1) / blocks) - k;
            for (int row = from; row < to; row += ROW_BLOCK) {
                int height = Math.min(ROW_BLOCK, to - row);
                if (transposed) {
                    float[] rows = ROWS.get();
                    int start = a.offset() + row + k * a.stride();
                    Float32Transposition.copy(data(a), start, a.stride(), rows, 0, ROW_STRIDE, depth, height);
                    block(rows, 0, ROW_STRIDE, panels, k, depth, c, row, height);
                } else {
                    int start = a.offset() + row * a.stride() + k;
                    block(data(a), start, a.stride(), panels, k, depth, c, row, height);
                }
            }
        }
    }

    /// A block of rows times all panels. The last panel may be wider than what is left of c.
    private static void block(
            float[] a, int a0, int aStride, Matrix panels, int k, int depth, Matrix c, int firstRow, int height) {
        int c0 = c.offset() + firstRow * c.stride();
        for (int panel = 0; panel < panels.rows(); panel++) {
            int column = panel * PANEL;
            int b0 = panels.offset() + panel * panels.stride() + k * PANEL;
            int width = c.columns() - column;
            if (width > PANEL - LANES) {
                panel(a, a0, aStride, data(panels), b0, data(c), c0 + column, c.stride(), height, depth);
            } else {
                Float32Products.multiply(
                        a,
                        a0,
                        aStride,
                        data(panels),
                        b0,
                        PANEL,
                        data(c),
                        c0 + column,
                        c.stride(),
                        height,
                        width,
                        depth);
            }
        }
    }

    /// Rows times one panel, all of its columns.
    private static void panel(
            float[] a, int a0, int aStride, float[] b, int b0, float[] c, int c0, int cStride, int rows, int inner) {
        int row = 0;
        for (; row <= rows - TILE_ROWS; row += TILE_ROWS) {
            tile(a, a0 + row * aStride, aStride, b, b0, c, c0 + row * cStride, cStride, inner);
        }
        int left = rows - row;
        if (left > 0 && rows >= TILE_ROWS) {
            float[] rest = LastRows.copy(c, c0 + row * cStride, cStride, TILE_ROWS - left, left, PANEL);
            tile(a, a0 + (rows - TILE_ROWS) * aStride, aStride, b, b0, rest, 0, PANEL, inner);
            LastRows.copyBack(rest, TILE_ROWS - left, c, c0 + row * cStride, cStride, left, PANEL);
        } else if (left > 0) {
            Float32Products.multiply(a, a0, aStride, b, b0, PANEL, c, c0, cStride, rows, PANEL, inner);
        }
    }

    private static void tile(
            float[] a, int a0, int aStride, float[] b, int b0, float[] c, int c0, int cStride, int inner) {
        if (Float32Products.LARGE_TILES) {
            Float32PanelTiles.tile6x4(a, a0, aStride, b, b0, c, c0, cStride, inner);
        } else {
            Float32PanelTiles.tile6x2(a, a0, aStride, b, b0, c, c0, cStride, inner);
        }
    }

    private static float[] data(Matrix matrix) {
        return ((FloatMatrix) matrix).data();
    }
}
