package org.badak.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.badak.data.Json;
import org.badak.train.Rhythm;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `badak verify`: whether a run gives the same bits again.
@Command(
        name = "verify",
        header = "Trains a run again and compares, bit by bit.",
        description = {
            "Trains the run of a folder again, from its own record, and compares every reading, the parameters' hash at"
                    + " each, model, checkpoints and result with what the folder holds.",
            "Says that all bits are the same, or where the first difference is and what its likely cause is: other"
                    + " data, another configuration, a file changed later, another version. Exit 0 or 1.",
            "Takes as long as the run did. The folder is only read. A run that was stopped or killed is trained as far"
                    + " as it came."
        })
final class VerifyCommand extends BadakCommand {
    @Parameters(index = "0", paramLabel = "RUN", description = "The folder of a run: runs/NAME.")
    private Path run = Path.of("");

    @Mixin
    private ThreadOptions threads = new ThreadOptions();

    /// Made by picocli.
    VerifyCommand() {}

    @Override
    Outcome run(Console console) {
        RunDirectory.requireRun("RUN", run);
        RunRecord recorded = RunRecord.read(run);
        if (recorded.lines().isEmpty()) {
            throw new CommandFailure(
                    "cannot verify: the run has no readings",
                    run.resolve("metrics.jsonl").toString(),
                    "no line",
                    "at least one; the first is written when training begins",
                    "begin again: badak train --config " + run,
                    new IllegalStateException("no readings"));
        }
        if (recorded.wasSteered()) {
            throw new CommandFailure(
                    "cannot verify: the learning rate was changed by hand while the run was trained",
                    run.toString(),
                    "steering.jsonl, or learning_rate_changes in result.json",
                    "a run that follows from its configuration alone",
                    "verify a run that nobody steered; badak train --config " + run
                            + " trains this one without changes",
                    new IllegalStateException("steered"));
        }
        ObjectBuilder options = new ObjectBuilder();
        ConfigFile.read("RUN", run).entries().stream() // in this process, wherever it was trained: the same bits
                .filter(entry -> !ShardOptions.PLACES.contains("--" + entry.key()))
                .forEach(entry -> options.put(entry.key(), entry.value()));
        if (given("--threads")) {
            options.put("threads", threads.threads());
        }
        TrainCommand training = TrialOptions.command("RUN", options.json());
        training.check();
        console.note(String.format(
                Locale.ROOT,
                Texts.of("Training %s again: %s steps, %.1f s the first time", "%s 다시 학습: %s단계, 처음에는 %.1f초"),
                run,
                Texts.count(recorded.lastStep()),
                recorded.seconds()));
        Path folder = temporary();
        try (RunDirectory again = RunDirectory.planned(folder)) {
            again.save(new Rhythm(0, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY)); // at the end alone
            if (!recorded.isComplete()) {
                again.endAt(recorded.lastStep());
            }
            PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
            Outcome outcome = training.train(again, new Console(nowhere, nowhere, Terminal.NONE));
            if (Json.of(true).equals(outcome.json().values().get("stopped")) && recorded.isComplete()) {
                throw new CommandFailure(
                        "cannot verify: the training was stopped",
                        run.toString(),
                        "an interruption",
                        "a training that ends by itself",
                        "begin again: badak verify " + run,
                        new IllegalStateException("stopped"));
            }
            return tell(RunComparison.of(recorded, RunRecord.read(folder)), recorded, console);
        } finally {
            remove(folder);
        }
    }

    private Outcome tell(RunComparison comparison, RunRecord recorded, Console console) {
        ObjectBuilder json = new ObjectBuilder()
                .put("run", run.toString())
                .put("same", comparison.isSame())
                .put("readings", recorded.lines().size())
                .put("steps", recorded.lastStep())
                .put("complete", recorded.isComplete());
        if (comparison.isSame()) {
            console.result(String.format(
                    Locale.ROOT,
                    Texts.of("The same bits: %s steps, %d readings, and %s.", "비트까지 같습니다: %s단계, 측정 %d번, 그리고 %s."),
                    Texts.count(recorded.lastStep()),
                    recorded.lines().size(),
                    String.join(", ", recorded.files())));
            if (!recorded.hasHashes()) {
                console.note(Texts.of(
                        "Its readings have no hash of the parameters, as runs of older versions: their numbers were"
                                + " compared.",
                        "이전 버전의 실행이라 측정값에 매개변수 해시가 없어 수치만 비교했습니다."));
            }
            return Outcome.ok(json.json());
        }
        for (Difference difference : comparison.differences()) {
            console.result((difference.equals(comparison.differences().getFirst())
                            ? Texts.of("First difference: ", "첫 차이: ")
                            : Texts.of("Also: ", "그 밖의 차이: "))
                    + difference.sentence());
        }
        console.result(
                Texts.of("Likely cause: ", "짐작되는 원인: ") + comparison.cause().sentence());
        json.put("cause", comparison.cause().name().toLowerCase(Locale.ROOT))
                .put(
                        "differences",
                        new Json.Items(comparison.differences().stream()
                                .<Json>map(Difference::json)
                                .toList()));
        return new Outcome(json.json(), FAILED);
    }

    /// A new folder for a training that nobody keeps.
    static Path temporary() {
        try {
            return Files.createTempDirectory("badak-verify-");
        } catch (IOException failed) {
            throw CommandFailure.writing(System.getProperty("java.io.tmpdir", "the temporary folder"), failed);
        }
    }

    /// Removes it.
    static void remove(Path folder) {
        try (Stream<Path> content = Files.walk(folder)) {
            List<Path> deepestFirst = content.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        } catch (IOException left) {
            // what is left stands in the system's folder for such files
        }
    }
}
