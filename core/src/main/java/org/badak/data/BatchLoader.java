package org.badak.data;

import org.badak.kernel.Kernels;
import org.badak.loss.Targets;
import org.badak.matrix.Matrix;
import org.badak.matrix.ShapeException;

/// Fills batches from examples, in buffers of its own: a batch is good until the next is loaded. Batches of the same
/// number of rows are the same object, so that loading allocates nothing once each size has been seen.
public final class BatchLoader {
    private final Examples examples;
    private final Kernels kernels;
    private final Matrix x;
    private final int[] labels;
    private final Matrix targets; // [capacity, target columns]
    private final double[] weights; // none where all examples weigh the same
    private final Batch[] batches;

    /// Loads dense batches.
    ///
    /// @param capacity the most rows of a batch, at least 1
    public BatchLoader(Examples examples, Kernels kernels, int capacity) {
        this(examples, kernels, capacity, false);
    }

    /// @param capacity the most rows of a batch, at least 1
    /// @param sparseAllowed whether batches may be sparse, see [Examples#input]
    public BatchLoader(Examples examples, Kernels kernels, int capacity, boolean sparseAllowed) {
        if (capacity < 1) {
            throw new ShapeException("batch: expected at least 1 row, found " + capacity);
        }
        this.examples = examples;
        this.kernels = kernels;
        this.x = examples.input(kernels, capacity, sparseAllowed);
        this.labels = new int[capacity];
        this.targets = kernels.zeros(capacity, examples.targetColumns());
        this.weights = new double[examples.isWeighted() ? capacity : 0];
        this.batches = new Batch[capacity + 1];
    }

    /// Loads the examples `indices[first]` … `indices[first + rows − 1]`.
    public Batch load(int[] indices, int first, int rows) {
        boolean values = examples.targetColumns() > 0;
        if (batches[rows] == null) {
            batches[rows] = new Batch(
                    x.head(rows),
                    values ? new Targets.Values(targets.head(rows)) : new Targets.Labels(labels, rows),
                    weights);
        }
        Batch batch = batches[rows];
        examples.load(kernels, indices, first, batch.x());
        for (int row = 0; row < Math.min(rows, weights.length); row++) {
            weights[row] = examples.weight(indices[first + row]);
        }
        if (batch.targets() instanceof Targets.Values(Matrix matrix)) {
            examples.loadTargets(indices, first, matrix);
            return batch;
        }
        for (int row = 0; row < rows; row++) {
            labels[row] = examples.label(indices[first + row]);
        }
        return batch;
    }
}
