package org.badak.kernel;

import java.util.ArrayList;
import java.util.List;
import org.badak.matrix.DoubleMatrix;
import org.badak.matrix.FloatMatrix;
import org.badak.matrix.Matrix;
import org.badak.matrix.Shape;
import org.badak.matrix.SparseMatrix;

/// Convolution and pooling of batches of images, divided among threads: the part of [Kernels] that knows windows. It
/// remembers the scratch memory of each window, so that a step allocates nothing once all shapes were seen.
///
/// A convolution is a matrix product of its weights with the patches of an image. Threads divide images. The gradient
/// of the weights is a sum over images; it is taken over [#BLOCK] images at a time, each block one chain of fused
/// multiply-adds over (image, y, x) ascending, and the blocks are added in ascending order, whoever computed them.
final class ImageKernels implements Workers.Task {
    /// Images of one chain of a weight's gradient.
    static final int BLOCK = 4;

    private static final long SMALL_WORK = 60_000;
    private static final int REMEMBERED = 64;

    private final Operations operations;
    private final ImageOperations images;
    private final Workers workers;
    private final List<Scratch> scratches = new ArrayList<>();
    private Op op = Op.CONVOLVE;
    private Scratch scratch;
    private int rows;
    private Matrix x;
    private Matrix y;
    private Matrix w;
    private Matrix b;
    private Matrix dx;

    private enum Op {
        CONVOLVE,
        WEIGHT_GRADIENT,
        SUM_BLOCKS,
        INPUT_GRADIENT,
        MAX_POOL,
        MAX_POOL_GRADIENT,
        AVERAGE_POOL,
        AVERAGE_POOL_GRADIENT
    }

    ImageKernels(Operations operations, Workers workers) {
        this.operations = operations;
        this.images = operations.images();
        this.workers = workers;
        x = Matrix.zeros(operations.precision(), 0, 0);
        y = x;
        w = x;
        b = x;
        dx = x;
        scratch = new Scratch(new Window(Shape.flat(1), 1, 1, 0), 0);
    }

    void convolve(Matrix images, Window window, Matrix weights, Matrix bias, Matrix result) {
        set(window, weights.columns(), images, result);
        w = weights;
        b = bias;
        start(Op.CONVOLVE, result.rows(), (long) window.taps() * result.columns());
    }

    void convolveWeightGradient(Matrix images, Window window, Matrix dy, Matrix dw, Matrix db) {
        set(window, dw.columns(), images, dy);
        int blocks = Math.ceilDiv(dy.rows(), BLOCK);
        scratch.reserve(blocks);
        start(Op.WEIGHT_GRADIENT, blocks, (long) BLOCK * window.taps() * dy.columns());
        w = dw;
        b = db;
        start(Op.SUM_BLOCKS, window.taps() + 1, (long) blocks * dw.columns());
    }

    void convolveInputGradient(Window window, Matrix dy, Matrix weights, Matrix result) {
        set(window, weights.columns(), dy, dy);
        w = weights;
        dx = result;
        start(Op.INPUT_GRADIENT, dy.rows(), (long) window.taps() * dy.columns());
    }

    void maxPool(Matrix images, Window window, Matrix result) {
        set(window, 0, images, result);
        start(Op.MAX_POOL, images.rows(), images.columns());
    }

    void maxPoolGradient(Matrix images, Window window, Matrix pooled, Matrix dy, Matrix result) {
        set(window, 0, images, pooled);
        w = dy;
        dx = result;
        start(Op.MAX_POOL_GRADIENT, images.rows(), images.columns());
    }

    void averagePool(Matrix images, Window window, Matrix result) {
        set(window, 0, images, result);
        start(Op.AVERAGE_POOL, images.rows(), images.columns());
    }

    void averagePoolGradient(Window window, Matrix dy, Matrix result) {
        set(window, 0, dy, dy);
        dx = result;
        start(Op.AVERAGE_POOL_GRADIENT, dy.rows(), result.columns());
    }

    /// The window of these settings, made once.
    Window window(Shape image, int size, int stride, int padding) {
        for (int i = 0; i < scratches.size(); i++) {
            Window window = scratches.get(i).window;
            if (window.is(image, size, stride, padding)) {
                return window;
            }
        }
        return new Window(image, size, stride, padding);
    }

    private void set(Window window, int filters, Matrix input, Matrix output) {
        x = input;
        y = output;
        for (int i = 0; i < scratches.size(); i++) {
            Scratch known = scratches.get(i);
            if (known.filters == filters && known.window.equals(window)) {
                scratch = known;
                return;
            }
        }
        if (scratches.size() == REMEMBERED) {
            scratches.removeFirst();
        }
        scratch = new Scratch(window, filters);
        scratches.add(scratch);
    }

    private void start(Op what, int count, long workOfEach) {
        op = what;
        rows = count;
        if (count < 2 || count * workOfEach < SMALL_WORK) {
            run(0, 1);
        } else {
            workers.run(this);
        }
    }

    @Override
    public void run(int part, int parts) {
        int from = (int) ((long) rows * part / parts);
        int to = (int) ((long) rows * (part + 1) / parts);
        Window window = scratch.window;
        switch (op) {
            case CONVOLVE -> convolve(scratch.thread(part), from, to);
            case WEIGHT_GRADIENT -> weightGradient(scratch.thread(part), from, to);
            case SUM_BLOCKS -> images.sumBlocks(scratch.blocks, Math.ceilDiv(y.rows(), BLOCK), w, b, from, to);
            case INPUT_GRADIENT -> inputGradient(scratch.thread(part), from, to);
            case MAX_POOL -> images.maxPool(x, window, y, from, to);
            case MAX_POOL_GRADIENT -> images.maxPoolGradient(x, window, y, w, dx, from, to);
            case AVERAGE_POOL -> images.averagePool(x, window, y, from, to);
            case AVERAGE_POOL_GRADIENT -> images.averagePoolGradient(window, y, dx, from, to);
        }
    }

    private void convolve(Buffers buffers, int from, int to) {
        Matrix product = buffers.product;
        for (int row = from; row < to; row++) {
            images.patches(x, row, scratch.window, buffers.patches);
            operations.repeatColumn(b, 0, product, 0, product.rows());
            operations.multiply(w, true, buffers.patches, product, 0, product.rows());
            images.image(product, y, row);
        }
    }

    private void weightGradient(Buffers buffers, int from, int to) {
        int filters = scratch.filters;
        operations.clear(scratch.blocks, from * filters, to * filters);
        for (int block = from; block < to; block++) {
            Matrix sums = scratch.block(block);
            for (int row = block * BLOCK; row < Math.min((block + 1) * BLOCK, y.rows()); row++) {
                images.patchRows(x, row, scratch.window, buffers.patchRows);
                images.channels(y, row, buffers.product);
                operations.multiply(buffers.product, false, buffers.patchRows, sums, 0, filters);
            }
        }
    }

    private void inputGradient(Buffers buffers, int from, int to) {
        for (int row = from; row < to; row++) {
            images.channels(y, row, buffers.product);
            operations.clear(buffers.patches, 0, buffers.patches.rows());
            operations.multiply(w, false, buffers.product, buffers.patches, 0, buffers.patches.rows());
            images.fold(buffers.patches, scratch.window, dx, row);
        }
    }

    private static Matrix rows(Matrix matrix, int first, int count) {
        int start = matrix.offset() + first * matrix.stride();
        return switch (matrix) {
            case FloatMatrix floats -> new FloatMatrix(floats.data(), start, count, matrix.columns(), matrix.stride());
            case DoubleMatrix doubles ->
                new DoubleMatrix(doubles.data(), start, count, matrix.columns(), matrix.stride());
            case SparseMatrix sparse -> throw new IllegalStateException("scratch memory is dense: " + sparse);
        };
    }

    /// The memory that a window needs.
    private final class Scratch {
        private final Window window;
        private final int filters;
        private final List<Buffers> threads = new ArrayList<>();
        private final List<Matrix> views = new ArrayList<>();
        private Matrix blocks;

        Scratch(Window window, int filters) {
            this.window = window;
            this.filters = filters;
            blocks = Matrix.zeros(operations.precision(), 0, window.taps() + 1);
            for (int i = 0; filters > 0 && i < workers.threads(); i++) {
                threads.add(new Buffers(window, filters));
            }
        }

        Buffers thread(int part) {
            return threads.get(part);
        }

        Matrix block(int number) {
            return views.get(number);
        }

        void reserve(int count) {
            if (views.size() < count) {
                blocks = Matrix.zeros(operations.precision(), Math.multiplyExact(count, filters), window.taps() + 1);
                views.clear();
                for (int i = 0; i < count; i++) {
                    views.add(rows(blocks, i * filters, filters));
                }
            }
        }
    }

    /// The memory of one thread.
    private final class Buffers {
        private final Matrix patches; // [taps, positions]
        private final Matrix patchRows; // [positions, taps + 1]
        private final Matrix product; // [filters, positions]

        Buffers(Window window, int filters) {
            patches = Matrix.zeros(operations.precision(), window.taps(), window.positions());
            patchRows = Matrix.zeros(operations.precision(), window.positions(), window.taps() + 1);
            product = Matrix.zeros(operations.precision(), filters, window.positions());
        }
    }
}
