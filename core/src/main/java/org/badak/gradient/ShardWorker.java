package org.badak.gradient;

import java.util.Optional;
import org.badak.augment.Augmenter;
import org.badak.data.Batch;
import org.badak.data.BatchLoader;
import org.badak.kernel.Kernels;
import org.badak.model.Parameters;

/// Computes shards of [ShardWork] one at a time: draws the batch of a step, loads the rows of one
/// shard and goes forward and back, with the bits of that shard in [ShardedGradient]. Keeps its
/// buffers from shard to shard. For one thread at a time.
public final class ShardWorker {
    private final ShardWork work;
    private final Parameters parameters;
    private final Backprop backprop;
    private final BatchLoader loader;
    private final Optional<Augmenter> augmenter;
    private final int[] indices;
    private long drawn = -1; // the step whose batch `indices` holds
    private int batchRows;
    private int rows;
    private double weight;
    private double loss;
    private String firstNonFinite = "";

    /// @param work its sampler is used by this worker alone
    /// @param parameters read at each computation; of the kernels' precision
    public ShardWorker(ShardWork work, Parameters parameters, Kernels kernels) {
        this.work = work;
        this.parameters = parameters;
        backprop = new Backprop(work.network(), parameters, kernels, work.seed());
        boolean changed = !work.augmentations().isEmpty();
        augmenter = changed
                ? Optional.of(new Augmenter(
                        work.augmentations(), work.seed(), work.examples().shape(), kernels))
                : Optional.empty();
        int most = (work.batch() + work.shards().count() - 1) / work.shards().count();
        boolean sparse = !changed && work.network().takesSparseInput();
        loader = new BatchLoader(work.examples(), kernels, most, sparse);
        indices = new int[work.batch()];
    }

    /// The numbers at which gradients are taken, to be overwritten between computations.
    public Parameters parameters() {
        return parameters;
    }

    /// Computes a shard.
    ///
    /// @param step number of the training step, from 0
    /// @param shard from 0
    public void compute(long step, int shard) {
        if (step != drawn) {
            batchRows = work.sampler().draw(step, indices);
            drawn = step;
        }
        int first = work.shards().first(shard, batchRows);
        rows = work.shards().rows(shard, batchRows);
        weight = 0;
        loss = 0;
        firstNonFinite = "";
        if (rows == 0) {
            return;
        }
        Batch part = loader.load(indices, first, rows);
        if (augmenter.isPresent()) {
            augmenter.get().apply(part.x(), step, first);
        }
        backprop.at(step + 1, first);
        loss = backprop.compute(part);
        weight = work.network().loss().totalWeight(part.targets(), part.weights());
        if (!Double.isFinite(loss)) {
            String where = backprop.firstNonFinite();
            firstNonFinite = (where.isEmpty() ? "the loss" : where) + " of shard " + shard;
        }
    }

    /// How many rows the latest shard has.
    public int rows() {
        return rows;
    }

    /// What they weigh together.
    public double weight() {
        return weight;
    }

    /// Their mean loss.
    public double loss() {
        return loss;
    }

    /// The gradient of that loss; good until the next computation, means nothing if there are no
    /// rows.
    public Parameters gradient() {
        return backprop.result();
    }

    /// Where the first value of the latest shard is that is not finite; empty if all are.
    public String firstNonFinite() {
        return firstNonFinite;
    }
}
