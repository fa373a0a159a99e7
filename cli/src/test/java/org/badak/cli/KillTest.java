package org.badak.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.badak.data.DurableFile;
import org.badak.data.Json;
import org.badak.train.Checkpoints;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Real processes that train, are killed (SIGKILL) at random moments and in the midst of saving, and resumed, until
/// they end: always with the parameters, the best model and the metrics of a run that nobody touched.
///
/// 6 kills by default; `-Dbadak.kills=1000` for as many. docs/reliability.md says how.
@DisabledOnOs(OS.WINDOWS) // whose processes cannot be asked to end as ctrl-C asks
class KillTest {
    private static final int KILLS = Integer.getInteger("badak.kills", 6);
    private static final long SEED = Long.getLong("badak.kills.seed", 1);
    private static final int MOST_MILLISECONDS = 1000; // of random kills after the process is seen to train
    private static final long LOOK_NANOSECONDS = 100_000; // between two looks for a temporary file
    private static final int POLITE = 12; // one process in so many is asked to stop in place of being killed
    private static final long MOST_SECONDS = 120; // that a process may take

    @TempDir
    Path folder;

    private final Random random = new Random(SEED);
    private int processes;

    // what was counted
    private int killed;
    private int insideSave;
    private int asked;
    private int early;
    private int ended;

    @Test
    void killedRunsEndInTheBitsOfOneThatNobodyTouched() throws Exception {
        Path whole = folder.resolve("whole");
        assertThat(start(whole, false).waitFor()).as(errors()).isZero();
        while (killed < KILLS) {
            Path run = folder.resolve("run" + ended);
            endInTheEnd(run);
            ended++;
            assertThat(result(run, "parameters_sha256")).isEqualTo(result(whole, "parameters_sha256"));
            assertThat(result(run, "best_iteration")).isEqualTo(result(whole, "best_iteration"));
            assertThat(metrics(run)).isEqualTo(metrics(whole));
            assertThat(Files.readAllBytes(run.resolve("model.safetensors")))
                    .isEqualTo(Files.readAllBytes(whole.resolve("model.safetensors")));
            delete(run);
            Files.writeString(Path.of("target", "kills.txt"), summary());
        }
        System.out.print(summary());
        assertThat(insideSave).as(summary()).isGreaterThanOrEqualTo(KILLS * 3 / 10);
    }

    /// What was counted in the runs that have ended.
    private String summary() {
        return String.format(
                "%d kills, %d of them inside a save, %d before the first checkpoint; %d polite stops; %d runs ended,"
                        + " all with the parameters, best model and metrics of the uninterrupted run; seed %d%n",
                killed, insideSave, early, asked, ended, SEED);
    }

    /// Starts and resumes a run until a process of it ends by itself.
    private void endInTheEnd(Path run) throws Exception {
        while (true) {
            boolean resumes = hasCheckpoint(run);
            if (!resumes) {
                delete(run);
            }
            Process process = start(run, resumes);
            boolean interrupted = killed < KILLS && interrupt(process, run);
            if (!interrupted) {
                assertThat(process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)).isTrue();
                assertThat(process.exitValue()).as(errors()).isZero();
            }
            if (Files.exists(run.resolve("result.json"))
                    && result(run, "stopped").equals("false")) {
                return;
            }
            assertThat(interrupted).as("what ends by itself has a result").isTrue();
            if (hasCheckpoint(run)) {
                assertThat(new Checkpoints(run).newest().orElseThrow().refused())
                        .as("after a kill the newest checkpoint is whole")
                        .isEmpty();
            }
        }
    }

    /// Kills a process, or asks it to stop, at a random moment, if it lives as long.
    ///
    /// @return whether it did not end by itself
    private boolean interrupt(Process process, Path run) throws Exception {
        boolean polite = random.nextInt(POLITE) == 0;
        boolean saving = !polite && random.nextInt(2) == 0;
        long delay = random.nextInt(MOST_MILLISECONDS);
        List<String> before = names(run);
        while (process.isAlive() && names(run).equals(before)) { // until it trains
            TimeUnit.MILLISECONDS.sleep(1);
        }
        process.waitFor(delay, TimeUnit.MILLISECONDS);
        while (saving && process.isAlive() && !saves(run)) {
            LockSupport.parkNanos(LOOK_NANOSECONDS);
        }
        if (!process.isAlive()) {
            return false;
        }
        if (polite) {
            process.destroy();
            assertThat(process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)).isTrue();
            asked++;
            return true;
        }
        process.destroyForcibly();
        process.waitFor();
        killed++;
        insideSave += saves(run) ? 1 : 0;
        early += hasCheckpoint(run) ? 0 : 1;
        return true;
    }

    private Process start(Path run, boolean resumes) throws IOException {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--module-path",
                System.getProperty("jdk.module.path"),
                "--module",
                "org.badak.cli/org.badak.cli.Main",
                "train"));
        if (resumes) {
            line.addAll(List.of("--resume", run.toString()));
        } else {
            line.addAll(List.of(
                    "--out",
                    run.toString(),
                    "--data",
                    "digits",
                    "--train-count",
                    "200",
                    "--test-count",
                    "50",
                    "--layers",
                    "dense 16, batchnorm, relu, dropout 0.2, dense 10",
                    "--optimizer",
                    "adam",
                    "--schedule",
                    "plateau:patience=2,factor=0.5",
                    "--batch",
                    "20",
                    "--sampling",
                    "shuffle",
                    "--iterations",
                    "45",
                    "--threads",
                    "1",
                    "--checkpoint-every",
                    "1"));
        }
        processes++;
        return new ProcessBuilder(line)
                .directory(folder.toFile())
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
    }

    private String errors() throws IOException {
        return processes == 0 ? "" : Files.readString(folder.resolve("err"));
    }

    private static boolean saves(Path run) throws IOException {
        return names(run).stream()
                .anyMatch(name -> name.startsWith("checkpoint-") && name.endsWith(DurableFile.TEMPORARY));
    }

    private static boolean hasCheckpoint(Path run) throws IOException {
        return names(run).stream()
                .anyMatch(name -> name.startsWith("checkpoint-") && !name.endsWith(DurableFile.TEMPORARY));
    }

    private static List<String> names(Path run) throws IOException {
        if (!Files.exists(run)) {
            return List.of();
        }
        try (Stream<Path> content = Files.list(run)) {
            return content.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    private static void delete(Path run) throws IOException {
        for (String name : names(run)) {
            Files.delete(run.resolve(name));
        }
        Files.deleteIfExists(run);
    }

    private static String result(Path run, String member) throws IOException {
        Map<String, Json> values = ((Json.Members) Json.parse(Files.readString(run.resolve("result.json")))).values();
        return String.valueOf(values.get(member));
    }

    /// The lines of metrics.jsonl without their seconds.
    private static List<String> metrics(Path run) throws IOException {
        return Files.readAllLines(run.resolve("metrics.jsonl")).stream()
                .map(line -> line.replaceAll(",\"seconds\":[^,}]*", ""))
                .toList();
    }
}
