package org.badak.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.badak.matrix.FloatMatrix;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;
import org.badak.matrix.Shape;
import org.badak.matrix.SparseMatrix;

/// Door 1: whole-array operations on matrices of one precision. Layers, losses and optimizers call these and never loop
/// over elements themselves.
///
/// An instance owns its threads and scratch memory: use it from one thread at a time and close it. Rows of a result are
/// divided among the threads; no result depends on how many there are. Once every shape has been seen, a call allocates
/// nothing. Shapes are checked by `assert` only: whoever assembles networks checks them once.
public final class Kernels implements AutoCloseable {
    /// Work that is done by one thread if it has fewer units. A unit is a multiply-add of a product.
    private static final long SMALL_WORK = 60_000;
    /// Work of which each thread takes a few rows at a time, until none are left, if it has more
    /// units. Processors are not equally fast at all times, those of virtual machines least of all.
    /// Less work stays with the thread that did the same rows before and has them in its cache.
    private static final long LARGE_WORK = 1 << 26;
    /// Units of an element that is read, changed and written.
    private static final int ELEMENT = 4;
    /// Units of an exponential or its like.
    private static final int FUNCTION = 16;
    /// Units of an element of a softmax.
    private static final int SOFTMAX = 64;
    private static final int REMEMBERED_SHAPES = 32;
    /// [#skippingZeros] skips where at most one element in this many is not zero, of rows of at least so many columns.
    private static final int SKIPPING_SHARE = 4;
    private static final int SKIPPING_COLUMNS = 64;

    private final Operations operations;
    private final SparseOperations sparse;
    private final PackedProducts packedProducts;
    private final Normalisation normalisation;
    private final String name;
    private final Workers workers;
    private final Chain chain;
    private final ImageKernels images;
    private final Job job = new Job();
    private final List<Matrix> scratch = new ArrayList<>();
    private double[] logSums = new double[0];
    private double[] rowSquares = new double[0];
    private final boolean skipsZeros;

    /// Kernels over a set's operations.
    ///
    /// @param name the kernel set's name, as printed by `doctor`
    /// @param threads at least 1
    public Kernels(String name, Operations operations, int threads) {
        this(name, operations, threads, false);
    }

    private Kernels(String name, Operations operations, int threads, boolean skipsZeros) {
        this.skipsZeros = skipsZeros;
        this.name = name;
        this.operations = operations;
        this.sparse = operations.sparse();
        this.packedProducts = operations.packed();
        this.normalisation = operations.normalisation();
        this.workers = new Workers(threads);
        this.chain = new Chain(threads);
        this.images = new ImageKernels(operations, workers);
    }

    /// The kernel set's name: `scalar` or `simd`.
    public String name() {
        return name;
    }

    /// The element type of all matrices.
    public Precision precision() {
        return operations.precision();
    }

    /// How many threads share the work.
    public int threads() {
        return workers.threads();
    }

    /// A new matrix of zeros of this precision.
    public Matrix zeros(int rows, int columns) {
        return Matrix.zeros(precision(), rows, columns);
    }

    /// y = x·w + b.
    ///
    /// @param x [batch, inputs]; may be sparse
    /// @param w [inputs, outputs]
    /// @param b [1, outputs], where each sum starts
    /// @param y [batch, outputs], overwritten
    public void affine(Matrix x, Matrix w, Matrix b, Matrix y) {
        affine(x, w, b, y, Epilogue.NONE, y);
    }

    /// y = x·w + b and z = f(y), block by block of rows.
    ///
    /// @param x [batch, inputs]; may be sparse
    /// @param w [inputs, outputs]
    /// @param b [1, outputs], where each sum starts
    /// @param y [batch, outputs], overwritten
    /// @param f the activation
    /// @param z [batch, outputs], overwritten; may be y
    public void affine(Matrix x, Matrix w, Matrix b, Matrix y, Epilogue f, Matrix z) {
        assert z.rows() == y.rows() && z.columns() == y.columns();
        assert x.columns() == w.rows() && b.rows() == 1 && b.columns() == w.columns();
        assert y.rows() == x.rows() && y.columns() == w.columns();
        job.epilogue = f;
        job.activated = z;
        if (x instanceof SparseMatrix) {
            chain.begin();
            start(Op.AFFINE_SPARSE, (long) x.rows() * x.columns() * y.columns(), x.columns(), x, w, b, y);
        } else {
            product(Op.AFFINE, x, w, false, b, y);
        }
    }

    /// c = a·b.
    ///
    /// @param a [rows, inner]
    /// @param b [inner, columns]
    /// @param c [rows, columns], overwritten
    public void multiply(Matrix a, Matrix b, Matrix c) {
        assert a.columns() == b.rows() && c.rows() == a.rows() && c.columns() == b.columns();
        product(Op.MULTIPLY, a, b, false, a, c);
    }

    /// c = aᵀ·b.
    ///
    /// @param a [inner, rows]; may be sparse
    /// @param b [inner, columns]
    /// @param c [rows, columns], overwritten
    public void multiplyLeftTransposed(Matrix a, Matrix b, Matrix c) {
        assert a.rows() == b.rows() && c.rows() == a.columns() && c.columns() == b.columns();
        product(Op.MULTIPLY_LEFT_TRANSPOSED, a, b, false, a, c);
    }

    /// c = a·bᵀ.
    ///
    /// @param a [rows, inner]
    /// @param b [columns, inner]
    /// @param c [rows, columns], overwritten
    public void multiplyRightTransposed(Matrix a, Matrix b, Matrix c) {
        assert a.columns() == b.columns() && c.rows() == a.rows() && c.columns() == b.rows();
        product(Op.MULTIPLY, a, b, true, a, c);
    }

    /// sums[0, j] = Σᵢ aᵢⱼ in ascending order of i.
    public void columnSums(Matrix a, Matrix sums) {
        assert sums.rows() == 1 && sums.columns() == a.columns();
        operations.columnSums(a, sums);
    }

    /// Whether every element of x is a finite number.
    public boolean allFinite(Matrix x) {
        job.finite = true;
        start(Op.ALL_FINITE, (long) ELEMENT * x.rows() * x.columns(), x.rows(), x, x, x, x);
        return job.finite;
    }

    /// y = 1/(1 + e⁻ˣ); y may be x.
    public void sigmoid(Matrix x, Matrix y) {
        elementwise(Op.SIGMOID, FUNCTION, x, x, y);
    }

    /// dx = dy·((1 − y)·y), y being the sigmoid's output; dx may be dy.
    public void sigmoidGradient(Matrix y, Matrix dy, Matrix dx) {
        elementwise(Op.SIGMOID_GRADIENT, ELEMENT, y, dy, dx);
    }

    /// y = max(x, 0), NaN stays; y may be x.
    public void relu(Matrix x, Matrix y) {
        elementwise(Op.RELU, ELEMENT, x, x, y);
    }

    /// dx = dy where y > 0, else 0; dx may be dy.
    public void reluGradient(Matrix y, Matrix dy, Matrix dx) {
        elementwise(Op.RELU_GRADIENT, ELEMENT, y, dy, dx);
    }

    /// y = tanh x; y may be x.
    public void tanh(Matrix x, Matrix y) {
        elementwise(Op.TANH, FUNCTION, x, x, y);
    }

    /// dx = dy·(1 − y²), y being tanh's output; dx may be dy.
    public void tanhGradient(Matrix y, Matrix dy, Matrix dx) {
        elementwise(Op.TANH_GRADIENT, ELEMENT, y, dy, dx);
    }

    /// y = f(x); y may be x.
    ///
    /// @param parameter of the activation, 0 if it has none
    public void activate(Activation f, double parameter, Matrix x, Matrix y) {
        job.activation = f;
        job.factor = parameter;
        elementwise(Op.ACTIVATE, FUNCTION, x, x, y);
    }

    /// dx = dy·f′(x), x being the activation's input; dx may be dy.
    ///
    /// @param parameter of the activation, 0 if it has none
    public void activationGradient(Activation f, double parameter, Matrix x, Matrix dy, Matrix dx) {
        job.activation = f;
        job.factor = parameter;
        elementwise(Op.ACTIVATION_GRADIENT, FUNCTION, x, dy, dx);
    }

    /// mask = 0 with probability `rate`, else 1/(1 − rate): the words of [Philox] for
    /// [Purpose#DROPOUT] at the indices from `index` on, four elements of a row to a block of the
    /// generator.
    ///
    /// @param firstRow how many rows were drawn before: row r of the mask is row firstRow + r
    ///     of the draws
    /// @param mask overwritten
    public void dropoutMask(long seed, int stream, long index, int firstRow, double rate, Matrix mask) {
        job.seed = seed;
        job.stream = stream;
        job.index = index;
        job.first = firstRow;
        job.factor = rate;
        elementwise(Op.DROPOUT_MASK, FUNCTION, mask, mask, mask);
    }

    /// result = a·b, element by element; result may be a or b.
    public void multiplyElements(Matrix a, Matrix b, Matrix result) {
        elementwise(Op.MULTIPLY_ELEMENTS, ELEMENT, a, b, result);
    }

    /// The loops of batch and layer normalisation.
    public Normalisation normalisation() {
        return normalisation;
    }

    /// p = softmax of every row of z, shifted by the row's maximum so that nothing overflows; p may be z.
    public void softmax(Matrix z, Matrix p) {
        ensureLogSums(z.rows());
        start(Op.SOFTMAX, (long) SOFTMAX * z.rows() * z.columns(), z.rows(), z, z, z, p);
    }

    /// The softmax of every row, and the logarithm of the sum of its exponentials, ln Σⱼ e^(zₙⱼ).
    ///
    /// @param sums at least as many entries as z has rows, overwritten
    public void softmax(Matrix z, Matrix p, double[] sums) {
        softmax(z, p);
        System.arraycopy(logSums, 0, sums, 0, z.rows());
    }

    /// Softmax and cross-entropy against labels, fused: L = 1/N Σₙ (ln Σⱼ e^(zₙⱼ) − zₙ,ₜ₍ₙ₎).
    ///
    /// @param z [N, classes] scores
    /// @param labels the true class of each row, at least N entries
    /// @param dz [N, classes], overwritten with (softmax(z) − onehot)/N; may be z
    /// @param rowLosses at least N entries, overwritten with the loss of each row
    /// @return L, the rows added in ascending order
    public double softmaxCrossEntropy(Matrix z, int[] labels, Matrix dz, double[] rowLosses) {
        int rows = z.rows();
        ensureLogSums(rows);
        job.labels = labels;
        job.losses = rowLosses;
        job.factor = 1.0 / rows;
        start(Op.SOFTMAX_CROSS_ENTROPY, (long) SOFTMAX * rows * z.columns(), rows, z, z, z, dz);
        return mean(rowLosses, rows);
    }

    /// Softmax and cross-entropy against target distributions, fused: L = 1/N Σₙ Σⱼ tₙⱼ(ln Σₖ e^(zₙₖ) − zₙⱼ).
    ///
    /// @param z [N, classes] scores
    /// @param t [N, classes] targets, one-hot or soft
    /// @param dz [N, classes], overwritten with (softmax(z)·Σⱼtₙⱼ − t)/N; must not be z
    /// @param rowLosses at least N entries, overwritten with the loss of each row
    /// @return L, the rows added in ascending order
    public double softmaxCrossEntropy(Matrix z, Matrix t, Matrix dz, double[] rowLosses) {
        assert z != dz;
        int rows = z.rows();
        softmax(z, dz);
        for (int row = 0; row < rows; row++) {
            double loss = 0;
            double total = 0;
            for (int column = 0; column < z.columns(); column++) {
                double target = t.get(row, column);
                total += target;
                if (target != 0) {
                    loss += target * (logSums[row] - z.get(row, column));
                }
            }
            rowLosses[row] = loss;
            for (int column = 0; column < z.columns(); column++) {
                dz.set(row, column, dz.get(row, column) * total - t.get(row, column));
            }
        }
        scale(dz, 1.0 / rows);
        return mean(rowLosses, rows);
    }

    /// Squared differences: row n's loss is factor·Σⱼ (yₙⱼ − tₙⱼ)².
    ///
    /// @param y [N, outputs]
    /// @param t [N, outputs]
    /// @param dy [N, outputs], overwritten with 2·factor·(y − t)/N
    /// @param rowLosses at least N entries, overwritten
    /// @return the mean of the row losses, added in ascending order
    public double squaredError(Matrix y, Matrix t, double factor, Matrix dy, double[] rowLosses) {
        int rows = y.rows();
        double gradientFactor = 2 * factor / rows;
        for (int row = 0; row < rows; row++) {
            double sum = 0;
            for (int column = 0; column < y.columns(); column++) {
                double difference = y.get(row, column) - t.get(row, column);
                sum = Fma.fma(difference, difference, sum);
                dy.set(row, column, gradientFactor * difference);
            }
            rowLosses[row] = factor * sum;
        }
        return mean(rowLosses, rows);
    }

    /// Squared differences from one-hot targets: row n's loss is factor·Σⱼ (yₙⱼ − [j = labelₙ])².
    ///
    /// @param y [N, outputs]
    /// @param labels the true class of each row, at least N entries
    /// @param dy [N, outputs], overwritten with 2·factor·(y − onehot)/N
    /// @param rowLosses at least N entries, overwritten
    /// @return the mean of the row losses, added in ascending order
    public double squaredError(Matrix y, int[] labels, double factor, Matrix dy, double[] rowLosses) {
        int rows = y.rows();
        double gradientFactor = 2 * factor / rows;
        for (int row = 0; row < rows; row++) {
            double sum = 0;
            for (int column = 0; column < y.columns(); column++) {
                double difference = y.get(row, column) - (column == labels[row] ? 1 : 0);
                sum = Fma.fma(difference, difference, sum);
                dy.set(row, column, gradientFactor * difference);
            }
            rowLosses[row] = factor * sum;
        }
        return mean(rowLosses, rows);
    }

    /// The mean of the first values, added in ascending order.
    public static double mean(double[] values, int count) {
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += values[i];
        }
        return sum / count;
    }

    /// How many rows of z have their largest element, the first of equals, at the row's label.
    public int countCorrect(Matrix z, int[] labels) {
        int correct = 0;
        for (int row = 0; row < z.rows(); row++) {
            if (argMax(z, row) == labels[row]) {
                correct++;
            }
        }
        return correct;
    }

    /// The column of the largest element of a row, the first of equals.
    public static int argMax(Matrix z, int row) {
        int best = 0;
        for (int column = 1; column < z.columns(); column++) {
            if (z.get(row, column) > z.get(row, best)) {
                best = column;
            }
        }
        return best;
    }

    /// x = factor·x.
    public void scale(Matrix x, double factor) {
        job.factor = factor;
        elementwise(Op.SCALE, ELEMENT, x, x, x);
    }

    /// y = fma(factor, x, y), element by element.
    public void addScaled(double factor, Matrix x, Matrix y) {
        job.factor = factor;
        elementwise(Op.ADD_SCALED, ELEMENT, x, x, y);
    }

    /// Moves a parameter and its slots by one optimizer step, in one sweep.
    ///
    /// @param parameter overwritten
    /// @param gradient of the parameter's shape; read only
    /// @param slots of the parameter's shape, as many as the update's form has; overwritten
    public void update(Update update, Matrix parameter, Matrix gradient, List<Matrix> slots) {
        if (update.isPlainDescent()) {
            addScaled(-update.gradientRate(), gradient, parameter);
            return;
        }
        job.update = update;
        job.slots = slots;
        elementwise(Op.UPDATE, ELEMENT, gradient, gradient, parameter);
    }

    /// Σ x² over all elements, in double: [Operations#sumsOfSquares] of the rows, added in ascending order.
    public double sumOfSquares(Matrix x) {
        if (rowSquares.length < x.rows()) {
            rowSquares = new double[x.rows()];
        }
        start(Op.SUMS_OF_SQUARES, (long) ELEMENT * x.rows() * x.columns(), x.rows(), x, x, x, x);
        double sum = 0;
        for (int row = 0; row < x.rows(); row++) {
            sum += rowSquares[row];
        }
        return sum;
    }

    /// Sets every element to zero.
    public void clear(Matrix x) {
        start(Op.CLEAR, (long) x.rows() * x.columns(), x.rows(), x, x, x, x);
    }

    /// Row r of x = the pixels of image indices[first + r], unsigned bytes divided by 255.
    ///
    /// @param source images of x.columns() bytes, one after another
    /// @param indices which images
    /// @param first position in `indices` of row 0
    /// @param x [batch, pixels], overwritten
    public void pixels(byte[] source, int[] indices, int first, Matrix x) {
        job.source = source;
        job.indices = indices;
        job.first = first;
        start(Op.PIXELS, (long) x.rows() * x.columns(), x.rows(), x, x, x, x);
    }

    /// result[r, l] = fma(w[wRow, r], a[aRow, l] − shift, base[baseRow, r]): see [Operations#outerSum]. In this thread.
    ///
    /// @param a at least as many columns as `result`
    /// @param result [rows, columns], overwritten
    public void outerSum(
            Matrix base, int baseRow, Matrix w, int wRow, Matrix a, int aRow, double shift, Matrix result) {
        assert base.columns() == result.rows() && w.columns() == result.rows() && a.columns() >= result.columns();
        operations.outerSum(base, baseRow, w, wRow, a, aRow, shift, result, 0, result.rows());
    }

    /// y = wᵀ·x + bᵀ: what [#affine] does, with an example in each column in place of each row. In this thread.
    ///
    /// @param x [inputs, columns]
    /// @param w [inputs, outputs]
    /// @param b [1, outputs], where each sum starts
    /// @param y [outputs, columns], overwritten
    public void affineColumns(Matrix x, Matrix w, Matrix b, Matrix y) {
        assert x.rows() == w.rows() && b.columns() == w.columns();
        assert y.rows() == w.columns() && y.columns() == x.columns();
        operations.repeatColumn(b, 0, y, 0, y.rows());
        operations.multiply(w, true, x, y, 0, y.rows());
    }

    /// The loss of every column against one row of targets, Σₖ tₖ·(ln Σᵢ e^zᵢ − zₖ). In this thread.
    ///
    /// @param z [classes, columns]
    /// @param t [N, classes], of which row `tRow` counts
    /// @param losses [1, columns], overwritten
    public void softmaxCrossEntropyColumns(Matrix z, Matrix t, int tRow, Matrix losses) {
        assert z.rows() == t.columns() && z.columns() == losses.columns();
        operations.softmaxCrossEntropyColumns(z, t, tRow, losses);
    }

    /// The loss of one row of scores, moved along a row of w by many small steps: see
    /// [Operations#softmaxCrossEntropyMoved]. In this thread.
    ///
    /// @return false, and nothing written, if a step is too large for it
    public boolean softmaxCrossEntropyMoved(
            Matrix z,
            Matrix p,
            double[] sums,
            Matrix t,
            int row,
            Matrix w,
            int wRow,
            Matrix a,
            int aRow,
            double shift,
            Matrix losses) {
        assert z.columns() == w.columns() && z.columns() == t.columns() && z.columns() == p.columns();
        assert a.columns() >= losses.columns();
        return operations.softmaxCrossEntropyMoved(z, p, sums, t, row, w, wRow, a, aRow, shift, losses);
    }

    /// The loss of every column against one row of targets, −Σₖ tₖ·ln(softmax(z)ₖ + δ). In this thread.
    public void deltaCrossEntropyColumns(Matrix z, Matrix t, int tRow, double delta, Matrix losses) {
        assert z.rows() == t.columns() && z.columns() == losses.columns();
        operations.deltaCrossEntropyColumns(z, t, tRow, delta, losses);
    }

    /// The loss of every column against one row of targets, factor·Σₖ (yₖ − tₖ)². In this thread.
    public void squaredErrorColumns(Matrix y, Matrix t, int tRow, double factor, Matrix losses) {
        assert y.rows() == t.columns() && y.columns() == losses.columns();
        operations.squaredErrorColumns(y, t, tRow, factor, losses);
    }

    /// How a square window goes over images: the same object for the same settings, once an operation has used it.
    ///
    /// @param image shape of the images
    /// @param size height and width of the window
    /// @param stride pixels from one position to the next
    /// @param padding pixels that are added on all four sides
    public Window window(Shape image, int size, int stride, int padding) {
        return images.window(image, size, stride, padding);
    }

    /// Convolution, that is cross-correlation: `y[n, f, p] = b[f] + Σₜ x[n, tap t of position p]·w[t, f]`, one chain
    /// of fused multiply-adds over (channel, y, x) ascending.
    ///
    /// @param x [batch, image size]
    /// @param w [taps, filters]
    /// @param b [1, filters], where each sum starts
    /// @param y [batch, filters·positions], overwritten
    public void convolve(Matrix x, Window window, Matrix w, Matrix b, Matrix y) {
        assert x.columns() == window.image().size() && w.rows() == window.taps() && b.columns() == w.columns();
        assert y.rows() == x.rows() && y.columns() == w.columns() * window.positions();
        images.convolve(x, window, w, b, y);
    }

    /// The gradients of a convolution's weights and biases: sums over images of chains of fused multiply-adds, see
    /// [ImageKernels] for their order, which does not depend on threads.
    ///
    /// @param x what [#convolve] read
    /// @param dy [batch, filters·positions]
    /// @param dw [taps, filters], overwritten
    /// @param db [1, filters], overwritten
    public void convolveWeightGradient(Matrix x, Window window, Matrix dy, Matrix dw, Matrix db) {
        assert dy.rows() == x.rows() && dw.rows() == window.taps() && db.columns() == dw.columns();
        assert dy.columns() == dw.columns() * window.positions();
        images.convolveWeightGradient(x, window, dy, dw, db);
    }

    /// The gradient of a convolution's input: of each tap a chain of fused multiply-adds over filters ascending, and of
    /// each number the sum of its taps ascending.
    ///
    /// @param dx [batch, image size], overwritten
    public void convolveInputGradient(Window window, Matrix dy, Matrix w, Matrix dx) {
        assert dy.rows() == dx.rows() && dx.columns() == window.image().size() && w.rows() == window.taps();
        assert dy.columns() == w.columns() * window.positions();
        images.convolveInputGradient(window, dy, w, dx);
    }

    /// The largest number under the window at each position and channel; NaN if one is NaN, +0 above −0.
    ///
    /// @param y [batch, channels·positions], overwritten
    public void maxPool(Matrix x, Window window, Matrix y) {
        assert x.columns() == window.image().size() && y.rows() == x.rows();
        assert y.columns() == window.image().channels() * window.positions();
        images.maxPool(x, window, y);
    }

    /// dx = dy where the largest number stood, the first of equals, else 0.
    ///
    /// @param x what [#maxPool] read
    /// @param y what it wrote
    /// @param dx [batch, image size], overwritten
    public void maxPoolGradient(Matrix x, Window window, Matrix y, Matrix dy, Matrix dx) {
        assert x.columns() == window.image().size() && dx.columns() == x.columns() && dx.rows() == dy.rows();
        images.maxPoolGradient(x, window, y, dy, dx);
    }

    /// The mean under the window at each position and channel, zeros outside the image counted.
    ///
    /// @param y [batch, channels·positions], overwritten
    public void averagePool(Matrix x, Window window, Matrix y) {
        assert x.columns() == window.image().size() && y.rows() == x.rows();
        assert y.columns() == window.image().channels() * window.positions();
        images.averagePool(x, window, y);
    }

    /// dx = Σ dy/size² over all positions that cover the place.
    ///
    /// @param dx [batch, image size], overwritten
    public void averagePoolGradient(Window window, Matrix dy, Matrix dx) {
        assert dx.columns() == window.image().size() && dx.rows() == dy.rows();
        images.averagePoolGradient(window, dy, dx);
    }

    /// y = x.
    public void copy(Matrix x, Matrix y) {
        assert x.rows() == y.rows() && x.columns() == y.columns();
        y.copyFrom(x);
    }

    /// Runs a task in parts on this instance's threads. A part must not use this instance, but may use one of its own
    /// made by [#singleThreaded].
    public void parallel(Workers.Task task) {
        workers.run(task);
    }

    /// Kernels of the same set that work in the calling thread alone: for use in parts of [#parallel].
    public Kernels singleThreaded() {
        return new Kernels(name, operations, 1);
    }

    /// Kernels of the same set with as many threads of their own, whose [#affine] skips the zeros of a dense
    /// float32 x where most of it is zero, as far as a look at some of its rows tells.
    /// The same bits, as long as all weights are finite: fma(0, w, a) = a.
    public Kernels skippingZeros() {
        return new Kernels(name, operations, threads(), true);
    }

    /// Stops the threads.
    @Override
    public void close() {
        workers.close();
    }

    /// A matrix of a shape whose numbers mean nothing, remembered: every layer's weights have a shape of their own.
    private Matrix scratch(int rows, int columns) {
        for (int i = 0; i < scratch.size(); i++) {
            Matrix matrix = scratch.get(i);
            if (matrix.rows() == rows && matrix.columns() == columns) {
                return matrix;
            }
        }
        if (scratch.size() == REMEMBERED_SHAPES) {
            scratch.removeFirst();
        }
        Matrix matrix = zeros(rows, columns);
        scratch.add(matrix);
        return matrix;
    }

    /// A product on a copy of its right operand in panels if that pays, else on the operand in place, which must then
    /// not be transposed.
    private void product(Op op, Matrix a, Matrix b, boolean transposed, Matrix c, Matrix result) {
        int inner = transposed ? b.columns() : b.rows();
        int columns = result.columns();
        long size = (long) inner * columns;
        Matrix right = b;
        job.packed = !(a instanceof SparseMatrix) && packedProducts.pays(result.rows(), inner, columns);
        if (job.packed) {
            int width = packedProducts.panelColumns();
            right = scratch((columns + width - 1) / width, inner * width);
            start(transposed ? Op.PACK_TRANSPOSED : Op.PACK, size, right.rows(), b, b, b, right);
        } else if (transposed) {
            right = scratch(inner, columns);
            start(Op.TRANSPOSE, size, inner, b, b, b, right);
        }
        start(op, size * result.rows(), result.rows(), a, right, c, result);
    }

    private void ensureLogSums(int rows) {
        if (logSums.length < rows) {
            logSums = new double[rows];
        }
    }

    private void elementwise(Op op, int unitsPerElement, Matrix a, Matrix b, Matrix result) {
        assert a.rows() == b.rows() && a.columns() == b.columns() : a + " " + b;
        assert a.rows() == result.rows() && a.columns() == result.columns() : a + " " + result;
        start(op, (long) unitsPerElement * a.rows() * a.columns(), a.rows(), a, b, b, result);
    }

    private void start(Op op, long work, int rows, Matrix a, Matrix b, Matrix c, Matrix result) {
        job.op = op;
        job.rows = rows;
        job.a = a;
        job.b = b;
        job.c = c;
        job.result = result;
        if (work < SMALL_WORK || rows < 2) {
            job.run(0, 1);
        } else {
            job.share(work > LARGE_WORK);
            workers.run(job);
        }
    }

    private enum Op {
        AFFINE,
        AFFINE_SPARSE,
        MULTIPLY,
        MULTIPLY_LEFT_TRANSPOSED,
        TRANSPOSE,
        PACK,
        PACK_TRANSPOSED,
        SIGMOID,
        SIGMOID_GRADIENT,
        RELU,
        RELU_GRADIENT,
        TANH,
        TANH_GRADIENT,
        ACTIVATE,
        ACTIVATION_GRADIENT,
        DROPOUT_MASK,
        MULTIPLY_ELEMENTS,
        SOFTMAX,
        SOFTMAX_CROSS_ENTROPY,
        ALL_FINITE,
        SCALE,
        ADD_SCALED,
        CLEAR,
        PIXELS,
        UPDATE,
        SUMS_OF_SQUARES
    }

    /// The one pending operation: a mutable object in place of a lambda, so that a step allocates nothing.
    private final class Job implements Workers.Task {
        private static final int ROW_GRAIN = 4;
        private static final int TILES = 12; // rows of whole tiles, whatever their height
        private static final int GRAINS_OF_EACH = 8;
        /// The most rows that a part of a sparse product hands on to the next at once.
        private static final int CHAIN_ROWS = 8;
        private Op op = Op.CLEAR;
        private boolean packed; // of a product: whether b is in panels
        private int rows;
        private int grain; // rows taken at a time, or 0 if each part has its own
        private final AtomicInteger taken = new AtomicInteger();
        private Matrix a = Matrix.zeros(Precision.FLOAT32, 0, 0);
        private Matrix b = a;
        private Matrix c = a;
        private Matrix result = a;
        private Epilogue epilogue = Epilogue.NONE; // of an affine product
        private Matrix activated = a;
        private double factor;
        private long seed;
        private int stream;
        private long index;
        private Activation activation = Activation.SILU;
        private byte[] source = new byte[0];
        private int[] indices = new int[0];
        private int[] labels = indices;
        private double[] losses = new double[0];
        private volatile boolean finite;
        private int first;
        private Update update = new Update();
        private List<Matrix> slots = List.of();

        /// Whether rows are taken a few at a time, by whichever thread is ready for them.
        private void share(boolean byNeed) {
            grain = byNeed ? TILES * Math.max(1, rows / (TILES * GRAINS_OF_EACH * threads())) : 0;
            taken.set(0);
        }

        @Override
        public void run(int part, int parts) {
            if (grain > 0 && op != Op.AFFINE_SPARSE && parts > 1) {
                for (int from = taken.getAndAdd(grain); from < rows; from = taken.getAndAdd(grain)) {
                    rows(from, Math.min(from + grain, rows));
                }
                return;
            }
            int blocks = (rows + ROW_GRAIN - 1) / ROW_GRAIN;
            int from = Math.min(rows, (int) ((long) blocks * part / parts) * ROW_GRAIN);
            int to = Math.min(rows, (int) ((long) blocks * (part + 1) / parts) * ROW_GRAIN);
            if (op == Op.AFFINE_SPARSE) {
                affineSparse(part, parts, from, to);
            } else if (from < to) {
                rows(from, to);
            }
        }

        private void rows(int from, int to) {
            switch (op) {
                case AFFINE -> {
                    operations.repeatRow(c, result, from, to);
                    if (skipsZeros && a instanceof FloatMatrix dense && mostlyZero(dense, from, to)) {
                        sparse.multiplySkippingZeros(dense, (FloatMatrix) b, (FloatMatrix) result, from, to);
                    } else {
                        multiply(false, from, to);
                    }
                    epilogue.apply(operations, result, activated, from, to);
                }
                case AFFINE_SPARSE -> throw new IllegalStateException("divided by columns of x, not by rows");
                case MULTIPLY -> {
                    operations.clear(result, from, to);
                    multiply(false, from, to);
                }
                case MULTIPLY_LEFT_TRANSPOSED -> {
                    operations.clear(result, from, to);
                    multiply(true, from, to);
                }
                case PACK -> packedProducts.pack(a, false, result, from, to);
                case PACK_TRANSPOSED -> packedProducts.pack(a, true, result, from, to);
                case TRANSPOSE -> operations.transpose(a, result, from, to);
                case SIGMOID -> operations.sigmoid(a, result, from, to);
                case SIGMOID_GRADIENT -> operations.sigmoidGradient(a, b, result, from, to);
                case RELU -> operations.relu(a, result, from, to);
                case RELU_GRADIENT -> operations.reluGradient(a, b, result, from, to);
                case TANH -> operations.tanh(a, result, from, to);
                case TANH_GRADIENT -> operations.tanhGradient(a, b, result, from, to);
                case ACTIVATE -> operations.activate(activation, factor, a, result, from, to);
                case ACTIVATION_GRADIENT -> operations.activationGradient(activation, factor, a, b, result, from, to);
                case DROPOUT_MASK -> Masks.fill(seed, stream, index, first, factor, result, from, to);
                case MULTIPLY_ELEMENTS -> Masks.multiply(a, b, result, from, to);
                case SOFTMAX -> operations.softmax(a, result, logSums, from, to);
                case SOFTMAX_CROSS_ENTROPY ->
                    operations.softmaxCrossEntropy(a, labels, factor, result, logSums, losses, from, to);
                case ALL_FINITE -> {
                    if (!operations.allFinite(a, from, to)) {
                        finite = false;
                    }
                }
                case SCALE -> operations.scale(result, factor, from, to);
                case ADD_SCALED -> operations.addScaled(factor, a, result, from, to);
                case CLEAR -> operations.clear(result, from, to);
                case PIXELS -> operations.pixels(source, indices, first, result, from, to);
                case UPDATE -> operations.update(update, a, slots, result, from, to);
                case SUMS_OF_SQUARES -> operations.sumsOfSquares(a, rowSquares, from, to);
            }
        }

        private boolean mostlyZero(FloatMatrix x, int from, int to) {
            return x.columns() >= SKIPPING_COLUMNS
                    && SKIPPING_SHARE * (sparse.countNonZero(x, from) + sparse.countNonZero(x, (from + to) / 2))
                            <= 2 * x.columns();
        }

        private void multiply(boolean transposed, int from, int to) {
            if (packed) {
                packedProducts.multiply(a, transposed, b, result, from, to);
            } else if (!(a instanceof SparseMatrix entries)) {
                operations.multiply(a, transposed, b, result, from, to);
            } else if (transposed) {
                sparse.multiplyTransposed(entries, (FloatMatrix) b, (FloatMatrix) result, from, to);
            } else {
                sparse.multiply(entries, (FloatMatrix) b, (FloatMatrix) result, from, to, 0, a.columns());
            }
        }

        /// One part of y = x·w + b with a sparse x: the columns [from, to) of x with the same rows of w,
        /// block by block of rows of y, each after the part before has done it, so that every sum still
        /// runs over ascending columns. So a thread reads the rows of w that it moves itself in the
        /// optimizer's step, and the entries of x of which it sums the gradient: none of them goes from
        /// one processor's cache to another's.
        private void affineSparse(int part, int parts, int from, int to) {
            SparseMatrix entries = (SparseMatrix) a;
            int all = result.rows();
            int block = Math.clamp(all / (8 * threads()), 1, CHAIN_ROWS);
            try {
                entries.touch(from, to);
                for (int row = 0; row < all; row += block) {
                    int end = Math.min(row + block, all);
                    if (part == 0) {
                        operations.repeatRow(c, result, row, end);
                    } else {
                        chain.await(part - 1, end);
                    }
                    sparse.multiply(entries, (FloatMatrix) b, (FloatMatrix) result, row, end, from, to);
                    chain.done(part, end);
                    if (part == parts - 1) {
                        epilogue.apply(operations, result, activated, row, end);
                    }
                }
            } finally {
                chain.done(part, all); // after a failure too: the next part waits for it
            }
        }
    }
}
