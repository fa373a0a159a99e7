package org.badak.gradient;

import org.badak.data.Batch;
import org.badak.kernel.Kernels;
import org.badak.model.Parameters;

/// The gradient in shards that a [ShardEngine] computes: the bits of [ShardedGradient] with as many
/// shards, and its name, so that a run which began in one process can go on on a cluster and the
/// other way round.
///
/// The engine draws the batches of steps itself, from the same sampler as the trainer: of the batch
/// that it is given this reads nothing.
public final class EngineGradient implements Gradient {
    private final Shards shards;
    private final ShardEngine engine;
    private final Parameters parameters;
    private final ShardSum sum;
    private final Parameters result;
    private long step;
    private String firstNonFinite = "";

    /// @param engine with the work of these shards; closed by whoever started it
    /// @param parameters read at each computation
    /// @param kernels whose threads share the summing
    public EngineGradient(Shards shards, ShardEngine engine, Parameters parameters, Kernels kernels) {
        this.shards = shards;
        this.engine = engine;
        this.parameters = parameters;
        sum = new ShardSum(shards, parameters, kernels);
        result = parameters.like();
    }

    @Override
    public String name() {
        return ShardedGradient.name(shards);
    }

    /// The gradient of the batch of the present step, see [#at].
    ///
    /// @throws EngineException if the engine cannot compute it, or not in time
    /// @throws IllegalStateException before the first call of [#at]
    @Override
    public double compute(Batch batch) {
        if (step < 1) {
            throw new IllegalStateException("gradient of an engine: expected a training step, found none;"
                    + " the engine draws the batches of steps and knows no others");
        }
        sum.begin(step - 1);
        firstNonFinite = engine.compute(parameters, step - 1, sum);
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
