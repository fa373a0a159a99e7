package org.badak.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.badak.data.Json;
import org.badak.data.NpyArray;
import org.badak.data.NpzFile;
import org.badak.gradient.EngineException;
import org.badak.tune.TrialEngine;
import org.badak.tune.TrialEngineProvider;
import org.badak.tune.TrialFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Searches whose trials an engine carries out: what is sent, and what becomes of the answers. The
/// engine here stands for Spark; that Spark carries functions out is a test of its module.
class TuneElsewhereTest {
    @TempDir
    Path folder;

    /// Two executors, made of the same bytes; each trial is carried out on both, as by a speculative copy.
    private static final class Pair implements TrialEngineProvider, TrialEngine {
        final AtomicInteger trials = new AtomicInteger();
        final Map<String, String> settings = new LinkedHashMap<>();
        private final int failing; // which trial is lost for good
        private final List<UnaryOperator<String>> executors = new ArrayList<>();
        boolean closed;

        Pair(int failing) {
            this.failing = failing;
        }

        @Override
        public String name() {
            return "spark";
        }

        @Override
        public TrialEngine start(
                TrialFunction function, byte[] shared, Map<String, String> given, Consumer<String> notes) {
            settings.putAll(given);
            executors.add(function.prepare(shared));
            executors.add(function.prepare(shared));
            return this;
        }

        @Override
        public String run(String trial) {
            if (trials.incrementAndGet() == failing) {
                throw new EngineException(
                        "a trial could not be carried out", "executor 2", "no disk", "one", "mend it");
            }
            String answer = executors.getFirst().apply(trial);
            assertThat(executors.getLast().apply(trial)).isEqualTo(answer);
            return answer;
        }

        @Override
        public int parallel() {
            return 2;
        }

        @Override
        public void stop() {}

        @Override
        public String place() {
            return "two executors";
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tune --data digits --train-count 150 --test-count 20 --batch 20 --iterations 9 --trials 5"
                        + " --vary lr=log:0.01..1 --vary hidden=4|6,5 --augment shift_1",
                // one of them diverges
                "tune --data digits --train-count 150 --test-count 20 --batch 20 --epochs 2 --method grid --points 2"
                        + " --vary lr=log:0.1..1e38 --activation relu --class-weight balanced",
                "tune points.npz --epochs 3 --method halving --trials 9 --vary lr=log:0.01..1 --early-stopping 1"
                        + " --shards 2 --local-steps 2 --batch 10",
                "tune fruits.csv --epochs 3 --trials 4 --target kind --separator ;",
                "tune fruits.csv --folds 3 --epochs 2 --trials 3 --class-weight balanced --seed 5"
            })
    void scoresAndRankingAreThoseOfOneProcess(String line) throws IOException {
        String separator = line.contains("--separator") ? ";" : ",";
        Run here = run(line, "here", separator);
        assertThat(here.exit()).as(here.err()).isZero();
        Pair engine = new Pair(0);
        Run there = ScopedValue.where(EngineChoice.TRIALS, engine)
                .call(() -> run(line + " --engine spark --master local[3] --round-timeout 9", "there", separator));
        assertThat(there.exit()).as(there.err()).isZero();
        assertThat(trials("there")).hasSizeGreaterThan(1).isEqualTo(trials("here"));
        assertThat(engine.trials.get()).isEqualTo(trials("there").size());
        assertThat(outcome(there)).isEqualTo(outcome(here));
        assertThat(options("there/best.json")).isEqualTo(options("here/best.json"));
        assertThat(there.err()).contains("Trials are trained by two executors, 2 at a time", "2 side by side");
        assertThat(engine.settings).containsEntry("master", "local[3]").containsEntry("round-timeout", "9");
        assertThat(engine.closed).isTrue();
        assertThat(line.contains("1e38") == trials("there").toString().contains("training diverged at step"))
                .isTrue();
    }

    @Test
    void searchWhoseEngineFailsSaysSoAndGoesOnAnywhere() throws IOException {
        String line = "tune --data digits --train-count 150 --test-count 20 --batch 20 --iterations 9 --trials 5"
                + " --vary lr=log:0.01..1 --hidden 4";
        Run whole = run(line, "here", ",");
        Pair lost = new Pair(4);
        Run failed = ScopedValue.where(EngineChoice.TRIALS, lost)
                .call(() -> run(line + " --engine spark --parallel 1", "there", ","));
        assertThat(failed.exit()).isEqualTo(1);
        assertThat(failed.err())
                .contains("a trial could not be carried out", "no disk")
                .doesNotContain("\tat ");
        assertThat(lost.closed).isTrue();
        assertThat(trials("there")).hasSize(3);
        Run resumed = Run.of("tune", "--resume", folder + "/there", "--engine", "process", "--json");
        assertThat(resumed.exit()).as(resumed.err()).isZero();
        assertThat(trials("there")).isEqualTo(trials("here"));
        assertThat(outcome(resumed)).isEqualTo(outcome(whole));
    }

    @Test
    void mistakesAreToldBeforeAnythingIsStarted() {
        assertThat(Run.of("tune", "--data", "digits", "--engine", "sprak").err())
                .contains("did you mean spark?");
        assertThat(Run.of("tune", "--data", "digits", "--master", "local[2]").err())
                .contains("--master: found without --engine spark");
        Pair never = new Pair(0);
        Run mistaken = ScopedValue.where(EngineChoice.TRIALS, never)
                .call(() -> Run.of(
                        "tune",
                        "--data",
                        "digits",
                        "--train-count",
                        "99",
                        "--engine",
                        "spark",
                        "--sampling",
                        "shuffle",
                        "--vary",
                        "batch=200|100"));
        assertThat(mistaken.exit()).as(mistaken.err()).isEqualTo(2);
        assertThat(never.settings).isEmpty();
    }

    private Run run(String line, String name, String separator) throws IOException {
        StringBuilder text = new StringBuilder("size,colour,kind\n");
        for (int i = 0; i < 60; i++) {
            text.append(i % 2 == 0 ? 6 + i % 3 : 9 + i % 5).append(i % 3 == 0 ? ",red," : ",yellow,");
            text.append(i % 2 == 0 ? "apple\n" : "banana\n");
        }
        Files.writeString(folder.resolve("fruits.csv"), text.toString().replace(",", separator));
        float[] values = new float[120];
        int[] labels = new int[60];
        for (int i = 0; i < 60; i++) {
            labels[i] = i % 2;
            values[2 * i] = (i % 2 == 0 ? -1 : 1) * (1 + i % 7 / 7f);
            values[2 * i + 1] = i % 5 / 5f;
        }
        NpzFile.write(
                folder.resolve("points.npz"), Map.of("X", NpyArray.of(values, 60, 2), "y", NpyArray.of(labels, 60)));
        String placed = line.replace("fruits.csv", folder.resolve("fruits.csv").toString())
                .replace("points.npz", folder.resolve("points.npz").toString());
        List<String> arguments = new ArrayList<>();
        for (String word : (placed + " --json --out " + folder.resolve(name)).split(" ")) {
            arguments.add(word.replace("shift_1", "shift 1"));
        }
        return Run.of(arguments.toArray(String[]::new));
    }

    private static Map<String, Json> outcome(Run run) {
        Map<String, Json> members = new LinkedHashMap<>(run.json());
        members.keySet().removeAll(List.of("seconds", "config", "run", "tune"));
        return members;
    }

    private Json options(String file) throws IOException {
        return Objects.requireNonNull(((Json.Members) Json.parse(Files.readString(folder.resolve(file))))
                .values()
                .get("options"));
    }

    /// The lines of trials.jsonl by rung and trial, without times.
    private Map<String, Map<String, Json>> trials(String name) throws IOException {
        Map<String, Map<String, Json>> trials = new LinkedHashMap<>();
        for (String line : Files.readAllLines(folder.resolve(name).resolve("trials.jsonl"))) {
            Map<String, Json> members = new LinkedHashMap<>(((Json.Members) Json.parse(line)).values());
            members.remove("seconds");
            trials.put(String.format(Locale.ROOT, "%s/%s", members.get("rung"), members.get("trial")), members);
        }
        return trials;
    }
}
