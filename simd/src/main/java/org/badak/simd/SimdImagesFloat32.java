package org.badak.simd;

import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.MAX;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;
import org.badak.kernel.ImageOperations;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Window;
import org.badak.matrix.FloatMatrix;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;

/// Loops over images in float32: the maximum under windows of 2x2 side by side in vectors, the rest, which moves
/// numbers
/// rather than computing, as in plain Java.
///
/// A vector of results may reach beyond its line, where the next line overwrites it; the last lines of an image, where
/// nothing would, are left to plain loops.
final class SimdImagesFloat32 implements ImageOperations {
    private static final VectorSpecies<Float> SPECIES = Width.FLOATS;
    private static final int LANES = SPECIES.length();
    private static final VectorShuffle<Float> EVEN = VectorShuffle.makeUnzip(SPECIES, 0);
    private static final VectorShuffle<Float> ODD = VectorShuffle.makeUnzip(SPECIES, 1);
    private static final VectorShuffle<Float> FIRST_HALF = VectorShuffle.makeZip(SPECIES, 0);
    private static final VectorShuffle<Float> SECOND_HALF = VectorShuffle.makeZip(SPECIES, 1);
    private static final ImageOperations SCALAR =
            KernelChoice.scalar().operations(Precision.FLOAT32).images();

    @Override
    public void patches(Matrix x, int row, Window window, Matrix result) {
        SCALAR.patches(x, row, window, result);
    }

    @Override
    public void patchRows(Matrix x, int row, Window window, Matrix result) {
        SCALAR.patchRows(x, row, window, result);
    }

    @Override
    public void fold(Matrix patches, Window window, Matrix dx, int row) {
        SCALAR.fold(patches, window, dx, row);
    }

    @Override
    public void channels(Matrix x, int row, Matrix result) {
        SCALAR.channels(x, row, result);
    }

    @Override
    public void image(Matrix source, Matrix y, int row) {
        SCALAR.image(source, y, row);
    }

    @Override
    public void sumBlocks(Matrix parts, int blocks, Matrix sums, Matrix last, int from, int to) {
        SCALAR.sumBlocks(parts, blocks, sums, last, from, to);
    }

    @Override
    public void maxPool(Matrix x, Window window, Matrix y, int from, int to) {
        if (!isPlain(window)) {
            SCALAR.maxPool(x, window, y, from, to);
            return;
        }
        float[] xs = data(x);
        float[] ys = data(y);
        int width = window.image().width();
        int lines = window.image().channels() * window.rows();
        int columns = window.columns();
        for (int row = from; row < to; row++) {
            int yStart = start(y, row);
            int yEnd = yStart + y.columns();
            int xStart = start(x, row);
            int xEnd = xStart + x.columns();
            for (int line = 0; line < lines; line++) {
                maxima(xs, xStart + 2 * line * width, xEnd, width, ys, yStart + line * columns, yEnd, columns);
            }
        }
    }

    /// One line of results from two lines of an image.
    private static void maxima(
            float[] xs, int top, int xEnd, int width, float[] ys, int target, int yEnd, int columns) {
        int j = 0;
        while (j < columns && target + j + LANES <= yEnd && top + width + 2 * (j + LANES) <= xEnd) {
            int above = top + 2 * j;
            int below = above + width;
            FloatVector first =
                    FloatVector.fromArray(SPECIES, xs, above).lanewise(MAX, FloatVector.fromArray(SPECIES, xs, below));
            FloatVector second = FloatVector.fromArray(SPECIES, xs, above + LANES)
                    .lanewise(MAX, FloatVector.fromArray(SPECIES, xs, below + LANES));
            first.rearrange(EVEN, second)
                    .lanewise(MAX, first.rearrange(ODD, second))
                    .intoArray(ys, target + j);
            j += LANES;
        }
        for (; j < columns; j++) {
            int above = top + 2 * j;
            int below = above + width;
            ys[target + j] = Math.max(Math.max(xs[above], xs[above + 1]), Math.max(xs[below], xs[below + 1]));
        }
    }

    @Override
    public void maxPoolGradient(Matrix x, Window window, Matrix y, Matrix dy, Matrix dx, int from, int to) {
        if (!isPlain(window)) {
            SCALAR.maxPoolGradient(x, window, y, dy, dx, from, to);
            return;
        }
        int width = window.image().width();
        int lines = window.image().channels() * window.rows();
        int columns = window.columns();
        for (int row = from; row < to; row++) {
            int xEnd = start(x, row) + x.columns();
            int yEnd = start(y, row) + y.columns();
            for (int line = 0; line < lines; line++) {
                int top = start(x, row) + 2 * line * width;
                int source = start(y, row) + line * columns;
                int done = slopes(
                        data(x),
                        top,
                        xEnd - width,
                        width,
                        data(y),
                        source,
                        yEnd,
                        columns,
                        data(dy),
                        start(dy, row) + line * columns,
                        data(dx),
                        start(dx, row) + 2 * line * width);
                restOfSlopes(
                        data(x),
                        top,
                        width,
                        data(y),
                        source,
                        done,
                        columns,
                        data(dy),
                        start(dy, row) + line * columns,
                        data(dx),
                        start(dx, row) + 2 * line * width);
            }
        }
    }

    /// Two lines of an image's gradient from one line of slopes, as far as whole vectors go; the first may reach beyond
    /// its line, a later one would overwrite what was written in the line below.
    ///
    /// @return how many columns of results were done
    private static int slopes(
            float[] xs,
            int top,
            int end,
            int width,
            float[] ys,
            int source,
            int yEnd,
            int columns,
            float[] dys,
            int slope,
            float[] dxs,
            int target) {
        FloatVector zero = FloatVector.zero(SPECIES);
        int j = 0;
        while ((j == 0 || j + LANES <= columns) && source + j + LANES <= yEnd && top + 2 * (j + LANES) <= end) {
            int above = top + 2 * j;
            int below = above + width;
            FloatVector largest = FloatVector.fromArray(SPECIES, ys, source + j);
            FloatVector dy = FloatVector.fromArray(SPECIES, dys, slope + j);
            FloatVector left = FloatVector.fromArray(SPECIES, xs, above);
            FloatVector right = FloatVector.fromArray(SPECIES, xs, above + LANES);
            VectorMask<Float> open = left.rearrange(EVEN, right).compare(LT, largest);
            FloatVector a = dy.blend(zero, open);
            VectorMask<Float> less = left.rearrange(ODD, right).compare(LT, largest);
            FloatVector b = zero.blend(dy, open.andNot(less));
            open = open.and(less);
            a.rearrange(FIRST_HALF, b).intoArray(dxs, target + 2 * j);
            a.rearrange(SECOND_HALF, b).intoArray(dxs, target + 2 * j + LANES);
            left = FloatVector.fromArray(SPECIES, xs, below);
            right = FloatVector.fromArray(SPECIES, xs, below + LANES);
            less = left.rearrange(EVEN, right).compare(LT, largest);
            a = zero.blend(dy, open.andNot(less));
            open = open.and(less);
            b = zero.blend(dy, open);
            a.rearrange(FIRST_HALF, b).intoArray(dxs, target + width + 2 * j);
            a.rearrange(SECOND_HALF, b).intoArray(dxs, target + width + 2 * j + LANES);
            j += LANES;
        }
        return Math.min(j, columns);
    }

    private static void restOfSlopes(
            float[] xs,
            int top,
            int width,
            float[] ys,
            int source,
            int first,
            int columns,
            float[] dys,
            int slope,
            float[] dxs,
            int target) {
        for (int j = first; j < columns; j++) {
            int above = top + 2 * j;
            int below = above + width;
            float largest = ys[source + j];
            float dy = dys[slope + j];
            boolean a = xs[above] < largest;
            boolean b = xs[above + 1] < largest;
            boolean c = xs[below] < largest;
            dxs[target + 2 * j] = a ? 0 : dy;
            dxs[target + 2 * j + 1] = a && !b ? dy : 0;
            dxs[target + width + 2 * j] = a && b && !c ? dy : 0;
            dxs[target + width + 2 * j + 1] = a && b && c ? dy : 0;
        }
    }

    @Override
    public void averagePool(Matrix x, Window window, Matrix y, int from, int to) {
        SCALAR.averagePool(x, window, y, from, to);
    }

    @Override
    public void averagePoolGradient(Window window, Matrix dy, Matrix dx, int from, int to) {
        SCALAR.averagePoolGradient(window, dy, dx, from, to);
    }

    /// Whether windows of 2x2 lie side by side and cover the images.
    private static boolean isPlain(Window window) {
        return window.size() == 2
                && window.stride() == 2
                && window.padding() == 0
                && window.image().width() % 2 == 0
                && window.image().height() % 2 == 0;
    }

    private static float[] data(Matrix matrix) {
        return ((FloatMatrix) matrix).data();
    }

    private static int start(Matrix matrix, int row) {
        return matrix.offset() + row * matrix.stride();
    }
}
