package org.badak.cli;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.badak.catalog.ModelFile;
import org.badak.catalog.SavedModel;
import org.badak.data.DataException;
import org.badak.data.Json;
import org.badak.data.Partition;
import org.badak.figure.Figure;
import org.badak.figure.report.Section;
import org.badak.figure.report.Words;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.model.Parameters;
import org.badak.report.TableRecord;
import org.badak.report.TableReport;
import org.badak.tabular.Encoded;
import org.badak.tabular.Preparation;
import org.badak.tabular.Score;
import org.badak.tabular.TableModel;
import org.badak.tabular.TableTask;
import org.badak.tabular.TableTraining;
import org.badak.tabular.Task;
import org.badak.tabular.TrainingSettings;
import org.badak.train.Checkpoint;
import org.badak.train.Evaluation;

/// A training run on a table, and everything it shows and writes.
final class TableRun {
    private static final String METRICS = "metrics"; // of a checkpoint's facts

    private final TableTask task;
    private final TableOptions options;
    private final SettingsMaker maker;
    private final boolean balanced;
    private final Kernels kernels;
    private final RunDirectory directory;
    private final Console console;
    private final LiveLine line;
    private final long begun = System.nanoTime();
    private final List<String> metrics = new ArrayList<>(); // the lines of metrics.jsonl
    private final Deque<String> linesBefore = new ArrayDeque<>(); // those of readings before an interruption
    private volatile boolean stopped;

    /// Settings for a number of rows.
    @FunctionalInterface
    interface SettingsMaker {
        /// @param rows training rows
        TrainingSettings of(int rows, Task task);
    }

    TableRun(
            TableTask task,
            TableOptions options,
            SettingsMaker maker,
            boolean balanced,
            Kernels kernels,
            RunDirectory directory,
            Console console) {
        this.task = task;
        this.options = options;
        this.maker = maker;
        this.balanced = balanced;
        this.kernels = kernels;
        this.directory = directory;
        this.console = console;
        line = new LiveLine(console);
    }

    /// Measures, trains, and writes all files.
    BadakCommand.Outcome run() {
        TrainingSettings whole = maker.of(task.rows().length, task.target().task());
        List<Partition> folds = options.folds() == 0 ? List.of() : task.folds(options.folds(), whole.seed());
        Partition split = folds.isEmpty()
                ? task.divide(options.testFraction(), whole.seed())
                : new Partition(task.rows(), new int[0]);
        Partition inner = task.divide(split.train(), options.validation(), whole.seed());
        TrainingSettings settings = maker.of(inner.train().length, task.target().task());
        double testFraction = folds.isEmpty() ? options.testFraction() : 0;
        TableRecord record = new TableRecord(task, settings, split, inner, testFraction);
        TableTraining training = training(settings).until(directory.lastStep());
        Interruption.onStop(() -> {
            stopped = true;
            training.stop();
        });

        List<Score> scores = new ArrayList<>();
        console.result(TableText.target(task));
        for (Partition fold : folds) {
            if (!stopped) {
                scores.add(score(fold, scores.size() + 1));
            }
        }
        Preparation preparation = Preparation.fit(task, inner.train());
        directory.create(record.folderName());
        Diagnosis diagnosis = new Diagnosis(record::gap, Diagnosis.cures(settings, inner.held().length > 0), console);
        Json.Members configuration = configuration(record, preparation);
        TableTraining.Result result;
        try {
            directory.resumedFrom().ifPresent(this::requireSameData);
            directory.writeConfiguration(configuration);
            result = training.fit(
                    inner.train(),
                    inner.held(),
                    split.held(),
                    (reading, parameters) -> evaluated(reading, parameters, diagnosis),
                    Optional.of(new TableTraining.Saving(
                            directory.checkpoints(),
                            directory.rhythm(),
                            directory.resumedFrom(),
                            (model, step) -> facts(saved(model, step, record)))));
        } catch (RuntimeException | Error failed) {
            line.clear();
            directory.abandon();
            throw failed;
        }
        line.clear();
        describe(result, settings, inner, split);
        directory.write("model.safetensors", saved(result.model(), result.step(), record));
        Figure curve = TableRecord.curve(result.readings());
        directory.write("curve.svg", curve.svg());
        directory.write("curve.png", curve.png());
        return finish(result, scores, record, configuration, curve, diagnosis);
    }

    private TableTraining training(TrainingSettings settings) {
        TableTraining training = new TableTraining(task, settings, kernels);
        return balanced ? training.balanced() : training;
    }

    private Score score(Partition fold, int number) {
        Partition inner = task.divide(fold.train(), options.validation(), number);
        TrainingSettings settings = maker.of(inner.train().length, task.target().task());
        line.show("fold " + number + "/" + options.folds());
        TableModel model = training(settings)
                .fit(inner.train(), inner.held(), new int[0], (reading, parameters) -> {})
                .model();
        Score score = model.evaluate(kernels, task.table(), fold.held());
        line.clear();
        console.result(String.format(
                Locale.ROOT,
                Texts.of("Fold %d of %d: %s", "폴드 %d/%d: %s"),
                number,
                options.folds(),
                TableText.headline(score)));
        return score;
    }

    private void requireSameData(Checkpoint from) {
        String expected = String.valueOf(from.notes().get("origin.data_sha256"));
        if (!expected.equals(task.table().sha256())) {
            throw new DataException(
                    "cannot resume: the table is not the one that the run began with",
                    task.table().source() + ", SHA-256",
                    task.table().sha256(),
                    expected,
                    "give it the file of the run, or begin a new run");
        }
        from.notes().getOrDefault(METRICS, "").lines().forEach(linesBefore::add);
        console.note(Texts.of("Resumed at step ", "이어서 학습하는 단계: ") + Texts.count(from.step()));
    }

    /// What a checkpoint has beside the training's own: the model's metadata and the lines of metrics.jsonl.
    private Map<String, String> facts(SavedModel model) {
        Map<String, String> facts = new LinkedHashMap<>(ModelFile.metadata(model));
        facts.put(METRICS, String.join("\n", metrics));
        return facts;
    }

    private void evaluated(Evaluation reading, Parameters parameters, Diagnosis diagnosis) {
        ObjectBuilder members = new ObjectBuilder().putAll(TableRecord.metrics(reading));
        diagnosis.evaluated(reading, members);
        members.put("parameters_hash", HexFormat.of().toHexDigits(parameters.quickHash()));
        // the parameters of a reading before an interruption are no more
        metrics.add(linesBefore.isEmpty() ? members.json().toString() : linesBefore.removeFirst());
        if (metrics.size() > 1) {
            directory.append("metrics.jsonl", metrics.getLast());
        } else {
            directory.write("metrics.jsonl", metrics.getLast() + "\n");
        }
        line.clear();
        diagnosis.tell();
        line.show(String.format(
                Locale.ROOT,
                "epoch %.0f  train loss %.4f%s%s",
                reading.epoch(),
                reading.trainLoss(),
                Double.isNaN(reading.validationLoss())
                        ? ""
                        : String.format(Locale.ROOT, "  validation loss %.4f", reading.validationLoss()),
                Double.isNaN(reading.testLoss())
                        ? ""
                        : String.format(Locale.ROOT, "  test loss %.4f", reading.testLoss())));
    }

    private void describe(TableTraining.Result result, TrainingSettings settings, Partition inner, Partition split) {
        console.note(String.format(
                Locale.ROOT,
                Texts.of("Rows: %,d training, %,d validation, %,d test", "행: 훈련 %,d, 검증 %,d, 시험 %,d"),
                inner.train().length,
                inner.held().length,
                split.held().length));
        console.note(String.format(
                Locale.ROOT,
                Texts.of(
                        "Network: %s, %,d parameters; %s, learning rate %s, batches of %d, %d epochs",
                        "신경망: %s, 매개변수 %,d개; %s, 학습률 %s, 미니배치 %d, %d에폭"),
                result.model().network().summary(),
                result.model().parameters().count(),
                settings.optimizer().name(),
                settings.optimizer().learningRate(),
                settings.batch(),
                settings.epochs()));
        Preparation preparation = result.model().preparation();
        if (!preparation.left().isEmpty()) {
            console.note(Texts.of("Left out: ", "제외한 열: ") + preparation.leftInWords(Texts.locale()));
        }
        notes(result.encoded(), console);
        if (task.weight() >= 0) {
            console.note(Texts.of("Weights: column ", "가중치: 열 ")
                    + result.model().preparation().weight()
                    + Texts.of("; loss and metrics are means by weight", "; 손실과 지표는 가중 평균입니다"));
        }
    }

    /// What a reader should know about rows that were encoded.
    static void notes(Encoded encoded, Console console) {
        for (String note : encoded.notes()) {
            console.note(Texts.of("Note: ", "알림: ") + note);
        }
    }

    private BadakCommand.Outcome finish(
            TableTraining.Result result,
            List<Score> scores,
            TableRecord record,
            Json.Members configuration,
            Figure curve,
            Diagnosis diagnosis) {
        TableModel model = result.model();
        Score trained = model.evaluate(kernels, task.table(), record.split().train());
        console.result(Texts.of("Training rows: ", "훈련 행: ") + TableText.headline(trained));
        String hash = model.parameters().sha256();
        double seconds = (System.nanoTime() - begun) / 1e9;
        ObjectBuilder json = new ObjectBuilder().putAll(record.outcome(trained));
        List<Score> shown = new ArrayList<>(scores);
        if (record.split().held().length > 0) {
            Score test = model.evaluate(kernels, task.table(), record.split().held());
            console.result(Texts.of("Test rows: ", "시험 행: ") + TableText.headline(test));
            TableText.classes(test, console);
            json.put("test", TableRecord.score(test));
            shown.add(test);
            judge(record.judge(result, test), diagnosis, json);
        }
        if (!scores.isEmpty()) {
            double[] headlines = scores.stream().mapToDouble(Score::headline).toArray();
            double mean = mean(headlines);
            double deviation = deviation(headlines, mean);
            console.result(folds(scores.getFirst(), mean, deviation));
            json.put("folds", Json.of(headlines)).put("folds_mean", mean).put("folds_deviation", deviation);
        }
        directory.write(
                "report.html",
                new TableReport(task, result, trained, shown, scores.isEmpty(), seconds)
                        .html(
                                configuration,
                                curve,
                                List.of(
                                        new Section.Property(Words.same("parameters_sha256"), hash),
                                        new Section.Property(Words.same("badak"), Version.number()),
                                        new Section.Property(
                                                Words.same("java"),
                                                Runtime.version().toString()))));
        console.result(String.format(
                Locale.ROOT,
                Texts.of("%s steps, %.1f s in all, parameters %s...", "%s단계, 모두 %.1f초, 매개변수 %s..."),
                Texts.count(result.step()),
                seconds,
                hash.substring(0, 16)));
        console.result(Texts.of("Run: ", "결과 폴더: ") + directory.folder());
        Json.Members outcome = json.put("seconds", seconds)
                .put("parameters_sha256", hash)
                .put("stopped", stopped)
                .put("run", directory.folder().toString())
                .json();
        directory.writeResult(outcome);
        return BadakCommand.Outcome.ok(outcome);
    }

    /// Says what the distance between training and test rows means.
    private void judge(TableRecord.Judgement judgement, Diagnosis diagnosis, ObjectBuilder json) {
        console.result(judgement.verdict().sentence(judgement.gap(), Texts.locale()));
        diagnosis.finish(judgement.verdict());
        json.put("verdict", judgement.verdict().word());
        diagnosis.put(json);
    }

    private String folds(Score kind, double mean, double deviation) {
        return switch (kind) {
                    case Score.Classes classes ->
                        String.format(
                                Locale.ROOT,
                                Texts.of(
                                        "Cross-validation: accuracy %s, standard deviation of the folds %s",
                                        "교차 검증: 정확도 %s, 폴드의 표준 편차 %s"),
                                Texts.percent(mean),
                                Texts.percent(deviation));
                    case Score.Values values ->
                        String.format(
                                Locale.ROOT,
                                Texts.of(
                                        "Cross-validation: R2 %.4f, standard deviation of the folds %.4f",
                                        "교차 검증: R2 %.4f, 폴드의 표준 편차 %.4f"),
                                mean,
                                deviation);
                }
                + Texts.of("; the model saved is trained on all rows", "; 저장한 모델은 모든 행으로 학습했습니다");
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static double deviation(double[] values, double mean) {
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return Math.sqrt(squares / values.length);
    }

    private Json.Members configuration(TableRecord record, Preparation preparation) {
        return new ObjectBuilder()
                .putAll(record.configuration(preparation))
                .put("test_fraction", options.testFraction())
                .put("validation", options.validation())
                .put("folds", options.folds())
                .put("seed", record.settings().seed())
                .put("kernels", KernelChoice.current().set().name())
                .put("badak", Version.number())
                .put("java", Runtime.version().toString())
                .json();
    }

    private static SavedModel saved(TableModel model, long step, TableRecord record) {
        Map<String, String> origin = record.origin();
        origin.put("badak", Version.number());
        return model.saved(record.settings().seed(), step, origin);
    }
}
