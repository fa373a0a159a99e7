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
    private static final int ROW_BLOCK = 240;
    private static final int INNER_BLOCK = 1024;
    private static final int COPY_BLOCK = 32; // terms of k that are transposed at once
    private static final int FEWEST_ELEMENTS = 1 << 20; // smaller operands are read in place as fast, as measured
    private static final int MOST_ELEMENTS = 1 << 28;

    /// A thread's copy of a block of a transposed left operand.
    private static final ThreadLocal<float[]> ROWS = ThreadLocal.withInitial(() -> new float[ROW_BLOCK * INNER_BLOCK]);

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
        int inner = transposed ? a.rows() : a.columns();
        int blocks = (inner + INNER_BLOCK - 1) / INNER_BLOCK;
        for (int block = 0; block < blocks; block++) {
            int k = (int) ((long) inner * block / blocks);
            int depth = (int) ((long) inner * (block + 1) / blocks) - k;
            for (int row = from; row < to; row += ROW_BLOCK) {
                int height = Math.min(ROW_BLOCK, to - row);
                if (transposed) {
                    float[] rows = ROWS.get();
                    copyRows(data(a), a.offset() + row + k * a.stride(), a.stride(), height, depth, rows);
                    block(rows, 0, 1, ROW_BLOCK, panels, k, depth, c, row, height);
                } else {
                    int start = a.offset() + row * a.stride() + k;
                    block(data(a), start, a.stride(), 1, panels, k, depth, c, row, height);
                }
            }
        }
    }

    /// rows[k, i] = a[k, i]: neighbours in memory, where the rows of a may lie all in one set of a cache.
    private static void copyRows(float[] a, int start, int stride, int height, int depth, float[] rows) {
        for (int k = 0; k < depth; k++) {
            System.arraycopy(a, start + k * stride, rows, k * ROW_BLOCK, height);
        }
    }

    /// A block of rows times all panels.
    private static void block(
            float[] a,
            int a0,
            int aRow,
            int aInner,
            Matrix panels,
            int k,
            int depth,
            Matrix c,
            int firstRow,
            int height) {
        for (int panel = 0; panel < panels.rows(); panel++) {
            int column = panel * PANEL;
            Float32Products.multiply(
                    a,
                    a0,
                    aRow,
                    aInner,
                    data(panels),
                    panels.offset() + panel * panels.stride() + k * PANEL,
                    PANEL,
                    data(c),
                    c.offset() + firstRow * c.stride() + column,
                    c.stride(),
                    height,
                    Math.min(PANEL, c.columns() - column),
                    depth);
        }
    }

    private static float[] data(Matrix matrix) {
        return ((FloatMatrix) matrix).data();
    }
}
