package org.badak.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.badak.data.Json;

/// A headless Chromium driven over its DevTools protocol: one page, its scripts, its pictures, and every error that it
/// reports. Needs no library and no Node, so that the page is tested with what a plain machine has.
final class Chromium implements AutoCloseable {
    private static final List<Path> PLACES = List.of(
            Path.of("/usr/bin/chromium"),
            Path.of("/usr/bin/chromium-browser"),
            Path.of("/usr/bin/google-chrome"),
            Path.of("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"));
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final long PAUSE_MILLISECONDS = 25;

    private final Process process;
    private final Path profile;
    private final WebSocket socket;
    private final AtomicInteger calls = new AtomicInteger();
    private final Map<Integer, CompletableFuture<Json.Members>> waiting = new ConcurrentHashMap<>();
    private final List<String> errors = new CopyOnWriteArrayList<>();

    private Chromium(Process process, Path profile, URI page) {
        this.process = process;
        this.profile = profile;
        socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(page, new Ears())
                .join();
    }

    /// Where Chromium is installed, if it is.
    static Optional<Path> installed() {
        return PLACES.stream().filter(Files::isExecutable).findFirst();
    }

    /// Starts it with an empty page.
    static Chromium start() throws IOException, InterruptedException {
        Path profile = Files.createTempDirectory("badak-chromium");
        Process process = new ProcessBuilder(
                        installed().orElseThrow().toString(),
                        "--headless=new",
                        "--no-sandbox", // root has none; the pages are ours
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--no-first-run",
                        "--disable-extensions",
                        "--disable-background-networking",
                        "--hide-scrollbars",
                        "--lang=en",
                        "--remote-debugging-port=0",
                        "--remote-allow-origins=*",
                        "--user-data-dir=" + profile,
                        "about:blank")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        Path told = profile.resolve("DevToolsActivePort");
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.exists(told) || Files.readAllLines(told).size() < 2) {
            if (System.nanoTime() > end || !process.isAlive()) {
                throw new IOException("Chromium did not start in " + PATIENCE);
            }
            Thread.sleep(PAUSE_MILLISECONDS);
        }
        String port = Files.readAllLines(told).getFirst();
        return new Chromium(process, profile, page(port, end)).prepared();
    }

    private static URI page(String port, long end) throws IOException, InterruptedException {
        while (System.nanoTime() < end) {
            String list = new String(
                    URI.create("http://127.0.0.1:" + port + "/json")
                            .toURL()
                            .openStream()
                            .readAllBytes(),
                    java.nio.charset.StandardCharsets.UTF_8);
            for (Json each : ((Json.Items) Json.parse(list)).values()) {
                Map<String, Json> target = ((Json.Members) each).values();
                if (target.get("type") instanceof Json.Text(String type) && type.equals("page")) {
                    return URI.create(((Json.Text) target.get("webSocketDebuggerUrl")).value());
                }
            }
            Thread.sleep(PAUSE_MILLISECONDS);
        }
        throw new IOException("Chromium has no page");
    }

    private Chromium prepared() {
        call("Page.enable", new Answer());
        call("Runtime.enable", new Answer());
        call("Log.enable", new Answer());
        return this;
    }

    /// Sets the size of the window, in pixels of the page.
    void size(int width, int height, boolean phone) {
        call(
                "Emulation.setDeviceMetricsOverride",
                new Answer()
                        .put("width", width)
                        .put("height", height)
                        .put("deviceScaleFactor", 1)
                        .put("mobile", phone));
    }

    /// Opens an address and waits until the page has a room.
    void open(URI address) {
        call("Page.navigate", new Answer().put("url", address.toString()));
    }

    /// Evaluates a script; promises are waited for. Gives what it gives, as text.
    String script(String script) {
        Json.Members answer = call(
                "Runtime.evaluate",
                new Answer()
                        .put("expression", script)
                        .put("awaitPromise", true)
                        .put("returnByValue", true)
                        .put("userGesture", true));
        if (answer.values().containsKey("exceptionDetails")) {
            throw new AssertionError("script failed: " + script + ": " + answer);
        }
        Json value = ((Json.Members) answer.values().get("result")).values().get("value");
        return value instanceof Json.Text(String text) ? text : String.valueOf(value);
    }

    /// Waits until a script gives true; while a page is being left there is none to ask.
    void await(String what, String script) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!holds(script)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited " + PATIENCE + " for " + what + "; errors: " + errors);
            }
            try {
                Thread.sleep(PAUSE_MILLISECONDS);
            } catch (InterruptedException ended) {
                throw new IllegalStateException(ended);
            }
        }
    }

    private boolean holds(String script) {
        try {
            return script("Promise.resolve(" + script + ").then(Boolean)").equals("true");
        } catch (AssertionError leaving) {
            return false;
        }
    }

    /// Presses the mouse, moves it through points and lets it go, in pixels of the window.
    void drag(double... points) {
        mouse("mousePressed", points[0], points[1]);
        for (int i = 2; i < points.length; i += 2) {
            mouse("mouseMoved", points[i], points[i + 1]);
        }
        mouse("mouseReleased", points[points.length - 2], points[points.length - 1]);
    }

    private void mouse(String type, double x, double y) {
        call(
                "Input.dispatchMouseEvent",
                new Answer()
                        .put("type", type)
                        .put("x", x)
                        .put("y", y)
                        .put("button", "left")
                        .put("buttons", 1)
                        .put("clickCount", 1));
    }

    /// Presses a key.
    ///
    /// @param key such as `ArrowLeft` or a blank
    void press(String key) {
        Answer down = new Answer().put("type", "keyDown").put("key", key);
        call("Input.dispatchKeyEvent", key.length() == 1 ? down.put("text", key) : down);
        call("Input.dispatchKeyEvent", new Answer().put("type", "keyUp").put("key", key));
    }

    /// A picture of the whole page, PNG.
    byte[] picture() {
        Json.Members answer = call(
                "Page.captureScreenshot",
                new Answer()
                        .put("format", "png")
                        .put("captureBeyondViewport", true)
                        .put("clip", clip()));
        return Base64.getDecoder().decode(((Json.Text) answer.values().get("data")).value());
    }

    private Json clip() {
        Map<String, Json> size = ((Json.Members)
                        call("Page.getLayoutMetrics", new Answer()).values().get("cssContentSize"))
                .values();
        return new Answer()
                .put("x", 0)
                .put("y", 0)
                .put("width", size.get("width"))
                .put("height", size.get("height"))
                .put("scale", 1)
                .json();
    }

    /// Errors of scripts, of the console and of the network since the start or the last call.
    List<String> errors() {
        List<String> all = List.copyOf(errors);
        errors.clear();
        return all;
    }

    private Json.Members call(String method, Answer parameters) {
        int id = calls.incrementAndGet();
        CompletableFuture<Json.Members> answer = new CompletableFuture<>();
        waiting.put(id, answer);
        socket.sendText(
                        new Answer()
                                .put("id", id)
                                .put("method", method)
                                .put("params", parameters.json())
                                .json()
                                .toString(),
                        true)
                .join();
        try {
            return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException failed) {
            throw new AssertionError(method + " " + parameters.json(), failed);
        }
    }

    private void heard(Json.Members message) {
        Map<String, Json> members = message.values();
        if (members.get("id") instanceof Json.Numeral(String digits)) {
            CompletableFuture<Json.Members> asked = waiting.remove(Integer.parseInt(digits));
            if (members.get("result") instanceof Json.Members result) {
                asked.complete(result);
            } else {
                asked.completeExceptionally(new IOException(message.toString()));
            }
            return;
        }
        String method = ((Json.Text) members.get("method")).value();
        String text = String.valueOf(members.get("params"));
        boolean error = method.equals("Runtime.exceptionThrown")
                || method.equals("Log.entryAdded") && text.contains("\"level\":\"error\"")
                || method.equals("Runtime.consoleAPICalled") && text.contains("\"type\":\"error\"");
        if (error) {
            errors.add(text);
        }
    }

    @Override
    public void close() throws IOException {
        socket.abort();
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.walk(profile)) {
            all.forEach(files::add);
        } catch (UncheckedIOException vanished) {
            return; // a helper process of the browser still tidies up; the system's temporary folder keeps the rest
        }
        for (Path file : files.reversed()) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException busy) {
                return;
            }
        }
    }

    /// Puts the parts of messages together.
    private final class Ears implements WebSocket.Listener {
        private final StringBuilder parts = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            parts.append(data);
            if (last) {
                String whole = parts.toString();
                parts.setLength(0);
                heard((Json.Members) Json.parse(whole));
            }
            from.request(1);
            return CompletableFuture.completedFuture(null);
        }
    }
}
