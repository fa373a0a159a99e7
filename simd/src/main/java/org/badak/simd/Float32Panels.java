package org.badak.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.badak.kernel.PackedProducts;
import org.badak.matrix.FloatMatrix;
import org.badak.matrix.Matrix;

/// Large products in float32. The right operand lies in panels two vectors wide; blocks of the left one are copied too,
/// by each thread for itself, so that the tiles of [Float32Tiles] read both in order, from near caches, and never far
/// apart in memory. Sums rest in c between blocks of k, so every element of c stays one fma chain over ascending k.
///
/// The order of loops is that of Goto and van de Geijn, Anatomy of High-Performance Matrix Multiplication, ACM TOMS
/// 34(3), 2008, figure 8 (GEBP), but for the right operand, which is packed as a whole.
final class Float32Panels implements PackedProducts {
    private static final VectorSpecies<Float> SPECIES = Width.FLOATS;
    private static final int LANES = SPECIES.length();
    private static final int PANEL = 2 * LANES;
    private static final int ROWS = Float32Products.LARGE_TILES ? 12 : 6; // of a tile
    private static final int ROW_BLOCK = 192;
    private static final int INNER_BLOCK = 256;
    private static final int COPY_BLOCK = 32; // terms of k that are transposed at once
    private static final int FEWEST_ELEMENTS = 1 << 21; // smaller operands are read in place faster, as measured
    private static final int MOST_ELEMENTS = 1 << 28;

    /// What a thread needs besides: a block of the left operand and a tile of c.
    private record Space(float[] rows, float[] tile) {
        Space() {
            this(new float[ROW_BLOCK * INNER_BLOCK + LANES], new float[ROWS * PANEL]);
        }
    }

    private static final ThreadLocal<Space> SPACE = ThreadLocal.withInitial(Space::new);

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
                packTransposed(source, row, b.stride(), target, start, PANEL, width, inner);
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

    /// target[k, i] = source[i, k], the target's rows being `width` elements apart.
    private static void packTransposed(
            float[] source, int start, int stride, float[] target, int targetStart, int width, int rows, int inner) {
        for (int block = 0; block < inner; block += COPY_BLOCK) {
            int end = Math.min(inner, block + COPY_BLOCK);
            for (int i = 0; i < rows; i++) {
                int place = targetStart + block * width + i;
                int row = start + i * stride;
                for (int k = block; k < end; k++) {
                    target[place] = source[row + k];
                    place += width;
                }
            }
        }
    }

    @Override
    public void multiply(Matrix a, boolean transposed, Matrix panels, Matrix c, int from, int to) {
        Space space = SPACE.get();
        int aRow = transposed ? 1 : a.stride();
        int aInner = transposed ? a.stride() : 1;
        int inner = transposed ? a.rows() : a.columns();
        int blocks = (inner + INNER_BLOCK - 1) / INNER_BLOCK;
        for (int block = 0; block < blocks; block++) {
            int k = (int) ((long) inner * block / blocks);
            int depth = (int) ((long) inner * (block + 1) / blocks) - k;
            for (int row = from; row < to; row += ROW_BLOCK) {
                int height = Math.min(ROW_BLOCK, to - row);
                packRows(data(a), a.offset() + row * aRow + k * aInner, aRow, aInner, height, depth, space.rows);
                for (int panel = 0; panel < panels.rows(); panel++) {
                    int start = panels.offset() + panel * panels.stride() + k * PANEL;
                    block(space, depth, data(panels), start, c, row, height, panel * PANEL);
                }
            }
        }
    }

    /// Copies a block of the left operand, tile by tile, the rows of a tile beside one another. Of the last tile, rows
    /// that are not there keep any numbers.
    private static void packRows(float[] a, int a0, int aRow, int aInner, int height, int depth, float[] rows) {
        for (int row = 0; row < height; row += ROWS) {
            int start = a0 + row * aRow;
            int target = row * depth;
            if (aInner == 1) {
                packTransposed(a, start, aRow, rows, target, ROWS, Math.min(ROWS, height - row), depth);
            } else if (start + (depth - 1) * aInner + ROWS + LANES <= a.length) {
                for (int k = 0; k < depth; k++) {
                    for (int j = 0; j < ROWS; j += LANES) { // writes past the tile's end, where the next k follows
                        FloatVector.fromArray(SPECIES, a, start + k * aInner + j)
                                .intoArray(rows, target + k * ROWS + j);
                    }
                }
            } else {
                int count = Math.min(ROWS, height - row);
                for (int k = 0; k < depth; k++) {
                    System.arraycopy(a, start + k * aInner, rows, target + k * ROWS, count);
                }
            }
        }
    }

    /// One block of rows times one panel. Tiles that stick out of c are computed on a copy.
    private static void block(
            Space space, int depth, float[] b, int b0, Matrix c, int firstRow, int height, int column) {
        float[] cs = data(c);
        int width = Math.min(PANEL, c.columns() - column);
        int whole = width > LANES ? height - height % ROWS : 0;
        int start = c.offset() + firstRow * c.stride() + column;
        for (int row = 0; row < whole; row += ROWS) {
            tile(space.rows, row * depth, b, b0, cs, start + row * c.stride(), c.stride(), depth);
        }
        for (int row = whole; row < height; row += ROWS) {
            int count = Math.min(ROWS, height - row);
            for (int i = 0; i < count; i++) {
                System.arraycopy(cs, start + (row + i) * c.stride(), space.tile, i * PANEL, width);
            }
            tile(space.rows, row * depth, b, b0, space.tile, 0, PANEL, depth);
            for (int i = 0; i < count; i++) {
                System.arraycopy(space.tile, i * PANEL, cs, start + (row + i) * c.stride(), width);
            }
        }
    }

    private static void tile(float[] a, int a0, float[] b, int b0, float[] c, int c0, int cStride, int depth) {
        if (ROWS == 12) {
            Float32Tiles.tile12x2(a, a0, 1, ROWS, b, b0, PANEL, c, c0, cStride, depth);
        } else {
            Float32Tiles.tile6x2(a, a0, 1, ROWS, b, b0, PANEL, c, c0, cStride, depth);
        }
    }

    private static float[] data(Matrix matrix) {
        return ((FloatMatrix) matrix).data();
    }
}
