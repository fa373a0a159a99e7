package org.badak.kernel;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A fixed team of threads that runs one task at a time in numbered parts: the caller does part 0, one worker each of
/// the
/// others, and the caller those that no worker has begun by then. Handing over costs well under a microsecond while
/// workers spin; they spin for a bounded time after each task, then park. No result may depend on who does which part.
/// For one caller at a time.
public final class Workers implements AutoCloseable {
    /// Work that can be divided into numbered parts.
    public interface Task {
        /// Does one part.
        ///
        /// @param part number of this part, from 0
        /// @param parts number of parts altogether
        void run(int part, int parts);
    }

    private static final int SPINS = 2_000; // some 50 microseconds

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
            @Nullable Throwable other = worker.finish();
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

    /// One helper thread and the part it is offered. Whoever claims a part runs it: the thread, or the caller if the
    /// thread has not come yet by the time the caller would have to wait, so that a busy machine costs little.
    private final class Worker extends Thread {
        private final int part;
        private final AtomicLong claimed = new AtomicLong();
        private Task task = (p, parts) -> {};
        private @Nullable Throwable failure;
        private Thread caller = Thread.currentThread();
        private long tasks; // written and read by the caller alone
        private volatile long offered;
        private volatile long done;
        private volatile boolean parked;
        private volatile boolean callerParked;

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

        /// Sees to it that the offered part is done, by this thread if nobody has begun it.
        @Nullable
        Throwable finish() {
            if (claimed.compareAndSet(tasks - 1, tasks)) {
                attempt(tasks);
            } else {
                await();
            }
            @Nullable Throwable thrown = failure;
            failure = null;
            return thrown;
        }

        private void await() {
            for (int spins = 0; done != tasks; spins++) {
                if (spin && spins < SPINS) {
                    Thread.onSpinWait();
                } else {
                    callerParked = true;
                    if (done != tasks) {
                        LockSupport.park(this);
                    }
                    callerParked = false;
                }
            }
        }

        private void attempt(long number) {
            try {
                task.run(part, threads());
            } catch (RuntimeException | Error e) {
                failure = e;
            }
            done = number;
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
                if (claimed.compareAndSet(seen - 1, seen)) {
                    attempt(seen);
                    if (callerParked) {
                        LockSupport.unpark(caller);
                    }
                }
            }
        }
    }
}
