package org.badak.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.badak.data.NpyArray;
import org.badak.data.NpyFile;
import org.badak.data.NpzFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `badak train --resume`.
class ResumeCommandTest {
    private static final String LAYERS = "--layers=dense 12; batchnorm; relu; dropout 0.25; dense 10";

    @TempDir
    Path folder;

    private int runs;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--optimizer adam --sampling shuffle --schedule plateau:patience=1 --iterations 63",
                "--optimizer nadam --schedule cosine --warm-up 5 --validation 0.2 --iterations 70 --augment shift_2,rotate_15",
                "--optimizer momentum --class-weight balanced --early-stopping 30 --validation 0.2 --iterations 63 --clip-norm 1",
                "--shards 3 --optimizer adam --sampling shuffle --batch 25 --iterations 63 --augment shift_1",
                "--shards 3 --local-steps 5 --optimizer momentum --sampling shuffle --batch 25 --iterations 63",
                "--gradient numerical-series --iterations 9 --hidden 3 --train-count 40 --batch 10"
            })
    void interruptedRunEndsInTheBitsOfOneThatWasNot(String options) throws IOException {
        Run whole = train("whole", options + " --checkpoint-every 4 --json");
        assertThat(whole.exit()).as(whole.err()).isZero();
        Path run = interrupted("whole", "run");
        Run resumed = resume("run", "--json");
        assertThat(resumed.exit()).as(resumed.err()).isZero();
        assertThat(resumed.err()).contains("Resumed at step", "Checkpoint: ");
        for (String member : List.of("parameters_sha256", "best_chosen_by", "verdict")) {
            assertThat(resumed.text(member)).isEqualTo(whole.text(member));
        }
        assertThat(resumed.json().get("best_iteration")).isEqualTo(whole.json().get("best_iteration"));
        assertThat(resumed.json().get("series_bound")).isEqualTo(whole.json().get("series_bound"));
        assertThat(metrics(run)).isEqualTo(metrics(folder.resolve("whole")));
        assertThat(Files.readAllBytes(run.resolve("model.safetensors")))
                .isEqualTo(Files.readAllBytes(folder.resolve("whole/model.safetensors")));
        assertThat(run.resolve("report.html")).isNotEmptyFile();
    }

    @Test
    void interruptedTableEndsInTheBitsOfOneThatWasNot() throws IOException {
        Path table = table();
        for (String options : List.of("--validation 0.2", "--test-fraction 0.3 --epochs 9")) {
            String name = "whole" + options.length();
            Run whole = run(
                    "train " + table + " " + options + " --checkpoint-every 7 --json --out " + folder.resolve(name));
            assertThat(whole.exit()).as(whole.err()).isZero();
            Path run = interrupted(name, "run" + name);
            Run resumed = resume("run" + name, "--json");
            assertThat(resumed.exit()).as(resumed.err()).isZero();
            assertThat(resumed.err()).contains("Resumed at step");
            assertThat(resumed.text("parameters_sha256")).isEqualTo(whole.text("parameters_sha256"));
            assertThat(metrics(run)).isEqualTo(metrics(folder.resolve(name)));
            assertThat(Files.readAllBytes(run.resolve("model.safetensors")))
                    .isEqualTo(Files.readAllBytes(folder.resolve(name + "/model.safetensors")));
        }
        Files.writeString(table, Files.readString(table).replace("0.5", "0.6"));
        Run other = resume("runwhole16", "");
        assertThat(other.exit()).isEqualTo(1);
        interrupted("whole16", "again");
        other = resume("again", "");
        assertThat(other.exit()).isEqualTo(1);
        assertThat(other.err()).contains("cannot resume", "table");
    }

    @Test
    void interruptedTrainingByWeightEndsInTheBitsOfOneThatWasNot() throws IOException {
        List<String> rows = Files.readAllLines(table());
        StringBuilder text = new StringBuilder(rows.getFirst() + ",counts\n");
        for (int i = 1; i < rows.size(); i++) {
            text.append(rows.get(i)).append(",").append(1 + i % 3).append("\n");
        }
        Path weighted = Files.writeString(folder.resolve("weighted.csv"), text);
        String hash = requireSame("train " + weighted + " --target kind --weight counts --epochs 9");
        String balanced = requireSame("train " + weighted + " --target kind --class-weight balanced --epochs 9");
        String equal = requireSame("train " + weighted + " --target kind --ignore counts --epochs 9");
        assertThat(List.of(hash, balanced, equal)).as("weights count").doesNotHaveDuplicates();
    }

    @Test
    void interruptedTrainingOnArraysEndsInTheBitsOfOneThatWasNot() {
        float[] values = new float[120];
        int[] labels = new int[60];
        for (int i = 0; i < 60; i++) {
            labels[i] = i % 2;
            values[2 * i] = (i % 2 == 0 ? -1 : 1) * (1 + i % 7 / 7f);
            values[2 * i + 1] = i % 5 / 5f;
        }
        Path points = folder.resolve("points.npz");
        NpzFile.write(points, Map.of("X", NpyArray.of(values, 60, 2), "y", NpyArray.of(labels, 60)));
        NpyFile.write(folder.resolve("x.npy"), NpyArray.of(values, 60, 2));
        NpyFile.write(folder.resolve("y.npy"), NpyArray.of(labels, 60));
        String rest = " --hidden 5 --batch 10 --iterations 30 --test-fraction 0.3";
        String archive = requireSame("train " + points + rest);
        String files = requireSame("train " + folder.resolve("x.npy") + " --labels " + folder.resolve("y.npy") + rest);
        assertThat(files).isEqualTo(archive);
        assertThat(requireSame("train " + points + rest + " --class-weight balanced --validation 0.2"))
                .isNotEqualTo(archive);
    }

    /// Trains, goes on from an interruption, and compares.
    ///
    /// @return the hash of the parameters
    private String requireSame(String line) {
        try {
            String name = "whole" + runs++;
            Run whole = run(line + " --checkpoint-every 7 --json --out " + folder.resolve(name));
            assertThat(whole.exit()).as(whole.err()).isZero();
            Path run = interrupted(name, "of-" + name);
            Run resumed = resume("of-" + name, "--json");
            assertThat(resumed.exit()).as(resumed.err()).isZero();
            assertThat(resumed.err()).contains("Resumed at step");
            assertThat(resumed.text("parameters_sha256")).isEqualTo(whole.text("parameters_sha256"));
            assertThat(metrics(run)).isEqualTo(metrics(folder.resolve(name)));
            return whole.text("parameters_sha256");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Test
    void finishedRunSaysSoAndMoreStepsAreThoseOfALongerRun() throws IOException {
        train("run", "--iterations 47 --checkpoint-every 20 --optimizer adam");
        Run finished = resume("run", "");
        assertThat(finished.exit()).isEqualTo(1);
        assertThat(finished.err()).contains("the run has ended", "all 47 steps", "--iterations 94");
        Run fewer = resume("run", "--iterations 30");
        assertThat(fewer.exit()).isEqualTo(2);
        assertThat(fewer.err()).contains("--iterations: found 30 steps", "47 steps");
        Run longer = resume("run", "--iterations 90 --json");
        assertThat(longer.exit()).as(longer.err()).isZero();
        Run whole = train("whole", "--iterations 90 --optimizer adam --json");
        assertThat(longer.text("parameters_sha256")).isEqualTo(whole.text("parameters_sha256"));
        assertThat(metrics(folder.resolve("run"))).isEqualTo(metrics(folder.resolve("whole")));
        assertThat(resume("run", "").err()).contains("the run has ended", "90");

        train("cosine", "--iterations 40 --schedule cosine");
        Run bent = resume("cosine", "--iterations 80");
        assertThat(bent.exit()).isEqualTo(1);
        assertThat(bent.err()).contains("schedule", "Cosine[steps=80", "Cosine[steps=40");
        assertThat(resume("cosine", "").err())
                .as("a refused extension changes nothing")
                .contains("has ended");

        train("early", "--early-stopping 1 --min-delta 9 --iterations 200");
        assertThat(resume("early", "--iterations 900").err()).contains("early stopping");
    }

    @Test
    void damagedCheckpointIsNamedAndTheOlderOneServes() throws IOException {
        Run whole = train("whole", "--iterations 50 --checkpoint-every 8 --json");
        Path run = folder.resolve("whole");
        Files.delete(run.resolve("result.json"));
        Path newest = run.resolve("checkpoint-50.safetensors");
        byte[] bytes = Files.readAllBytes(newest);
        bytes[bytes.length / 2] ^= 1;
        Files.write(newest, bytes);
        Run resumed = resume("whole", "--json");
        assertThat(resumed.exit()).as(resumed.err()).isZero();
        assertThat(resumed.err()).contains("Checkpoint refused: ", "checkpoint-50", "checkpoint-48.safetensors");
        assertThat(resumed.text("parameters_sha256")).isEqualTo(whole.text("parameters_sha256"));

        Files.delete(run.resolve("result.json"));
        for (String name : List.of("checkpoint-48.safetensors", "checkpoint-50.safetensors")) {
            Files.write(run.resolve(name), new byte[100]);
        }
        Run lost = resume("whole", "");
        assertThat(lost.exit()).isEqualTo(1);
        assertThat(lost.err()).contains("no checkpoint is whole", "checkpoint-48", "checkpoint-50");
    }

    /// 10 steps an epoch: rounds of local steps end at 4, 8, 10, 14.
    @Test
    void runOfLocalStepsIsTrainedFurtherFromTheEndOfARound() throws IOException {
        String local = " --shards 2 --local-steps 4 --optimizer momentum";
        Run whole = train("whole", "--iterations 16 --json" + local);
        train("run", "--iterations 8" + local);
        Run further = resume("run", "--iterations 16 --json");
        assertThat(further.exit()).as(further.err()).isZero();
        assertThat(further.text("parameters_sha256")).isEqualTo(whole.text("parameters_sha256"));
        train("within", "--iterations 7" + local);
        String before = Files.readString(folder.resolve("within/config.json"));
        Run refused = resume("within", "--iterations 16");
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err())
                .contains("cannot train the run further: it has ended within a round of local steps", "step 7")
                .doesNotContain("\tat ");
        assertThat(folder.resolve("within/config.json")).hasContent(before);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "lr":0.1          | "lr":0.2           | optimizer
            "batch":20        | "batch":25         | sampler
            "train-count":200 | "train-count":190  | sampler
            "test-count":50   | "test-count":49    | test or validation images
            "seed":1          | "seed":2           | sampler
            """)
    void changedConfigurationOrDataAreRefused(String written, String changed, String named) throws IOException {
        train("whole", "--iterations 30 --checkpoint-every 8 --lr 0.1");
        Path run = interrupted("whole", "run");
        Path config = run.resolve("config.json");
        String text = Files.readString(config);
        assertThat(text).contains(written);
        Files.writeString(config, text.replace(written, changed));
        Run refused = resume("run", "");
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err()).contains("cannot resume", named).doesNotContain("\tat ");
        Files.writeString(config, text);
        assertThat(resume("run", "").exit()).as("nothing was spoilt").isZero();
    }

    @Test
    void mistakesAreTold() throws IOException {
        Run none = resume("none", "");
        assertThat(none.exit()).isEqualTo(2);
        assertThat(none.err()).contains("--resume: found", "which does not exist");
        train("run", "--iterations 20");
        for (Path file : files("run")) {
            if (String.valueOf(file.getFileName()).matches("checkpoint-.*|result.json")) {
                Files.delete(file);
            }
        }
        Run bare = resume("run", "");
        assertThat(bare.exit()).isEqualTo(1);
        assertThat(bare.err()).contains("the run has no checkpoint", "begin again");
        for (String option : List.of("--lr 0.2", "--out elsewhere", "--data mnist")) {
            Run typed = resume("run", option);
            assertThat(typed.exit()).as(option).isEqualTo(2);
            assertThat(typed.err()).contains("--resume: found " + option.split(" ")[0]);
        }
        Run rhythm = train("other", "--checkpoint-every 5m");
        assertThat(rhythm.exit()).isEqualTo(2);
        assertThat(rhythm.err()).contains("--checkpoint-every: found 5m", "30s");
    }

    /// A copy of a run as a crash left it that came before its last checkpoint.
    private Path interrupted(String whole, String name) throws IOException {
        Path run = Files.createDirectory(folder.resolve(name));
        List<Path> checkpoints = files(whole).stream()
                .filter(file -> String.valueOf(file.getFileName()).startsWith("checkpoint-"))
                .sorted((a, b) -> Long.compare(step(a), step(b)))
                .toList();
        assertThat(checkpoints).hasSize(2);
        for (Path file : List.of(
                checkpoints.getFirst(),
                folder.resolve(whole + "/config.json"),
                folder.resolve(whole + "/metrics.jsonl"))) {
            Files.copy(file, run.resolve(String.valueOf(file.getFileName())));
        }
        return run;
    }

    private static long step(Path checkpoint) {
        return Long.parseLong(String.valueOf(checkpoint.getFileName()).replaceAll("[^0-9]", ""));
    }

    private List<Path> files(String run) throws IOException {
        try (Stream<Path> content = Files.list(folder.resolve(run))) {
            return content.toList();
        }
    }

    private static List<String> metrics(Path run) throws IOException {
        List<String> lines = Files.readAllLines(run.resolve("metrics.jsonl"));
        assertThat(lines).isNotEmpty();
        return lines.stream()
                .map(line -> line.replaceAll(",\"seconds\":[^,}]*", ""))
                .toList();
    }

    private Path table() throws IOException {
        StringBuilder text = new StringBuilder("size,weight,kind\n");
        for (int i = 0; i < 90; i++) {
            text.append(i % 7 * 0.5)
                    .append(',')
                    .append(i % 11)
                    .append(',')
                    .append(i % 7 > 3 ? "big" : "small")
                    .append('\n');
        }
        return Files.writeString(folder.resolve("things.csv"), text);
    }

    private Run train(String out, String options) {
        String layers =
                options.contains("--hidden") ? "" : LAYERS.replace(" ", "_").replace(";", ",") + " ";
        String counts = options.contains("--train-count") ? "" : "--train-count 200 ";
        String batch = options.contains("--batch") ? "" : "--batch 20 ";
        return run("train --data digits --test-count 50 --threads 1 " + counts + batch + layers + options + " --out "
                + folder.resolve(out));
    }

    private Run resume(String run, String options) {
        return run("train --resume " + folder.resolve(run) + (options.isEmpty() ? "" : " " + options));
    }

    private static Run run(String line) {
        List<String> arguments = new ArrayList<>();
        for (String word : line.split(" ")) {
            arguments.add(word.replace('_', ' '));
        }
        return Run.of(arguments.toArray(String[]::new));
    }
}
