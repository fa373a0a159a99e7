package org.badak.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.badak.catalog.ModelFile;
import org.badak.catalog.SavedModel;
import org.badak.data.DataException;
import org.badak.data.Json;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.matrix.Precision;
import org.badak.model.Predictor;
import org.badak.server.Access;
import org.badak.tabular.CsvFile;
import org.badak.tabular.CsvOptions;
import org.badak.tabular.Predictions;
import org.badak.tabular.Table;
import org.badak.tabular.TableModel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ModelServerTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final String JSON = "application/json";

    @TempDir
    Path folder;

    private final SavedModel digits = TestModels.digits(1, 20);
    private final List<String> told = Collections.synchronizedList(new ArrayList<>());
    private ModelServer server;

    @BeforeEach
    void start() throws IOException {
        Map<String, Path> files = new LinkedHashMap<>();
        files.put("digits", TestModels.write(folder.resolve("digits"), digits));
        files.put("flowers", TestModels.write(folder.resolve("flowers"), TestModels.flowers()));
        files.put("fruits", TestModels.write(folder.resolve("fruits"), TestModels.fruits("kind")));
        files.put("weights", TestModels.write(folder.resolve("weights"), TestModels.fruits("weight")));
        ServeSettings usual = ServeSettings.usual(Access.loopback(0), 2);
        server = ModelServer.start(
                new ServeSettings(
                        usual.access(),
                        usual.threads(),
                        usual.maxBatch(),
                        usual.queue(),
                        usual.maxRows(),
                        usual.body(),
                        Duration.ofMillis(20)),
                files,
                new ServeListener() {
                    @Override
                    public void exchanged(LoadedModel old, LoadedModel now) {
                        told.add("exchanged " + now.name() + " " + old.version() + " " + now.version());
                    }

                    @Override
                    public void refused(LoadedModel old, DataException reason) {
                        told.add("refused " + old.name() + " " + reason.what());
                    }
                });
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return CLIENT.send(
                HttpRequest.newBuilder(URI.create(server.address() + path)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest request(String path, String type, byte[] body) {
        return HttpRequest.newBuilder(URI.create(server.address() + path))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
    }

    private Map<String, Json> post(String path, String type, byte[] body) throws IOException, InterruptedException {
        HttpResponse<String> answer = CLIENT.send(request(path, type, body), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return ((Json.Members) Json.parse(answer.body())).values();
    }

    private Map<String, Json> post(String path, String type, String body) throws IOException, InterruptedException {
        return post(path, type, body.getBytes(StandardCharsets.UTF_8));
    }

    private static Json member(Json value, String... path) {
        Json at = value;
        for (String name : path) {
            at = at instanceof Json.Items(List<Json> items)
                    ? items.get(Integer.parseInt(name))
                    : ((Json.Members) at).values().get(name);
        }
        return at;
    }

    private static byte[] pixels(long seed) {
        byte[] pixels = new byte[784];
        new Random(seed).nextBytes(pixels);
        return pixels;
    }

    private static String tensor(String type, String shape, List<String> data) {
        return "{\"name\":\"images\",\"shape\":" + shape + ",\"datatype\":\"" + type + "\",\"data\":["
                + String.join(",", data) + "]}";
    }

    private static List<String> numbers(byte[] pixels, boolean divided) {
        List<String> numbers = new ArrayList<>();
        for (byte pixel : pixels) {
            numbers.add(divided ? Float.toString((pixel & 255) / 255f) : Integer.toString(pixel & 255));
        }
        return numbers;
    }

    private float[] expected(byte[] pixels) {
        float[] x = new float[784];
        for (int i = 0; i < x.length; i++) {
            x[i] = (pixels[i] & 255) / 255f;
        }
        float[] result = new float[10];
        Predictor.of(digits.network(), digits.parameters()).predict(x, result);
        return result;
    }

    private static String list(float[] values) {
        List<String> texts = new ArrayList<>();
        for (float value : values) {
            texts.add(Float.toString(value));
        }
        return "[" + String.join(",", texts) + "]";
    }

    @Test
    void tensorsOfEveryKindGiveTheNetworksBits() throws Exception {
        byte[] pixels = pixels(1);
        String png = "\"" + Base64.getEncoder().encodeToString(TestModels.png(28, 28, pixels)) + "\"";
        List<String> halves = List.of(
                "[" + String.join(",", numbers(pixels, false).subList(0, 28)) + "]",
                "[" + String.join(",", numbers(pixels, false).subList(28, 56)) + "]");
        List<String> nested = new ArrayList<>(halves);
        for (int row = 2; row < 28; row++) {
            nested.add("[" + String.join(",", numbers(pixels, false).subList(28 * row, 28 * row + 28)) + "]");
        }
        for (String input : List.of(
                tensor("UINT8", "[1,784]", numbers(pixels, false)),
                tensor("INT64", "[1,28,28]", numbers(pixels, false)),
                tensor("FP32", "[1,1,28,28]", numbers(pixels, true)),
                tensor("FP64", "[1,784]", numbers(pixels, true)),
                tensor("UINT8", "[1,28,28]", List.of("[" + String.join(",", nested) + "]")),
                tensor("BYTES", "[1]", List.of(png)))) {
            Map<String, Json> answer = post(
                    "/v2/models/digits/infer",
                    JSON,
                    "{\"id\":\"a1\",\"parameters\":{\"priority\":1},\"inputs\":[" + input + "]}");

            assertThat(answer.get("id")).isEqualTo(Json.of("a1"));
            assertThat(answer.get("model_name")).isEqualTo(Json.of("digits"));
            assertThat(answer.get("model_version")).isEqualTo(Json.of("1"));
            assertThat(member(answer.get("outputs"), "0").toString())
                    .as(input.substring(0, 60))
                    .isEqualTo("{\"name\":\"probabilities\",\"datatype\":\"FP32\",\"shape\":[1,10],\"data\":"
                            + list(expected(pixels)) + "}");
            assertThat(member(answer.get("outputs"), "1", "shape").toString()).isEqualTo("[1]");
        }
    }

    @Test
    void wantedOutputsAloneAreGiven() throws Exception {
        Map<String, Json> answer = post(
                "/v2/models/flowers/infer",
                JSON,
                "{\"inputs\":[{\"name\":\"features\",\"shape\":[2,4],\"datatype\":\"FP32\",\"data\":[[1,2,3,4],"
                        + "[-1,0.5,2e1,0]]}],\"outputs\":[{\"name\":\"labels\"}]}");
        assertThat(((Json.Items) answer.get("outputs")).values()).hasSize(1);
        assertThat(member(answer.get("outputs"), "0", "data").toString())
                .matches("\\[\"(setosa|versicolor|virginica)\",\"(setosa|versicolor|virginica)\"\\]");
        assertThat(answer).doesNotContainKey("id");
        assertThat(post(
                        "/v2/models/flowers/infer",
                        JSON,
                        "{\"inputs\":[{\"data\":[[1,2,3,4],[-1,0.5,2e1,0]],\"datatype\":\"FP32\",\"name\":\"features\","
                                + "\"shape\":[2,4]}],\"outputs\":[{\"name\":\"labels\"}]}"))
                .as("members in alphabetical order, as some clients write them")
                .isEqualTo(answer);
    }

    @Test
    void rowsInAnyFormGetTheAnswersOfTheTable() throws Exception {
        String csv = "colour,size,weight\nred,7,\nyellow,9,120\n";
        TableModel model = TableModel.of(ModelFile.read(folder.resolve("fruits")), "fruits");
        Table table = CsvFile.read(
                "rows", csv.getBytes(StandardCharsets.UTF_8), CsvOptions.DETECTED, List.of("colour", "size"));
        Predictions.Classes expected;
        try (Kernels kernels = KernelChoice.current().kernels(Precision.FLOAT32, 1)) {
            expected = (Predictions.Classes) model.predict(kernels, table, new int[] {0, 1});
        }
        Json wanted = new Json.Items(List.of(answer(expected, 0), answer(expected, 1)));

        assertThat(post("/predict/fruits", "text/csv", csv).get("predictions")).isEqualTo(wanted);
        assertThat(post(
                                "/predict/fruits",
                                JSON,
                                "[{\"size\":7,\"weight\":null,\"colour\":\"red\"},"
                                        + "{\"colour\":\"yellow\",\"weight\":120.0,\"size\":9}]")
                        .get("predictions"))
                .isEqualTo(wanted);
        assertThat(post("/predict/fruits", JSON, "[[7,\"NA\",\"red\"],[9,120,\"yellow\"]]")
                        .get("predictions"))
                .isEqualTo(wanted);
        assertThat(post("/predict/fruits", JSON, "{\"size\":9,\"weight\":120,\"colour\":\"yellow\"}")
                        .get("predictions"))
                .isEqualTo(new Json.Items(List.of(answer(expected, 1))));
        Map<String, Json> tensors = post(
                "/v2/models/fruits/infer",
                JSON,
                "{\"inputs\":[{\"name\":\"size\",\"shape\":[2],\"datatype\":\"INT32\",\"data\":[7,9]},"
                        + "{\"name\":\"weight\",\"shape\":[2,1],\"datatype\":\"BYTES\",\"data\":[\"\",\"120\"]},"
                        + "{\"name\":\"colour\",\"shape\":[2],\"datatype\":\"BYTES\",\"data\":[\"red\",\"yellow\"]}]}");
        assertThat(member(tensors.get("outputs"), "1", "data").toString())
                .isEqualTo("[\"" + expected.answer(0) + "\",\"" + expected.answer(1) + "\"]");
    }

    private static Json answer(Predictions.Classes expected, int row) {
        Map<String, Json> all = new LinkedHashMap<>();
        for (int i = 0; i < expected.labels().size(); i++) {
            all.put(expected.labels().get(i), Answers.number((float)
                    expected.probabilities().get(row, i)));
        }
        Map<String, Json> answer = new LinkedHashMap<>();
        answer.put("label", Json.of(expected.answer(row)));
        answer.put("probability", Answers.number((float) expected.probability(row)));
        answer.put("probabilities", new Json.Members(all));
        return new Json.Members(answer);
    }

    @Test
    void numbersAreAnsweredInTheUnitsOfTheTarget() throws Exception {
        Map<String, Json> answer =
                post("/predict/weights", JSON, "{\"size\":9,\"colour\":\"yellow\",\"kind\":\"banana\"}");
        TableModel model = TableModel.of(ModelFile.read(folder.resolve("weights")), "weights");
        Table table = CsvFile.read(
                "rows",
                "size,colour,kind\n9,yellow,banana\n".getBytes(StandardCharsets.UTF_8),
                CsvOptions.DETECTED,
                List.of("size", "colour", "kind"));
        try (Kernels kernels = KernelChoice.current().kernels(Precision.FLOAT32, 1)) {
            Predictions.Values expected = (Predictions.Values) model.predict(kernels, table, new int[] {0});
            assertThat(member(answer.get("predictions"), "0", "value")).isEqualTo(Json.of(expected.values()[0]));
        }
        assertThat(member(
                        post(
                                        "/v2/models/weights/infer",
                                        JSON,
                                        "{\"inputs\":[{\"name\":\"size\",\"shape\":[1],\"datatype\":\"FP64\",\"data\":[9.0]},"
                                                + "{\"name\":\"colour\",\"shape\":[1],\"datatype\":\"BYTES\",\"data\":[\"yellow\"]},"
                                                + "{\"name\":\"kind\",\"shape\":[1],\"datatype\":\"BYTES\",\"data\":[\"banana\"]}]}")
                                .get("outputs"),
                        "0",
                        "data",
                        "0"))
                .isEqualTo(member(answer.get("predictions"), "0", "value"));
    }

    @Test
    void pngOfAnySizeIsScaledAndInvertedOnDemand() throws Exception {
        byte[] large = new byte[56 * 56];
        Arrays.fill(large, (byte) 255);
        byte[] black = new byte[784];
        Map<String, Json> inverted = post("/predict?invert=true", "image/png", TestModels.png(56, 56, large));
        Map<String, Json> light = post("/predict", "image/png", TestModels.png(56, 56, large));

        float[] expected = expected(black);
        List<Json> probabilities =
                List.copyOf(((Json.Members) member(inverted.get("predictions"), "0", "probabilities"))
                        .values()
                        .values());
        for (int i = 0; i < 10; i++) {
            assertThat(probabilities.get(i)).isEqualTo(Answers.number(expected[i]));
        }
        assertThat(inverted).doesNotContainKey("notes");
        assertThat(light.get("notes").toString()).contains("light at its border", "?invert=true");
        assertThat(light.get("model")).as("the first model").isEqualTo(Json.of("digits"));
    }

    @Test
    void metadataAndHealthAreTold() throws Exception {
        assertThat(get("/v2").body()).contains("\"name\":\"badak\"");
        assertThat(get("/v2/models/digits").body())
                .contains("{\"name\":\"images\",\"datatype\":\"UINT8\",\"shape\":[-1,28,28]}")
                .contains("{\"name\":\"probabilities\",\"datatype\":\"FP32\",\"shape\":[-1,10]}")
                .contains("\"versions\":[\"1\"]", digits.parameters().sha256());
        assertThat(get("/v2/models/fruits/versions/1").body())
                .contains("{\"name\":\"colour\",\"datatype\":\"BYTES\",\"shape\":[-1]}");
        assertThat(get("/v2/models/fruits/versions/2").statusCode()).isEqualTo(404);
        assertThat(get("/v2/models/digit").body()).contains("did you mean digits?");
        assertThat(get("/").body()).contains("\"name\":\"weights\"");
        for (String path : List.of(
                "/v2/health/live",
                "/v2/health/ready",
                "/v2/models/digits/ready",
                "/v2/models/digits/versions/1/ready")) {
            assertThat(get(path).statusCode()).as(path).isEqualTo(200);
        }
        server.retire();
        assertThat(get("/v2/health/ready").statusCode()).isEqualTo(503);
        assertThat(get("/v2/models/digits/ready").statusCode()).isEqualTo(503);
        assertThat(get("/v2/health/live").statusCode()).isEqualTo(200);
        post("/predict", "image/png", TestModels.png(28, 28, pixels(1))); // and goes on answering
    }

    @Test
    void metricsCount() throws Exception {
        post("/predict", "image/png", TestModels.png(28, 28, pixels(1)));
        post("/predict/flowers", JSON, "[[1,2,3,4],[1,2,3,4],[1,2,3,4]]");
        CLIENT.send(request("/predict/flowers", JSON, new byte[0]), HttpResponse.BodyHandlers.ofString());
        get("/nothing/with/\"quotes\"".replace("\"", "%22"));
        String text;
        do { // a request is counted when its answer is out
            text = get("/metrics").body();
        } while (text.lines()
                        .filter(line -> line.matches("badak_requests_total.*(predict|404).*"))
                        .count()
                < 4);

        assertThat(text)
                .contains("badak_requests_total{method=\"POST\",route=\"/predict\",status=\"200\"} 1\n")
                .contains("badak_requests_total{method=\"POST\",route=\"/predict/{name}\",status=\"200\"} 1\n")
                .contains("badak_requests_total{method=\"POST\",route=\"/predict/{name}\",status=\"400\"} 1\n")
                .contains("badak_requests_total{method=\"GET\",route=\"\",status=\"404\"} 1\n")
                .contains("badak_request_seconds_count{route=\"/predict\"} 1\n")
                .contains("badak_request_seconds_bucket{route=\"/predict\",le=\"+Inf\"} 1\n")
                .contains("badak_rows_total{model=\"flowers\"} 3\n")
                .contains("badak_batch_rows_bucket{le=\"2\"} 1\nbadak_batch_rows_bucket{le=\"4\"} 2\n")
                .contains("badak_batch_rows_sum 4\nbadak_batch_rows_count 2\n")
                .contains("badak_queue_requests 0\n", "badak_requests_in_flight 1\n", "badak_failures_total 0\n")
                .contains("badak_model_version{model=\"digits\",sha256=\""
                        + digits.parameters().sha256() + "\"} 1\n")
                .contains("badak_model_files_refused_total{model=\"digits\"} 0\n");
        assertThat(text.lines().filter(line -> !line.startsWith("#")))
                .allMatch(line -> line.matches("[a-z_]+(\\{([a-z0-9_]+=\"[^\"]*\",?)+\\})? [0-9.]+"));
    }

    @Test
    void anotherFileTakesOverAndABadOneDoesNot() throws Exception {
        SavedModel next = TestModels.digits(2, 30);
        replace(next);
        await(() -> told.contains("exchanged digits 1 2"));
        assertThat(get("/v2/models/digits").body())
                .contains(next.parameters().sha256())
                .contains("\"versions\":[\"2\"]");

        Files.writeString(folder.resolve("digits"), "no model at all");
        await(() -> told.size() == 2);
        assertThat(told.getLast()).startsWith("refused digits cannot");
        assertThat(get("/metrics").body()).contains("badak_model_files_refused_total{model=\"digits\"} 1\n");
        assertThat(post("/predict", "image/png", TestModels.png(28, 28, pixels(1)))
                        .get("version"))
                .isEqualTo(Json.of(2));

        replace(digits);
        await(() -> told.contains("exchanged digits 2 3"));
    }

    private void replace(SavedModel model) throws IOException {
        Path written = TestModels.write(folder.resolve("next"), model);
        Files.move(
                written, folder.resolve("digits"), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited for 20 s").isLessThan(end);
            Thread.sleep(5);
        }
    }

    /// While files are exchanged all the time, every answer is wholly that of one of them.
    @Test
    void exchangeIsAtomicUnderLoad() throws Exception {
        List<SavedModel> both = List.of(digits, TestModels.digits(2, 30));
        byte[] body = TestModels.png(28, 28, pixels(9));
        List<String> answers = new ArrayList<>();
        for (SavedModel model : both) {
            float[] x = new float[784];
            for (int i = 0; i < x.length; i++) {
                x[i] = (pixels(9)[i] & 255) / 255f;
            }
            float[] result = new float[10];
            Predictor.of(model.network(), model.parameters()).predict(x, result);
            answers.add(list(result));
        }
        for (int round = 1; round <= 4; round++) {
            replace(both.get(round % 2));
            int wanted = round + 1;
            do {
                Map<String, Json> answer = post("/predict", "image/png", body);
                int version = Integer.parseInt(answer.get("version").toString());
                List<Json> probabilities =
                        List.copyOf(((Json.Members) member(answer.get("predictions"), "0", "probabilities"))
                                .values()
                                .values());
                assertThat(new Json.Items(probabilities).toString()).isEqualTo(answers.get((version + 1) % 2));
            } while (!told.contains("exchanged digits " + (wanted - 1) + " " + wanted));
        }
    }

    @Test
    void simultaneousRequestsGetTheBitsOfLoneOnes() throws Exception {
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            answers.add(CLIENT.sendAsync(
                    request("/predict", "image/png", TestModels.png(28, 28, pixels(i))),
                    HttpResponse.BodyHandlers.ofString()));
        }
        for (int i = 0; i < 100; i++) {
            String body = answers.get(i).get(20, TimeUnit.SECONDS).body();
            assertThat(body).contains("\"0\":" + expected(pixels(i))[0] + ",\"1\":" + expected(pixels(i))[1]);
        }
    }

    @Test
    void filesThatAreNoModelsAreToldAtTheStart() throws IOException {
        Path bad = Files.writeString(folder.resolve("bad"), "x");
        ServeSettings settings = ServeSettings.usual(Access.loopback(0), 1);
        assertThatThrownBy(() -> ModelServer.start(settings, Map.of("bad", bad), new ServeListener() {}))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(bad.toString());
        assertThatThrownBy(() ->
                        ModelServer.start(settings, Map.of("a/b", folder.resolve("digits")), new ServeListener() {}))
                .hasMessageContaining("a/b");
    }
}
