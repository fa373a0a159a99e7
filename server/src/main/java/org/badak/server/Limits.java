package org.badak.server;

import java.time.Duration;

/// How much a server takes.
///
/// The JDK's server reads further limits from system properties, once for the whole process. Those that nobody set are
/// set before the first server of the process: [#CONNECTIONS] connections, [#HEADER_BYTES] bytes of headers,
/// [#REQUEST_SECONDS] for a request to arrive, [#IDLE_SECONDS] between two requests of a connection.
///
/// @param body the longest body in bytes, where a route has no limit of its own
/// @param inFlight requests that are answered at a time, feeds apart; more get 429 with `Retry-After`
/// @param feed after which a feed ends; clients connect again
public record Limits(int body, int inFlight, Duration feed) {
    /// `jdk.httpserver.maxConnections`: connections at a time; more are closed at once.
    public static final int CONNECTIONS = 4096;
    /// `sun.net.httpserver.maxReqHeaderSize`: bytes of request line and headers.
    public static final int HEADER_BYTES = 16 * 1024;
    /// `sun.net.httpserver.maxReqTime`: seconds in which a request must have arrived with its body.
    public static final int REQUEST_SECONDS = 30;
    /// `sun.net.httpserver.idleInterval`: seconds that a connection is kept without a request.
    public static final int IDLE_SECONDS = 30;

    /// 4 MiB of body, 1,024 requests at a time, feeds of ten minutes.
    public static final Limits USUAL = new Limits(4 << 20, 1024, Duration.ofMinutes(10));

    private static final int MOST_HEADERS = 64;
    /// A body that is too long is read and dropped up to this length, so that the client sees the answer.
    private static final int DRAINED = 128 << 20;

    /// @throws IllegalArgumentException if one is not positive
    public Limits {
        if (body < 1 || body == Integer.MAX_VALUE || inFlight < 1 || !feed.isPositive()) {
            throw new IllegalArgumentException("limits: found body " + body + ", inFlight " + inFlight + ", feed "
                    + feed + ", expected positive ones");
        }
    }

    /// The same with another length of bodies.
    public Limits withBody(int bytes) {
        return new Limits(bytes, inFlight, feed);
    }

    /// The same with another number of requests at a time.
    public Limits withInFlight(int requests) {
        return new Limits(body, requests, feed);
    }

    /// Sets the properties of the process that nobody set.
    static void prepareProcess() {
        set("jdk.httpserver.maxConnections", CONNECTIONS);
        set("sun.net.httpserver.maxIdleConnections", CONNECTIONS);
        set("sun.net.httpserver.maxReqHeaders", MOST_HEADERS);
        set("sun.net.httpserver.maxReqHeaderSize", HEADER_BYTES);
        set("sun.net.httpserver.maxReqTime", REQUEST_SECONDS); // in seconds, whatever its documentation says
        set("sun.net.httpserver.idleInterval", IDLE_SECONDS);
        set("sun.net.httpserver.drainAmount", DRAINED);
        if (System.getProperty("sun.net.httpserver.nodelay") == null) {
            System.setProperty("sun.net.httpserver.nodelay", "true"); // answers leave at once, not 40 ms later
        }
    }

    private static void set(String property, int value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, Integer.toString(value));
        }
    }
}
