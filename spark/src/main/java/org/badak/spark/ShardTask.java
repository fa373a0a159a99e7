package org.badak.spark;

import java.io.Serializable;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;

/// The task of a round: from the number of a shard to its gradient. A pure function of the
/// parameters' version and the shard, so that it may run anywhere, twice, or again.
final class ShardTask implements Function<Integer, ShardReply> {
    private static final long serialVersionUID = 1L;

    /// What is done before a shard is computed: tests make one slow.
    interface Before extends Serializable {
        /// Nothing.
        Before NOTHING = (round, shard) -> {};

        /// Called in the task.
        void compute(long round, int shard);
    }

    private final String job;
    private final Broadcast<SentWork> work;
    private final Broadcast<RoundParameters> parameters;
    private final Before before;

    ShardTask(String job, Broadcast<SentWork> work, Broadcast<RoundParameters> parameters, Before before) {
        this.job = job;
        this.work = work;
        this.parameters = parameters;
        this.before = before;
    }

    @Override
    public ShardReply call(Integer shard) {
        RoundParameters numbers = parameters.value();
        before.compute(numbers.round(), shard);
        return Desk.use(job, work::value, desk -> desk.compute(numbers, shard));
    }
}
