package org.badak.testkit;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/// Counts the bytes that an action allocates once it is warm, on the calling thread and on all threads of
/// [org.badak.kernel.Kernels]. Needs the module jdk.management at run time (`--add-modules jdk.management`).
public final class AllocationProbe {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final String WORKERS = "badak-worker-";

    /// How long a compiler may take to make a run free of allocations, on a busy machine.
    public static final Duration PATIENCE = Duration.ofSeconds(10);

    private AllocationProbe() {}

    /// The bytes that a warm run allocates.
    ///
    /// The action is measured in rounds until one of them allocates nothing, for 10 seconds at most; the
    /// least round counts. What a run allocates before it is compiled, above all vectors, is so left out,
    /// and what another part of the JVM allocates now and then is too.
    ///
    /// @param runs how many runs make a round: enough to hold all that the action does now and then
    /// @return bytes per run, all threads together
    public static double bytesPerRun(Runnable action, int runs) {
        return bytesPerRun(action, runs, PATIENCE);
    }

    /// [#bytesPerRun(Runnable, int)] with less or more patience than ten seconds.
    ///
    /// @param patience after which the least round counts even if it allocated something
    public static double bytesPerRun(Runnable action, int runs, Duration patience) {
        action.run();
        long[] workers = workers();
        long least = Long.MAX_VALUE;
        long deadline = System.nanoTime() + patience.toNanos();
        while (least > 0 && System.nanoTime() < deadline) {
            long others = allocated(workers);
            long start = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < runs; i++) {
                action.run();
            }
            long own = THREADS.getCurrentThreadAllocatedBytes() - start;
            least = Math.min(least, own + allocated(workers) - others);
        }
        return (double) least / runs;
    }

    private static long[] workers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(WORKERS))
                .mapToLong(Thread::threadId)
                .toArray();
    }

    private static long allocated(long[] threads) {
        long sum = 0;
        for (long thread : threads) {
            sum += Math.max(THREADS.getThreadAllocatedBytes(thread), 0); // -1: ended meanwhile
        }
        return sum;
    }
}
