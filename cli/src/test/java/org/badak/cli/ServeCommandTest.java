package org.badak.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.badak.data.Json;
import org.badak.testkit.SmallPng;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ServeCommandTest {
    private static final Pattern PORT = Pattern.compile("\"event\":\"listening\".*\"port\":([0-9]+)");

    @TempDir
    Path folder;

    private Process process;

    @AfterEach
    void end() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    private void train() throws IOException {
        trained(
                "train",
                "--data",
                "digits",
                "--train-count",
                "100",
                "--test-count",
                "50",
                "--iterations",
                "5",
                "--hidden",
                "5",
                "--out",
                folder.resolve("mnist").toString());
        StringBuilder csv = new StringBuilder("size,colour,kind\n");
        for (int i = 0; i < 40; i++) {
            csv.append(i % 2 == 0 ? 5 + i % 3 : 9 + i % 4).append(i % 2 == 0 ? ",red,apple\n" : ",yellow,banana\n");
        }
        Path table = Files.writeString(folder.resolve("fruits.csv"), csv);
        trained(
                "train",
                table.toString(),
                "--epochs",
                "5",
                "--out",
                folder.resolve("fruits").toString());
    }

    private static void trained(String... arguments) {
        Run run = Run.of(arguments);
        assertThat(run.exit()).as(run.err()).isZero();
    }

    private int start(String... arguments) throws Exception {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "--module-path",
                System.getProperty("jdk.module.path"),
                "--module",
                "org.badak.cli/org.badak.cli.Main",
                "serve",
                "--json",
                "--port",
                "0"));
        line.addAll(List.of(arguments));
        process = new ProcessBuilder(line)
                .directory(folder.toFile())
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
        await(() -> PORT.matcher(log()).find());
        Matcher port = PORT.matcher(log());
        assertThat(port.find()).isTrue();
        return Integer.parseInt(port.group(1));
    }

    private String log() {
        try {
            return new String(Files.readAllBytes(folder.resolve("err")), UTF_8);
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }

    private void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            assertThat(process.isAlive() && System.nanoTime() < end).as(log()).isTrue();
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private static int status(int port, String path) {
        try {
            HttpURLConnection connection = (HttpURLConnection)
                    URI.create("http://127.0.0.1:" + port + path).toURL().openConnection();
            return connection.getResponseCode();
        } catch (IOException refused) {
            return 0;
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS) // which has no signals
    void terminationSaysNotReadyAndStillAnswersThenEnds() throws Exception {
        train();
        int port = start("mnist", "--drain", "3");
        assertThat(status(port, "/v2/health/ready")).isEqualTo(200);

        process.destroy(); // SIGTERM
        await(() -> status(port, "/v2/health/ready") == 503);
        assertThat(status(port, "/v2/models/mnist")).isEqualTo(200);

        assertThat(process.waitFor()).isEqualTo(143);
        assertThat(Files.readString(folder.resolve("out"))).matches("(?s).*\\{\"requests\":[0-9]+\\}\\s*");
        for (String line : log().strip().split("\n")) {
            if (!line.startsWith("WARNING: Using incubator modules")) { // which the JVM says
                assertThat(Json.parse(line)).as(line).isInstanceOf(Json.Members.class);
            }
        }
        assertThat(log())
                .contains("\"event\":\"model\"", "\"event\":\"stopping\"", "\"event\":\"stopped\"")
                .contains("\"event\":\"request\",\"method\":\"GET\",\"route\":\"/v2/models/{name}\",\"status\":200");
    }

    /// Every call of curl that the README shows, in both languages, against the models it speaks of.
    @Test
    void callsOfTheReadmeAnswerNeedsCurl() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/curl")), "curl is installed");
        train();
        int port = start("mnist", "fruits");
        Files.write(folder.resolve("digit.png"), SmallPng.of(28, 28, SmallPng.Kind.GRAY, new byte[784]));
        Files.writeString(folder.resolve("rows.csv"), "size,colour\n7,red\n");
        Files.writeString(
                folder.resolve("tensors.json"),
                "{\"inputs\":[{\"name\":\"images\",\"shape\":[1,784],\"datatype\":\"UINT8\",\"data\":["
                        + "0,".repeat(783) + "0]}]}");
        int calls = 0;
        for (String readme : List.of("README.md", "README.ko.md")) {
            Path file = Path.of("").toAbsolutePath().resolveSibling(readme);
            for (String line : Files.readAllLines(file)) {
                if (line.startsWith("curl ")) {
                    calls++;
                    String call = line.replace("127.0.0.1:8080", "127.0.0.1:" + port)
                            .replace("curl ", "curl -sS --fail-with-body ");
                    Process curl = new ProcessBuilder("sh", "-c", call)
                            .directory(folder.toFile())
                            .redirectErrorStream(true)
                            .start();
                    try (InputStream out = curl.getInputStream()) {
                        String answer = new String(out.readAllBytes(), UTF_8);
                        assertThat(curl.waitFor()).as(call + "\n" + answer).isZero();
                        assertThat(answer).as(call).containsAnyOf("\"label\":", "\"labels\"", "badak_requests_total");
                    }
                }
            }
        }
        assertThat(calls).isGreaterThanOrEqualTo(8);
    }

    @Test
    void mistakesAreTold() throws IOException {
        assertThat(Run.of("serve").exit()).isEqualTo(2);
        assertUsage("--port: found 70000", "serve", "m", "--port", "70000");
        assertUsage("--token: found 5 characters", "serve", "m", "--token", "short");
        assertUsage("--queue: found 0", "serve", "m", "--queue", "0");
        assertUsage("--max-batch: found -1", "serve", "m", "--max-batch", "-1");
        assertUsage("--drain: found -1.0", "serve", "m", "--drain", "-1");
        assertUsage("MODEL: found a twice", "serve", "a=x", "a=y");

        Run absent = Run.of("serve", folder.resolve("nothing").toString(), "--port", "0");
        assertThat(absent.exit()).isEqualTo(1);
        assertThat(absent.err()).contains("nothing");
    }

    @Test
    void portThatIsTakenIsToldInFiveParts() throws Exception {
        train();
        try (java.net.ServerSocket taken = new java.net.ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            Run run = Run.of("serve", folder.resolve("mnist").toString(), "--port", port);
            assertThat(run.exit()).isEqualTo(1);
            assertThat(run.err()).contains("cannot listen", port, "expected: a free port", "--port");
        }
    }

    private static void assertUsage(String message, String... arguments) {
        Run run = Run.of(arguments);
        assertThat(run.exit()).as(run.err()).isEqualTo(2);
        assertThat(run.err()).contains(message);
    }
}
