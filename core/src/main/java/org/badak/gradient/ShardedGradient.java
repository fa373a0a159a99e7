package org.badak.gradient;

import org.badak.data.Batch;
import org.badak.data.BatchPart;
import org.badak.kernel.Kernels;
import org.badak.model.Network;
import org.badak.model.Parameters;

/// The gradient by back-propagation of a batch in a fixed number of logical shards, one after the
/// other: each shard's gradient is that of its rows alone, and the batch's is their mean by
/// [ShardSum]. What it gives depends on the number of shards and on nothing else, so that many
/// machines that compute the same shards give the same bits.
///
/// Agrees with [Backprop] but for rounding, with one shard to the bit. Dropout draws for a row what
/// it would draw in the whole batch. Batch normalisation takes its statistics from each shard
/// alone, as in Hoffer et al., NIPS 2017 ("ghost batches"), so with it, and only with it, the
/// gradient is a different one; its running statistics move by the mean over the shards, weighed by
/// their rows.
///
/// Once batches of each size have been seen a computation allocates nothing.
public final class ShardedGradient implements Gradient {
    private final Shards shards;
    private final Network network;
    private final Backprop backprop;
    private final BatchPart parts = new BatchPart();
    private final ShardSum sum;
    private final Parameters result;
    private long step;
    private String firstNonFinite = "";

    /// @param parameters read at each computation; of the kernels' precision
    /// @param seed of what layers such as dropout draw
    public ShardedGradient(Shards shards, Network network, Parameters parameters, Kernels kernels, long seed) {
        this.shards = shards;
        this.network = network;
        backprop = new Backprop(network, parameters, kernels, seed);
        sum = new ShardSum(shards, parameters, kernels);
        result = parameters.like();
    }

    /// What a gradient in shards is called, wherever it is computed: part of a checkpoint.
    public static String name(Shards shards) {
        return "backprop in " + shards.count() + (shards.count() == 1 ? " shard" : " shards");
    }

    @Override
    public String name() {
        return name(shards);
    }

    @Override
    public double compute(Batch batch) {
        firstNonFinite = "";
        sum.begin(step);
        for (int shard = 0; shard < shards.count(); shard++) {
            int rows = shards.rows(shard, batch.rows());
            if (rows == 0) {
                sum.add(step, shard, 0, 0, 0, backprop.result());
                continue;
            }
            int first = shards.first(shard, batch.rows());
            Batch part = parts.of(batch, first, rows);
            backprop.at(step, first);
            double loss = backprop.compute(part);
            if (firstNonFinite.isEmpty() && !Double.isFinite(loss)) {
                String where = backprop.firstNonFinite();
                firstNonFinite = (where.isEmpty() ? "the loss" : where) + " of shard " + shard;
            }
            sum.add(
                    step,
                    shard,
                    rows,
                    network.loss().totalWeight(part.targets(), part.weights()),
                    loss,
                    backprop.result());
        }
        return sum.finish(result);
    }

    @Override
    public void at(long newStep) {
        step = newStep;
    }

    @Override
    public Parameters result() {
        return result;
    }

    @Override
    public String firstNonFinite() {
        return firstNonFinite;
    }
}
