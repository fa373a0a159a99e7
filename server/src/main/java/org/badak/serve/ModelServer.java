package org.badak.serve;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.badak.catalog.Suggestion;
import org.badak.data.DataException;
import org.badak.data.Json;
import org.badak.server.Access;
import org.badak.server.Content;
import org.badak.server.Handler;
import org.badak.server.Limits;
import org.badak.server.Refusal;
import org.badak.server.Reply;
import org.badak.server.Request;
import org.badak.server.Route;
import org.badak.server.WebServer;

/// Models behind HTTP: the Open Inference Protocol (version 2, REST), a plain `/predict`, health, and metrics.
///
/// | address | what |
/// |---|---|
/// | `GET /` | the models, and what they take |
/// | `POST /predict`, `/predict/{name}` | rows as JSON, CSV, or a PNG image; answers in the user's own labels |
/// | `GET /v2`, `/v2/models/{name}` | metadata |
/// | `POST /v2/models/{name}/infer` | tensors in, tensors out |
/// | `GET /v2/health/live`, `/v2/health/ready`, `/v2/models/{name}/ready` | health; the first two without a token |
/// | `GET /metrics` | counters and histograms for Prometheus |
///
/// When the file of a model is exchanged, the new one is read, checked, and answers from then on.
public final class ModelServer implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(20);
    /// What the bodies of requests that are read at a time may take of the heap: text and numbers are made of each.
    private static final int HEAP_SHARE = 16;
    private static final int KILOBYTE = 1024;
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,99}";

    private final Map<String, ServedModel> models = new LinkedHashMap<>();
    private final ServeSettings settings;
    private final Metrics metrics = new Metrics();
    private final Batcher batcher;
    private final Inference inference;
    private final int bodyKilobytes;
    private final Semaphore bodies;
    private final WebServer http;
    private final Thread watch;
    private volatile boolean retired;
    private volatile boolean ready;

    /// Reads the models and serves them; they answer when this returns.
    ///
    /// @param files name to file, one at least
    /// @throws DataException if a file is not a model
    /// @throws IllegalArgumentException if a name is none: letters, digits and `._-`, at most 100
    /// @throws UncheckedIOException if the port is taken
    public static ModelServer start(ServeSettings settings, Map<String, Path> files, ServeListener listener) {
        return start(settings, files, listener, Duration.ZERO);
    }

    /// [#start(ServeSettings, Map, ServeListener)] with a rehearsal: while a server of the same models,
    /// which nobody else reaches, answers requests of this program, this one answers already and says
    /// that it is not ready.
    ///
    /// @param warmUp how long, zero for not at all
    public static ModelServer start(
            ServeSettings settings, Map<String, Path> files, ServeListener listener, Duration warmUp) {
        ModelServer server = new ModelServer(settings, files, listener);
        if (warmUp.isPositive()) {
            rehearse(settings, files, warmUp);
        }
        server.ready = true;
        return server;
    }

    private static void rehearse(ServeSettings settings, Map<String, Path> files, Duration warmUp) {
        String token = Access.newToken();
        ServeSettings own = new ServeSettings(
                new Access("", 0, token, List.of()),
                settings.threads(),
                settings.maxBatch(),
                settings.queue(),
                settings.maxRows(),
                settings.body(),
                settings.look());
        try (ModelServer twin = new ModelServer(own, files, new ServeListener() {})) {
            new Rehearsal(twin.address(), token, twin.models()).ask(warmUp);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        } catch (UncheckedIOException | DataException unable) {
            // no second port, or a file that is being exchanged: then the first answers take longer, and no more
        }
    }

    private ModelServer(ServeSettings settings, Map<String, Path> files, ServeListener listener) {
        this.settings = settings;
        if (files.isEmpty()) {
            throw new IllegalArgumentException("serve: found no model, expected one at least");
        }
        files.forEach((name, file) -> {
            if (!name.matches(NAME)) {
                throw new IllegalArgumentException("model name: found '" + name
                        + "', expected letters, digits and . _ - (100 at most), such as digits=runs/NAME");
            }
            models.put(name, new ServedModel(name, file, listener));
        });
        batcher = new Batcher(settings.threads(), settings.maxBatch(), settings.queue(), metrics::batch);
        inference = new Inference(settings.maxRows());
        bodyKilobytes = (int) Math.min(Integer.MAX_VALUE, Runtime.getRuntime().maxMemory() / HEAP_SHARE / KILOBYTE);
        bodies = new Semaphore(bodyKilobytes);
        http = WebServer.start(
                settings.access(), Limits.USUAL.withBody(settings.body()), new Counting(metrics, listener), routes());
        watch = Thread.ofPlatform().daemon().name("model-files").start(this::watch);
    }

    private List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        routes.add(Route.get("/", request -> Content.json(index())));
        routes.add(Route.get("/v2", request -> Content.json(inference.server())));
        routes.add(Route.get("/v2/health/live", request -> health("live", true)).opened());
        routes.add(Route.get("/v2/health/ready", request -> health("ready", isReady()))
                .opened());
        routes.add(Route.get("/v2/models/{name}", request -> Content.json(inference.model(named(request)))));
        routes.add(Route.get("/v2/models/{name}/ready", this::modelReady));
        routes.add(Route.post("/v2/models/{name}/infer", bounded(this::infer)));
        routes.add(Route.get(
                "/v2/models/{name}/versions/{version}",
                versioned(request -> Content.json(inference.model(named(request))))));
        routes.add(Route.get("/v2/models/{name}/versions/{version}/ready", versioned(this::modelReady)));
        routes.add(Route.post("/v2/models/{name}/versions/{version}/infer", versioned(bounded(this::infer))));
        ServedModel first = models.values().iterator().next();
        routes.add(Route.post("/predict", bounded(request -> predict(first.current(), request))));
        routes.add(Route.post("/predict/{name}", bounded(request -> predict(named(request), request))));
        routes.add(Route.get(
                "/metrics",
                request -> Content.of(
                        Metrics.TYPE,
                        metrics.text(models.values(), batcher.waiting(), inFlight())
                                .getBytes(StandardCharsets.UTF_8))));
        return routes;
    }

    /// Sends a request away unread where the queue is full, or where the bodies that are being read fill the memory
    /// that is set apart for them.
    private Handler bounded(Handler handler) {
        return request -> {
            batcher.requireRoom();
            long length = request.header("Content-Length").map(Long::parseLong).orElse((long) settings.body());
            int kilobytes = (int) Math.min(bodyKilobytes, length / KILOBYTE + 1);
            if (!bodies.tryAcquire(kilobytes)) {
                throw Refusal.busy(
                        "the bodies of requests fill the memory for them",
                        length + " bytes more",
                        "at most " + bodyKilobytes + " KiB at a time: a sixteenth of the heap",
                        Duration.ofSeconds(1));
            }
            try {
                return handler.answer(request);
            } finally {
                bodies.release(kilobytes);
            }
        };
    }

    /// Checks that the version in the address is the one that answers.
    private Handler versioned(Handler handler) {
        return request -> {
            int version = named(request).version();
            if (!request.name("version").equals(Integer.toString(version))) {
                throw new Refusal(
                        404,
                        "this version of the model is not served",
                        request.path(),
                        request.name("version"),
                        Integer.toString(version),
                        "leave the version out to have the one that is served");
            }
            return handler.answer(request);
        };
    }

    private LoadedModel named(Request request) {
        String name = request.name("name");
        ServedModel model = models.get(name);
        if (model == null) {
            throw new Refusal(
                    404,
                    "no model has this name",
                    "the address",
                    name,
                    String.join(", ", models.keySet()),
                    Suggestion.nearest(name, models.keySet())
                            .map(nearest -> "did you mean " + nearest + "?")
                            .orElse("use one of these"));
        }
        return model.current();
    }

    private static Content health(String what, boolean well) {
        return Content.json(well ? 200 : 503, new Json.Members(Map.of(what, Json.of(well))));
    }

    private Content modelReady(Request request) {
        Map<String, Json> members = new LinkedHashMap<>();
        members.put("name", Json.of(named(request).name()));
        members.put("ready", Json.of(isReady()));
        return Content.json(isReady() ? 200 : 503, new Json.Members(members));
    }

    private boolean isReady() {
        return ready && !retired;
    }

    private Json index() {
        List<Json> all = new ArrayList<>();
        models.values().forEach(model -> all.add(inference.model(model.current())));
        Map<String, Json> members = new LinkedHashMap<>();
        members.put("name", Json.of("badak"));
        members.put("models", new Json.Items(all));
        return new Json.Members(members);
    }

    private Reply infer(Request request) throws IOException, InterruptedException {
        LoadedModel model = named(request);
        if (request.header("Inference-Header-Content-Length").isPresent()) {
            throw new Refusal(
                    400,
                    "binary tensors are not taken",
                    "the header Inference-Header-Content-Length",
                    "there",
                    "tensors in JSON",
                    "send the data as arrays in the body");
        }
        request.requireType("application/json");
        InferenceRequest asked = InferenceRequest.read(request.text());
        List<String> outputs = inference.requireOutputs(model, asked.outputs());
        Examples examples = new TensorInputs(model, settings.maxRows()).examples(asked);
        return Content.json(inference.answer(answers(model, examples), asked.id(), outputs));
    }

    private Reply predict(LoadedModel model, Request request) throws IOException, InterruptedException {
        Examples examples = new RowsInput(model, settings.maxRows()).read(request);
        Map<String, Json> members = new LinkedHashMap<>();
        members.put("model", Json.of(model.name()));
        members.put("version", Json.of(model.version()));
        members.put("predictions", new Json.Items(answers(model, examples).plain()));
        if (!examples.notes().isEmpty()) {
            members.put("notes", Json.of(examples.notes()));
        }
        return Content.json(new Json.Members(members));
    }

    private Answers answers(LoadedModel model, Examples examples) throws InterruptedException {
        float[] outputs = batcher.compute(model, examples.x(), examples.rows());
        metrics.answered(model.name(), examples.rows());
        return new Answers(model, examples.rows(), outputs);
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(settings.look());
                models.values().forEach(ServedModel::look);
            }
        } catch (InterruptedException closed) {
            // that is how it ends
        }
    }

    /// The models as they are now.
    public List<LoadedModel> models() {
        return models.values().stream().map(ServedModel::current).toList();
    }

    /// The address for clients.
    public URI address() {
        return http.address();
    }

    /// The address for a browser; see [WebServer#link].
    public URI link() {
        return http.link();
    }

    /// Requests that were answered.
    public long answered() {
        return metrics.total();
    }

    private int inFlight() {
        return Optional.ofNullable(http).map(WebServer::inFlight).orElse(0);
    }

    /// Says that it is not ready any more, and goes on answering: for a while before [#close], so that a load balancer
    /// sends no more.
    public void retire() {
        retired = true;
    }

    /// Stops: answers what it was asked, at most for 20 seconds, and nothing that comes later.
    @Override
    public void close() {
        retire();
        watch.interrupt();
        http.close(GRACE);
        batcher.close();
    }
}
