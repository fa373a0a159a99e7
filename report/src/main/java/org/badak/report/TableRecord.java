package org.badak.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.badak.catalog.Catalog;
import org.badak.data.Json;
import org.badak.data.Partition;
import org.badak.figure.Axis;
import org.badak.figure.Figure;
import org.badak.model.Network;
import org.badak.tabular.Column;
import org.badak.tabular.Preparation;
import org.badak.tabular.Score;
import org.badak.tabular.TableTask;
import org.badak.tabular.TableTraining;
import org.badak.tabular.Task;
import org.badak.tabular.TrainingSettings;
import org.badak.train.AccuracyGap;
import org.badak.train.ErrorGap;
import org.badak.train.Evaluation;
import org.badak.train.FitVerdict;
import org.badak.train.Gap;

/// What a run on a table writes into its folder, whoever trains it.
///
/// @param task what is learned
/// @param settings how
/// @param split training and test rows
/// @param inner the training rows divided again: to learn from, and for validation
/// @param testFraction share of the rows that the test has; 0 if all rows are learned from
public record TableRecord(
        TableTask task, TrainingSettings settings, Partition split, Partition inner, double testFraction) {
    /// A judgement of how far training and test rows are apart.
    ///
    /// @param gap the distance
    /// @param verdict what it means
    public record Judgement(Gap gap, FitVerdict verdict) {}

    /// A name for the folder: that of the file, with the units of the hidden layers.
    public String folderName() {
        String name = task.table().source().replaceAll(".*[/\\\\]", "").replaceAll("[^A-Za-z0-9_.-]", "_");
        return name + "-" + settings.hidden().stream().map(String::valueOf).collect(Collectors.joining("-"));
    }

    /// What config.json says of the run, after the options that give it again.
    ///
    /// @param preparation of the training rows
    public Map<String, Json> configuration(Preparation preparation) {
        Network network = settings.network(preparation);
        Map<String, Json> json = new LinkedHashMap<>();
        json.put("data", Json.of(task.table().source()));
        json.put("data_sha256", Json.of(task.table().sha256()));
        json.put("rows", Json.of((long) task.table().count()));
        json.put("train_count", Json.of((long) inner.train().length));
        json.put("validation_count", Json.of((long) inner.held().length));
        json.put("test_count", Json.of((long) split.held().length));
        json.put("target", Json.of(preparation.target().column()));
        json.put("task", Json.of(word()));
        json.put("inputs", Json.of(preparation.inputNames()));
        json.put("layers", Json.of(network.layers().stream().map(Catalog::text).toList()));
        json.put("loss", Json.of(network.loss().name()));
        json.put("optimizer", Json.of(settings.optimizer().name()));
        json.put("learning_rate", Json.of(settings.optimizer().learningRate()));
        json.put("update", Json.of(settings.optimizer().toString()));
        json.put("batch", Json.of((long) settings.batch()));
        json.put("epochs", Json.of(settings.epochs()));
        return json;
    }

    /// Classification or regression, in one word.
    public String word() {
        return task.target().task().name().toLowerCase(Locale.ROOT);
    }

    /// Facts that the model file keeps of its origin.
    public Map<String, String> origin() {
        Map<String, String> origin = new LinkedHashMap<>();
        origin.put("data", task.table().source());
        origin.put("data_sha256", task.table().sha256());
        origin.put("test_fraction", Double.toString(testFraction));
        origin.put("learning_rate", Double.toString(settings.optimizer().learningRate()));
        origin.put("update", settings.optimizer().toString());
        origin.put("batch", Integer.toString(settings.batch()));
        return origin;
    }

    /// A reading as a line of metrics.jsonl; what is not known is left out.
    public static Map<String, Json> metrics(Evaluation reading) {
        Map<String, Json> json = new LinkedHashMap<>();
        json.put("step", Json.of(reading.step()));
        json.put("epoch", Json.of(reading.epoch()));
        putKnown(json, "train_accuracy", reading.trainAccuracy());
        putKnown(json, "validation_accuracy", reading.validationAccuracy());
        putKnown(json, "test_accuracy", reading.testAccuracy());
        json.put("train_loss", Json.of(reading.trainLoss()));
        putKnown(json, "validation_loss", reading.validationLoss());
        putKnown(json, "test_loss", reading.testLoss());
        return json;
    }

    private static void putKnown(Map<String, Json> json, String name, double value) {
        if (!Double.isNaN(value)) {
            json.put(name, Json.of(value));
        }
    }

    /// The distance between training rows and those that training does not see, at a reading.
    public Gap gap(Evaluation reading) {
        int known = inner.train().length;
        int unseen = (inner.held().length > 0 ? inner : split).held().length;
        return task.target().task() == Task.REGRESSION
                ? ErrorGap.of(reading, known, unseen)
                : AccuracyGap.of(reading, known, unseen);
    }

    /// What the distance between training and test rows means.
    ///
    /// @param test score of the test rows
    public Judgement judge(TableTraining.Result result, Score test) {
        int known = inner.train().length;
        Evaluation kept = result.readings().stream()
                .filter(reading -> reading.step() == result.step())
                .findFirst()
                .orElse(result.readings().getLast());
        return switch (test) {
            case Score.Classes classes -> {
                int count = classes.count();
                yield new Judgement(
                        new AccuracyGap(kept.trainAccuracy(), kept.testAccuracy(), known, count),
                        FitVerdict.of(
                                result.readings(),
                                kept,
                                known,
                                count,
                                classes.labels().size()));
            }
            case Score.Values values -> {
                ErrorGap errors = new ErrorGap(kept.trainLoss(), 1 - values.r2(), known, values.count());
                yield new Judgement(errors, FitVerdict.of(result.readings(), kept, errors));
            }
        };
    }

    /// What result.json says first: the task, what the columns were taken for, and how good training rows are.
    ///
    /// @param trained score of the training rows
    public Map<String, Json> outcome(Score trained) {
        Map<String, Json> json = new LinkedHashMap<>();
        json.put("task", Json.of(word()));
        json.put("target", Json.of(task.table().names().get(task.target().column())));
        json.put("columns", columns(task.columns()));
        json.put("train", score(trained));
        return json;
    }

    /// Columns as JSON.
    public static Json columns(List<Column> columns) {
        return new Json.Items(columns.stream()
                .<Json>map(column -> {
                    Map<String, Json> json = new LinkedHashMap<>();
                    json.put("name", Json.of(column.name()));
                    json.put("type", Json.of(column.type().word()));
                    json.put("missing", Json.of((long) column.missing()));
                    json.put("distinct", Json.of((long) column.distinct()));
                    return new Json.Members(json);
                })
                .toList());
    }

    /// A score as JSON.
    public static Json.Members score(Score score) {
        return switch (score) {
            case Score.Classes classes -> {
                Map<String, Json> json =
                        new LinkedHashMap<>(ClassFigures.of(classes).json().values());
                json.put("accuracy", Json.of(classes.headline()));
                json.put("loss", Json.of(classes.loss()));
                yield new Json.Members(json);
            }
            case Score.Values values -> {
                Map<String, Json> json = new LinkedHashMap<>();
                json.put("r2", Json.of(values.r2()));
                json.put("mean_square_error", Json.of(values.errors().meanSquaredError()));
                json.put("root_mean_square_error", Json.of(values.errors().rootMeanSquaredError()));
                json.put("mean_absolute_error", Json.of(values.errors().meanAbsoluteError()));
                json.put("count", Json.of((long) values.count()));
                yield new Json.Members(json);
            }
        };
    }

    /// The loss of training, validation and test rows over the epochs.
    public static Figure curve(List<Evaluation> readings) {
        double[] epochs = readings.stream().mapToDouble(Evaluation::epoch).toArray();
        Figure figure = Figure.titled("Loss")
                .xAxis(Axis.linear("epoch"))
                .yAxis(Axis.linear("loss").between(0, Double.NaN))
                .line(
                        "training",
                        epochs,
                        readings.stream().mapToDouble(Evaluation::trainLoss).toArray());
        if (!Double.isNaN(readings.getLast().validationLoss())) {
            figure = figure.line(
                    "validation",
                    epochs,
                    readings.stream().mapToDouble(Evaluation::validationLoss).toArray());
        }
        if (!Double.isNaN(readings.getLast().testLoss())) {
            figure = figure.line(
                    "test",
                    epochs,
                    readings.stream().mapToDouble(Evaluation::testLoss).toArray());
        }
        return figure;
    }
}
