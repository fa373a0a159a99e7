package org.badak.gradient;

import org.badak.model.Parameters;

/// Computes the gradients of all shards of a step somewhere: on the machines of a cluster, say.
/// Each is the pure function of [ShardWork] that [ShardWorker] computes, so retries, copies and
/// order change nothing; every wait ends by a deadline with an [EngineException].
public interface ShardEngine extends AutoCloseable {
    /// Has all shards of a step computed and adds them to a sum that has begun the round `step`.
    ///
    /// @param parameters at which; only read
    /// @param step number of the training step, from 0
    /// @return where the first value is that is not finite, in words; empty if all are
    /// @throws EngineException if they cannot be computed, or not in time
    String compute(Parameters parameters, long step, ShardSum sum);

    /// Where it computes, in words.
    String place();

    /// Frees all machines and processes that it holds.
    @Override
    void close();
}
