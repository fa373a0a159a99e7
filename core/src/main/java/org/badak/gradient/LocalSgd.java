package org.badak.gradient;

import java.util.List;
import org.badak.data.Sampler;
import org.badak.kernel.Kernels;
import org.badak.model.Parameters;

/// Local SGD: every shard takes several steps alone, each on its rows of the step's batch, from the
/// same parameters on; then the parameters are averaged, each shard weighing what its rows weigh.
/// Stich, "Local SGD converges fast and communicates little", ICLR 2019, algorithm 1, where it is
/// plain gradient descent. With K steps to a round a cluster exchanges parameters K times less often
/// than by [EngineGradient]; what comes of it is another training, with bits of its own that depend on
/// the number of shards and K alone.
///
/// Every rule serves, not only plain descent: the optimizer's memory is averaged as the parameters
/// are, so that nothing of a run stands on a machine that may be lost. For momentum that is Yu, Jin
/// and Yang, "On the linear speedup analysis of communication efficient momentum SGD", ICML 2019,
/// algorithm 1; a mean of squared gradients (Adam) is then the mean over the shards of their own, which
/// are noisier than that of the batch, so that steps are shorter.
///
/// With K = 1 and plain gradient descent or momentum, without clipping, it takes the steps of
/// [ShardedGradient] but for rounding; with one shard those of [Backprop] to the bit, whatever K and
/// the rule. Gradients are clipped in each shard for itself.
///
/// A round ends where the number of steps since the epoch began is a multiple of K, at the end of an
/// epoch, where all sets are evaluated, and with the training: a function of the step, so that an
/// interrupted run goes on with the same rounds.
public final class LocalSgd implements Learning {
    /// The most steps of a round.
    public static final int MOST = 1_000_000;

    private final Shards shards;
    private final int steps;
    private final ShardEngine engine;
    private final LocalMean mean;

    /// @param shards the division of every batch
    /// @param steps K, the steps between two averages, 1 to [#MOST]
    /// @param engine with the work of these shards, see [ProcessEngine]; closed by whoever started it
    /// @param kernels whose threads share the averaging
    /// @throws IllegalArgumentException if there are too few steps, or too many
    public LocalSgd(Shards shards, int steps, ShardEngine engine, Kernels kernels) {
        this.shards = shards;
        this.steps = requireSteps(steps);
        this.engine = engine;
        mean = new LocalMean(shards, kernels);
    }

    /// Checks a number of steps.
    ///
    /// @throws IllegalArgumentException if there are too few, or too many
    public static int requireSteps(int steps) {
        if (steps < 1 || steps > MOST) {
            throw new IllegalArgumentException("local-steps: expected 1 to " + MOST + ", found " + steps);
        }
        return steps;
    }

    /// Checks that rounds fit into epochs, at whose ends all sets are evaluated.
    ///
    /// @throws IllegalArgumentException if not; says which number would do
    public static void requireSuitable(int steps, Sampler sampler) {
        if (steps > sampler.stepsPerEpoch()) {
            throw new IllegalArgumentException("local-steps: expected at most the " + sampler.stepsPerEpoch()
                    + " steps of an epoch, at whose end the averaged parameters are evaluated, found " + steps
                    + "; use fewer");
        }
    }

    @Override
    public String name() {
        return ShardedGradient.name(shards) + ", averaged every " + (steps == 1 ? "step" : steps + " steps");
    }

    /// The steps between two averages, K.
    public int steps() {
        return steps;
    }

    /// How many steps there are from one to the end of its round.
    ///
    /// @param step from 0
    /// @param stepsPerEpoch of the sampler
    public int left(long step, long stepsPerEpoch) {
        long inEpoch = step % stepsPerEpoch;
        return (int) Math.min(steps - inEpoch % steps, stepsPerEpoch - inEpoch);
    }

    /// Whether a round can begin with a step, as it does in a training that is longer than that.
    ///
    /// @param step from 0
    /// @param stepsPerEpoch of the sampler
    public boolean begins(long step, long stepsPerEpoch) {
        return step % stepsPerEpoch % steps == 0;
    }

    /// Has all shards take the steps of a round and averages them.
    ///
    /// @param state the parameters, and behind them the optimizer's memory: overwritten with the mean,
    ///     unless a step fails
    /// @throws EngineException if the engine cannot compute it, or not in time
    public LocalReport advance(LocalRound round, List<Parameters> state) {
        mean.begin(round, state);
        engine.advance(round, state, mean);
        return mean.finish(state);
    }
}
