package org.badak.gradient;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.badak.kernel.Kernels;
import org.badak.model.Parameters;
import org.badak.optimizer.Optimizer;

/// Takes the steps of one shard in a [LocalRound]: each draws the batch of its number, takes the
/// shard's rows of it, goes forward and back and moves the shard's own parameters. What comes of it
/// is a pure function of the state to begin with, the round and the shard. Keeps its buffers from
/// shard to shard. For one thread at a time.
public final class LocalWorker {
    private final ShardWorker worker;
    private final Kernels kernels;
    private Descent descent;
    private List<Parameters> state;

    /// @param worker computes the gradients; its parameters are moved
    /// @param optimizer of the rounds that are expected
    public LocalWorker(ShardWorker worker, Optimizer optimizer, Kernels kernels) {
        this.worker = worker;
        this.kernels = kernels;
        descent = new Descent(optimizer, worker.parameters(), kernels);
        state = stateOf(descent);
    }

    private List<Parameters> stateOf(Descent made) {
        List<Parameters> all = new ArrayList<>();
        all.add(worker.parameters());
        all.addAll(made.memory());
        return List.copyOf(all);
    }

    /// What the next round begins with and the latest has ended with: the parameters, and behind them
    /// the optimizer's memory. To be overwritten before each round.
    ///
    /// @param optimizer of the round
    public List<Parameters> state(Optimizer optimizer) {
        if (!optimizer.equals(descent.optimizer())) {
            descent = new Descent(optimizer, worker.parameters(), kernels);
            state = stateOf(descent);
        }
        return state;
    }

    /// Takes the steps of a shard from [#state] on. A step whose batch leaves the shard no row is
    /// passed over; after one that fails there is no other.
    public LocalSteps advance(LocalRound round, int shard) {
        if (!round.optimizer().equals(descent.optimizer())) {
            throw new IllegalStateException("round of step " + round.first() + ": expected the rule of the state, "
                    + descent.optimizer() + ", found " + round.optimizer());
        }
        int[] rows = new int[round.steps()];
        double[] weights = new double[round.steps()];
        double[] losses = new double[round.steps()];
        for (int i = 0; i < round.steps(); i++) {
            long step = round.first() + i;
            worker.compute(step, shard);
            rows[i] = worker.rows();
            weights[i] = worker.weight();
            losses[i] = worker.loss();
            if (rows[i] == 0) {
                continue;
            }
            String failure = failure(round, i, shard);
            if (!failure.isEmpty()) {
                return new LocalSteps(
                        Arrays.copyOf(rows, i + 1),
                        Arrays.copyOf(weights, i + 1),
                        Arrays.copyOf(losses, i + 1),
                        failure);
            }
        }
        return new LocalSteps(rows, weights, losses, "");
    }

    /// Moves the parameters by a step, unless something is not finite; answers what.
    private String failure(LocalRound round, int i, int shard) {
        String loss = "the loss of " + worker.rows() + " examples is " + worker.loss();
        if (!Double.isFinite(worker.loss())) {
            return loss + "; first in " + worker.firstNonFinite();
        }
        String unmoved = descent.move(worker.gradient(), round.clipping(), round.rates()[i], round.first() + i + 1);
        return unmoved.isEmpty() ? "" : loss + " in shard " + shard + ", but " + unmoved;
    }
}
