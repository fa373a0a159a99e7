package org.badak.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.badak.data.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Optimizers, schedules, decay and clipping by options, and the learning-rate finder.
class OptimizerCommandsTest {
    private static final List<String> DATA = List.of("--data", "digits", "--train-count", "600", "--test-count", "100");

    @TempDir
    Path folder;

    @Test
    void optionsReachTheRunAndItsFiles() throws IOException {
        Run run = train("--optimizer adam --learning-rate 0.01 --weight-decay 1e-4 --weight-decay-kind decoupled"
                + " --clip-norm 1 --clip-value 0.5 --schedule cosine:minimum=1e-5 --warm-up 3 --iterations 20");
        assertThat(run.err()).contains("0.01, adamw, cosine:minimum=1e-5,warm-up=3");
        assertThat(run.exit()).isZero();
        String config = Files.readString(folder.resolve("run").resolve("config.json"));
        assertThat(config)
                .contains("\"optimizer\":\"adamw\"")
                .contains("weight-decay=1.0E-4,weight-decay-kind=decoupled")
                .contains("\"schedule\":\"cosine:minimum=1e-5,warm-up=3\"")
                .contains("\"clip_norm\":1")
                .contains("\"clip_value\":0.5");
        List<String> metrics = Files.readAllLines(folder.resolve("run").resolve("metrics.jsonl"));
        assertThat(metrics.getFirst()).contains("\"learning_rate\":0.001"); // a tenth, at the start of the warm-up
        assertThat(metrics.getLast()).contains("\"learning_rate\":").doesNotContain("\"learning_rate\":0.001,");
    }

    @Test
    void everyOptimizerTrains() throws IOException {
        for (String name :
                List.of("momentum", "nesterov", "adagrad", "rmsprop", "adam", "adamw", "adadelta", "nadam")) {
            Run run = train("--optimizer " + name + " --iterations 60 --init he --activation relu --json");
            assertThat(run.exit()).as(name).isZero();
            assertThat(run.number("train_accuracy")).as(name).isGreaterThan(0.4);
            try (var files = Files.walk(folder)) {
                for (Path file :
                        files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    if (!file.equals(folder)) {
                        Files.delete(file);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --optimizer adma                 | --optimizer: unknown optimizer 'adma'
            --optimizer adma                 | did you mean adam?
            --optimizer adam --momentum 0.9  | unknown option 'momentum'
            --optimizer adam:beta1=1         | beta1: expected a number from 0 to below 1, found 1.0
            --momentum 0.9                   | unknown option 'momentum'
            --lr 0                           | --lr: learning rate: expected a positive finite number, found 0.0
            --schedule cosin                 | did you mean cosine?
            --schedule step:evry=3           | did you mean every?
            --warm-up 0                      | --warm-up: found 0
            --warm-up 30 --iterations 30     | --warm-up: found 30, expected 1 to 29
            --watch loss                     | --watch: unknown metric 'loss'
            --weight-decay -1                | weight decay: expected a finite number that is not negative, found -1.0
            --weight-decay-kind l3           | did you mean l2?
            --clip-norm 0                    | clipping by norm: expected a positive number, found 0.0
            --clip-value -1                  | clipping by value: expected a positive number, found -1.0
            """)
    void mistakesAreTold(String options, String message) throws IOException {
        Run run = train(options);
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("badak: ", message).doesNotContain("\tat ");
        assertThat(folder.resolve("run")).doesNotExist();
    }

    @Test
    void findRateSuggestsExplainsAndDraws() {
        List<String> arguments = new ArrayList<>(List.of("find-rate", "--optimizer", "adam", "--batch", "50"));
        arguments.addAll(DATA);
        arguments.addAll(List.of("--init", "he", "--activation", "relu", "--json"));
        arguments.addAll(List.of("--out", folder.resolve("figures").toString()));
        Run run = Run.of(arguments.toArray(String[]::new));
        assertThat(run.exit()).isZero();
        assertThat(run.number("suggestion")).isBetween(1e-4, 0.1);
        assertThat(run.text("explanation")).contains("the smoothed loss went from");
        assertThat(folder.resolve("figures").resolve("find-rate.svg")).isNotEmptyFile();
        assertThat(run.err()).contains("Suggested learning rate");
    }

    @Test
    void findRateLearnsChangedImagesAsTrainingDoes() throws IOException {
        Run plain = findRate();
        Run changed = findRate("--augment", "shift 4, rotate 30");
        Run same = findRate("--augment", "shift 4, rotate 30");
        assertThat(changed.exit()).as(changed.err()).isZero();
        assertThat(changed.json().get("loss"))
                .isNotEqualTo(plain.json().get("loss"))
                .isEqualTo(same.json().get("loss"));
        // the loss of the first batch does not depend on the rate: it is that of a training of one step
        Run swept = findRate("--augment", "shift 4, rotate 30", "--seed", "5");
        Run trained = train("--augment shift:4,rotate:30 --seed 5 --batch 100 --sampling shuffle --iterations 1");
        assertThat(trained.exit()).as(trained.err()).isZero();
        String last = Files.readAllLines(folder.resolve("run/metrics.jsonl")).getLast();
        assertThat(last)
                .contains("\"batch_loss\":"
                        + ((Json.Items) Objects.requireNonNull(swept.json().get("loss")))
                                .values()
                                .getFirst());
    }

    private static Run findRate(String... options) {
        List<String> arguments = new ArrayList<>(List.of("find-rate", "--steps", "20", "--no-figures", "--json"));
        arguments.addAll(DATA);
        arguments.addAll(List.of(options));
        return Run.of(arguments.toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --augment shif    | --augment: unknown
            --from 1 --to 0.1 | --from and --to: found 1.0 and 0.1
            --from 0          | --from and --to: found 0.0
            --steps 5         | --steps: found 5
            --batch 0         | --batch: found 0
            """)
    void mistakesInFindRateAreTold(String options, String message) {
        List<String> arguments = new ArrayList<>(List.of("find-rate"));
        arguments.addAll(DATA);
        arguments.addAll(List.of(options.split(" ")));
        Run run = Run.of(arguments.toArray(String[]::new));
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains(message);
    }

    private Run train(String options) {
        List<String> arguments = new ArrayList<>(List.of("train"));
        arguments.addAll(DATA);
        arguments.addAll(List.of(options.split(" ")));
        arguments.addAll(List.of("--out", folder.resolve("run").toString()));
        return Run.of(arguments.toArray(String[]::new));
    }
}
