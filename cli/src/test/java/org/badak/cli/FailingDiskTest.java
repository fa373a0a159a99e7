package org.badak.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.badak.cli.FailingDisk.Failure;
import org.badak.train.Checkpoints;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every call to the disk that `badak train` makes fails in turn: exit 1, one message, whole checkpoints, and the run
/// that goes on ends in the bits of one that never failed.
///
/// Every fourth call by default, the ways of failing in turn; `-Dbadak.failures=all` has each call fail in each way.
class FailingDiskTest {
    private static final boolean ALL = "all".equals(System.getProperty("badak.failures"));
    private static final List<Failure> WAYS = List.of(Failure.values());
    private static final List<String> FILES = List.of("model.safetensors", "metrics.jsonl");

    @TempDir
    Path folder;

    @Test
    void failureOfAnyCallIsToldAndTheRunEndsInTheSameBits() throws IOException {
        Path whole = folder.resolve("whole");
        FailingDisk sound = new FailingDisk(Failure.FULL, 0);
        assertThat(train(sound, whole).exit()).isZero();
        int calls = sound.calls();
        int resumed = 0;
        int anew = 0;
        int ended = 0;
        for (int call = calls; call > 0; call -= ALL ? 1 : 4) {
            for (Failure failure : ALL ? WAYS : List.of(WAYS.get(call % WAYS.size()))) {
                Path run = folder.resolve("run" + call + failure);
                Run failed = train(new FailingDisk(failure, call), run);
                String which = "call " + call + " " + failure + ": " + failed.err();
                assertThat(failed.exit()).as(which).isEqualTo(1);
                assertThat(failed.err()).as(which).contains(failure.message).doesNotContain("\tat ");
                assertThat(failed.err().split("badak: ", -1)).as(which).hasSize(2);
                if (Files.exists(run)) { // before a resume, which would remove it
                    try (Stream<Path> files = Files.list(run)) {
                        assertThat(files)
                                .as(which)
                                .noneMatch(file -> file.toString().endsWith(".tmp"));
                    }
                }
                boolean saved =
                        Files.exists(run) && new Checkpoints(run).newest().isPresent();
                if (!saved) {
                    assertThat(train(new FailingDisk(failure, 0), run).exit())
                            .as(which)
                            .isZero();
                    anew++;
                } else if (Files.exists(run.resolve("result.json"))) {
                    assertThat(failed.err()).contains("result.json");
                    ended++;
                } else {
                    assertThat(new Checkpoints(run).newest().orElseThrow().refused())
                            .isEmpty();
                    Run rest = Run.of("train", "--resume", run.toString());
                    assertThat(rest.exit()).as(which + rest.err()).isZero();
                    resumed++;
                }
                for (String name : FILES) {
                    assertThat(content(run.resolve(name))).as(which + name).isEqualTo(content(whole.resolve(name)));
                }
            }
        }
        assertThat(resumed).isGreaterThan(5);
        assertThat(anew).isPositive();
        assertThat(ended).as("the force of the folder behind the last file").isEqualTo(ALL ? WAYS.size() : 1);
    }

    private static String content(Path file) throws IOException {
        String text = Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1);
        return text.replaceAll(",\"seconds\":[^,}]*", "");
    }

    private static Run train(FailingDisk disk, Path run) {
        return ScopedValue.where(RunDirectory.STORAGE, disk)
                .call(() -> Run.of(
                        "train",
                        "--data",
                        "digits",
                        "--train-count",
                        "40",
                        "--test-count",
                        "10",
                        "--batch",
                        "10",
                        "--hidden",
                        "3",
                        "--optimizer",
                        "momentum",
                        "--iterations",
                        "7",
                        "--checkpoint-every",
                        "2",
                        "--threads",
                        "1",
                        "--out",
                        run.toString()));
    }
}
