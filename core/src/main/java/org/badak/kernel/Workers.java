package org.badak.kernel;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A fixed team of threads that runs one task at a time in equal parts: the caller does part 0, one worker each of the
/// others. Handing over costs well under a microsecond while workers spin; they spin for a bounded time after each
/// task, then park. Which thread does which part is fixed, and no result may depend on it. For one caller at a time.
public final class Workers implements AutoCloseable {
    /// Work that can be divided into numbered parts.
    public interface Task {
        /// Does one part.
        ///
        /// @param part number of this part, from 0
        /// @param parts number of parts altogether
        void run(int part, int parts);
    }

    private static final int SPINS = 20_000;

    private final Worker[] workers;
    private final boolean spin;
    private volatile boolean closed;

    /// Starts `threads − 1` daemon threads.
    ///
    /// @throws IllegalArgumentException unless 1 ≤ threads ≤ 1024
    public Workers(int threads) {
        if (threads < 1 || threads > 1024) {
            throw new IllegalArgumentException("threads: expected 1 to 1024, found " + threads);
        }
        spin = threads <= Runtime.getRuntime().availableProcessors();
        workers = new Worker[threads - 1];
        for (int i = 0; i < workers.length; i++) {
            workers[i] = new Worker(i + 1);
            workers[i].start();
        }
    }

    /// The number of threads, the caller's included.
    public int threads() {
        return workers.length + 1;
    }

    /// Runs all parts of a task and returns when the last is done. A failure of any part is thrown here.
    public void run(Task task) {
        if (workers.length == 0) {
            task.run(0, 1);
            return;
        }
        if (closed) {
            throw new IllegalStateException("workers: closed, no more tasks can be run");
        }
        for (Worker worker : workers) {
            worker.offer(task);
        }
        @Nullable Throwable failure = null;
        try {
            task.run(0, threads());
        } catch (RuntimeException | Error e) {
            failure = e;
        }
        for (Worker worker : workers) {
            @Nullable Throwable other = worker.await();
            failure = failure == null ? other : failure;
        }
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
    }

    @Override
    public void close() {
        closed = true;
        for (Worker worker : workers) {
            LockSupport.unpark(worker);
        }
    }

    private final class Worker extends Thread {
        private final int part;
        private Task task = (p, parts) -> {};
        private @Nullable Throwable failure;
        private Thread caller = Thread.currentThread();
        private volatile boolean parked;
        private volatile boolean callerParked;
        private long tasks; // written and read by the caller alone
        private volatile long offered;
        private volatile long done;

        Worker(int part) {
            super("badak-worker-" + part);
            this.part = part;
            setDaemon(true);
        }

        void offer(Task next) {
            task = next;
            caller = Thread.currentThread();
            tasks++;
            offered = tasks;
            if (parked) {
                LockSupport.unpark(this);
            }
        }

        @Nullable
        Throwable await() {
            long target = tasks;
            for (int spins = 0; done != target; spins++) {
                if (spin && spins < SPINS) {
                    Thread.onSpinWait();
                } else {
                    callerParked = true;
                    if (done != target) {
                        LockSupport.park(this);
                    }
                    callerParked = false;
                }
            }
            @Nullable Throwable thrown = failure;
            failure = null;
            return thrown;
        }

        @Override
        public void run() {
            long seen = 0;
            while (true) {
                for (int spins = 0; offered == seen && !closed; spins++) {
                    if (spin && spins < SPINS) {
                        Thread.onSpinWait();
                    } else {
                        parked = true;
                        if (offered == seen && !closed) {
                            LockSupport.park(this);
                        }
                        parked = false;
                    }
                }
                if (offered == seen) {
                    return; // closed
                }
                seen = offered;
                try {
                    task.run(part, threads());
                } catch (RuntimeException | Error e) {
                    failure = e;
                }
                done = seen;
                if (callerParked) {
                    LockSupport.unpark(caller);
                }
            }
        }
    }
}
