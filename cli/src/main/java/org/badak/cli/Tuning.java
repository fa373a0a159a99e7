package org.badak.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.badak.data.DataException;
import org.badak.data.Dataset;
import org.badak.data.Json;
import org.badak.data.Partition;
import org.badak.report.Readings;
import org.badak.tabular.TableTask;
import org.badak.tabular.Task;
import org.badak.tune.Range;
import org.badak.tune.SearchSpace;
import org.badak.tune.TrialEngine;

/// A search from its data to the test of the best trial.
final class Tuning {
    private static final int EPOCHS = 3;

    private final TuneCommand command;
    private final RunDirectory directory;
    private final Console console;
    private final long begun = System.nanoTime();

    /// What is searched: the trials, what they share, and how they are compared.
    private record Prepared(
            String data, SearchSpace space, TrialOptions options, Trials trials, TrialScoring scoring, String digest) {}

    Tuning(TuneCommand command, RunDirectory directory, Console console) {
        this.command = command;
        this.directory = directory;
        this.console = console;
    }

    BadakCommand.Outcome run() {
        Map<String, Range> wanted = command.ranges();
        TrainCommand shared = command.shared();
        Optional<Path> table = shared.table();
        Prepared prepared = table.isPresent() ? rows(table.get(), wanted) : images(wanted);
        SearchPlan asked = command.plan(prepared.space(), prepared.scoring(), shared.seed());
        new Search(asked, prepared.trials(), console).check(); // before anything is started
        if (command.resumes()) {
            requireSameData(prepared);
        } else {
            directory.create(
                    "tune-" + prepared.data().replaceAll(".*[/\\\\]", "").replaceAll("[^A-Za-z0-9_.-]", "_"));
            directory.writeConfiguration(
                    "tune.json",
                    "tune",
                    new ObjectBuilder()
                            .putAll(prepared.options().shared())
                            .putAll(command.ownOptions(prepared.space()).json())
                            .putAll(command.places())
                            .json(),
                    new ObjectBuilder()
                            .put("data_digest", prepared.digest())
                            .put("badak", Version.number())
                            .json());
        }
        Optional<TrialEngine> engine = command.engine().startTrials(prepared.trials(), console);
        try {
            return search(
                    prepared,
                    engine.map(each -> asked.with(command.sideBySide(each.parallel())))
                            .orElse(asked),
                    engine);
        } finally {
            engine.ifPresent(TrialEngine::close);
        }
    }

    private BadakCommand.Outcome search(Prepared prepared, SearchPlan plan, Optional<TrialEngine> engine) {
        Trials trials = engine.<Trials>map(each -> new SpreadTrials(prepared.trials(), each))
                .orElse(prepared.trials());
        Search search = new Search(plan, trials, console);
        search.check();
        describe(plan);
        try (TrialLog log = TrialLog.open(directory.folder(), prepared.scoring())) {
            if (log.isMended()) {
                console.note(Texts.of(
                        "trials.jsonl: its last line was only half written; that trial is done again.",
                        "trials.jsonl: 마지막 줄이 쓰다 만 상태라 그 시도를 다시 합니다."));
            }
            if (command.resumes()) {
                console.note(String.format(
                        Locale.ROOT,
                        Texts.of("Going on in %s: %d trainings are done.", "%s에서 이어 합니다: 학습 %d번이 끝나 있습니다."),
                        directory.folder(),
                        log.results().size()));
            }
            Interruption.onStop(search::stop);
            List<TrialResult> ranking = search.run(log);
            return search.isStopped() ? stopped(log, ranking) : finish(plan, prepared, ranking);
        }
    }

    /// Checks that the data are those that the search began with.
    private void requireSameData(Prepared prepared) {
        Path file = directory.folder().resolve("tune.json");
        try {
            Json found = Json.parse(Files.readString(file)) instanceof Json.Members members
                    ? members.values().getOrDefault("data_digest", Json.Word.NULL)
                    : Json.Word.NULL;
            if (!found.equals(Json.of(prepared.digest()))) {
                throw new DataException(
                        "cannot go on with the search: the data have changed",
                        prepared.data(),
                        prepared.digest(),
                        String.valueOf(found),
                        "bring the data back, or begin a new search");
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(file.toString(), unreadable);
        }
    }

    private Prepared images(Map<String, Range> wanted) {
        if (command.folds() > 0) {
            throw new UsageException("--folds: found, but images are to be learned, expected a CSV file; name one:"
                    + " badak tune FILE.csv");
        }
        TrainCommand shared = command.shared();
        LoadedData whole = shared.load(console);
        Dataset train = whole.split().train();
        double share = command.validation();
        Dataset held = StoppingOptions.held(train, share, shared.seed())
                .orElseThrow(() -> UsageException.of(
                        "--validation", share, "a share above 0, which compares the trials", "try 0.2"));
        Map<String, Range> ranges = wanted.isEmpty() ? usualForImages() : wanted;
        ObjectBuilder options = new ObjectBuilder()
                .put("data", shared.dataName(whole))
                .put("seed", shared.seed())
                .put("validation", share);
        if (wanted.isEmpty()) {
            usual(options, "optimizer", "adam");
            usual(options, "init", "he");
            usual(options, "sampling", "shuffle");
        }
        boolean limited = Stream.of("epochs", "iterations").anyMatch(n -> command.isFixed(n) || ranges.containsKey(n));
        if (!limited) {
            options.put("epochs", EPOCHS);
        }
        console.note(String.format(
                Locale.ROOT,
                Texts.of("Validation: %,d %s held out of training", "검증: 훈련 데이터에서 떼어 놓은 %2$s %1$,d개"),
                held.count(),
                Texts.of(Readings.unit(held))));
        TrialOptions all =
                new TrialOptions(options.putAll(command.sharedOptions()).json());
        LoadedData rest = StoppingOptions.without(whole, share, shared.seed());
        return new Prepared(
                shared.dataName(whole),
                space(ranges),
                all,
                new ImageTrials(all, rest, held),
                new TrialScoring("accuracy", "loss", command.objective().equals("loss"), "iterations"),
                train.sha256());
    }

    private Prepared rows(Path file, Map<String, Range> wanted) {
        TrainCommand shared = command.shared();
        TableTask task = shared.task(file, console);
        console.result(TableText.target(task));
        double share = command.validation();
        Partition split = task.divide(shared.testFraction(), shared.seed());
        List<TableTrials.Part> parts =
                command.folds() > 0 ? folds(task, split, share) : List.of(held(task, split, share));
        ObjectBuilder options = new ObjectBuilder()
                .put("data", file.toString())
                .put("seed", shared.seed())
                .put("validation", share);
        TrialOptions all = new TrialOptions(new ObjectBuilder()
                .putAll(options.json())
                .putAll(command.sharedOptions())
                .json());
        boolean classes = task.target().task() == Task.CLASSIFICATION;
        return new Prepared(
                file.toString(),
                space(wanted.isEmpty() ? usualForTables() : wanted),
                all,
                new TableTrials(all, task, parts, file),
                new TrialScoring(
                        classes ? "accuracy" : "r2",
                        classes ? "loss" : "root_mean_square_error",
                        command.objective().equals("loss"),
                        "epochs"),
                task.table().sha256());
    }

    /// The rows of a search that compares trials on one part.
    private TableTrials.Part held(TableTask task, Partition split, double share) {
        Partition parts = task.divide(split.train(), share, command.shared().seed());
        if (parts.held().length == 0) {
            throw UsageException.of(
                    "--validation", share, "a share that holds out at least one row, to compare the trials", "try 0.2");
        }
        console.note(String.format(
                Locale.ROOT,
                Texts.of("Rows: %,d training, %,d validation, %,d test", "행: 훈련 %,d, 검증 %,d, 시험 %,d"),
                parts.train().length,
                parts.held().length,
                split.held().length));
        return new TableTrials.Part(parts.train(), parts.held(), parts.held());
    }

    /// The rows of a search that compares trials by the mean of several folds.
    private List<TableTrials.Part> folds(TableTask task, Partition split, double share) {
        List<TableTrials.Part> parts = new ArrayList<>();
        for (Partition fold :
                task.folds(split.train(), command.folds(), command.shared().seed())) {
            Partition inner = task.divide(fold.train(), share, parts.size() + 1L);
            parts.add(new TableTrials.Part(inner.train(), inner.held(), fold.held()));
        }
        console.note(String.format(
                Locale.ROOT,
                Texts.of(
                        "Rows: %,d, on which every trial is measured in %d folds, and %,d test",
                        "행: 시도마다 폴드 %2$d개로 평가하는 %1$,d, 시험 %3$,d"),
                split.train().length,
                parts.size(),
                split.held().length));
        return parts;
    }

    private Map<String, Range> usualForImages() {
        Map<String, Range> ranges = new LinkedHashMap<>();
        usual(ranges, "lr", "log:0.0001..0.1");
        usual(ranges, "hidden", "50|100|200|\"100,50\"|\"200,100\"");
        usual(ranges, "activation", "relu|tanh|gelu");
        usual(ranges, "batch", "32|64|128");
        return ranges;
    }

    private Map<String, Range> usualForTables() {
        Map<String, Range> ranges = new LinkedHashMap<>();
        usual(ranges, "lr", "log:0.001..0.1");
        usual(ranges, "hidden", "16|64|\"64,32\"|\"128,64\"");
        usual(ranges, "weight-decay", "log:0.01..10");
        usual(ranges, "batch", "16|32|64");
        return ranges;
    }

    private void usual(Map<String, Range> ranges, String name, String range) {
        boolean listed = command.isFixed("layers") && (name.equals("hidden") || name.equals("activation"));
        if (!command.isFixed(name) && !listed) {
            ranges.put(name, Range.parse(range));
        }
    }

    private void usual(ObjectBuilder options, String name, String value) {
        if (!command.isFixed(name)) {
            options.put(name, value);
        }
    }

    private static SearchSpace space(Map<String, Range> ranges) {
        if (ranges.isEmpty()) {
            throw new UsageException("--vary: found nothing to search, as all that is searched by default is given,"
                    + " expected at least one option; try --vary lr=log:0.001..1");
        }
        return new SearchSpace(ranges);
    }

    private void describe(SearchPlan plan) {
        console.result(String.format(
                Locale.ROOT,
                Texts.of("Search: %s, %d trials, %d side by side", "탐색: %s, 시도 %d개, 동시에 %d개"),
                plan.method(),
                plan.values().size(),
                plan.parallel()));
        plan.space().ranges().forEach((name, range) -> console.result("  " + name + ": " + range.text()));
    }

    private BadakCommand.Outcome stopped(TrialLog log, List<TrialResult> ranking) {
        console.result(String.format(
                Locale.ROOT,
                Texts.of("Stopped: %d trainings are done. Go on with", "중단: 학습 %d번이 끝났습니다. 이어 하려면"),
                log.results().size()));
        console.result("  badak tune --resume " + directory.folder());
        return BadakCommand.Outcome.ok(new ObjectBuilder()
                .put("stopped", true)
                .put("trials", ranking.size())
                .put("trainings", log.results().size())
                .put("tune", directory.folder().toString())
                .put("seconds", (System.nanoTime() - begun) / 1e9)
                .json());
    }

    private BadakCommand.Outcome finish(SearchPlan plan, Prepared prepared, List<TrialResult> ranking) {
        TuneReport report = new TuneReport(plan, ranking);
        report.show(console);
        TrialResult best = ranking.getFirst();
        if (best.failed()) {
            throw new CommandFailure(
                    "no trial can be used: all of them diverged",
                    directory.folder().resolve("trials.jsonl").toString(),
                    best.failure(),
                    "at least one trial with a score",
                    "search smaller learning rates: --vary lr=log:0.0001..0.1",
                    new IllegalStateException("all diverged"));
        }
        directory.write("parallel.svg", report.figure().svg());
        directory.write("parallel.png", report.figure().png());
        Json.Members options = prepared.options().with(best.values());
        Json.Members score = new ObjectBuilder()
                .put("trial", best.trial())
                .put(prepared.scoring().headline(), best.headline())
                .put(prepared.scoring().loss(), best.loss())
                .put("parameters_sha256", best.hash())
                .json();
        directory.writeConfiguration(
                "best.json",
                "train",
                options,
                new ObjectBuilder().put("validation_score", score).json());
        console.result("");
        console.result(Texts.of(
                "The best once more, and now the test set, which decided nothing:",
                "가장 좋은 설정을 다시 학습하고, 아무것도 정하지 않은 시험 세트로 평가합니다:"));
        Path run = directory.folder().resolve("best");
        removeAll(run);
        BadakCommand.Outcome trained = TrialOptions.command(new ObjectBuilder()
                        .putAll(options)
                        .put("out", run.toString())
                        .json())
                .run(console);
        Map<String, Json> outcome = trained.json().values();
        boolean same = Json.of(best.hash()).equals(outcome.get("parameters_sha256"));
        boolean ended = Json.of(true).equals(outcome.get("stopped"));
        boolean whole = best.rung()
                == ranking.stream().mapToInt(TrialResult::rung).max().orElseThrow(); // else it has more budget now
        boolean comparable = command.folds() == 0; // else it is trained on all rows that are not for the test
        if (!same && !ended && whole && comparable) {
            console.note(Texts.of(
                    "Note: the parameters differ from the trial's: data or Badak have changed since.",
                    "알림: 매개변수가 시도 때와 다릅니다. 그 뒤 데이터나 Badak이 바뀌었습니다."));
        }
        console.result("");
        console.result(Texts.of("Best: ", "최고: ") + Search.values(best.values()));
        console.result("  badak train --config " + directory.folder().resolve("best.json"));
        console.result(Texts.of("Search: ", "탐색 폴더: ") + directory.folder());
        ObjectBuilder json = new ObjectBuilder()
                .put("method", plan.method())
                .put("trials", ranking.size())
                .put("failed", (int)
                        ranking.stream().filter(TrialResult::failed).count())
                .put(
                        "best",
                        new ObjectBuilder()
                                .putAll(score)
                                .put("options", options)
                                .json());
        for (String name : List.of("test", "test_accuracy", "test_loss")) {
            Json value = outcome.get(name);
            if (value != null) {
                json.put(name, value);
            }
        }
        Json trainedHash = outcome.getOrDefault("parameters_sha256", Json.of(""));
        return BadakCommand.Outcome.ok(json.put("parameters_sha256", comparable ? Json.of(best.hash()) : trainedHash)
                .put("config", directory.folder().resolve("best.json").toString())
                .put("run", run.toString())
                .put("tune", directory.folder().toString())
                .put("stopped", ended)
                .put("seconds", (System.nanoTime() - begun) / 1e9)
                .json());
    }

    /// Removes a folder that this search made.
    private static void removeAll(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> content = Files.walk(folder)) {
            List<Path> all = new ArrayList<>(content.toList());
            for (Path each : all.reversed()) {
                Files.delete(each);
            }
        } catch (IOException failed) {
            throw CommandFailure.writing(folder.toString(), failed);
        }
    }
}
