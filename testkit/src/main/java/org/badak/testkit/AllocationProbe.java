package org.badak.testkit;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/// Counts the bytes that an action allocates once it is warm, on the calling thread and on all threads of
/// [org.badak.kernel.Kernels]. Needs the module jdk.management at run time (`--add-modules jdk.management`).
public final class AllocationProbe {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final String WORKERS = "badak-worker-";
    private static final int ROUNDS = 5;

    private AllocationProbe() {}

    /// The bytes that a warm run allocates.
    ///
    /// The action is first run `warmUp` times, then measured in five rounds of `runs` runs. The least round counts:
    /// what the compiler or another part of the JVM allocates now and then is no property of the action.
    ///
    /// @param warmUp runs that do not count; some thousands where the compiler must remove short-lived objects
    /// @param runs how many runs are measured in a round, at least 1
    /// @return bytes per run, all threads together
    public static double bytesPerRun(Runnable action, int warmUp, int runs) {
        for (int i = 0; i < warmUp; i++) {
            action.run();
        }
        long[] workers = workers();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
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
