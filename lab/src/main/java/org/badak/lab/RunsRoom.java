package org.badak.lab;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.badak.catalog.Inputs;
import org.badak.catalog.ModelFile;
import org.badak.catalog.SavedModel;
import org.badak.data.Dataset;
import org.badak.data.Json;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.report.Readings;
import org.badak.train.Evaluator;

/// The room Runs: what the command line and the lab have trained, side by side.
final class RunsRoom implements Room {
    private static final int MOST_COMPARED = 6;
    private static final int MOST_CHARACTERS = 300;
    private static final int MISTAKES = 24;
    private static final List<String> SERIES =
            List.of("epoch", "train_accuracy", "test_accuracy", "train_loss", "test_loss");

    private final RunFolders runs;
    private final Material material;

    RunsRoom(RunFolders runs, Material material) {
        this.runs = runs;
        this.material = material;
    }

    @Override
    public String name() {
        return "runs";
    }

    /// `do`: list; compare (`names`); inspect (`name`).
    @Override
    public Json.Members answer(Question question) {
        return switch (question.word("do", List.of("list", "compare", "inspect"))) {
            case "compare" ->
                compare(question.texts("names", MOST_COMPARED).stream()
                        .map(this::required)
                        .toList());
            case "inspect" -> inspect(required(question.text("name", MOST_CHARACTERS)));
            default -> list();
        };
    }

    private RunFolder required(String name) {
        return runs.find(name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "run: expected one of the list, found " + name + "; load the list anew"));
    }

    private Json.Members list() {
        List<Json> lines = new ArrayList<>();
        for (RunFolder run : runs.list()) {
            Map<String, Json> result = run.result();
            lines.add(new Answer()
                    .put("name", run.name())
                    .put("modified", run.modified())
                    .put("data", run.text("data"))
                    .put("network", run.text(run.configuration().containsKey("network") ? "network" : "layers"))
                    .put("optimizer", run.text("optimizer"))
                    .put("rate", run.configuration().getOrDefault("learning_rate", Json.Word.NULL))
                    .put("accuracy", result.getOrDefault("test_accuracy", ofTable(result, "accuracy")))
                    .put("r2", ofTable(result, "r2"))
                    .put("steps", result.getOrDefault("iterations", Json.Word.NULL))
                    .put("ended", !result.isEmpty())
                    .put("report", Files.isRegularFile(run.report()))
                    .put(
                            "model",
                            Files.isRegularFile(run.model())
                                    && !run.configuration().containsKey("target")) // tables have no images to show
                    .json());
        }
        return new Answer()
                .put("folder", String.valueOf(runs.root()))
                .put("runs", new Json.Items(lines))
                .json();
    }

    /// A figure of the test rows, where a table was learned.
    private static Json ofTable(Map<String, Json> result, String name) {
        return result.get("test") instanceof Json.Members test
                ? test.values().getOrDefault(name, Json.Word.NULL)
                : Json.Word.NULL;
    }

    /// The curves of some runs, and the members of their configurations that are not the same.
    private static Json.Members compare(List<RunFolder> chosen) {
        List<Json> curves = new ArrayList<>();
        TreeSet<String> names = new TreeSet<>();
        for (RunFolder run : chosen) {
            Answer curve = new Answer().put("name", run.name());
            List<Map<String, Json>> metrics = run.metrics();
            for (String series : SERIES) {
                curve.put(
                        series,
                        new Json.Items(metrics.stream()
                                .map(reading -> numeral(reading.get(series)))
                                .toList()));
            }
            curves.add(curve.json());
            names.addAll(run.texts().keySet());
        }
        List<Json> differences = new ArrayList<>();
        for (String name : names) {
            List<String> values = chosen.stream()
                    .map(run -> run.texts().getOrDefault(name, "–"))
                    .toList();
            if (values.stream().distinct().count() > 1) {
                differences.add(new Answer()
                        .put("name", name)
                        .put("values", Json.of(values))
                        .json());
            }
        }
        return new Answer()
                .put("curves", new Json.Items(curves))
                .put("differences", new Json.Items(differences))
                .json();
    }

    private static Json numeral(@org.jspecify.annotations.Nullable Json value) {
        return value instanceof Json.Numeral ? value : Json.Word.NULL;
    }

    /// What the model of a run makes of the test images, computed now.
    private Json.Members inspect(RunFolder run) {
        if (!Files.isRegularFile(run.model())) {
            throw new IllegalArgumentException(
                    "run " + run.name() + ": expected a model, found none; it has not ended yet");
        }
        SavedModel model = ModelFile.read(run.model());
        String name = model.origin().getOrDefault("data", "");
        if (!(model.inputs() instanceof Inputs.Images) || !material.names().contains(name)) {
            throw new IllegalArgumentException("run " + run.name() + ": expected one of the image sets "
                    + material.names() + ", found "
                    + (name.isEmpty() ? model.inputs().text() : name)
                    + "; its report has the figures");
        }
        Dataset test = material.of(name).test();
        try (Kernels kernels = KernelChoice.current().kernels(model.parameters().precision(), 1)) {
            Readings readings = Readings.of(new Evaluator(model.network(), model.parameters(), kernels, test), test);
            return new Answer()
                    .put("name", run.name())
                    .put("classes", Json.of(model.classNames()))
                    .put("count", readings.answers().confusion().total())
                    .put("accuracy", readings.answers().confusion().accuracy())
                    .put("mistakeCount", readings.mistakes().size())
                    .put("confusion", table(readings.answers().confusion().table()))
                    .put("mistakes", mistakes(readings, test))
                    .put("width", test.shape().width())
                    .put("height", test.shape().height())
                    .json();
        }
    }

    static Json table(long[][] counts) {
        List<Json> rows = new ArrayList<>();
        for (long[] row : counts) {
            rows.add(new Json.Items(
                    java.util.Arrays.stream(row).mapToObj(Json::of).toList()));
        }
        return new Json.Items(rows);
    }

    private static Json mistakes(Readings readings, Dataset test) {
        return new Json.Items(readings.surest(MISTAKES).stream()
                .<Json>map(mistake -> new Answer()
                        .put("index", mistake.index())
                        .put("truth", mistake.actual())
                        .put("predicted", mistake.predicted())
                        .put("confidence", mistake.confidence())
                        .put("pixels", Material.pixels(test, mistake.index()))
                        .json())
                .toList());
    }
}
