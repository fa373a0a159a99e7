package org.badak.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.badak.data.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a training says about over-fitting and under-fitting.
class DiagnosisCommandTest {
    private static final String FEW =
            "--train-count 60 --test-count 400 --batch 20 --activation relu --init he --lr 0.1";

    @TempDir
    Path folder;

    @Test
    void theOpeningOfTheGapIsSaidOnceWithCuresToType() throws IOException {
        Run run = images(FEW + " --epochs 40 --json");
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.err()).containsOnlyOnce("Over-fitting began at step");
        assertThat(run.err())
                .containsOnlyOnce(
                        "Cures to try: --augment \"shift 2, rotate 10\"; or --weight-decay 0.001; or --layers \"dense 50 he, relu, dropout 0.2,"
                                + " dense 10 he\"; or --validation 0.1 --early-stopping 5");
        assertThat(run.text("verdict")).isEqualTo("overfitted");
        String opened = "\"gap_opened_at_step\":" + (long) run.number("gap_opened_at_step");
        List<String> metrics = Files.readAllLines(folder.resolve("run/metrics.jsonl"));
        assertThat(metrics.getFirst()).doesNotContain("gap_opened_at_step");
        assertThat(metrics.getLast()).contains(opened);
    }

    @Test
    void curesInUseAreNotProposedAndThoseProposedAreAccepted() {
        Run run = images(FEW + " --epochs 30 --weight-decay 0.0001 --validation 0.5");
        assertThat(run.out()).contains("Cures to try: --augment", "; or --layers", "; or --early-stopping 5 (");
        assertThat(run.out()).doesNotContain("or --weight-decay", "or --validation");
        List<String> typed = arguments(FEW + " --iterations 3 --early-stopping 5 --validation 0.1", "again");
        typed.addAll(List.of("--layers", "dense 50 he, relu, dropout 0.2, dense 10 he", "--weight-decay", "0.001"));
        typed.addAll(List.of("--augment", "shift 2, rotate 10"));
        assertThat(Run.of(typed.toArray(String[]::new)).exit()).isZero();
    }

    @Test
    void aRunWithoutAGapSaysNothingOfTheKind() {
        Run run = images("--train-count 2000 --test-count 300 --activation relu --init he --lr 0.05 --epochs 3 --json");
        assertThat(run.err()).doesNotContain("Over-fitting began", "Cures");
        assertThat(run.json()).doesNotContainKey("gap_opened_at_step");
    }

    @Test
    void aRunThatEndsTooSoonIsCalledUnderfitted() {
        Run run = images("--train-count 2000 --test-count 300 --activation relu --init he --lr 0.05 --epochs 1 --json");
        assertThat(run.text("verdict")).isEqualTo("underfitted");
        assertThat(run.err()).contains("Under-fitting", "Train longer");
    }

    @Test
    void aTableLearntByHeartIsToldToo() throws IOException {
        Random random = new Random(3);
        StringBuilder text = new StringBuilder("a,b,c,kind\n");
        for (int i = 0; i < 200; i++) { // labels that have nothing to do with the columns
            text.append(random.nextGaussian() + "," + random.nextGaussian() + "," + random.nextGaussian())
                    .append(random.nextBoolean() ? ",yes\n" : ",no\n");
        }
        Path table = Files.writeString(folder.resolve("noise.csv"), text.toString());
        Path out = folder.resolve("run");
        Run run = Run.of(
                "train", table.toString(), "--epochs", "300", "--weight-decay", "0", "--out", out.toString(), "--json");
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.err()).containsOnlyOnce("Over-fitting began at step");
        assertThat(run.err()).contains("Cures to try: --validation 0.15; or --weight-decay 1.0; or --hidden 16");
        assertThat(run.text("verdict")).isEqualTo("overfitted");
        assertThat(run.number("gap_opened_at_step")).isPositive();
        assertThat(Files.readAllLines(out.resolve("metrics.jsonl")).getLast())
                .contains("train_accuracy", "test_accuracy", "gap_opened_at_step");
    }

    @Test
    void aTableOfNumbersLearntByHeartIsTold() throws IOException {
        Run run = numbers(20, "--epochs", "400", "--weight-decay", "0");
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.err()).containsOnlyOnce("Over-fitting began at step");
        assertThat(run.err())
                .contains("R2 of the training rows runs ahead (training R2 ", ", test R2 ", "Cures to try");
        assertThat(run.err()).containsPattern("Over-fitting: clearly better .*\\(training R2 0\\.9");
        assertThat(run.text("verdict")).isEqualTo("overfitted");
        assertThat(run.number("gap_opened_at_step")).isPositive();
        assertThat(Files.readAllLines(folder.resolve("numbers/metrics.jsonl")).getLast())
                .contains("gap_opened_at_step");
    }

    @Test
    void aTableOfNumbersThatIsUnderstoodIsNotAccused() throws IOException {
        Run run = numbers(0.3, "--epochs", "60");
        assertThat(run.text("verdict")).isEqualTo("generalises");
        assertThat(run.err()).contains("No over-fitting").doesNotContain("Over-fitting began", "Cures to try");
    }

    @Test
    void theVerdictOnATableIsOnTheParametersThatAreKept() throws IOException {
        Run run = numbers(20, "--epochs", "400", "--weight-decay", "0", "--validation", "0.2", "--early-stopping", "5");
        assertThat(run.exit()).as(run.err()).isZero();
        List<Double> losses = new ArrayList<>();
        double kept = Double.NaN;
        for (String line : Files.readAllLines(folder.resolve("numbers/metrics.jsonl"))) {
            Map<String, Json> reading = ((Json.Members) Json.parse(line)).values();
            losses.add(number(reading, "validation_loss"));
            kept = losses.stream().allMatch(loss -> loss >= losses.getLast()) ? number(reading, "train_loss") : kept;
        }
        assertThat(losses.getLast())
                .as("training went on after the best reading")
                .isGreaterThan(Collections.min(losses));
        assertThat(run.err()).contains(String.format(Locale.ROOT, "(training R2 %.4f, test R2 ", 1 - kept));
    }

    private static double number(Map<String, Json> reading, String name) {
        return Double.parseDouble(((Json.Numeral) Objects.requireNonNull(reading.get(name))).digits());
    }

    /// Learns a + 2b of 200 rows beside as much noise.
    private Run numbers(double noise, String... options) throws IOException {
        Random random = new Random(3);
        StringBuilder text = new StringBuilder("a,b,c,y\n");
        for (int i = 0; i < 200; i++) {
            double a = random.nextGaussian();
            double b = random.nextGaussian();
            text.append(a + "," + b + "," + random.nextGaussian() + ",")
                    .append(a + 2 * b + noise * random.nextGaussian() + "\n");
        }
        Path table = Files.writeString(folder.resolve("numbers.csv"), text.toString());
        List<String> arguments = new ArrayList<>(List.of("train", table.toString(), "--json"));
        arguments.addAll(List.of(options));
        arguments.addAll(List.of("--out", folder.resolve("numbers").toString()));
        return Run.of(arguments.toArray(String[]::new));
    }

    private Run images(String options) {
        return Run.of(arguments(options, "run").toArray(String[]::new));
    }

    private List<String> arguments(String options, String out) {
        List<String> arguments = new ArrayList<>(List.of("train", "--data", "digits"));
        arguments.addAll(List.of(options.split(" ")));
        arguments.addAll(List.of("--out", folder.resolve(out).toString()));
        return arguments;
    }
}
