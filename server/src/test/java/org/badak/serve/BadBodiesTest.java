package org.badak.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.badak.data.Json;
import org.badak.server.Access;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What clients get wrong, and the exact words they are told. The words stand in `bad-bodies.txt`;
/// `-Dbadak.golden=FILE` writes what is answered to a file, to be read before it takes its place.
@Timeout(120)
class BadBodiesTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final int LARGE = 100 << 20;

    @TempDir
    Path folder;

    private ModelServer server;
    private final Map<String, String> answers = new LinkedHashMap<>();

    @BeforeEach
    void start() throws IOException {
        Map<String, Path> files = new LinkedHashMap<>();
        files.put("digits", TestModels.write(folder.resolve("digits"), TestModels.digits(1, 20)));
        files.put("flowers", TestModels.write(folder.resolve("flowers"), TestModels.flowers()));
        files.put("fruits", TestModels.write(folder.resolve("fruits"), TestModels.fruits("kind")));
        ServeSettings usual = ServeSettings.usual(Access.loopback(0), 1);
        server = ModelServer.start(
                new ServeSettings(usual.access(), 1, 64, 16, 50, usual.body(), Duration.ofSeconds(1)),
                files,
                new ServeListener() {});
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void everyMistakeIsToldInTheseWords() throws Exception {
        plain();
        protocol();
        assertThat(answers.size()).isGreaterThanOrEqualTo(40);
        StringBuilder found = new StringBuilder();
        answers.forEach((name, answer) ->
                found.append("# ").append(name).append('\n').append(answer).append("\n\n"));
        String target = System.getProperty("badak.golden", "");
        if (!target.isEmpty()) {
            Files.writeString(Path.of(target), found.toString());
        }
        try (InputStream golden = BadBodiesTest.class.getResourceAsStream("bad-bodies.txt")) {
            assertThat(found.toString()).isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private void plain() throws Exception {
        String json = "application/json";
        send("no body", "/predict", json, "");
        send("no content type", "/predict", "", "[]");
        send("wrong content type", "/predict", "text/html", "<p>");
        send("CSV for images", "/predict", "text/csv", "a,b");
        send("PNG for a table", "/predict/fruits", "image/png", "x");
        send("no such model", "/predict/fruit", json, "[]");
        send("not JSON", "/predict", json, "hello");
        send("a comma too many", "/predict/flowers", json, "[1,2,3,]");
        send("no comma", "/predict/flowers", json, "[1 2 3 4]");
        send("not closed", "/predict/flowers", json, "[1,2,3,4");
        send("something behind", "/predict/flowers", json, "[1,2,3,4] [5]");
        send("string for a number", "/predict/flowers", json, "[1,2,\"3\",4]");
        send("null for a number", "/predict/flowers", json, "[1,2,null,4]");
        send("NaN", "/predict/flowers", json, "[1,NaN,3,4]");
        send("infinite", "/predict/flowers", json, "[1,-1e999,3,4]");
        send("too large for float32", "/predict/flowers", json, "[1,1e39,3,4]");
        send("leading zero", "/predict/flowers", json, "[01,2,3,4]");
        send("hexadecimal", "/predict/flowers", json, "[0x1,2,3,4]");
        send("too few numbers", "/predict/flowers", json, "[1,2,3]");
        send("too many numbers", "/predict/flowers", json, "[[1,2,3,4,5]]");
        send("ragged rows", "/predict/flowers", json, "[[1,2,3,4],[1,2,3]]");
        send("an object for numbers", "/predict/flowers", json, "{\"a\":1}");
        send("10,000 levels", "/predict/flowers", json, "[".repeat(10_000) + "]".repeat(10_000));
        send("10,000 levels of objects", "/predict/fruits", json, "{\"a\":".repeat(10_000));
        send("pixels to 255", "/predict", json, "[" + "0,".repeat(783) + "255]");
        send("too many rows", "/predict/flowers", json, "[" + "[1,2,3,4],".repeat(50) + "[1,2,3,4]]");
        send("not UTF-8", "/predict/flowers", json, new byte[] {'[', (byte) 0xC3, ']'});
        send("not a PNG", "/predict", "image/png", "GIF89a");
        send("half a PNG", "/predict", "image/png", java.util.Arrays.copyOf(TestModels.png(28, 28, new byte[784]), 60));
        send("neither true nor false", "/predict?invert=yes", "image/png", "x");
        send("a column is missing", "/predict/fruits", json, "{\"size\":1,\"weight\":2}");
        send("a word for a number", "/predict/fruits", json, "[{\"size\":\"big\",\"weight\":2,\"colour\":\"red\"}]");
        send("an array in a cell", "/predict/fruits", json, "{\"size\":[1],\"weight\":2,\"colour\":\"red\"}");
        send("a member twice", "/predict/fruits", json, "{\"size\":1,\"size\":2}");
        send("rows unlike", "/predict/fruits", json, "[{\"size\":1,\"weight\":2,\"colour\":\"red\"},[1,2,\"red\"]]");
        send("no rows", "/predict/fruits", json, "[]");
        send("another number of columns", "/predict/fruits", json, "[[1,2]]");
        send("CSV without a row", "/predict/fruits", "text/csv", "size,weight,colour\n");
        send("CSV with a row too short", "/predict/fruits", "text/csv", "size,weight,colour\n1,2\n");
        send("CSV with a word for a number", "/predict/fruits", "text/csv", "size,weight,colour\n1,heavy,red\n");
        large();
    }

    private void protocol() throws Exception {
        infer("no inputs", "{}");
        infer("an array for the request", "[]");
        infer("unknown member", "{\"input\":[]}");
        infer("wrong name", "{\"inputs\":[" + tensor("image", "[1,4]", "FP32", "[1,2,3,4]") + "]}");
        infer("wrong datatype", "{\"inputs\":[" + tensor("features", "[1,4]", "FLOAT", "[1,2,3,4]") + "]}");
        infer("texts for numbers", "{\"inputs\":[" + tensor("features", "[1]", "BYTES", "[\"a\"]") + "]}");
        infer("wrong shape", "{\"inputs\":[" + tensor("features", "[1,5]", "FP32", "[1,2,3,4,5]") + "]}");
        infer("shape and data differ", "{\"inputs\":[" + tensor("features", "[2,4]", "FP32", "[1,2,3,4]") + "]}");
        infer("nested unlike the shape", "{\"inputs\":[" + tensor("features", "[1,4]", "FP32", "[[1,2],[3,4]]") + "]}");
        infer("a shape of zero", "{\"inputs\":[" + tensor("features", "[0,4]", "FP32", "[]") + "]}");
        infer("a huge shape", "{\"inputs\":[" + tensor("features", "[2000000000,2000000000]", "FP32", "[]") + "]}");
        infer("a fraction of a byte", "{\"inputs\":[" + tensor("features", "[1,4]", "UINT8", "[1,2.5,3,4]") + "]}");
        infer("not a byte", "{\"inputs\":[" + tensor("features", "[1,4]", "UINT8", "[1,256,3,4]") + "]}");
        infer("no shape", "{\"inputs\":[{\"name\":\"features\",\"data\":[1]}]}");
        infer("no data", "{\"inputs\":[{\"name\":\"features\",\"shape\":[1,4],\"datatype\":\"FP32\"}]}");
        infer("id is a number", "{\"id\":1}");
        infer("binary data", "{\"inputs\":[{\"parameters\":{\"binary_data_size\":16}}]}");
        infer(
                "no such output",
                "{\"inputs\":[" + tensor("features", "[1,4]", "FP32", "[1,2,3,4]")
                        + "],\"outputs\":[{\"name\":\"label\"}]}");
        infer(
                "too many examples",
                "{\"inputs\":[" + tensor("features", "[51,4]", "FP32", "[" + "1,".repeat(203) + "1]") + "]}");
        send(
                "not Base64",
                "/v2/models/digits/infer",
                "application/json",
                "{\"inputs\":[" + tensor("images", "[1]", "BYTES", "[\"***\"]") + "]}");
        send(
                "unknown column",
                "/v2/models/fruits/infer",
                "application/json",
                "{\"inputs\":[" + tensor("color", "[1]", "BYTES", "[\"red\"]") + "]}");
        send(
                "columns of other lengths",
                "/v2/models/fruits/infer",
                "application/json",
                "{\"inputs\":[" + tensor("size", "[2]", "INT8", "[1,2]") + "," + tensor("weight", "[1]", "FP32", "[1]")
                        + "]}");
    }

    private static String tensor(String name, String shape, String type, String data) {
        return "{\"name\":\"" + name + "\",\"shape\":" + shape + ",\"datatype\":\"" + type + "\",\"data\":" + data
                + "}";
    }

    private void infer(String name, String body) throws Exception {
        send("infer, " + name, "/v2/models/flowers/infer", "application/json", body);
    }

    private void send(String name, String path, String type, String body) throws Exception {
        send(name, path, type, body.getBytes(StandardCharsets.UTF_8));
    }

    private void send(String name, String path, String type, byte[] body) throws Exception {
        send(name, path, type, HttpRequest.BodyPublishers.ofByteArray(body));
    }

    /// 100 MB in pieces that nobody has in memory at once.
    private void large() throws Exception {
        byte[] piece = new byte[1 << 16];
        java.util.Arrays.fill(piece, (byte) ' ');
        Iterable<byte[]> pieces = () -> java.util.stream.Stream.generate(() -> piece)
                .limit(LARGE / piece.length)
                .iterator();
        send("100 MB", "/predict", "application/json", HttpRequest.BodyPublishers.ofByteArrays(pieces));
        send(
                "100 MB announced",
                "/predict",
                "application/json",
                HttpRequest.BodyPublishers.fromPublisher(HttpRequest.BodyPublishers.ofByteArrays(pieces), LARGE));
    }

    private void send(String name, String path, String type, HttpRequest.BodyPublisher body) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(server.address() + path)).POST(body);
        HttpResponse<String> answer = CLIENT.send(
                (type.isEmpty() ? request : request.header("Content-Type", type)).build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(name + ": " + answer.body()).isBetween(400, 499);
        Map<String, Json> error = ((Json.Members)
                        ((Json.Members) Json.parse(answer.body())).values().get("error"))
                .values();
        assertThat(error.keySet()).containsExactly("what", "where", "found", "expected", "remedy");
        StringBuilder text = new StringBuilder().append(answer.statusCode());
        error.forEach((part, words) -> text.append("\n  ")
                .append(part)
                .append(": ")
                .append(((Json.Text) words).value().replace("\n", " | ")));
        assertThat(answers.put(name, text.toString())).as(name + " twice").isNull();
    }
}
