package org.badak.spark;

import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;

/// The task of a round of local steps: from the number of a shard to what it makes of the state. As
/// pure a function as [ShardTask].
final class LocalTask implements Function<Integer, LocalReply> {
    private static final long serialVersionUID = 1L;

    private final String job;
    private final Broadcast<SentWork> work;
    private final Broadcast<LocalStart> start;
    private final ShardTask.Before before;

    LocalTask(String job, Broadcast<SentWork> work, Broadcast<LocalStart> start, ShardTask.Before before) {
        this.job = job;
        this.work = work;
        this.start = start;
        this.before = before;
    }

    @Override
    public LocalReply call(Integer shard) {
        LocalStart begun = start.value();
        before.compute(begun.first(), shard);
        return Desk.use(job, work::value, desk -> desk.advance(begun, shard));
    }
}
