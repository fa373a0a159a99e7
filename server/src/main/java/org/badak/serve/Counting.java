package org.badak.serve;

import org.badak.server.Listener;

/// Counts what is told of requests, and tells it on.
///
/// @param metrics that count
/// @param listener that is told too
record Counting(Metrics metrics, ServeListener listener) implements Listener {
    @Override
    public void answered(String method, String route, int status, long nanoseconds, long bytes) {
        metrics.answered(method, route, status, nanoseconds);
        listener.answered(method, route, status, nanoseconds, bytes);
    }

    @Override
    public void failed(String route, Throwable failure) {
        metrics.failed();
        listener.failed(route, failure);
    }
}
