package org.badak.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.badak.catalog.ModelFile;
import org.badak.train.Checkpoints;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// What only a process of its own can show: properties of the JVM, too little memory, an end from outside.
@Timeout(120)
class ProcessTest {
    @TempDir
    Path folder;

    @Test
    void forcedKernelsThatAreMissingAreAMessage() throws Exception {
        for (String command : List.of("doctor", "train")) {
            Process process = start(List.of("-Dbadak.kernels=cuda"), command);
            assertThat(process.waitFor()).isEqualTo(1);
            assertThat(errors())
                    .contains("badak: -Dbadak.kernels=cuda: no such kernel set", "scalar")
                    .doesNotContain("\tat ", "Data:");
        }
    }

    @Test
    void tooLittleMemoryIsAMessage() throws Exception {
        Process process = start(List.of("-Xmx24m"), "train", "--data", "digits", "--out", "run", "--json");
        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(errors()).contains("not enough memory", "-Xmx").doesNotContain("\tat ");
        assertThat(Files.readString(folder.resolve("out"))).contains("\"error\":\"not enough memory");
        assertThat(folder.resolve("run")).doesNotExist();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS) // which has no signals
    void trainingThatIsStoppedFinishesItsFiles() throws Exception {
        Process process = start(
                List.of(),
                "train",
                "--data",
                "digits",
                "--train-count",
                "500",
                "--test-count",
                "100",
                "--iterations",
                "1000000000",
                "--batch",
                "10",
                "--hidden",
                "5",
                "--out",
                "run",
                "--json");
        Path metrics = folder.resolve("run/metrics.jsonl");
        await(
                process,
                () -> Files.exists(metrics) && Files.readAllLines(metrics).size() > 2);
        process.destroy(); // SIGTERM: as ctrl-C, but with exit code 143 in place of 130
        assertThat(process.waitFor()).isEqualTo(143);
        String out = Files.readString(folder.resolve("out"));
        assertThat(out).contains("\"stopped\":true");
        assertThat(folder.resolve("run/report.html")).isNotEmptyFile();
        assertThat(ModelFile.read(folder.resolve("run/model.safetensors"))
                        .parameters()
                        .count())
                .isPositive();
    }

    @Test
    void twoProcessesDoNotWriteToOneRun() throws Exception {
        Process first = start(
                List.of(),
                "train",
                "--data",
                "digits",
                "--train-count",
                "500",
                "--test-count",
                "100",
                "--iterations",
                "100000000",
                "--batch",
                "10",
                "--hidden",
                "5",
                "--checkpoint-every",
                "40",
                "--out",
                "run");
        Path run = folder.resolve("run");
        Path config = run.resolve("config.json");
        await(first, () -> Files.exists(config) && hasCheckpoint(run));
        String before = Files.readString(config);
        Run second = Run.of("train", "--resume", run.toString());
        assertThat(second.exit()).isEqualTo(1);
        assertThat(second.err())
                .contains("the run directory: it is in use", "process " + first.pid(), "wait until that one has ended")
                .doesNotContain("\tat ");
        assertThat(Files.readString(config)).isEqualTo(before);
        assertThat(first.isAlive()).isTrue();

        first.destroyForcibly().waitFor();
        long step = new Checkpoints(run).newest().orElseThrow().checkpoint().step();
        Run resumed = Run.of("train", "--resume", run.toString(), "--iterations", Long.toString(step + 1));
        assertThat(resumed.exit()).as(resumed.err()).isZero();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS) // which has no limit on the size of files
    void fullDiskIsToldAndTheCheckpointBeforeServes() throws Exception {
        Process process = startBy(
                List.of("bash", "-c", "ulimit -f 60; exec \"$@\"", "bash"), // files of at most 60 KiB
                List.of("-XX:-UsePerfData"),
                "train",
                "--data",
                "digits",
                "--train-count",
                "500",
                "--test-count",
                "100",
                "--iterations",
                "3000",
                "--batch",
                "10",
                "--hidden",
                "5",
                "--checkpoint-every",
                "100",
                "--out",
                "run",
                "--json");
        assertThat(process.waitFor()).as(errors()).isEqualTo(1);
        String errors = errors();
        assertThat(errors)
                .contains("badak: cannot write the checkpoint of step", "File too large", "make room and resume")
                .doesNotContain("\tat ");
        Matcher whole =
                Pattern.compile("(checkpoint-[0-9]+\\.safetensors) is whole").matcher(errors);
        assertThat(whole.find()).isTrue();
        assertThat(ModelFile.read(folder.resolve("run").resolve(whole.group(1))).step())
                .isPositive();

        assertThat(start(List.of(), "train", "--resume", "run", "--json").waitFor())
                .as(errors())
                .isZero();
        assertThat(errors()).contains(whole.group(1));
        assertThat(Files.readString(folder.resolve("out"))).contains("\"iterations\":3000");
    }

    private static boolean hasCheckpoint(Path run) throws IOException {
        try (Stream<Path> content = Files.list(run)) { // Checkpoints would clear away what the process is writing
            return content.anyMatch(
                    file -> String.valueOf(file.getFileName()).matches("checkpoint-[0-9]+.safetensors"));
        }
    }

    private static void await(Process process, Callable<Boolean> seen) throws Exception {
        Instant deadline = Instant.now().plus(Duration.ofSeconds(60));
        while (!seen.call()) {
            assertThat(process.isAlive() && Instant.now().isBefore(deadline))
                    .as("training goes on")
                    .isTrue();
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private Process start(List<String> flags, String... arguments) throws IOException {
        return startBy(List.of(), flags, arguments);
    }

    private Process startBy(List<String> starter, List<String> flags, String... arguments) throws IOException {
        List<String> line = new ArrayList<>(starter);
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(flags);
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

    private String errors() throws IOException {
        return new String(Files.readAllBytes(folder.resolve("err")), UTF_8);
    }
}
