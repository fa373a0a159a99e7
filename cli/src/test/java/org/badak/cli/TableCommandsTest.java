package org.badak.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.badak.data.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableCommandsTest {
    @TempDir
    Path folder;

    @Test
    void aTableIsLearnedEvaluatedAndPredictedByOneCommandEach() throws IOException {
        Path table = fruits();
        Path run = folder.resolve("run");
        Run train = Run.of("train", table.toString(), "--out", run.toString(), "--json");
        Run evaluate = Run.of("evaluate", run.toString(), "--no-figures", "--json");
        Path raw = Files.writeString(folder.resolve("new.csv"), "colour,size\nred,7\nyellow,19\n");
        Run predict = Run.of("predict", run.toString(), raw.toString(), "--json");

        assertThat(train.exit()).as(train.err()).isZero();
        assertThat(train.err()).contains("Target: kind", "separator ',', header", "precision");
        assertThat(run)
                .isDirectoryContaining("glob:**config.json")
                .isDirectoryContaining("glob:**metrics.jsonl")
                .isDirectoryContaining("glob:**curve.png")
                .isDirectoryContaining("glob:**report.html");
        assertThat(evaluate.exit()).as(evaluate.err()).isZero();
        assertThat(evaluate.text("set")).isEqualTo("test");
        assertThat(evaluate.json().get("score")).isEqualTo(train.json().get("test"));
        assertThat(predict.exit()).as(predict.err()).isZero();
        assertThat(((Json.Items) predict.json().get("predictions")).values().toString())
                .contains("\"label\":\"apple\"", "\"label\":\"banana\"", "\"line\":3");
    }

    @Test
    void foldsAreMeasured() throws IOException {
        Run train = Run.of(
                "train",
                "--data",
                fruits().toString(),
                "--folds",
                "3",
                "--epochs",
                "30",
                "--out",
                folder.resolve("run").toString(),
                "--json");

        assertThat(train.exit()).as(train.err()).isZero();
        assertThat(train.number("folds_mean")).isGreaterThan(0.9);
        assertThat(((Json.Items) train.json().get("folds")).values()).hasSize(3);
    }

    @Test
    void columnIgnoredBeforeTheTargetLeavesTheTargetWhereItIs() throws IOException {
        Run last = Run.of(
                "train",
                fruits().toString(),
                "--ignore",
                "size",
                "--epochs",
                "1",
                "--json",
                "--out",
                folder.resolve("last").toString());
        assertThat(last.exit()).as(last.err()).isZero();
        assertThat(last.text("target")).isEqualTo("kind");
        assertThat(last.err()).contains("classification, 2 classes");
    }

    @Test
    void rowsAreWeighedAndTheColumnIsNoInput() throws IOException {
        Path run = folder.resolve("run");
        Run train = Run.of(
                "train", fruits().toString(), "--weight", "size", "--epochs", "5", "--out", run.toString(), "--json");
        Run evaluate = Run.of("evaluate", run.toString(), "--no-figures", "--json");
        Path raw = Files.writeString(folder.resolve("new.csv"), "colour,other\nred,7\n");
        Run predict = Run.of("predict", run.toString(), raw.toString(), "--json");

        assertThat(train.exit()).as(train.err()).isZero();
        assertThat(train.err()).contains("Weights: column size", "size (weight)");
        assertThat(evaluate.json().get("score")).isEqualTo(train.json().get("test"));
        assertThat(predict.exit()).as(predict.err()).isZero();
    }

    @Test
    void columnsOfATableAreShown() throws IOException {
        Run show = Run.of("data", "show", fruits().toString());

        assertThat(show.exit()).as(show.err()).isZero();
        assertThat(show.out()).contains("60 rows, 3 columns", "colour", "category");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--sampling shuffle | 2 | --sampling: found, but",
                "--target knd | 1 | did you mean kind?",
                "--class-weight fair | 2 | --class-weight: unknown name 'fair'",
                "--class-weight balanced --target size --task regression | 2 | --class-weight: found balanced for numbers",
                "--weight wieght | 1 | --weight",
                "--weight colour | 1 | column 2 (colour)",
                "--weight kind --target kind | 1 | the same column for --weight",
                "--task guess | 2 | --task: unknown task 'guess'",
                "--folds 1 | 2 | --folds: found 1",
                "--header maybe | 2 | --header: unknown choice 'maybe'",
                "--test-fraction 1 | 2 | --test-fraction: found 1.0",
                "--ignore 1,2,3 | 1 | all columns are ignored"
            })
    void mistakesAreToldAndLeaveNothing(String options, int exit, String message) throws IOException {
        Path run = folder.resolve("run");
        String[] all = ("train " + fruits() + " --out " + run + " " + options).split(" ");
        Run failed = Run.of(all);

        assertThat(failed.exit()).isEqualTo(exit);
        assertThat(failed.err()).contains(message);
        assertThat(run).doesNotExist();
    }

    @Test
    void aModelOfATableRefusesImages() throws IOException {
        Path run = folder.resolve("run");
        Run.of("train", fruits().toString(), "--epochs", "1", "--out", run.toString());
        Run line = Run.of("line", run.toString(), "--data", "digits", "--no-figures");

        assertThat(line.exit()).isNotZero();
        assertThat(line.err()).contains("takes rows of a table");
    }

    private Path fruits() throws IOException {
        StringBuilder text = new StringBuilder("size,colour,kind\n");
        for (int i = 0; i < 60; i++) {
            boolean apple = i % 2 == 0;
            text.append(apple ? 6 + i % 3 : 17 + i % 5)
                    .append(',')
                    .append(apple ? "red" : "yellow")
                    .append(',');
            text.append(apple ? "apple" : "banana").append('\n');
        }
        return Files.writeString(folder.resolve("fruits.csv"), text.toString());
    }
}
