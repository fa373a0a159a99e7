package org.badak.data;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A mirror on the loopback interface that serves files, with the misbehaviour that a test asks for.
final class MirrorServer implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, HttpHandler> handlers = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    MirrorServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            String name = exchange.getRequestURI().getPath().replaceFirst("^.*/", "");
            requests.add(name + " " + exchange.getRequestHeaders().getFirst("Range"));
            handlers.getOrDefault(name, answer(404, "no such file")).handle(exchange);
        });
        server.start();
    }

    URI address() {
        return URI.create("http://" + server.getAddress().getAddress().getHostAddress() + ":"
                + server.getAddress().getPort() + "/data/");
    }

    /// One entry per request: file name, and the value of the Range header or `null`.
    List<String> requests() {
        return requests;
    }

    void on(String name, HttpHandler handler) {
        handlers.put(name, handler);
    }

    /// Serves content, or the range of it that is asked for.
    static HttpHandler file(byte[] content) {
        return exchange -> {
            String range = exchange.getRequestHeaders().getFirst("Range");
            int start = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
            if (start >= content.length) {
                send(exchange, 416, new byte[0], 0);
                return;
            }
            if (range != null) {
                exchange.getResponseHeaders()
                        .add("Content-Range", "bytes " + start + "-" + (content.length - 1) + "/" + content.length);
            }
            byte[] rest = Arrays.copyOfRange(content, start, content.length);
            send(exchange, range == null ? 200 : 206, rest, rest.length);
        };
    }

    /// Serves content from its beginning whatever range is asked for.
    static HttpHandler wholeFile(byte[] content) {
        return exchange -> send(exchange, 200, content, content.length);
    }

    /// Promises all of the content, sends some bytes, and cuts the connection; behaves from then on.
    static HttpHandler cutOnceAfter(int bytes, byte[] content) {
        var cut = new java.util.concurrent.atomic.AtomicBoolean();
        return exchange -> {
            if (cut.getAndSet(true)) {
                file(content).handle(exchange);
            } else {
                send(exchange, 200, Arrays.copyOf(content, bytes), content.length);
            }
        };
    }

    static HttpHandler answer(int status, String text) {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        return exchange -> send(exchange, status, content, content.length);
    }

    private static void send(HttpExchange exchange, int status, byte[] body, int promised) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(status, promised == 0 ? -1 : promised);
            if (promised > 0) {
                exchange.getResponseBody().write(body);
                exchange.getResponseBody().flush();
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
