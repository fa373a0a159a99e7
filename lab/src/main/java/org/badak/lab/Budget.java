package org.badak.lab;

/// Says when something that costs time may be done again, so that it takes at most a share of the time.
final class Budget {
    private final double share;
    private long next = System.nanoTime();

    /// @param share of the time, above 0 and at most 1
    Budget(double share) {
        this.share = share;
    }

    /// Whether the last time is paid for.
    boolean allows() {
        return System.nanoTime() - next >= 0;
    }

    /// Does it, and counts how long it took.
    void spend(Runnable work) {
        long begun = System.nanoTime();
        work.run();
        next = begun + Math.round((System.nanoTime() - begun) / share);
    }
}
