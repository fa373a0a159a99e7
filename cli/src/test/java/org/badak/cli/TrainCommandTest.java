package org.badak.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.badak.catalog.Catalog;
import org.badak.catalog.ModelFile;
import org.badak.catalog.SavedModel;
import org.badak.data.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainCommandTest {
    private static final String[] SMALL = {
        "train", "--data", "digits", "--train-count", "600", "--test-count", "200", "--batch", "20", "--hidden", "12"
    };

    @TempDir
    Path folder;

    @Test
    void networkIsListedLayerByLayerAndItsModelIsUsable() throws IOException {
        Path out = folder.resolve("listed");
        Run run = small(
                "--iterations",
                "20",
                "--layers",
                "dense 16 he, batchnorm, gelu, residual-start, dense 16, residual-end, dropout 0.2, dense 10",
                "--out",
                out.toString(),
                "--json");
        assertThat(run.err()).contains("1x28x28-16-16-16-10");
        assertThat(run.exit()).isZero();
        assertThat(ModelFile.read(out.resolve("checkpoint-20.safetensors"))
                        .parameters()
                        .sha256())
                .isEqualTo(run.text("parameters_sha256"));
        Run again = small(
                "--iterations",
                "20",
                "--layers",
                "dense 16 he, batchnorm, gelu, residual-start, dense 16, residual-end, dropout 0.2, dense 10",
                "--out",
                folder.resolve("again").toString(),
                "--json");
        assertThat(again.text("parameters_sha256")).isEqualTo(run.text("parameters_sha256"));
    }

    @Test
    void lossIsChosenByName() throws IOException {
        Path out = folder.resolve("loss");
        String weights = "weighted-cross-entropy:1.0,2.0,1.0,1.0,1.0,1.0,1.0,1.0,1.0,3.0";
        Run run = small("--iterations", "10", "--loss", weights, "--out", out.toString(), "--json");
        assertThat(run.exit()).isZero();
        assertThat(run.number("train_loss")).isBetween(2.0, 3.0);
        assertThat(Files.readString(out.resolve("config.json"))).contains(weights);
        assertThat(Catalog.text(ModelFile.read(out.resolve("model.safetensors"))
                        .network()
                        .loss()))
                .isEqualTo(weights);
        assertThat(small("--loss", "hubert").err()).contains("--loss", "did you mean huber?");
        assertThat(small("--loss", "weighted-cross-entropy:1,2").err()).contains("--loss", "expected 10", "found 2");
    }

    @Test
    void mistakesInTheListOfLayersAreTold() {
        assertThat(small("--layers", "dense 10, droput 0.2").err()).contains("--layers", "did you mean dropout?");
        assertThat(small("--layers", "dense 16, relu").err()).contains("--layers", "end the list with dense 10");
        assertThat(small("--layers", "residual-end, dense 10").err()).contains("--layers", "no residual-start");
    }

    @Test
    void runDirectoryIsCompleteAndReadable() throws IOException {
        Path out = folder.resolve("run");
        Run run = small("--iterations", "75", "--init", "xavier", "--out", out.toString(), "--json");
        assertThat(run.err()).contains("built-in generated digits", "784-12-10");
        assertThat(run.exit()).isZero();
        assertThat(run.out().lines())
                .as("standard output carries the object alone")
                .hasSize(1);
        assertThat(run.json())
                .containsKeys(
                        "train_accuracy",
                        "test_accuracy",
                        "train_loss",
                        "iterations",
                        "seconds",
                        "seed",
                        "parameters_sha256",
                        "run");
        assertThat(run.number("iterations")).isEqualTo(75);
        assertThat(run.text("run")).isEqualTo(out.toString());

        List<String> metrics = Files.readAllLines(out.resolve("metrics.jsonl"));
        assertThat(metrics).as("start, epochs 1 and 2, end").hasSize(4);
        for (String line : metrics) {
            assertThat(((Json.Members) Json.parse(line)).values()).containsKeys("step", "train_accuracy", "test_loss");
        }
        Json.Members config = (Json.Members)
                Json.parse(Files.readString(out.resolve("config.json")).strip());
        assertThat(config.values()).containsEntry("seed", Json.of(1)).containsEntry("iterations", Json.of(75));
        assertThat(ModelFile.read(out.resolve("checkpoint-75.safetensors"))
                        .parameters()
                        .sha256())
                .isEqualTo(run.text("parameters_sha256"));
        assertThat(ModelFile.read(out.resolve("model.safetensors")).step())
                .isEqualTo((long) run.number("best_iteration"));
        assertThat(files(out)).noneMatch(name -> name.contains(".tmp"));
    }

    @Test
    void lineOfTheTrainingNamesShardsAndLocalSteps() {
        assertThat(trainingLine()).endsWith("threads 1");
        assertThat(trainingLine("--shards", "4")).endsWith("threads 1, shards 4");
        assertThat(trainingLine("--shards", "4", "--local-steps", "3")).endsWith("threads 1, shards 4, local steps 3");
    }

    private String trainingLine(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--iterations",
                "1",
                "--threads",
                "1",
                "--out",
                folder.resolve("run" + more.length).toString()));
        arguments.addAll(List.of(more));
        return small(arguments.toArray(String[]::new))
                .err()
                .lines()
                .filter(line -> line.startsWith("Training: "))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void listedLayersAreTrainedSavedAndLoaded() {
        Path out = folder.resolve("images");
        Run run = small(
                "--layers",
                "conv 4 5 stride:2, relu, maxpool 2, flatten, dense 10",
                "--iterations",
                "30",
                "--json",
                "--out",
                out.toString());
        assertThat(run.exit()).as(run.err()).isZero();
        SavedModel saved = ModelFile.read(out.resolve("checkpoint-30.safetensors"));
        assertThat(saved.network().summary()).isEqualTo("1x28x28 - 4x12x12 relu maxpool flatten - 10");
        assertThat(saved.parameters().sha256()).isEqualTo(run.text("parameters_sha256"));
        assertThat(run.number("train_loss")).isLessThan(2.3);
    }

    @Test
    void listThatDoesNotFitTheImagesOrClassesIsAMistakeOfUsage() {
        for (String layers : List.of("conv 4 29, dense 10", "dense 9", "conv 4, dense 10")) {
            Run run = small("--layers", layers, "--iterations", "1");
            assertThat(run.exit()).as(layers).isEqualTo(2);
            assertThat(run.err()).contains("--layers").contains("expected");
        }
    }

    @Test
    void threadsDoNotChangeTheParameters() {
        List<String> hashes = new ArrayList<>();
        for (int threads = 1; threads <= 4; threads++) {
            Run run = small(
                    "--iterations",
                    "40",
                    "--threads",
                    "" + threads,
                    "--json",
                    "--out",
                    folder.resolve("threads" + threads).toString());
            hashes.add(run.text("parameters_sha256"));
        }
        assertThat(hashes).hasSize(4).containsOnly(hashes.getFirst());
    }

    @Test
    void trainingLearns() {
        Run run = small(
                "--iterations",
                "300",
                "--init",
                "xavier",
                "--lr",
                "0.5",
                "--sampling",
                "shuffle",
                "--json",
                "--activation",
                "tanh",
                "--out",
                folder.resolve("run").toString());
        assertThat(run.number("train_accuracy")).isGreaterThan(0.8);
        assertThat(run.number("test_accuracy")).isGreaterThan(0.6);
    }

    @Test
    void epochsAreAsManyStepsAsTheyNeed() {
        Run run = small(
                "--epochs",
                "2",
                "--batch",
                "64",
                "--sampling",
                "shuffle",
                "--json",
                "--out",
                folder.resolve("run").toString());
        assertThat(run.number("iterations")).isEqualTo(2 * 10);
    }

    @Test
    void resultsGoToStandardOutputAndNotesToStandardError() {
        Run run = small("--iterations", "2", "--out", folder.resolve("run").toString());
        assertThat(run.out()).contains("train acc", "training", "gap", "Run: ").doesNotContain("\u001b", "\r");
        assertThat(run.err()).contains("Data: ").doesNotContain("\u001b", "\r");
    }

    @Test
    void terminalShowsABarAndErasesIt() {
        Terminal terminal = new Terminal(true, true, true, "", "xterm", false);
        List<String> arguments = new ArrayList<>(List.of(SMALL));
        arguments.addAll(
                List.of("--iterations", "200", "--out", folder.resolve("run").toString()));
        Run run = Run.on(terminal, arguments.toArray(String[]::new));
        assertThat(run.err()).contains(LiveLine.REWRITE).endsWith(LiveLine.REWRITE);
        assertThat(run.out()).doesNotContain("\u001b");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --lr -1                        | -1.0; try 0.1
            --lr NaN                       | NaN
            --lr 0                         | 0.0
            --lr abc                       | 'abc'
            --batch 0                      | --batch: found 0, expected 1 to 16777216
            --batch 601 --sampling shuffle | expected 1 to 600, the number of examples, found 601
            --hidden 0                     | --hidden: found '0'
            --hidden 50,,30                | --hidden: found ''
            --hidden 50,x                  | --hidden: found 'x'
            --iterations 0                 | --iterations: found 0
            --iterations -5                | --iterations: found -5
            --epochs 0                     | --epochs: found 0
            --iterations 5 --epochs 2      | expected one of them
            --threads 0                    | --threads: found 0, expected 1 to 1024
            --activation sigmod            | did you mean sigmoid?
            --init xaver                   | did you mean xavier?
            --init normal:-1               | -1
            --sampling shufle              | did you mean shuffle?
            --shards 0                     | --shards: expected 1 to 65536, found 0
            --shards 21                    | --shards: expected at most the 20 examples of a batch, found 21
            --shards 2 --gradient numerical | --shards: found 2 with --gradient numerical
            --local-steps 5                | --local-steps: found without --shards
            --local-steps 0 --shards 2     | --local-steps: expected 1 to 1000000, found 0
            --local-steps 9999 --shards 2  | expected at most the
            --engine spark                 | --engine spark: found without --shards
            --engine sprak --shards 2      | did you mean spark?
            --master local[2] --shards 2   | --master: found without --engine spark
            --engine spark --shards 2 --executors 0 | --executors: found 0, expected at least 1
            --engine spark --shards 2 --spark-conf a=b | --spark-conf: found a=b
            --gradient backprob            | did you mean backprop?
            --gradient numerical-serie     | did you mean numerical-series?
            --data minst                   | did you mean mnist?
            --train-count 0                | --train-count: found 0
            --learning 1                   | unknown option '--learning'
            --iteration 3                  | did you mean --iterations?
            --lr                           | --learning-rate: found no value, expected RATE
            something                      | 'something'
            """)
    void mistakesOfUsageAreToldAndLeaveNothing(String options, String message) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(options.split(" ")));
        arguments.addAll(List.of("--out", folder.resolve("run").toString()));
        Run run = small(arguments.toArray(String[]::new));
        assertThat(run.err()).contains("badak: ", message, "--help").doesNotContain("\tat ");
        assertThat(run.out()).isEmpty();
        assertThat(run.exit()).isEqualTo(2);
        assertThat(files(folder)).isEmpty();
    }

    @Test
    void sparkThatIsMissingIsToldWithTheWaysToGetIt() throws IOException {
        Run run = small(
                "--shards", "2", "--engine", "spark", "--spark-home", folder.toString(), "--out", folder + "/run");
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err())
                .contains("cannot compute on Spark: Apache Spark was not found")
                .contains(folder + " has no folder jars", "SPARK_HOME", "./mvnw -q -pl spark -am -DskipTests package");
        Files.createDirectory(folder.resolve("jars"));
        assertThat(small("--shards", "2", "--engine", "spark", "--spark-home", folder.toString())
                        .err())
                .contains("Badak's module for Apache Spark was not found", "no badak-spark-*.jar in");
        assertThat(folder.resolve("run")).doesNotExist();
    }

    @Test
    void errorsAreJsonToo() {
        Run run = small("--lr", "-1", "--json");
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.text("error")).contains("learning rate");
        assertThat(run.number("exit")).isEqualTo(2);
    }

    @Test
    void stackTraceIsPrintedWithDebugOnly() {
        assertThat(small("--lr", "-1", "--debug").err()).contains("\tat ");
    }

    @Test
    void noRunIsOverwritten() throws IOException {
        Files.writeString(folder.resolve("notes.txt"), "mine");
        Run run = small("--iterations", "1", "--out", folder.toString());
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("not empty");
        Run file =
                small("--iterations", "1", "--out", folder.resolve("notes.txt").toString());
        assertThat(file.exit()).isEqualTo(2);
        assertThat(files(folder)).containsExactly("notes.txt");
    }

    @Test
    void folderBelowAFileCannotBeMade() throws IOException {
        Files.writeString(folder.resolve("file"), "");
        Run run = small("--iterations", "1", "--out", folder.resolve("file/run").toString());
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("cannot make the run directory", "where:", "found:", "expected:", "remedy:");
    }

    @Test
    void divergenceIsToldAndLeavesNothing() throws IOException {
        Run run = small(
                "--lr",
                "1e30",
                "--activation",
                "relu",
                "--init",
                "he",
                "--iterations",
                "50",
                "--out",
                folder.resolve("run").toString());
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("diverged at step", "1.0E30", "smaller learning rate");
        assertThat(files(folder)).isEmpty();
    }

    @Test
    void badDataFilesAreToldInFiveParts() throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        for (String name : List.of(
                "train-images-idx3-ubyte",
                "train-labels-idx1-ubyte",
                "t10k-images-idx3-ubyte",
                "t10k-labels-idx1-ubyte")) {
            Files.writeString(data.resolve(name), "<html>sign in</html>");
        }
        Run run = Run.of(
                "train",
                "--data",
                data.toString(),
                "--out",
                folder.resolve("run").toString());
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("where:", "found:", "web page", "expected:", "remedy:");
        Run absent = Run.of("train", "--data", folder.resolve("none").toString());
        assertThat(absent.exit()).isEqualTo(1);
        assertThat(absent.err()).contains("no such file or folder", "none");
        assertThat(files(folder)).containsExactly("data");
    }

    private static Run small(String... more) {
        List<String> arguments = new ArrayList<>(List.of(SMALL));
        List<String> added = List.of(more);
        for (int i = 0; i < added.size(); i++) {
            int known = added.get(i).startsWith("--") ? arguments.indexOf(added.get(i)) : -1;
            if (known >= 0 && i + 1 < added.size()) {
                i++;
                arguments.set(known + 1, added.get(i));
            } else {
                arguments.add(added.get(i));
            }
        }
        return Run.of(arguments.toArray(String[]::new));
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> content = Files.list(folder)) {
            return content.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
