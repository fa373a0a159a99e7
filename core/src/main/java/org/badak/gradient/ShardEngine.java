package org.badak.gradient;

import java.util.List;
import org.badak.model.Parameters;

/// Computes all shards of a step, or of several steps of [LocalSgd], somewhere: on the machines of a
/// cluster, say. Each is the pure function of [ShardWork] that [ShardWorker] or [LocalWorker]
/// computes, so retries, copies and order change nothing; every wait ends by a deadline with an
/// [EngineException].
public interface ShardEngine extends AutoCloseable {
    /// Has all shards of a step computed and adds them to a sum that has begun the round `step`.
    ///
    /// @param parameters at which; only read
    /// @param step number of the training step, from 0
    /// @return where the first value is that is not finite, in words; empty if all are
    /// @throws EngineException if they cannot be computed, or not in time
    String compute(Parameters parameters, long step, ShardSum sum);

    /// Has all shards take the steps of a round and adds what they come to.
    ///
    /// @param round which has begun in `mean`
    /// @param state the parameters, and behind them the optimizer's memory, that all shards begin
    ///     with; only read
    /// @throws EngineException if they cannot be computed, or not in time
    void advance(LocalRound round, List<Parameters> state, LocalMean mean);

    /// Where it computes, in words.
    String place();

    /// Frees all machines and processes that it holds.
    @Override
    void close();
}
