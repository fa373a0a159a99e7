package org.badak.cli;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.badak.catalog.Inputs;
import org.badak.data.Json;
import org.badak.serve.LoadedModel;
import org.badak.serve.ModelServer;
import org.badak.serve.ServeSettings;
import org.badak.server.Access;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `badak serve`: trained models behind HTTP.
@Command(
        name = "serve",
        header = "Serves trained models over HTTP.",
        description = {
            "Answers POST /predict (rows as JSON or CSV, or a PNG image) and the Open Inference Protocol,",
            "POST /v2/models/NAME/infer; health under /v2/health, metrics for Prometheus under /metrics.",
            "Only this machine reaches it, unless --host names an interface: then it asks for a token.",
            "A model file that is exchanged is checked and takes over; ctrl-C or SIGTERM ends it in order."
        })
final class ServeCommand extends BadakCommand {
    private static final String TOKEN_VARIABLE = "BADAK_TOKEN";
    private static final int MOST = 1 << 20;
    private static final double MOST_SECONDS = 3600;
    private static final int MILLISECONDS = 1000;

    @Parameters(
            index = "0..*",
            arity = "1..*",
            paramLabel = "MODEL",
            description =
                    "A model file or run directory; NAME=MODEL names it. Default name: that of the folder or file.")
    private List<String> models = List.of();

    @Option(
            names = "--host",
            paramLabel = "HOST",
            description = "Interface to listen on, such as 0.0.0.0; default: this machine only, without a token.")
    private String host = "";

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "Port to listen on, 0 for any that is free. Default: ${DEFAULT-VALUE}.")
    private int port = 8080;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description = "What clients must send as Authorization: Bearer TOKEN. Default: the environment variable"
                    + " BADAK_TOKEN; with --host, else, one is made.")
    private String token = "";

    @Option(
            names = "--allow-host",
            paramLabel = "NAME",
            description = "A further host name under which clients may address the server; may be repeated.")
    private List<String> names = List.of();

    @Option(
            names = "--max-batch",
            paramLabel = "N",
            description = "Most examples that are computed together. Default: ${DEFAULT-VALUE}.")
    private int maxBatch = 64;

    @Option(
            names = "--queue",
            paramLabel = "N",
            description = "Most requests that wait; more get status 429. Default: ${DEFAULT-VALUE}.")
    private int queue = 256;

    @Option(
            names = "--drain",
            paramLabel = "S",
            description =
                    "Seconds for which it still answers, no longer ready, before it stops. Default: ${DEFAULT-VALUE}.")
    private double drain = 1;

    @Option(
            names = "--warm-up",
            paramLabel = "S",
            description = "Seconds for which it answers requests of its own before it says that it is ready, so that"
                    + " the first of others are answered as fast as later ones. Default: ${DEFAULT-VALUE}.")
    private double warmUp = 2;

    @Mixin
    private ThreadOptions threads = new ThreadOptions();

    private final CountDownLatch stop = new CountDownLatch(1);

    /// Made by picocli.
    ServeCommand() {}

    /// Has the server stop, as ctrl-C does.
    void stop() {
        stop.countDown();
    }

    @Override
    Outcome run(Console console) {
        ServeSettings usual = ServeSettings.usual(access(), threads.threads());
        ServeSettings settings = new ServeSettings(
                usual.access(),
                usual.threads(),
                checked("--max-batch", maxBatch),
                checked("--queue", queue),
                usual.maxRows(),
                usual.body(),
                usual.look());
        Duration draining = seconds("--drain", drain);
        Duration warming = seconds("--warm-up", warmUp);
        ServeLog log = new ServeLog(console, json());
        Interruption.onStop(this::stop);
        ModelServer server = started(settings, files(), log, warming);
        try (server) {
            welcome(server, settings.access(), log);
            stop.await();
            server.retire();
            log.event("stopping", Texts.of("Stopping: no longer ready.", "멈추는 중: 더 이상 준비 상태가 아닙니다."));
            Thread.sleep(draining);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the server was interrupted", interrupted);
        }
        long answered = server.answered();
        log.event(
                "stopped",
                Texts.of(
                        "Stopped after " + Texts.count(answered) + " requests.",
                        "요청 " + Texts.count(answered) + "개를 처리하고 멈췄습니다."));
        return Outcome.ok(new ObjectBuilder().put("requests", answered).json());
    }

    private static Duration seconds(String option, double value) {
        if (!(value >= 0 && value <= MOST_SECONDS)) {
            throw UsageException.of(option, value, "0 to 3600 seconds", "leave it out for the default");
        }
        return Duration.ofMillis(Math.round(value * MILLISECONDS));
    }

    private static ModelServer started(
            ServeSettings settings, Map<String, Path> files, ServeLog log, Duration warming) {
        try {
            return ModelServer.start(settings, files, log, warming);
        } catch (UncheckedIOException failed) {
            throw new CommandFailure(
                    "cannot listen",
                    settings.access().toString(),
                    String.valueOf(
                            failed.getCause() == null
                                    ? failed
                                    : failed.getCause().getMessage()),
                    "a free port of an interface of this machine",
                    "use another --port, or 0 for any that is free",
                    failed);
        }
    }

    private static int checked(String option, int value) {
        if (value < 1 || value > MOST) {
            throw UsageException.of(option, value, "1 to " + MOST, "leave it out for the default");
        }
        return value;
    }

    private Access access() {
        String given = token.isEmpty() ? System.getenv().getOrDefault(TOKEN_VARIABLE, "") : token;
        String wanted = given.isEmpty() && !host.isEmpty() ? Access.newToken() : given;
        try {
            return new Access(host, port, wanted, names);
        } catch (IllegalArgumentException wrong) {
            throw new UsageException("--" + wrong.getMessage());
        }
    }

    /// Name to file. A path that has `=` in it and exists stands for itself.
    private Map<String, Path> files() {
        Map<String, Path> files = new LinkedHashMap<>();
        for (String model : models) {
            int sign = Files.exists(Path.of(model)) ? -1 : model.indexOf('=');
            Path path = Path.of(model.substring(sign + 1));
            Path file = Files.isDirectory(path) ? path.resolve("model.safetensors") : path;
            String name = sign < 0 ? name(file) : model.substring(0, sign);
            if (files.put(name, file) != null) {
                throw UsageException.of("MODEL", name + " twice", "names that differ", "name them: a=FILE b=FILE");
            }
        }
        return files;
    }

    /// The name of the run, or of the file where it is no run's.
    private static String name(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        Path parent = absolute.getParent();
        String last = String.valueOf(absolute.getFileName());
        String name = last.equals("model.safetensors") && parent != null && parent.getFileName() != null
                ? parent.getFileName().toString()
                : last.replaceFirst("\\.[A-Za-z]+$", "");
        String plain = name.replaceAll("[^A-Za-z0-9._-]", "-").replaceFirst("^[._-]+", "");
        return plain.isEmpty() ? "model" : plain;
    }

    private void welcome(ModelServer server, Access access, ServeLog log) {
        for (LoadedModel model : server.models()) {
            log.event(
                    "model",
                    Texts.of("Model ", "모델 ") + model.name() + ": " + model.summary(),
                    Map.of("model", Json.of(model.name()), "sha256", Json.of(model.sha256())));
        }
        String reach = host.isEmpty()
                ? Texts.of("only this machine reaches it", "이 컴퓨터에서만 접근할 수 있습니다")
                : Texts.of("others reach it with the token", "다른 컴퓨터는 토큰으로 접근합니다");
        Map<String, Json> members = new LinkedHashMap<>();
        members.put("address", Json.of(server.address().toString()));
        members.put("port", Json.of(server.address().getPort()));
        log.event("listening", Texts.of("Listening on ", "주소: ") + server.address() + " (" + reach + ")", members);
        String bearer = "";
        if (!access.token().isEmpty()) {
            boolean made = token.isEmpty() && !access.token().equals(System.getenv(TOKEN_VARIABLE));
            log.text((made ? Texts.of("Token: ", "토큰: ") + access.token() + "\n" : "")
                    + Texts.of("For a browser, once: ", "브라우저용(한 번만): ")
                    + server.link());
            bearer = " -H \"Authorization: Bearer $BADAK_TOKEN\"";
        }
        log.text("  curl" + bearer + example(server.models().getFirst()) + server.address() + "/predict");
        log.text(Texts.of("Stop it with ctrl-C.", "ctrl-C로 멈춥니다."));
    }

    private static String example(LoadedModel model) {
        return switch (model.saved().inputs()) {
            case Inputs.Images images -> " -H \"Content-Type: image/png\" --data-binary @digit.png ";
            case Inputs.Features features -> " -H \"Content-Type: application/json\" -d \"[...]\" ";
            case Inputs.Table table -> " -H \"Content-Type: text/csv\" --data-binary @rows.csv ";
        };
    }
}
