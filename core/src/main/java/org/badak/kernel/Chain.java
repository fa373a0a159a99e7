package org.badak.kernel;

import java.util.concurrent.atomic.AtomicIntegerArray;

/// How far each part of a task has come, where a part must wait for the one before it. Parts begin in ascending order
/// ([Workers] has the caller do those that nobody has begun, in that order), so no wait is for ever.
final class Chain {
    private static final int SPINS = 1_000; // some 25 microseconds, then the processor is offered to others
    private static final int LINE = 32; // numbers between two counts, so that each has cache lines of its own

    private final AtomicIntegerArray counts;
    private final int parts;

    Chain(int parts) {
        this.parts = parts;
        counts = new AtomicIntegerArray((parts + 1) * LINE);
    }

    /// Before a task: no part has done anything.
    void begin() {
        for (int part = 0; part < parts; part++) {
            counts.setPlain((part + 1) * LINE, 0);
        }
    }

    /// Says how far a part has come.
    void done(int part, int count) {
        counts.setRelease((part + 1) * LINE, count);
    }

    /// Waits until a part has come at least so far; what it had written by then can be read.
    @SuppressWarnings("ThreadPriorityCheck") // only a hint to a busy machine
    void await(int part, int count) {
        for (int spins = 0; counts.getAcquire((part + 1) * LINE) < count; spins++) {
            if (spins < SPINS) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
        }
    }
}
