package org.badak.gradient;

import org.badak.data.Sampler;
import org.badak.layer.BatchNorm;
import org.badak.model.Network;

/// The division of every batch into a fixed number of logical shards: neighbouring rows, their
/// numbers as equal as can be. It depends on nothing but the number of rows, so that whoever
/// computes a shard, anywhere, takes the same rows.
///
/// @param count number of shards, 1 to [#MOST]
public record Shards(int count) {
    /// The most shards.
    public static final int MOST = 1 << 16;

    /// @throws IllegalArgumentException if there are too few or too many
    public Shards {
        if (count < 1 || count > MOST) {
            throw new IllegalArgumentException("shards: expected 1 to " + MOST + ", found " + count);
        }
    }

    /// The first row of a shard, ⌊rows·shard / count⌋; of the shard behind the last, the number of
    /// rows.
    ///
    /// @param shard from 0 to count
    /// @param rows of the whole batch
    public int first(int shard, int rows) {
        return (int) ((long) rows * shard / count);
    }

    /// The number of rows of a shard; 0 is possible where there are fewer rows than shards.
    public int rows(int shard, int rows) {
        return first(shard + 1, rows) - first(shard, rows);
    }

    /// Checks that every batch can be divided so that each shard can be learned: that none of a
    /// full batch is empty, and that no layer normalises a single number over a shard.
    ///
    /// @param batch rows of a full batch
    /// @throws IllegalArgumentException if not; says which number would do
    public void requireSuitable(Network network, Sampler sampler, int batch) {
        if (count > batch) {
            throw new IllegalArgumentException("shards: expected at most the " + batch + " examples of a batch, found "
                    + count + "; use fewer shards or a larger batch");
        }
        int fewest = sampler.fewest();
        for (int i = 0; i < network.layers().size(); i++) {
            boolean single = network.layers().get(i) instanceof BatchNorm
                    && network.shape(i).area() == 1;
            for (int shard = 0; single && shard < count; shard++) {
                if (rows(shard, batch) == 1 || rows(shard, fewest) == 1) {
                    throw new IllegalArgumentException("shards: found " + count
                            + ", which leaves one example for shard "
                            + shard + " of a batch of " + (rows(shard, batch) == 1 ? batch : fewest) + ", and layer "
                            + i + " (batchnorm) normalises each number over a shard: all would be 0; use fewer shards,"
                            + " a larger batch, or layernorm");
                }
            }
        }
    }
}
