package org.badak.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.badak.server.Access;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A server that answers itself before it says that it is ready.
@Timeout(60)
class RehearsalTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir
    Path folder;

    private Map<String, Path> files() throws IOException {
        Map<String, Path> files = new LinkedHashMap<>();
        files.put("digits", TestModels.write(folder.resolve("digits"), TestModels.digits(1, 20)));
        files.put("flowers", TestModels.write(folder.resolve("flowers"), TestModels.flowers()));
        files.put("fruits", TestModels.write(folder.resolve("fruits"), TestModels.fruits("kind")));
        files.put("weights", TestModels.write(folder.resolve("weights"), TestModels.fruits("weight")));
        return files;
    }

    private static HttpResponse<String> get(String address) throws IOException, InterruptedException {
        return CLIENT.send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void everyKindOfModelIsAskedWhatItCanAnswer() throws Exception {
        ServeSettings settings = ServeSettings.usual(Access.loopback(0), 2);
        try (ModelServer server = ModelServer.start(settings, files(), new ServeListener() {})) {
            long answered = new Rehearsal(server.address(), "none", server.models()).ask(Duration.ofMillis(400));

            assertThat(answered).isGreaterThan(8).isEqualTo(server.answered());
            assertThat(get(server.address() + "/metrics").body())
                    .contains("route=\"/predict/{name}\",status=\"200\"")
                    .contains("route=\"/v2/models/{name}/infer\",status=\"200\"")
                    .contains("model=\"digits\"", "model=\"flowers\"", "model=\"fruits\"", "model=\"weights\"")
                    .doesNotContain("status=\"4", "status=\"5");
        }
    }

    @Test
    void itIsAliveMeanwhileAndReadyAfterwardsAndNobodyIsToldOfIt() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Map<String, Path> files = files();
        List<String> told = Collections.synchronizedList(new ArrayList<>());
        ServeListener listener = new ServeListener() {
            @Override
            public void answered(String method, String route, int status, long nanoseconds, long bytes) {
                told.add(method + " " + route);
            }
        };
        CompletableFuture<ModelServer> started = CompletableFuture.supplyAsync(() -> ModelServer.start(
                ServeSettings.usual(Access.loopback(port), 1), files, listener, Duration.ofMillis(800)));
        String health = "http://127.0.0.1:" + port + "/v2/health/";
        List<Integer> seen = new ArrayList<>();
        while (seen.isEmpty() || seen.getLast() != 200) {
            try {
                seen.add(get(health + "ready").statusCode());
                assertThat(get(health + "live").statusCode()).isEqualTo(200);
            } catch (java.net.ConnectException early) {
                Thread.onSpinWait(); // it does not listen yet
            }
        }
        try (ModelServer server = started.join()) {
            assertThat(seen).contains(503).endsWith(200);
            assertThat(get(server.address() + "/v2/models/fruits/ready").statusCode())
                    .isEqualTo(200);
            assertThat(told).isNotEmpty().allMatch(line -> line.contains("ready") || line.contains("live"));
            server.retire();
            assertThat(get(health + "ready").statusCode()).isEqualTo(503);
        }
    }
}
