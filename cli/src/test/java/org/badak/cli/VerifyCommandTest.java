package org.badak.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.badak.data.Json;
import org.badak.data.NpyArray;
import org.badak.data.NpzFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `badak verify`.
class VerifyCommandTest {
    private static final String DIGITS = "--data digits --train-count 120 --test-count 30 --batch 20 --hidden 7 ";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--iterations 20 --optimizer adam --sampling shuffle --augment shift_1",
                "--iterations 200 --early-stopping 1 --min-delta 9 --validation 0.2 --class-weight balanced",
                "--iterations 13 --shards 3 --sampling shuffle",
                "--iterations 11 --shards 3 --local-steps 4 --optimizer adam",
                "--iterations 13 --checkpoint-every 4 --schedule plateau:patience=1"
            })
    void runGivesTheSameBitsAgainAndIsOnlyRead(String options) throws IOException {
        train(DIGITS + options);
        List<String> before = content();
        Run verify = verify("--threads 2 --json");
        assertThat(verify.exit()).as(verify.out() + verify.err()).isZero();
        assertThat(verify.json().get("same")).isEqualTo(Json.of(true));
        assertThat(verify.json().get("complete")).isEqualTo(Json.of(true));
        assertThat(verify.number("readings")).isGreaterThan(1);
        assertThat(verify.err()).contains("Training ", "The same bits: ", "model.safetensors, result.json");
        assertThat(content()).isEqualTo(before);
    }

    @Test
    void everyReadingHasTheHashOfTheParameters() throws IOException {
        train(DIGITS + "--iterations 18");
        List<String> lines = Files.readAllLines(folder.resolve("run/metrics.jsonl"));
        List<String> hashes = lines.stream()
                .map(line -> String.valueOf(
                        ((Json.Members) Json.parse(line)).values().get("parameters_hash")))
                .toList();
        assertThat(hashes)
                .hasSizeGreaterThan(2)
                .doesNotHaveDuplicates()
                .allMatch(hash -> hash.matches("\"[0-9a-f]{16}\""));
    }

    @Test
    void tableGivesTheSameBitsAgainResumedTooAndOtherRowsAreNamed() throws IOException {
        Path table = table();
        assertThat(run("train " + table + " --epochs 9 --checkpoint-every 7 --out " + folder.resolve("run"))
                        .exit())
                .isZero();
        assertThat(verify("").out()).contains("The same bits: ");
        interrupt();
        Run killed = verify("--json");
        assertThat(killed.exit()).as(killed.out() + killed.err()).isZero();
        assertThat(killed.json().get("complete")).isEqualTo(Json.of(false));
        assertThat(run("train --resume " + folder.resolve("run")).exit()).isZero();
        Run resumed = verify("");
        assertThat(resumed.exit()).as(resumed.out()).isZero();

        Files.writeString(table, Files.readString(table).replace("0.5,", "0.6,"));
        Run other = verify("");
        assertThat(other.exit()).isEqualTo(1);
        assertThat(other.out())
                .contains("First difference: metrics.jsonl, line ", "Likely cause: other data", "data_sha256");
    }

    @Test
    void killedAndStoppedAndResumedRunsAreVerifiedAsFarAsTheyCame() throws IOException {
        train(DIGITS + "--iterations 40 --checkpoint-every 8 --optimizer momentum");
        interrupt();
        Run killed = verify("--json");
        assertThat(killed.exit()).as(killed.out() + killed.err()).isZero();
        assertThat(killed.json().get("complete")).isEqualTo(Json.of(false));
        assertThat(run("train --resume " + folder.resolve("run")).exit()).isZero();
        assertThat(verify("").out()).contains("The same bits: 40 steps");
        assertThat(run("train --resume " + folder.resolve("run") + " --iterations 50")
                        .exit())
                .isZero();
        assertThat(verify("").out()).contains("The same bits: 50 steps");
    }

    @Test
    void otherDataAreNamed() throws IOException {
        Path file = folder.resolve("things.npz");
        arrays(file, 0);
        assertThat(run("train " + file + " --iterations 20 --batch 10 --hidden 5 --out " + folder.resolve("run"))
                        .exit())
                .isZero();
        assertThat(verify("").exit()).isZero();
        arrays(file, 0.25f);
        Run other = verify("--json");
        assertThat(other.exit()).isEqualTo(1);
        assertThat(other.text("cause")).isEqualTo("data");
        assertThat(other.err()).contains("First difference: metrics.jsonl, line ", "Likely cause: other data");
    }

    @Test
    void editedConfigurationIsNamedWithItsFirstStepAndTensorElement() throws IOException {
        train(DIGITS + "--iterations 18 --lr 0.1 --seed 3");
        edit("config.json", "\"lr\":0.1,", "\"lr\":0.11,");
        Run other = verify("--json");
        assertThat(other.exit()).isEqualTo(1);
        assertThat(other.text("cause")).isEqualTo("configuration");
        assertThat(other.err())
                .contains(
                        "First difference: metrics.jsonl, line 1 (step 0, epoch 0.0), learning_rate: recorded 0.1, now 0.11",
                        "result.json, parameters_sha256: recorded ",
                        "config.json, ",
                        "Likely cause: another configuration")
                .containsPattern("checkpoint-18.safetensors, W1\\[\\d+, 0]: recorded -?0.0\\d+, now .* tensors");
        edit("config.json", "\"learning_rate\":0.1", "\"learning_rate\":0.11"); // the record as well
        assertThat(verify("").out())
                .contains(
                        "checkpoint-18.safetensors, optimizer: recorded Sgd[learningRate=0.1", "another configuration");
    }

    @Test
    void changedFileIsNamed() throws IOException {
        train(DIGITS + "--iterations 18");
        Path metrics = folder.resolve("run/metrics.jsonl");
        List<String> lines = Files.readAllLines(metrics);
        changed(
                metrics,
                lines.get(1),
                lines.get(1).replaceFirst("\"train_loss\":[0-9]", "\"train_loss\":7"),
                "line 2 (step 6");
        changed(metrics, lines.get(1), lines.get(1).replaceFirst("_hash\":\"..", "_hash\":\"zz"), "line 2 (step 6");
        changed(metrics, lines.get(2) + "\n", "", "line 3 (step 12");
        String last = lines.getLast() + "\n";
        changed(metrics, last, "", "metrics.jsonl, line " + lines.size() + ", the reading: recorded none");
        changed(metrics, last, last + last, "metrics.jsonl, line " + (lines.size() + 1) + ", the reading: recorded ");
        changed(
                folder.resolve("run/result.json"),
                "\"test_accuracy\":",
                "\"test_accuracy\":1",
                "result.json, test_accuracy");

        Path model = folder.resolve("run/model.safetensors");
        byte[] bytes = Files.readAllBytes(model);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        Files.writeString(model, text.replaceFirst("\"seed\":\"[0-9]", "\"seed\":\"7"), StandardCharsets.ISO_8859_1);
        assertThat(verify("").out())
                .contains("First difference: model.safetensors, seed: recorded \"7", "was changed after the run");
        bytes[bytes.length - 3] ^= 1;
        Files.write(model, bytes);
        Run other = verify("--json");
        assertThat(other.exit()).isEqualTo(1);
        assertThat(other.text("cause")).isEqualTo("file");
        assertThat(other.err())
                .containsPattern("First difference: model.safetensors, b2\\[0, 9\\]: recorded .*1 of 4 tensors");
        Files.delete(model);
        assertThat(verify("").out()).contains("model.safetensors, the file: recorded none");
    }

    @Test
    void changedCheckpointIsNamed() throws IOException {
        train(DIGITS + "--iterations 18");
        Path checkpoint = folder.resolve("run/checkpoint-18.safetensors");
        byte[] bytes = Files.readAllBytes(checkpoint);
        bytes[bytes.length - 1] ^= 1;
        Files.write(checkpoint, bytes);
        Run other = verify("");
        assertThat(other.exit()).isEqualTo(1);
        assertThat(other.out())
                .contains("First difference: checkpoint-18.safetensors, the file", "the file was changed");
    }

    @Test
    void otherVersionIsTheLikelyCauseWhereNothingElseDiffers() throws IOException {
        train(DIGITS + "--iterations 18");
        Path metrics = folder.resolve("run/metrics.jsonl");
        List<String> lines = new ArrayList<>(Files.readAllLines(metrics));
        for (int i = 1; i < lines.size(); i++) { // as if the run had had other bits from its first step on
            lines.set(
                    i,
                    lines.get(i).replaceFirst("_hash\":\"..", "_hash\":\"zz").replaceFirst("loss\":[0-9]", "loss\":8"));
        }
        Files.write(metrics, lines);
        edit("result.json", "\"parameters_sha256\":\"", "\"parameters_sha256\":\"zz");
        assertThat(verify("").out()).contains("Likely cause: none that the record shows");
        edit("config.json", "\"java\":\"", "\"java\":\"1");
        assertThat(verify("").out()).contains("line 2 (step 6", "Likely cause: another version of Badak or Java");
    }

    @Test
    void koreanReadersAreToldInKorean() throws IOException {
        train(DIGITS + "--iterations 12");
        Locale before = Locale.getDefault(Locale.Category.DISPLAY);
        Locale.setDefault(Locale.Category.DISPLAY, Locale.KOREAN);
        try {
            assertThat(verify("").out()).contains("비트까지 같습니다: 12단계");
            edit("metrics.jsonl", "\"step\":12", "\"step\":13");
            assertThat(verify("").out()).contains("첫 차이: ", "기록 13, 지금 12", "짐작되는 원인: 실행 뒤에 파일이 바뀌었습니다");
        } finally {
            Locale.setDefault(Locale.Category.DISPLAY, before);
        }
    }

    @Test
    void mistakesAreTold() throws IOException {
        Run none = run("verify " + folder.resolve("none"));
        assertThat(none.exit()).isEqualTo(2);
        assertThat(none.err()).contains("RUN: found", "which does not exist");
        train(DIGITS + "--iterations 12");
        Files.delete(folder.resolve("run/metrics.jsonl"));
        assertThat(verify("").exit()).isEqualTo(1);
        assertThat(verify("").err()).contains("cannot verify: the run has no readings");
    }

    private void changed(Path file, String from, String to, String named) throws IOException {
        String whole = Files.readString(file);
        edit(String.valueOf(file.getFileName()), from, to);
        Run other = verify("--json");
        assertThat(other.exit()).isEqualTo(1);
        assertThat(other.text("cause")).as(other.err()).isEqualTo("file");
        assertThat(other.err()).contains(named, "was changed after the run");
        Files.writeString(file, whole);
    }

    private void edit(String name, String from, String to) throws IOException {
        Path file = folder.resolve("run").resolve(name);
        String text = Files.readString(file);
        assertThat(text).contains(from);
        assertThat(from).isNotEqualTo(to);
        Files.writeString(file, text.replace(from, to));
    }

    /// Leaves the run as a kill before its last checkpoint and reading would have.
    private void interrupt() throws IOException {
        Path run = folder.resolve("run");
        try (Stream<Path> files = Files.list(run)) {
            List<Path> checkpoints = files.filter(file -> RunRecord.step(file) >= 0)
                    .sorted((a, b) -> Long.compare(RunRecord.step(a), RunRecord.step(b)))
                    .toList();
            Files.delete(checkpoints.getLast());
        }
        for (String name : List.of("result.json", "model.safetensors")) {
            Files.delete(run.resolve(name));
        }
        List<String> lines = Files.readAllLines(run.resolve("metrics.jsonl"));
        String kept = String.join("\n", lines.subList(0, lines.size() - 1));
        Files.writeString(run.resolve("metrics.jsonl"), kept + "\n{\"step\":3"); // the last one is half written
    }

    private List<String> content() throws IOException {
        List<String> content = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder.resolve("run"))) {
            for (Path file : files.sorted().toList()) {
                content.add(file + " " + Arrays.hashCode(Files.readAllBytes(file)));
            }
        }
        return content;
    }

    private static void arrays(Path file, float offset) throws IOException {
        float[] x = new float[80];
        int[] y = new int[40];
        for (int i = 0; i < 40; i++) {
            y[i] = i % 2;
            x[2 * i] = i * 0.1f + offset;
            x[2 * i + 1] = y[i];
        }
        NpzFile.write(file, Map.of("X", NpyArray.of(x, 40, 2), "y", NpyArray.of(y, 40)));
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

    private void train(String options) {
        Run train = run("train " + options + " --threads 1 --out " + folder.resolve("run"));
        assertThat(train.exit()).as(train.err()).isZero();
    }

    private Run verify(String options) {
        return run("verify " + folder.resolve("run") + (options.isEmpty() ? "" : " " + options));
    }

    private static Run run(String line) {
        return Run.of(
                Stream.of(line.split(" ")).map(word -> word.replace('_', ' ')).toArray(String[]::new));
    }
}
