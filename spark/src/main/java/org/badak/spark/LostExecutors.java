package org.badak.spark;

import java.util.function.Consumer;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorAdded;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;

/// Tells of executors that are lost and of those that come in their place.
final class LostExecutors extends SparkListener {
    private final SparkEngine engine;
    private final Consumer<String> notes;

    private LostExecutors(SparkEngine engine, Consumer<String> notes) {
        this.engine = engine;
        this.notes = notes;
    }

    /// Tells of them until the engine is closed.
    static void tell(SparkEngine engine, Consumer<String> notes) {
        engine.context().sc().addSparkListener(new LostExecutors(engine, notes));
    }

    @Override
    public void onExecutorRemoved(SparkListenerExecutorRemoved event) {
        if (!engine.isClosed()) {
            notes.accept("Spark: executor " + event.executorId() + " was lost ("
                    + event.reason().strip() + "); its shards are computed again");
        }
    }

    @Override
    public void onExecutorAdded(SparkListenerExecutorAdded event) {
        notes.accept("Spark: executor " + event.executorId() + " on "
                + event.executorInfo().executorHost());
    }
}
