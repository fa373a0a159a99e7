package org.badak.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.badak.data.Json;
import org.badak.tabular.TableTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Searches through the command line.
@Timeout(240)
class TuneCommandTest {
    private static final String IMAGES = "tune --data digits --train-count 200 --test-count 40 --batch 20 ";
    private static final String SMALL = IMAGES + "--iterations 18 --vary lr=log:0.01..1 --vary hidden=4|6,5 ";

    @TempDir
    Path folder;

    @Test
    void resultsDoNotDependOnHowManyRunSideBySide() throws IOException {
        Run alone = run(SMALL + "--vary optimizer=sgd,adam --trials 5 --seed 3 --parallel 1 --json", "alone");
        Run beside = run(SMALL + "--vary optimizer=sgd,adam --trials 5 --seed 3 --parallel 4 --json", "beside");
        assertThat(alone.exit()).as(alone.err()).isZero();
        assertThat(trials("beside")).hasSize(5).isEqualTo(trials("alone"));
        assertThat(outcome(beside)).isEqualTo(outcome(alone));
        Run other = run(SMALL + "--vary optimizer=sgd,adam --trials 5 --seed 4 --json", "other");
        assertThat(trials("other")).isNotEqualTo(trials("alone"));
        assertThat(other.exit()).isZero();
    }

    @Test
    void bestConfigurationIsTrainedByOneCommand() throws IOException {
        Run tune = run(SMALL + "--trials 4 --json", "tune");
        Run train = Run.of(
                "train",
                "--config",
                folder.resolve("tune/best.json").toString(),
                "--out",
                folder.resolve("again").toString(),
                "--json");
        assertThat(tune.exit()).as(tune.err()).isZero();
        assertThat(train.exit()).as(train.err()).isZero();
        assertThat(train.text("parameters_sha256"))
                .as("the trial, the run in best, and the training by hand have the same parameters")
                .isEqualTo(tune.text("parameters_sha256"));
        assertThat(train.number("test_accuracy")).isEqualTo(tune.number("test_accuracy"));
        assertThat(tune.err()).doesNotContain("Note:").contains("Validation: 40 images", "badak train --config");
        assertThat(folder.resolve("tune"))
                .isDirectoryContaining("glob:**parallel.svg")
                .isDirectoryContaining("glob:**parallel.png")
                .isDirectoryContaining("glob:**trials.jsonl");
        assertThat(folder.resolve("tune/best/model.safetensors")).isNotEmptyFile();
        double best = trials("tune").values().stream()
                .mapToDouble(trial -> number(trial, "accuracy"))
                .max()
                .orElseThrow();
        assertThat(number(((Json.Members) Objects.requireNonNull(tune.json().get("best"))).values(), "accuracy"))
                .isEqualTo(best);
    }

    @Test
    void testImagesDecideNothing() throws IOException {
        run(SMALL + "--trials 3", "forty");
        run(SMALL.replace("--test-count 40", "--test-count 7") + "--trials 3", "seven");
        assertThat(trials("seven")).isEqualTo(trials("forty"));
    }

    @Test
    void tableIsSearchedWithoutAnyOption() throws IOException {
        Run tune = run("tune " + table() + " --trials 4 --epochs 3 --json", "tune");
        Run train = Run.of(
                "train",
                "--config",
                folder.resolve("tune/best.json").toString(),
                "--out",
                folder.resolve("again").toString(),
                "--json");
        assertThat(tune.exit()).as(tune.err()).isZero();
        assertThat(tune.err()).contains("lr: log:0.001..0.1", "weight-decay: ", "Target: kind", "validation accuracy");
        assertThat(train.text("parameters_sha256")).isEqualTo(tune.text("parameters_sha256"));
        assertThat(train.json().get("test")).isEqualTo(tune.json().get("test"));
    }

    @Test
    void foldsAreTrainedEachAndTheirMeanCounts() throws IOException {
        String line = "tune " + table() + " --folds 3 --epochs 3 --trials 3 --json ";
        Run tune = run(line, "folds");
        assertThat(tune.exit()).as(tune.err()).isZero();
        assertThat(tune.err())
                .contains("on which every trial is measured in 3 folds")
                .doesNotContain("Note:");
        for (Map<String, Json> trial : trials("folds").values()) {
            String[] hashes = ((Json.Text) Objects.requireNonNull(trial.get("parameters_sha256")))
                    .value()
                    .split(" ");
            assertThat(hashes).hasSize(3).doesNotHaveDuplicates();
            assertThat(number(trial, "accuracy")).isBetween(0.0, 1.0);
        }
        Run train = Run.of(
                "train",
                "--config",
                folder.resolve("folds/best.json").toString(),
                "--out",
                folder.resolve("again").toString(),
                "--json");
        assertThat(train.text("parameters_sha256"))
                .as("the best is trained on all rows that are not for the test")
                .isEqualTo(tune.text("parameters_sha256"));
        assertThat(train.json().get("test")).isEqualTo(tune.json().get("test"));
        Run once = run(line.replace("--folds 3", ""), "once");
        assertThat(once.exit()).isZero();
        assertThat(trials("once")).isNotEqualTo(trials("folds"));
    }

    @Test
    void testRowsDecideNothingInFolds() throws IOException {
        String line = "tune %s --folds 3 --epochs 3 --trials 2 --json --seed 4";
        Path table = Path.of(table());
        TableTask task = TableTask.of(new CsvReadingOptions().read(table, List.of()), new TableOptions().choices());
        run(String.format(Locale.ROOT, line, table), "before");
        List<String> lines = new ArrayList<>(Files.readAllLines(table));
        for (int row : task.divide(0.2, 4).held()) {
            lines.set(1 + row, lines.get(1 + row).replaceFirst("\\d+", "99"));
        }
        Files.write(table, lines);
        run(String.format(Locale.ROOT, line, table), "after");
        assertThat(trials("after")).isEqualTo(trials("before"));
    }

    @Test
    void numbersAreComparedByR2OrRootMeanSquareError() throws IOException {
        String line = "tune " + table() + " --target size --task regression --epochs 3 --trials 3 --json ";
        Run score = run(line, "score");
        Run loss = run(line + "--objective loss", "loss");
        assertThat(score.exit()).as(score.err()).isZero();
        assertThat(loss.exit()).as(loss.err()).isZero();
        assertThat(trials("score").values()).allMatch(trial -> trial.containsKey("r2"));
        double least = trials("loss").values().stream()
                .mapToDouble(trial -> number(trial, "root_mean_square_error"))
                .min()
                .orElseThrow();
        assertThat(number(
                        ((Json.Members) Objects.requireNonNull(loss.json().get("best"))).values(),
                        "root_mean_square_error"))
                .isEqualTo(least);
    }

    @Test
    void halvingTrainsTheBestThirdThreeTimesAsLong() throws IOException {
        Run tune = run(SMALL + "--method halving --trials 9 --objective loss --json", "tune");
        assertThat(tune.exit()).as(tune.err()).isZero();
        Map<String, Map<String, Json>> trials = trials("tune");
        for (int rung = 0; rung < 3; rung++) {
            int number = rung;
            List<Map<String, Json>> here = trials.values().stream()
                    .filter(trial -> number(trial, "rung") == number)
                    .toList();
            assertThat(here).hasSize(new int[] {9, 3, 1}[rung]);
            assertThat(here).allMatch(trial -> number(trial, "iterations") == new int[] {2, 6, 18}[number]);
        }
        for (int rung = 0; rung < 2; rung++) {
            int number = rung;
            List<Double> best = trials.values().stream()
                    .filter(trial -> number(trial, "rung") == number)
                    .sorted(Comparator.comparingDouble(trial -> number(trial, "loss")))
                    .limit(number == 0 ? 3 : 1)
                    .map(trial -> number(trial, "trial"))
                    .toList();
            assertThat(trials.values().stream()
                            .filter(trial -> number(trial, "rung") == number + 1)
                            .map(trial -> number(trial, "trial")))
                    .as("those with the least loss go on from rung " + rung)
                    .containsExactlyInAnyOrderElementsOf(best);
        }
    }

    @Test
    void gridTakesAllCombinations() throws IOException {
        Run tune = run(IMAGES + "--epochs 1 --method grid --vary lr=log:0.1..1 --points 2 --vary hidden=4,5", "tune");
        assertThat(tune.exit()).as(tune.err()).isZero();
        assertThat(trials("tune").values().stream()
                        .map(trial -> String.valueOf(trial.get("values")))
                        .sorted())
                .containsExactly(
                        "{\"lr\":\"0.1\",\"hidden\":\"4\"}",
                        "{\"lr\":\"0.1\",\"hidden\":\"5\"}",
                        "{\"lr\":\"1\",\"hidden\":\"4\"}",
                        "{\"lr\":\"1\",\"hidden\":\"5\"}");
    }

    @Test
    void spaceFromAFileIsTheSame() throws IOException {
        run(SMALL + "--trials 3", "typed");
        for (String file : List.of(
                write("space.json", "{\"lr\": \"log:0.01..1\", \"hidden\": [4, \"6,5\"]}"),
                write("space.toml", "lr = \"log:0.01..1\"\nhidden = [4, '6,5']\n"))) {
            String name = file.replaceAll(".*[.]", "");
            Run read = run(IMAGES + "--iterations 18 --trials 3 --space " + file, name);
            assertThat(read.exit()).as(read.err()).isZero();
            assertThat(trials(name)).isEqualTo(trials("typed"));
        }
        String config = write("config.json", """
                {"data": "digits", "train-count": 200, "test-count": 40, "batch": 20, "iterations": 18, "trials": 3,
                 "vary": {"lr": "log:0.01..1", "hidden": [4, "6,5"]}}
                """);
        run("tune --config " + config, "config");
        assertThat(trials("config")).isEqualTo(trials("typed"));
    }

    @Test
    void divergingTrialIsAResult() throws IOException {
        String line = IMAGES + "--iterations 30 --activation relu --init he --method grid --json --vary lr=";
        Run some = run(line + "0.1,1e30", "some");
        assertThat(some.exit()).as(some.err()).isZero();
        assertThat(some.number("failed")).isEqualTo(1);
        assertThat(some.err()).contains("diverged");
        assertThat(Files.readString(folder.resolve("some/trials.jsonl"))).contains("\"failed\":\"training diverged");
        Run all = run(line + "1e29,1e30", "all");
        assertThat(all.exit()).isEqualTo(1);
        assertThat(all.err()).contains("all of them diverged", "smaller learning rates");
    }

    @Test
    void searchThatWasStoppedGoesOnAndEndsInTheSameResult() throws IOException {
        for (String method : List.of("random --trials 5", "halving --trials 9", "grid --points 2")) {
            String name = method.split(" ")[0];
            Run whole = run(SMALL + "--json --method " + method, name);
            Map<String, Map<String, Json>> trials = trials(name);
            Path file = folder.resolve(name).resolve("trials.jsonl");
            List<String> lines = Files.readAllLines(file);
            for (int kept : new int[] {0, 2, lines.size()}) {
                String half = kept < lines.size() ? lines.get(kept).substring(0, 30) : "";
                Files.writeString(
                        file,
                        String.join(
                                        "",
                                        lines.subList(0, kept).stream()
                                                .map(l -> l + "\n")
                                                .toList())
                                + half);
                Files.deleteIfExists(folder.resolve(name).resolve("best.json"));
                Run resumed = Run.of("tune", "--resume", folder.resolve(name).toString(), "--json", "--parallel", "3");
                assertThat(resumed.exit()).as(resumed.err()).isZero();
                assertThat(resumed.err().contains("half written")).isEqualTo(!half.isEmpty());
                assertThat(resumed.err()).contains(kept + " trainings are done");
                assertThat(outcome(resumed)).isEqualTo(outcome(whole));
                assertThat(trials(name)).isEqualTo(trials);
            }
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS) // which has no signals
    void searchThatWasKilledGoesOnAndEndsInTheSameResult() throws Exception {
        String line = IMAGES + "--iterations 1500 --vary lr=log:0.01..1 --vary hidden=4|6,5 --trials 8 --json ";
        Run whole = run(line, "whole");
        Process process = start((line + "--out killed").split(" +"));
        awaitLines("killed", 2, process);
        process.destroyForcibly(); // SIGKILL
        assertThat(process.waitFor()).isEqualTo(137);
        assertThat(folder.resolve("killed/best.json")).doesNotExist();
        Run resumed = Run.of("tune", "--resume", folder.resolve("killed").toString(), "--json");
        assertThat(resumed.exit()).as(resumed.err()).isZero();
        assertThat(outcome(resumed)).isEqualTo(outcome(whole));
        assertThat(trials("killed")).isEqualTo(trials("whole"));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS) // which has no signals
    void searchThatIsStoppedSaysHowToGoOn() throws Exception {
        Process process = start(
                (IMAGES + "--iterations 40 --vary lr=log:0.01..1 --trials 1000 --out stopped --json").split(" +"));
        awaitLines("stopped", 2, process);
        process.destroy(); // SIGTERM: as ctrl-C, but with exit code 143 in place of 130
        assertThat(process.waitFor()).isEqualTo(143);
        assertThat(Files.readString(folder.resolve("err"))).contains("badak tune --resume stopped");
        assertThat(Files.readString(folder.resolve("out"))).contains("\"stopped\":true");
        assertThat(Files.readString(folder.resolve("stopped/trials.jsonl"))).endsWith("\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            --vary rate=1..2              ; --vary: unknown option 'rate'
            --vary learnin-rate=1..2      ; did you mean learning-rate?
            --vary seed=1,2               ; the same for all trials
            --vary lr=log:0..1            ; --vary: lr: expected numbers above 0
            --vary lr=a,b                 ; --vary: lr: found the text
            --vary batch=0,10             ; --batch: found 0
            --vary activation=relu,sigmod ; did you mean sigmoid?
            --vary lr=0.1,0.2 --lr 1      ; expected one of them
            --vary lr                     ; --vary
            --method randm                ; did you mean random?
            --objective los               ; did you mean loss?
            --trials 0                    ; --trials: found 0
            --points 1 --method grid      ; --points: found 1
            --parallel 0                  ; --parallel: found 0
            --method grid --trials 3      ; leave it out
            --validation 0                ; --validation: found 0.0
            --folds 3                     ; --folds: found, but images
            --space none                  ; --space: found none, which does not exist
            --resume none                 ; does not exist
            --colour 3                    ; unknown option '--colour'
            --epochs 3 --iterations 4     ; expected one of them
            """)
    void mistakesAreToldAndLeaveNothing(String options, String message) {
        String out = options.contains("--resume") ? "" : " --out " + folder.resolve("run");
        Run run = Run.of((IMAGES.replace("--batch 20 ", options.contains("batch") ? "" : "--batch 20 ") + options + out)
                .split(" +"));
        assertThat(run.exit()).as(run.err()).isEqualTo(2);
        assertThat(run.err()).contains("badak: ", message).doesNotContain("\tat ");
        assertThat(folder.resolve("run")).doesNotExist();
    }

    @Test
    void searchGoesOnWithTheOptionsItBeganWithAndOnItsOwnTrials() throws IOException {
        run(SMALL + "--trials 2", "tune");
        Path tune = folder.resolve("tune");
        assertThat(Run.of("tune", "--resume", tune.toString(), "--lr", "3").err())
                .contains("--resume: found --lr beside it");
        assertThat(Run.of("tune", "--resume", tune.toString(), "--trials", "3").err())
                .contains("--resume: found --trials beside it");
        Path file = tune.resolve("trials.jsonl");
        String lines = Files.readString(file);
        Files.writeString(file, lines.replaceFirst("\"lr\":\"", "\"lr\":\"9"));
        Run foreign = Run.of("tune", "--resume", tune.toString());
        assertThat(foreign.exit()).isEqualTo(1);
        assertThat(foreign.err()).contains("belongs to another");
        Files.writeString(file, "{}\n" + lines);
        assertThat(Run.of("tune", "--resume", tune.toString()).err()).contains("trials.jsonl, line 1", "values");
    }

    private Run run(String line, String out) {
        List<String> arguments = new ArrayList<>(List.of(line.trim().split(" +")));
        arguments.addAll(List.of("--out", folder.resolve(out).toString()));
        return Run.of(arguments.toArray(String[]::new));
    }

    /// What a search came to, without times and places.
    private static Map<String, Json> outcome(Run run) {
        Map<String, Json> members = new LinkedHashMap<>(run.json());
        members.keySet().removeAll(List.of("seconds", "config", "run", "tune"));
        return members;
    }

    /// The lines of trials.jsonl by rung and trial, without times.
    private Map<String, Map<String, Json>> trials(String name) throws IOException {
        Map<String, Map<String, Json>> trials = new LinkedHashMap<>();
        for (String line : Files.readAllLines(folder.resolve(name).resolve("trials.jsonl"))) {
            Map<String, Json> members = new LinkedHashMap<>(((Json.Members) Json.parse(line)).values());
            members.remove("seconds");
            trials.put(members.get("rung") + "/" + members.get("trial"), members);
        }
        return trials;
    }

    private static double number(Map<String, Json> members, String name) {
        return Double.parseDouble(((Json.Numeral) Objects.requireNonNull(members.get(name), name)).digits());
    }

    private String write(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toString();
    }

    private String table() throws IOException {
        StringBuilder text = new StringBuilder("size,colour,kind\n");
        for (int i = 0; i < 60; i++) {
            text.append(i % 2 == 0 ? 6 + i % 3 : 9 + i % 5).append(i % 3 == 0 ? ",red," : ",yellow,");
            text.append(i % 2 == 0 ? "apple\n" : "banana\n");
        }
        return write("fruits.csv", text.toString());
    }

    private void awaitLines(String name, int lines, Process process) throws Exception {
        Path file = folder.resolve(name).resolve("trials.jsonl");
        Instant deadline = Instant.now().plus(Duration.ofSeconds(90));
        while (!(Files.exists(file) && Files.readAllLines(file).size() >= lines)) {
            assertThat(process.isAlive() && Instant.now().isBefore(deadline))
                    .as("the search goes on: " + Files.readString(folder.resolve("err")))
                    .isTrue();
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    private Process start(String... arguments) throws IOException {
        List<String> line = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        line.addAll(List.of(
                "-XX:+UseSerialGC",
                "--module-path",
                System.getProperty("jdk.module.path"),
                "--module",
                "org.badak.cli/org.badak.cli.Main"));
        line.addAll(List.of(arguments));
        return new ProcessBuilder(line)
                .directory(folder.toFile())
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
    }
}
