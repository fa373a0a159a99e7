package org.badak.model;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.matrix.FloatMatrix;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;
import org.badak.matrix.ShapeException;
import org.jspecify.annotations.Nullable;

/// What a network predicts, from arrays to arrays: a network with a copy of its parameters in float32.
///
/// It may be shared between any number of threads: each call claims buffers of its own from a pool without locks, works
/// in the calling thread and puts them back. Once as many buffers as threads at a time have been made, a call allocates
/// nothing. The results have the same bits on every thread, and as one row of any batch.
///
/// ```java
/// Predictor predictor = Predictor.of(model.network(), model.parameters());
/// int digit = predictor.classOf(pixels);
/// ```
public final class Predictor {
    /// Rows that are computed at once; the longest batch needs no more buffers than these.
    private static final int ROWS = 32;
    /// Places for buffers between calls: a power of two, more than threads that do useful work at a time.
    private static final int KEPT = 256;
    /// Places that a call looks at.
    private static final int TRIES = 8;

    private final Network network;
    private final Parameters parameters;
    private final int inputs;
    private final int outputs;
    private final AtomicReferenceArray<@Nullable Desk> pool = new AtomicReferenceArray<>(KEPT);

    private Predictor(Network network, Parameters parameters) {
        this.network = network;
        this.parameters = parameters;
        inputs = network.inputs();
        outputs = network.outputs();
    }

    /// A predictor with the parameters as they are now; later changes do not reach it.
    ///
    /// @param parameters of this network, in any precision; copied, rounded to float32
    public static Predictor of(Network network, Parameters parameters) {
        return new Predictor(network, parameters.to(Precision.FLOAT32));
    }

    /// Numbers that make up one example.
    public int inputs() {
        return inputs;
    }

    /// Numbers that are predicted for one example.
    public int outputs() {
        return outputs;
    }

    /// What the network predicts for one example: the probability of each class, or the outputs themselves where the
    /// loss knows no probabilities (see [org.badak.loss.Loss#predict]).
    ///
    /// @param x as many numbers as [#inputs]
    /// @param result as many as [#outputs], overwritten
    /// @throws ShapeException if an array has another length
    public void predict(float[] x, float[] result) {
        predict(x, 1, result);
    }

    /// What the network predicts for examples one after another.
    ///
    /// @param x [rows, inputs]
    /// @param result [rows, outputs], overwritten
    /// @throws ShapeException if an array has another length
    public void predict(float[] x, int rows, float[] result) {
        requireLengths(x.length, rows, result.length, outputs);
        Desk desk = claim();
        for (int first = 0; first < rows; first += ROWS) {
            int count = Math.min(ROWS, rows - first);
            FloatMatrix scores = desk.forward(x, first, count);
            network.loss().predict(desk.kernels, scores, scores);
            for (int row = 0; row < count; row++) {
                System.arraycopy(scores.data(), scores.index(row, 0), result, (first + row) * outputs, outputs);
            }
        }
        release(desk);
    }

    /// The position of the largest output for one example, the first of equals: its class.
    ///
    /// @param x as many numbers as [#inputs]
    /// @throws ShapeException if the array has another length
    public int classOf(float[] x) {
        requireLengths(x.length, 1, 1, 1);
        Desk desk = claim();
        int best = Kernels.argMax(desk.forward(x, 0, 1), 0);
        release(desk);
        return best;
    }

    /// The classes of examples one after another.
    ///
    /// @param x [rows, inputs]
    /// @param result `rows` numbers, overwritten
    /// @throws ShapeException if an array has another length
    public void classesOf(float[] x, int rows, int[] result) {
        requireLengths(x.length, rows, result.length, 1);
        Desk desk = claim();
        for (int first = 0; first < rows; first += ROWS) {
            int count = Math.min(ROWS, rows - first);
            Matrix scores = desk.forward(x, first, count);
            for (int row = 0; row < count; row++) {
                result[first + row] = Kernels.argMax(scores, row);
            }
        }
        release(desk);
    }

    private void requireLengths(int found, int rows, int results, int perRow) {
        if (rows < 0 || (long) rows * inputs != found) {
            throw new ShapeException("predictor: expected " + rows + " x " + inputs + " inputs, found an array of "
                    + found + " numbers; the network takes " + inputs + " for each example");
        }
        if ((long) rows * perRow != results) {
            throw new ShapeException("predictor: expected room for " + rows + " x " + perRow
                    + " results, found an array of " + results + " numbers");
        }
    }

    /// Buffers for this call alone: those that this thread left last time if nobody took them, or others, or new ones.
    private Desk claim() {
        int home = (int) Thread.currentThread().threadId();
        for (int i = 0; i < TRIES; i++) {
            int place = home + i & KEPT - 1;
            if (pool.get(place) != null) {
                @Nullable Desk desk = pool.getAndSet(place, null);
                if (desk != null) {
                    return desk;
                }
            }
        }
        return new Desk();
    }

    /// Leaves buffers for the next call, of any thread; drops them where there are plenty.
    private void release(Desk desk) {
        int home = (int) Thread.currentThread().threadId();
        for (int i = 0; i < TRIES; i++) {
            if (pool.compareAndSet(home + i & KEPT - 1, null, desk)) {
                return;
            }
        }
    }

    /// Kernels for the calling thread, which may skip zeros if no weight is infinite or NaN.
    private Kernels kernels() {
        Kernels kernels = KernelChoice.current().kernels(Precision.FLOAT32, 1);
        return parameters.tensors().stream().allMatch(kernels::allFinite) ? kernels.skippingZeros() : kernels;
    }

    /// What one call needs: kernels that work in the calling thread, and every buffer, which grow once for batches.
    private final class Desk {
        private final Kernels kernels = kernels();
        private final Workspace workspace = Workspace.forInference(network, parameters, kernels);
        private FloatMatrix x = FloatMatrix.zeros(1, inputs);
        private @Nullable Pass[] passes = new Pass[2]; // by number of rows

        /// The last layer's outputs for the rows [first, first + count) of an array.
        FloatMatrix forward(float[] source, int first, int count) {
            if (count > x.rows()) {
                x = FloatMatrix.zeros(ROWS, inputs);
                passes = new Pass[ROWS + 1];
            }
            for (int row = 0; row < count; row++) {
                System.arraycopy(source, (first + row) * inputs, x.data(), x.index(row, 0), inputs);
            }
            @Nullable Pass pass = passes[count];
            if (pass == null) {
                workspace.pass(x); // the largest first: buffers made for it serve all others
                pass = workspace.pass(count == x.rows() ? x : x.head(count));
                passes[count] = pass;
            }
            return (FloatMatrix) pass.forward();
        }
    }
}
