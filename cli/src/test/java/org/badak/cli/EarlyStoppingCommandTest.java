package org.badak.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.badak.catalog.ModelFile;
import org.badak.data.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Early stopping and the validation part by options.
class EarlyStoppingCommandTest {
    @TempDir
    Path folder;

    @Test
    void validationPartChoosesAndTheTestSetDoesNot() throws IOException {
        Run run =
                train("--early-stopping 3 --validation 0.25 --lr 0.5 --epochs 200 --activation relu --init he --json");
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.err()).contains("Validation: 100 images", "3 evaluations without a better validation-loss");
        assertThat(run.err()).doesNotContain("watches the test set");
        assertThat(run.err()).contains("valid acc", "Early stopping at epoch");
        assertThat(run.text("best_chosen_by")).isEqualTo("validation-loss");
        assertThat(run.json()).containsEntry("ended_early", Json.of(true));
        assertThat(run.number("iterations")).isGreaterThan(run.number("best_iteration"));
        List<String> metrics = Files.readAllLines(folder.resolve("run/metrics.jsonl"));
        assertThat(metrics.getFirst()).contains("validation_accuracy", "validation_loss");
        assertThat(Files.readString(folder.resolve("run/config.json")))
                .contains("\"train_count\":300", "\"validation_count\":100", "\"early_stopping\":3", "\"min_delta\":0");
        var model = ModelFile.read(folder.resolve("run/model.safetensors"));
        assertThat(model.step()).isEqualTo((long) run.number("best_iteration"));
        assertThat(model.parameters().sha256())
                .as("the best parameters are those left at the end")
                .isEqualTo(run.text("parameters_sha256"));
    }

    @Test
    void withoutValidationPartTheRunSaysThatItWatchesTheTestSet() {
        Run run = train("--early-stopping 2 --min-delta 0.5 --epochs 30 --json");
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.err()).contains("watches the test set", "--validation 0.1");
        assertThat(run.text("best_chosen_by")).isEqualTo("test-loss");
        assertThat(run.number("iterations")).isEqualTo(40); // 20 steps an epoch; nothing improves by 0.5
    }

    @Test
    void withoutEarlyStoppingTheValidationPartChoosesTheModel() {
        Run run = train("--validation 0.25 --epochs 3 --json");
        assertThat(run.text("best_chosen_by")).isEqualTo("validation-accuracy");
        assertThat(run.json()).containsEntry("ended_early", Json.of(false));
        assertThat(run.number("iterations")).isEqualTo(45);
        assertThat(train2("--epochs 1 --json").text("best_chosen_by")).isEqualTo("test-accuracy");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --early-stopping 0                                      | --early-stopping: found 0, expected 1 to
            --min-delta -1                                          | --min-delta: found -1.0
            --min-delta NaN                                         | --min-delta: found NaN
            --validation 1                                          | --validation: found 1.0
            --validation 0.001                                      | at least one of 400 examples
            --early-stopping 3 --watch validation-loss              | add --validation 0.1
            --early-stopping 3 --watch test-loss --validation 0.1   | try --watch validation-loss
            --watch validation-los                                  | did you mean validation-loss?
            """)
    void mistakesAreTold(String options, String message) {
        Run run = train(options);
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("badak: ", message).doesNotContain("\tat ");
        assertThat(folder.resolve("run")).doesNotExist();
    }

    private Run train(String options) {
        return train(options, "run");
    }

    private Run train2(String options) {
        return train(options, "run2");
    }

    private Run train(String options, String out) {
        List<String> arguments = new ArrayList<>(
                List.of("train", "--data", "digits", "--train-count", "400", "--test-count", "100", "--batch", "20"));
        arguments.addAll(List.of(options.split(" ")));
        arguments.addAll(List.of("--out", folder.resolve(out).toString()));
        return Run.of(arguments.toArray(String[]::new));
    }
}
