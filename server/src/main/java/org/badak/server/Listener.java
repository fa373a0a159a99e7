package org.badak.server;

/// What is told of every request: for logs and measurements. Called from the threads that answer; it must be quick.
public interface Listener {
    /// Tells nothing.
    Listener SILENT = new Listener() {};

    /// A request was answered.
    ///
    /// @param method as sent
    /// @param route path of the route with `{name}` as such; empty where none fitted, so that there are few of them
    /// @param status of HTTP
    /// @param nanoseconds from the moment the headers were read to the end of the answer
    /// @param bytes length of the answer's body; 0 for feeds
    default void answered(String method, String route, int status, long nanoseconds, long bytes) {}

    /// A handler failed; the client got status 500.
    ///
    /// @param route path of the route
    /// @param failure what it threw
    default void failed(String route, Throwable failure) {}
}
