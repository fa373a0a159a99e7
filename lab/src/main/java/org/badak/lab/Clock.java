package org.badak.lab;

/// Says when the next event may be sent: at most so many in a second.
final class Clock {
    private static final double NANOSECONDS = 1e9;

    private final long interval;
    private long last;

    /// @param perSecond events at most
    Clock(int perSecond) {
        interval = (long) (NANOSECONDS / perSecond);
        last = System.nanoTime() - interval;
    }

    /// Whether it is time for an event; if so, the next one has to wait.
    boolean isTime() {
        long now = System.nanoTime();
        if (now - last < interval) {
            return false;
        }
        last = now;
        return true;
    }

    /// Seconds since a moment.
    static double since(long nanoTime) {
        return (System.nanoTime() - nanoTime) / NANOSECONDS;
    }
}
