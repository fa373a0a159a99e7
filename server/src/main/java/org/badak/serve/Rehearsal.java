package org.badak.serve;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.badak.catalog.Inputs;
import org.badak.data.Json;
import org.badak.tabular.Feature;
import org.jspecify.annotations.Nullable;

/// Requests to a server, of the shapes of its models, for as long as the JVM needs to compile what answers them: a
/// program that has just started takes a hundred times as long for its first answers as for later ones. What they are
/// answered is not looked at.
///
/// @param address of the server
/// @param token that it asks for
/// @param models that it serves
record Rehearsal(URI address, String token, List<LoadedModel> models) {
    private static final int CLIENTS = 4; // several at a time, so that batches are computed too
    private static final int PATIENCE_MILLISECONDS = 5000;
    private static final String JSON = "application/json";

    private record Question(URI address, byte[] body) {}

    /// Asks until the time is over.
    ///
    /// @return how many requests were answered
    long ask(Duration most) throws InterruptedException {
        List<Question> questions = new ArrayList<>();
        for (LoadedModel model : models) {
            questions.add(question("/predict/" + model.name(), row(model)));
            questions.add(question("/v2/models/" + model.name() + "/infer", tensors(model)));
        }
        long end = System.nanoTime() + most.toNanos();
        AtomicLong answered = new AtomicLong();
        List<Thread> clients = new ArrayList<>();
        for (int client = 0; client < CLIENTS; client++) {
            int first = client;
            clients.add(Thread.ofPlatform().daemon().name("rehearsal-" + client).start(() -> {
                for (int i = first; System.nanoTime() < end; i++) {
                    if (isAnswered(questions.get(i % questions.size()))) {
                        answered.incrementAndGet();
                    }
                }
            }));
        }
        for (Thread client : clients) {
            client.join();
        }
        return answered.get();
    }

    private Question question(String path, Json body) {
        return new Question(URI.create(address + path), body.toString().getBytes(StandardCharsets.UTF_8));
    }

    private boolean isAnswered(Question question) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) question.address().toURL().openConnection();
            connection.setConnectTimeout(PATIENCE_MILLISECONDS);
            connection.setReadTimeout(PATIENCE_MILLISECONDS);
            connection.setRequestMethod("POST");
            connection.setRequestProperty("Content-Type", JSON);
            connection.setRequestProperty("Authorization", "Bearer " + token);
            connection.setFixedLengthStreamingMode(question.body().length);
            connection.setDoOutput(true);
            try (OutputStream out = connection.getOutputStream()) {
                out.write(question.body());
            }
            boolean well = connection.getResponseCode() == HttpURLConnection.HTTP_OK;
            try (@Nullable InputStream answer = well ? connection.getInputStream() : connection.getErrorStream()) {
                if (answer != null) {
                    answer.readAllBytes(); // so that the connection serves again
                }
            }
            return well;
        } catch (IOException unanswered) {
            return false; // the next one may be
        }
    }

    /// One example for `/predict`, a fifth of it not zero, as in images of digits.
    private static Json row(LoadedModel model) {
        return switch (model.saved().inputs()) {
            case Inputs.Images images -> numbers(model);
            case Inputs.Features features -> numbers(model);
            case Inputs.Table table -> {
                Map<String, Json> cells = new LinkedHashMap<>();
                for (Feature feature : model.table().orElseThrow().preparation().features()) {
                    cells.put(feature.column(), cell(feature));
                }
                yield new Json.Members(cells);
            }
        };
    }

    private static Json cell(Feature feature) {
        return switch (feature) {
            case Feature.Numeric number -> Json.of(1.5);
            case Feature.Categories categories -> Json.of("");
        };
    }

    private static Json.Items numbers(LoadedModel model) {
        List<Json> numbers = new ArrayList<>();
        for (int i = 0; i < model.predictor().inputs(); i++) {
            numbers.add(i % 5 == 0 ? Json.of(0.5) : Json.of(0L));
        }
        return new Json.Items(numbers);
    }

    /// The same for the Open Inference Protocol.
    private static Json tensors(LoadedModel model) {
        List<Json> inputs = new ArrayList<>();
        switch (model.saved().inputs()) {
            case Inputs.Images images ->
                inputs.add(tensor("images", "UINT8", List.of(1, images.rows(), images.width()), bytes(model)));
            case Inputs.Features features ->
                inputs.add(
                        tensor("features", "FP32", List.of(1, model.predictor().inputs()), numbers(model)));
            case Inputs.Table table -> {
                for (Feature feature : model.table().orElseThrow().preparation().features()) {
                    String type = feature instanceof Feature.Numeric ? "FP64" : "BYTES";
                    inputs.add(tensor(feature.column(), type, List.of(1), new Json.Items(List.of(cell(feature)))));
                }
            }
        }
        return new Json.Members(Map.of("inputs", new Json.Items(inputs)));
    }

    private static Json.Items bytes(LoadedModel model) {
        List<Json> bytes = new ArrayList<>(Collections.nCopies(model.predictor().inputs(), Json.of(0L)));
        for (int i = 0; i < bytes.size(); i += 5) {
            bytes.set(i, Json.of(128L));
        }
        return new Json.Items(bytes);
    }

    private static Json tensor(String name, String type, List<Integer> shape, Json data) {
        Map<String, Json> members = new LinkedHashMap<>();
        members.put("name", Json.of(name));
        members.put("datatype", Json.of(type));
        members.put(
                "shape",
                new Json.Items(
                        shape.stream().<Json>map(each -> Json.of((long) each)).toList()));
        members.put("data", data);
        return new Json.Members(members);
    }
}
