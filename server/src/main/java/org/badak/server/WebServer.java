package org.badak.server;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// A small HTTP server on the JDK's own: a virtual thread for each request, routes from a fixed map, and closed where
/// nobody opened it.
///
/// - It listens on the loopback interface unless [Access] names a host, and then asks for a token.
/// - Host, Origin and `Sec-Fetch-Site` are checked before anything else.
/// - Every answer carries a Content Security Policy that allows nothing but files of this server, and no inline script
///   or style; nobody may frame it, guess its types, keep its answers or read them from another site.
/// - Bodies, headers, connections, times and requests at a time have limits, see [Limits].
///
/// ```java
/// try (WebServer server = WebServer.start(
///         Access.loopback(8080), Limits.USUAL, Listener.SILENT, List.of(Route.get("/", request -> page)))) {
///     System.out.println(server.link());
/// }
/// ```
public final class WebServer implements AutoCloseable {
    private static final int BACKLOG = 1024;
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final Map<String, String> SECURITY = Map.of(
            "Content-Security-Policy",
            "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "X-Frame-Options",
            "DENY",
            "Referrer-Policy",
            "no-referrer",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Permissions-Policy",
            "camera=(), geolocation=(), microphone=()",
            "Cache-Control",
            "no-store");

    private final HttpServer http;
    private final ExecutorService threads;
    private final Guard guard;
    private final Access access;
    private final Limits limits;
    private final Listener listener;
    private final Routes routes;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile boolean draining;

    private WebServer(HttpServer http, Access access, Limits limits, Listener listener, Routes routes) {
        this.http = http;
        this.access = access;
        this.limits = limits;
        this.listener = listener;
        this.routes = routes;
        guard = new Guard(access, http.getAddress().getPort());
        threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("http-", 0).factory());
    }

    /// Starts a server; it answers when this returns.
    ///
    /// @param routes each method and path once
    /// @throws IllegalArgumentException if two routes are the same
    /// @throws UncheckedIOException if the port is taken; says which
    public static WebServer start(Access access, Limits limits, Listener listener, List<Route> routes) {
        Limits.prepareProcess();
        Routes map = new Routes(routes);
        InetSocketAddress address = new InetSocketAddress(access.address(), access.port());
        try {
            WebServer server = new WebServer(HttpServer.create(address, BACKLOG), access, limits, listener, map);
            server.http.setExecutor(server.threads);
            server.http.createContext("/", server::serve);
            server.http.start();
            return server;
        } catch (BindException taken) {
            BindException told = new BindException("cannot listen on " + address.getHostString() + ":" + access.port()
                    + " (" + taken.getMessage() + "): another program may; use --port with another number, or 0");
            told.initCause(taken);
            throw new UncheckedIOException(told);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// The port that it listens on.
    public int port() {
        return http.getAddress().getPort();
    }

    /// The address for clients, such as `http://127.0.0.1:8080`.
    public URI address() {
        String host = access.host().isEmpty()
                ? "127.0.0.1"
                : access.address().isAnyLocalAddress() ? "localhost" : access.host();
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port());
    }

    /// The address for a browser. Where a token is asked for it holds a code that gives the browser a cookie, once.
    public URI link() {
        return URI.create(address() + (guard.asks() ? "/?token=" + guard.code() : "/"));
    }

    /// How many requests are being answered, feeds apart.
    public int inFlight() {
        return inFlight.get();
    }

    /// Stops within five seconds; see [#close(Duration)].
    @Override
    public void close() {
        close(GRACE);
    }

    /// Stops: requests that come now get 503, those that are being answered are finished. Feeds end with their
    /// streams: close these first.
    ///
    /// @param grace after which connections are cut whatever they do
    public void close(Duration grace) {
        if (closed.getAndSet(true)) {
            return;
        }
        draining = true;
        long end = System.nanoTime() + grace.toNanos();
        try {
            while (inFlight.get() > 0 && System.nanoTime() < end) {
                Thread.sleep(Duration.ofMillis(5));
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        http.stop(0);
        threads.shutdownNow();
    }

    private void serve(HttpExchange exchange) throws IOException {
        long start = System.nanoTime();
        String method = exchange.getRequestMethod();
        Optional<Routes.Found> found = Optional.empty();
        int status = 500;
        long bytes = 0;
        boolean counted = false;
        try {
            counted = inFlight.incrementAndGet() > 0;
            Headers sent = exchange.getRequestHeaders();
            URI uri = exchange.getRequestURI();
            requirePath(uri, exchange.getProtocol());
            String path = uri.getRawPath();
            guard.requireSameSite(method, path, sent);
            Map<String, String> query = Request.query(uri.getRawQuery() == null ? "" : uri.getRawQuery());
            Optional<String> cookie = guard.admit(method, path, Optional.ofNullable(query.get("token")));
            Reply reply;
            if (cookie.isPresent()) {
                reply = new Content(
                        303, Content.TEXT, new byte[0], Map.of("Location", "/", "Set-Cookie", cookie.get()));
            } else {
                found = Optional.of(find(method, path, sent));
                Route route = found.get().route();
                requireRoom();
                int most = route.mostBody() < 0 ? limits.body() : route.mostBody();
                requireLength(sent, most);
                reply = route.handler()
                        .answer(new Request(
                                method, path, found.get().names(), query, sent, exchange.getRequestBody(), most));
            }
            switch (reply) {
                case Content content -> {
                    status = content.status();
                    bytes = send(exchange, content, Map.of());
                }
                case Feed(EventStream stream) -> {
                    inFlight.decrementAndGet();
                    counted = false;
                    status = 200;
                    feed(exchange, stream);
                }
            }
        } catch (Refusal refusal) {
            status = refusal.status();
            bytes = send(exchange, Content.json(status, refusal.json()), refusal.headers());
        } catch (InterruptedException stopped) {
            status = 503;
            bytes = send(exchange, Content.json(status, stopping().json()), Map.of());
        } catch (IOException gone) {
            status = 499; // as proxies name it: the client closed its connection
            throw gone;
        } catch (RuntimeException | Error failure) {
            listener.failed(found.map(fit -> fit.route().path()).orElse(""), failure);
            bytes = send(exchange, Content.json(500, failed().json()), Map.of());
            if (failure instanceof Error error) {
                throw error;
            }
        } finally {
            exchange.close();
            listener.answered(
                    method, found.map(fit -> fit.route().path()).orElse(""), status, System.nanoTime() - start, bytes);
            if (counted) { // last: who waits for the end of all finds them told
                inFlight.decrementAndGet();
            }
        }
    }

    /// The route of a request. Who has no token learns nothing of which there are.
    private Routes.Found find(String method, String path, Headers sent) {
        boolean known = guard.knows(sent);
        try {
            Routes.Found found = routes.find(method, path);
            if (known || found.route().open()) {
                return found;
            }
        } catch (Refusal refusal) {
            if (known) {
                throw refusal;
            }
        }
        throw Guard.unknown();
    }

    private static void requirePath(URI uri, String protocol) {
        boolean plain = uri.getScheme() == null
                && uri.getRawAuthority() == null
                && uri.getRawFragment() == null
                && uri.getRawPath() != null
                && uri.getRawPath().startsWith("/");
        if (!plain || !protocol.equals("HTTP/1.1") && !protocol.equals("HTTP/1.0")) {
            throw new Refusal(
                    400,
                    "the request line is not that of a request to this server",
                    "the request line",
                    uri + " " + protocol,
                    "a path that begins with /, and HTTP/1.1",
                    "send the path alone");
        }
    }

    private void requireRoom() {
        if (draining) {
            throw stopping();
        }
        if (inFlight.get() > limits.inFlight()) {
            throw Refusal.busy(
                    "the server has too many requests",
                    "more than " + limits.inFlight() + " at a time",
                    "at most " + limits.inFlight(),
                    Duration.ofSeconds(1));
        }
    }

    private static void requireLength(Headers sent, int most) {
        String length = sent.getFirst("Content-Length");
        if (length != null && !length.matches("[0-9]{1,18}")) {
            throw new Refusal(
                    400,
                    "the length of the body is malformed",
                    "the header Content-Length",
                    length,
                    "a whole number in digits",
                    "correct it");
        }
        if (length != null && Long.parseLong(length) > most) {
            throw Request.tooLong(length + " bytes", most);
        }
    }

    private static Refusal stopping() {
        return new Refusal(
                        503,
                        "the server is stopping",
                        "the server",
                        "the end of its work",
                        "requests before it",
                        "send it to another server, or to this one when it runs again")
                .with("Connection", "close");
    }

    private static Refusal failed() {
        return new Refusal(
                500,
                "the server failed",
                "the server",
                "an error that it did not expect",
                "an answer",
                "see its log, and report what stands there");
    }

    private static long send(HttpExchange exchange, Content content, Map<String, String> more) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        SECURITY.forEach(headers::set);
        headers.set("Content-Type", content.type());
        content.headers().forEach(headers::set);
        more.forEach(headers::set);
        for (String name : SECURITY.keySet()) {
            if (!name.equals("Cache-Control")) {
                headers.set(name, SECURITY.get(name)); // no handler loosens these
            }
        }
        byte[] body = content.body();
        boolean empty = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
        if (empty && content.status() != 304) {
            headers.set("Content-Length", Integer.toString(body.length)); // of what GET would give
        }
        exchange.sendResponseHeaders(content.status(), empty ? -1 : body.length);
        if (empty) {
            return 0;
        }
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
        return body.length;
    }

    private void feed(HttpExchange exchange, EventStream stream) throws IOException {
        long seen;
        try {
            String last = exchange.getRequestHeaders().getFirst("Last-Event-ID");
            seen = last == null ? 0 : Math.max(0, Long.parseLong(last));
        } catch (NumberFormatException none) {
            seen = 0;
        }
        try (EventStream.Subscription subscription = stream.subscribe(seen)) {
            Headers headers = exchange.getResponseHeaders();
            SECURITY.forEach(headers::set);
            headers.set("Content-Type", "text/event-stream; charset=utf-8");
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(200, head ? -1 : 0);
            if (!head) {
                try (OutputStream out = exchange.getResponseBody()) {
                    subscription.write(out, limits.feed());
                }
            }
        }
    }
}
