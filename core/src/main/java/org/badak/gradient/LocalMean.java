package org.badak.gradient;

import java.util.ArrayList;
import java.util.List;
import org.badak.kernel.Kernels;
import org.badak.model.Parameters;

/// The mean of what all shards have made of a [LocalRound], by the rules of [ShardSum]: the same bits
/// in whatever order, how often and from where they arrive. Parameters and the optimizer's memory
/// weigh by what the rows of a shard's steps weigh together, running statistics of batch
/// normalisation by how many these are.
///
/// For one thread at a time.
public final class LocalMean {
    private final Shards shards;
    private final Kernels kernels;
    private final List<ShardSum> sums = new ArrayList<>(); // of the parameters and of each part of the memory
    private final LocalSteps[] steps; // of each shard
    private int planned; // steps of the present round

    /// @param shards how many make a round
    /// @param kernels whose threads share the work
    LocalMean(Shards shards, Kernels kernels) {
        this.shards = shards;
        this.kernels = kernels;
        steps = new LocalSteps[shards.count()];
    }

    /// Begins a round; what was added before is forgotten.
    ///
    /// @param state what it begins with, for its shapes
    void begin(LocalRound begun, List<Parameters> state) {
        planned = begun.steps();
        while (sums.size() < state.size()) {
            sums.add(new ShardSum(shards, state.get(sums.size()), kernels));
        }
        sums.forEach(sum -> sum.begin(begun.first()));
    }

    /// Counts a shard, unless it was counted before or is not of this round.
    ///
    /// @param first the number of the first step of its round
    /// @param shard its number, from 0
    /// @param taken how its steps went
    /// @param state its parameters and the optimizer's memory after them; read only, and copied if they
    ///     have to wait
    /// @return whether it counts
    /// @throws IllegalArgumentException if there is no such shard, or a weight is out of range
    public boolean add(long first, int shard, LocalSteps taken, List<Parameters> state) {
        double weight = taken.weight();
        int rows = taken.allRows();
        boolean counts = false;
        for (int i = 0; i < state.size(); i++) {
            counts = sums.get(i).add(first, shard, rows, weight, 0, state.get(i));
        }
        if (counts) {
            steps[shard] = taken;
        }
        return counts;
    }

    /// Overwrites parameters and memory with the mean of all shards; leaves them alone if a step has
    /// failed or if nothing weighed anything.
    ///
    /// @throws IllegalStateException if a shard is missing; names it
    LocalReport finish(List<Parameters> state) {
        int failed = -1;
        int done = planned;
        double weight = 0;
        long rows = 0;
        sums.getFirst().requireAll();
        for (int shard = 0; shard < steps.length; shard++) {
            boolean earlier = steps[shard].count() < done || failed < 0 && steps[shard].count() == done;
            if (!steps[shard].failure().isEmpty() && earlier) {
                failed = shard;
                done = steps[shard].count();
            }
            weight += steps[shard].weight();
            rows += steps[shard].allRows();
        }
        if (failed < 0 && weight > 0) {
            for (int i = 0; i < state.size(); i++) {
                sums.get(i).finish(state.get(i));
            }
        }
        double[] losses = new double[done];
        for (int i = 0; i < done; i++) {
            losses[i] = loss(i);
        }
        return new LocalReport(losses, rows, failed < 0 ? "" : steps[failed].failure());
    }

    /// The mean loss of a step, shard by shard as [ShardSum] takes it.
    private double loss(int step) {
        double weights = 0;
        double loss = 0;
        for (LocalSteps each : steps) {
            double weight = each.weights()[step];
            weights += weight;
            double share = weight == 0 ? 0 : weight / weights;
            loss = share == 1 ? each.losses()[step] : loss + (each.losses()[step] - loss) * share;
        }
        return loss;
    }
}
