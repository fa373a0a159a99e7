package org.badak.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.badak.data.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WebServerTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static WebServer start(Limits limits, Listener listener, Route... routes) {
        return WebServer.start(Access.loopback(0), limits, listener, List.of(routes));
    }

    private static HttpResponse<String> get(WebServer server, String path, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.address() + path));
        return CLIENT.send(
                (headers.length == 0 ? request : request.headers(headers)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void fileIsKnownByItsTag() throws Exception {
        StaticFile file = StaticFile.of("text/css; charset=utf-8", "p {}".getBytes(StandardCharsets.UTF_8));
        try (WebServer server = start(
                Limits.USUAL,
                Listener.SILENT,
                Route.file("/a.css", file),
                Route.file("/b." + file.fingerprint() + ".css", file.forever()))) {
            HttpResponse<String> first = get(server, "/a.css");
            String tag = first.headers().firstValue("ETag").orElseThrow();
            HttpResponse<String> again = get(server, "/a.css", "If-None-Match", "\"other\", W/" + tag);

            assertThat(first.body()).isEqualTo("p {}");
            assertThat(first.headers().firstValue("Content-Type")).contains("text/css; charset=utf-8");
            assertThat(first.headers().firstValue("Cache-Control")).contains("no-cache");
            assertThat(again.statusCode()).isEqualTo(304);
            assertThat(again.body()).isEmpty();
            assertThat(get(server, "/a.css", "If-None-Match", "\"other\"").statusCode())
                    .isEqualTo(200);
            assertThat(get(server, "/b." + file.fingerprint() + ".css")
                            .headers()
                            .firstValue("Cache-Control")
                            .orElseThrow())
                    .contains("immutable");
        }
    }

    @Test
    void headHasTheLengthAndNoBody() throws Exception {
        try (WebServer server = start(Limits.USUAL, Listener.SILENT, Route.get("/", request -> Content.text("four")))) {
            HttpResponse<String> head = CLIENT.send(
                    HttpRequest.newBuilder(server.link()).HEAD().build(), HttpResponse.BodyHandlers.ofString());

            assertThat(head.statusCode()).isEqualTo(200);
            assertThat(head.headers().firstValueAsLong("Content-Length")).hasValue(4);
            assertThat(head.body()).isEmpty();
        }
    }

    @Test
    void noHandlerLoosensWhatPagesMayDo() throws Exception {
        Route loose = Route.get(
                "/",
                request -> Content.text("page")
                        .with("Content-Security-Policy", "default-src *")
                        .with("X-Frame-Options", "ALLOWALL"));
        try (WebServer server = start(Limits.USUAL, Listener.SILENT, loose)) {
            HttpResponse<String> answer = get(server, "/");

            assertThat(answer.headers().allValues("Content-Security-Policy"))
                    .singleElement()
                    .asString()
                    .startsWith("default-src 'self';");
            assertThat(answer.headers().allValues("X-Frame-Options")).containsExactly("DENY");
        }
    }

    @Test
    void bodyThatSaysThatItIsTooLongReachesNoHandler() throws Exception {
        AtomicInteger reached = new AtomicInteger();
        Route post = Route.post("/", request -> {
            reached.incrementAndGet();
            return Content.text(request.text());
        });
        try (WebServer server = start(Limits.USUAL.withBody(10), Listener.SILENT, post)) {
            List<Integer> statuses = new ArrayList<>();
            for (int length : new int[] {10, 11}) {
                HttpRequest request = HttpRequest.newBuilder(server.link())
                        .POST(HttpRequest.BodyPublishers.ofString("x".repeat(length)))
                        .build();
                statuses.add(CLIENT.send(request, HttpResponse.BodyHandlers.ofString())
                        .statusCode());
            }

            assertThat(statuses).containsExactly(200, 413);
            assertThat(reached).hasValue(1);
        }
    }

    @Test
    void literalSegmentsComeBeforeNames() throws Exception {
        try (WebServer server = start(
                Limits.USUAL,
                Listener.SILENT,
                Route.get("/runs/{run}", request -> Content.text("run " + request.name("run"))),
                Route.get("/runs/all", request -> Content.text("all")))) {
            assertThat(get(server, "/runs/all").body()).isEqualTo("all");
            assertThat(get(server, "/runs/%EC%8B%A4%ED%97%98").body()).isEqualTo("run 실험");
        }
    }

    @Test
    void moreRequestsThanAllowedAreSentAway() throws Exception {
        CountDownLatch inside = new CountDownLatch(2);
        CountDownLatch leave = new CountDownLatch(1);
        try (WebServer server = start(Limits.USUAL.withInFlight(2), Listener.SILENT, Route.get("/", request -> {
            inside.countDown();
            leave.await();
            return Content.text("done");
        }))) {
            List<CompletableFuture<HttpResponse<String>>> first = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                first.add(CLIENT.sendAsync(
                        HttpRequest.newBuilder(server.link()).build(), HttpResponse.BodyHandlers.ofString()));
            }
            inside.await();
            HttpResponse<String> third = get(server, "/");
            leave.countDown();

            assertThat(third.statusCode()).isEqualTo(429);
            assertThat(third.headers().firstValue("Retry-After")).contains("1");
            assertThat(third.body()).contains("too many requests");
            for (CompletableFuture<HttpResponse<String>> answered : first) {
                assertThat(answered.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
            }
            assertThat(get(server, "/").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void closingFinishesWhatIsBeingAnswered() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        Route slow = Route.get("/", request -> {
            inside.countDown();
            leave.await();
            return Content.text("done");
        });
        Route quick = Route.get("/quick", request -> Content.text("at once"));
        WebServer server = start(Limits.USUAL, Listener.SILENT, slow, quick);
        CompletableFuture<HttpResponse<String>> answer =
                CLIENT.sendAsync(HttpRequest.newBuilder(server.link()).build(), HttpResponse.BodyHandlers.ofString());
        inside.await();
        Thread closing = Thread.ofVirtual().start(() -> server.close(Duration.ofSeconds(20)));
        int late;
        do { // until the server knows that it stops
            late = new RawClient(server.port()).get("/quick", "").status();
        } while (late == 200);
        leave.countDown();
        closing.join();

        assertThat(late).isEqualTo(503);
        assertThat(answer.get(10, TimeUnit.SECONDS).body()).isEqualTo("done");
    }

    @Test
    void failureOfAHandlerIsToldToTheListenerAndNotToTheClient() throws Exception {
        List<String> told = Collections.synchronizedList(new ArrayList<>());
        Listener listener = new Listener() {
            @Override
            public void failed(String route, Throwable failure) {
                told.add(route + " " + failure.getMessage());
            }

            @Override
            public void answered(String method, String route, int status, long nanoseconds, long bytes) {
                told.add(method + " " + route + " " + status);
            }
        };
        try (WebServer server = start(Limits.USUAL, listener, Route.get("/fail", request -> {
            throw new IllegalStateException("secret /etc/path");
        }))) {
            HttpResponse<String> answer = get(server, "/fail");

            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(answer.body()).doesNotContain("secret").contains("the server failed");
        }
        assertThat(told).containsExactly("/fail secret /etc/path", "GET /fail 500");
    }

    @Test
    void portThatIsTakenIsNamed() {
        try (WebServer first = start(Limits.USUAL, Listener.SILENT)) {
            assertThatThrownBy(() ->
                            WebServer.start(Access.loopback(first.port()), Limits.USUAL, Listener.SILENT, List.of()))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining(":" + first.port())
                    .hasMessageContaining("--port");
        }
    }

    @Test
    void hostForOthersNeedsAToken() {
        assertThatThrownBy(() -> new Access("0.0.0.0", 0, "", List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("token");
        assertThatThrownBy(() -> new Access("", 0, "short", List.of())).hasMessageContaining("5 characters");
        assertThat(new Access("0.0.0.0", 0, Access.newToken(), List.of()).toString())
                .endsWith("with a token");
        assertThat(Access.newToken()).isNotEqualTo(Access.newToken());
    }

    @Test
    void routesAreChecked() {
        Handler handler = request -> Content.text("");
        assertThatThrownBy(() -> Route.get("names", handler)).hasMessageContaining("names");
        assertThatThrownBy(() -> Route.get("/../a", handler)).hasMessageContaining("/../a");
        assertThatThrownBy(() ->
                        start(Limits.USUAL, Listener.SILENT, Route.get("/{a}", handler), Route.get("/{b}", handler)))
                .hasMessageContaining("twice");
    }

    @Test
    void eventsComeInOrderAndGoOnWhereTheReaderWas() throws Exception {
        EventStream stream = new EventStream(100, 4);
        for (int i = 1; i <= 5; i++) {
            stream.send("step", Json.of((long) i));
        }
        try (WebServer server =
                start(Limits.USUAL, Listener.SILENT, Route.get("/events", request -> new Feed(stream)))) {
            CompletableFuture<HttpResponse<String>> all = CLIENT.sendAsync(
                    HttpRequest.newBuilder(URI.create(server.address() + "/events"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            CompletableFuture<HttpResponse<String>> rest = CLIENT.sendAsync(
                    HttpRequest.newBuilder(URI.create(server.address() + "/events"))
                            .header("Last-Event-ID", "4")
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            while (stream.readers() < 2) {
                Thread.onSpinWait();
            }
            stream.send("note", "two\nlines");
            stream.close();

            HttpResponse<String> answer = all.get(10, TimeUnit.SECONDS);
            assertThat(answer.headers().firstValue("Content-Type")).contains("text/event-stream; charset=utf-8");
            assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
            assertThat(answer.body())
                    .startsWith("retry: 1000\n\nid: 1\nevent: step\ndata: 1\n\n")
                    .endsWith("id: 6\nevent: note\ndata: two\ndata: lines\n\n");
            assertThat(rest.get(10, TimeUnit.SECONDS).body())
                    .startsWith("retry: 1000\n\nid: 5\nevent: step\ndata: 5\n\nid: 6\n");
        }
        assertThat(stream.readers()).isZero();
    }

    @Test
    void feedEndsAtItsDeadline() throws Exception {
        EventStream stream = new EventStream(10, 4);
        Limits limits = new Limits(1000, 10, Duration.ofMillis(50));
        try (WebServer server = start(limits, Listener.SILENT, Route.get("/events", request -> new Feed(stream)))) {
            assertThat(get(server, "/events").body()).isEqualTo("retry: 1000\n\n");
        }
    }

    @Test
    void tooManyReadersAreSentAway() throws Exception {
        EventStream stream = new EventStream(10, 1);
        try (WebServer server =
                start(Limits.USUAL, Listener.SILENT, Route.get("/events", request -> new Feed(stream)))) {
            CompletableFuture<HttpResponse<InputStream>> first = CLIENT.sendAsync(
                    HttpRequest.newBuilder(URI.create(server.address() + "/events"))
                            .build(),
                    HttpResponse.BodyHandlers.ofInputStream());
            first.get(10, TimeUnit.SECONDS);

            assertThat(get(server, "/events").statusCode()).isEqualTo(429);
            stream.close();
        }
    }

    /// The reader takes nothing; the sender must not wait for it, whatever the buffers of the sockets hold.
    @Test
    void slowReaderIsDroppedAndNeverHoldsTheSender() throws Exception {
        EventStream stream = new EventStream(10, 4);
        String data = "x".repeat(100_000);
        try (WebServer server =
                        start(Limits.USUAL, Listener.SILENT, Route.get("/events", request -> new Feed(stream)));
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream()
                    .write(("GET /events HTTP/1.1\r\nHost: localhost:" + server.port() + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            while (stream.readers() == 0) {
                Thread.onSpinWait();
            }
            long longest = 0;
            for (int i = 0; i < 2000 && stream.dropped() == 0; i++) {
                long start = System.nanoTime();
                stream.send("step", data);
                longest = Math.max(longest, System.nanoTime() - start);
            }

            assertThat(stream.dropped()).isEqualTo(1);
            assertThat(stream.readers()).isZero();
            assertThat(longest).isLessThan(TimeUnit.SECONDS.toNanos(2));
            byte[] rest = socket.getInputStream().readAllBytes(); // ends: the connection was cut
            assertThat(rest.length).isPositive();
        }
    }
}
