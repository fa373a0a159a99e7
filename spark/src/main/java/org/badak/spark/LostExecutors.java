package org.badak.spark;

import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorAdded;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;

/// Tells of executors that are lost and of those that come in their place.
final class LostExecutors extends SparkListener {
    private final BooleanSupplier closed;
    private final String again;
    private final Consumer<String> notes;

    private LostExecutors(BooleanSupplier closed, String again, Consumer<String> notes) {
        this.closed = closed;
        this.again = again;
        this.notes = notes;
    }

    /// Tells of them until an engine is closed.
    ///
    /// @param closed whether it is
    /// @param again what becomes of that on which they were at work
    static void tell(JavaSparkContext context, BooleanSupplier closed, String again, Consumer<String> notes) {
        context.sc().addSparkListener(new LostExecutors(closed, again, notes));
    }

    @Override
    public void onExecutorRemoved(SparkListenerExecutorRemoved event) {
        if (!closed.getAsBoolean()) {
            notes.accept("Spark: executor " + event.executorId() + " was lost ("
                    + event.reason().strip() + "); " + again);
        }
    }

    @Override
    public void onExecutorAdded(SparkListenerExecutorAdded event) {
        notes.accept("Spark: executor " + event.executorId() + " on "
                + event.executorInfo().executorHost());
    }
}
