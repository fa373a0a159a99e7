package org.badak.spark;

import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;

/// The task of a trial: from what it is to what comes of it. As pure a function as [ShardTask].
final class TrialTask implements Function<String, String> {
    private static final long serialVersionUID = 1L;

    private final Broadcast<TrialWork> work;

    TrialTask(Broadcast<TrialWork> work) {
        this.work = work;
    }

    @Override
    public String call(String trial) {
        return work.value().ready().apply(trial);
    }
}
