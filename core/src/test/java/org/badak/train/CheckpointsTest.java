package org.badak.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.badak.data.DataException;
import org.badak.data.FailingStorage;
import org.badak.data.SimulatedDisk;
import org.badak.data.Storage;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;
import org.badak.optimizer.ReduceOnPlateau;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// The checkpoints of a folder survive crashes, failures and damage.
class CheckpointsTest {
    private static final Path RUN = Path.of("/run");

    @TempDir
    Path folder;

    @Test
    void whatIsSavedIsFoundToTheBit() {
        Checkpoint saved = checkpoint(3)
                .with(Map.of("data", "\uBC14\uB2E5 \"digits\""))
                .with("losses", new double[] {0.1, Double.NaN, Double.NEGATIVE_INFINITY, -0.0, 1e-320});
        new Checkpoints(folder).save(saved);
        Checkpoint found = new Checkpoints(folder).newest().orElseThrow().checkpoint();
        assertThat(found.step()).isEqualTo(3);
        assertThat(found.seconds()).isEqualTo(saved.seconds());
        assertThat(found.configuration()).containsExactlyEntriesOf(saved.configuration());
        assertThat(found.dataHash()).isEqualTo(saved.dataHash());
        assertThat(found.plateau()).isEqualTo(saved.plateau());
        assertThat(found.stopping()).isEqualTo(saved.stopping());
        assertThat(found.readings()).isEqualTo(saved.readings());
        assertThat(found.notes()).isEqualTo(saved.notes());
        assertThat(found.series("losses")).containsExactly(saved.series("losses"));
        assertThat(found.series("none")).isEmpty();
        assertThat(found.tensors().keySet())
                .containsExactlyElementsOf(saved.tensors().keySet());
        saved.tensors()
                .forEach((name, tensor) -> assertThat(
                                Arrays.deepToString(found.tensors().get(name).toArray()))
                        .isEqualTo(Arrays.deepToString(tensor.toArray())));
    }

    @Test
    void lastTwoAreKept() throws IOException {
        Checkpoints checkpoints = new Checkpoints(folder);
        assertThat(checkpoints.newest()).isEmpty();
        for (int step : new int[] {2, 4, 4, 6, 10}) {
            checkpoints.save(checkpoint(step));
        }
        assertThat(names()).containsExactly("checkpoint-10.safetensors", "checkpoint-6.safetensors");
        Checkpoints later = new Checkpoints(folder);
        assertThat(later.newest().orElseThrow().checkpoint().step()).isEqualTo(10);
        later.save(checkpoint(12));
        assertThat(names()).containsExactly("checkpoint-10.safetensors", "checkpoint-12.safetensors");
    }

    @Test
    void damagedCheckpointsAreNamedAndTheOlderOneServes() throws IOException {
        Checkpoints checkpoints = new Checkpoints(folder);
        checkpoints.save(checkpoint(2));
        checkpoints.save(checkpoint(4));
        Path newest = folder.resolve("checkpoint-4.safetensors");
        damage(newest, (int) Files.size(newest) - 3);
        Files.write(folder.resolve("checkpoint-5.safetensors.7-8.tmp"), new byte[10]);

        Checkpoints later = new Checkpoints(folder);
        Checkpoints.Found found = later.newest().orElseThrow();
        assertThat(found.checkpoint().step()).isEqualTo(2);
        assertThat(found.refused())
                .singleElement()
                .satisfies(refused -> assertThat(refused.getMessage())
                        .contains("checkpoint-4.safetensors", "content is not what was written"));
        assertThat(names()).as("temporary files go").hasSize(2);
        later.save(checkpoint(3));
        assertThat(names()).containsExactly("checkpoint-2.safetensors", "checkpoint-3.safetensors");

        for (Path file :
                List.of(folder.resolve("checkpoint-2.safetensors"), folder.resolve("checkpoint-3.safetensors"))) {
            Files.write(file, new byte[0]);
        }
        assertThatThrownBy(() -> new Checkpoints(folder).newest())
                .isInstanceOf(DataException.class)
                .hasMessageContainingAll("no checkpoint is whole", "checkpoint-2", "checkpoint-3", "0 bytes");
    }

    @Test
    void checkpointUnderTheNameOfAnotherStepIsRefused() throws IOException {
        Checkpoints checkpoints = new Checkpoints(folder);
        checkpoints.save(checkpoint(2));
        Files.copy(folder.resolve("checkpoint-2.safetensors"), folder.resolve("checkpoint-9.safetensors"));
        Checkpoints.Found found = new Checkpoints(folder).newest().orElseThrow();
        assertThat(found.checkpoint().step()).isEqualTo(2);
        assertThat(found.refused().getFirst()).hasMessageContaining("that of step 2");
    }

    @Test
    void noChangedByteAndNoMissingEndPasses() throws IOException {
        Path file = folder.resolve("checkpoint-2.safetensors");
        CheckpointFile.write(Storage.DISK, file, checkpoint(2));
        byte[] whole = Files.readAllBytes(file);
        for (int i = 0; i < whole.length; i++) {
            byte[] changed = whole.clone();
            changed[i] ^= 0x04;
            Files.write(file, changed);
            assertThat(read(file)).as("byte %d changed", i).isEmpty();
        }
        for (int length = 0; length < whole.length; length += 5) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThat(read(file)).as("the first %d bytes", length).isEmpty();
        }
    }

    @Test
    void everyCrashLeavesOneOfTheLastTwo() throws IOException {
        SimulatedDisk disk = diskWithTwo();
        new Checkpoints(RUN, disk).save(checkpoint(3));
        assertThat(faults(disk)).isEmpty();
        assertThat(disk.crash((done, state) -> {})).as("states that were tried").isGreaterThan(500);
    }

    @Test
    void saversThatDoNotForceAreCaught() throws IOException {
        SimulatedDisk unforced = diskWithTwo();
        new Checkpoints(RUN, new Forgetful(unforced, true, false)).save(checkpoint(3));
        assertThat(faults(unforced)).contains("lost");
        SimulatedDisk unnamed = diskWithTwo();
        new Checkpoints(RUN, new Forgetful(unnamed, false, true)).save(checkpoint(3));
        assertThat(faults(unnamed)).contains("lost");
    }

    @ParameterizedTest
    @EnumSource
    void failureOfAnyCallLeavesAWholeCheckpointAndIsTold(FailingStorage.Failure failure) throws IOException {
        List<String> failed = new ArrayList<>();
        for (int call = 1; ; call++) {
            SimulatedDisk disk = new SimulatedDisk();
            FailingStorage storage = new FailingStorage(disk, failure);
            Checkpoints checkpoints = new Checkpoints(RUN, storage);
            checkpoints.save(checkpoint(1));
            checkpoints.save(checkpoint(2));
            storage.failAt(call);
            if (succeeds(checkpoints, failure)) {
                break;
            }
            failed.add(storage.failed());
            assertThat(storage.forcedAgain()).isZero();
            materialise(disk.names().stream().toList(), disk::content);
            Checkpoints.Found found = new Checkpoints(folder).newest().orElseThrow();
            boolean named = List.of("forceFolder", "delete").contains(storage.failed());
            assertThat(found.checkpoint().step()).isEqualTo(named ? 3 : 2);
            assertThat(found.refused()).isEmpty();
        }
        assertThat(failed)
                .containsExactly("create", "write", "write", "force", "close", "rename", "forceFolder", "delete");
    }

    @ParameterizedTest
    @CsvSource({
        "500, 500, false, 0, true",
        "500, 501, true, 99, false",
        "10s, 7, false, 10, true",
        "10s, 7, true, 9.9, false",
        "epoch, 7, true, 0, true",
        "epoch, 7, false, 99, false"
    })
    void rhythmSaysWhenACheckpointIsDue(String text, long step, boolean epochEnd, double since, boolean due) {
        assertThat(Rhythm.parse(text).isDue(step, epochEnd, since)).isEqualTo(due);
    }

    @Test
    void standardRhythmBoundsWhatACrashAndWhatSavingCosts() {
        assertThat(Rhythm.STANDARD.isDue(600, true, 0.9)).isFalse();
        assertThat(Rhythm.STANDARD.isDue(600, true, 1)).isTrue();
        assertThat(Rhythm.STANDARD.isDue(601, false, 29)).isFalse();
        assertThat(Rhythm.STANDARD.isDue(601, false, 30)).isTrue();
        for (String wrong : List.of("0", "-1", "1.5", "x", "", "5m", "0s")) {
            assertThatThrownBy(() -> Rhythm.parse(wrong)).hasMessageContaining("found " + wrong);
        }
    }

    private static boolean succeeds(Checkpoints checkpoints, FailingStorage.Failure failure) {
        try {
            checkpoints.save(checkpoint(3));
            return true;
        } catch (DataException told) {
            assertThat(told)
                    .hasMessageContaining("cannot write the checkpoint of step 3")
                    .hasMessageContaining(failure.message());
            return false;
        }
    }

    /// Leaves forces out.
    private record Forgetful(Storage storage, boolean bytes, boolean names) implements Storage {
        @Override
        public Output create(Path file) throws IOException {
            Output output = storage.create(file);
            return new Output() {
                @Override
                public int write(ByteBuffer some) throws IOException {
                    return output.write(some);
                }

                @Override
                public void force() throws IOException {
                    if (!bytes) {
                        output.force();
                    }
                }

                @Override
                public void close() throws IOException {
                    output.close();
                }
            };
        }

        @Override
        public Output append(Path file) throws IOException {
            return storage.append(file);
        }

        @Override
        public void rename(Path from, Path to) throws IOException {
            storage.rename(from, to);
        }

        @Override
        public void delete(Path file) throws IOException {
            storage.delete(file);
        }

        @Override
        public void forceFolder(Path place) throws IOException {
            if (!names) {
                storage.forceFolder(place);
            }
        }
    }

    private static SimulatedDisk diskWithTwo() {
        SimulatedDisk disk = new SimulatedDisk();
        Checkpoints checkpoints = new Checkpoints(RUN, disk);
        checkpoints.save(checkpoint(1));
        checkpoints.save(checkpoint(2));
        disk.settle();
        return disk;
    }

    /// What is wrong after crashes: `none`, no checkpoint; `lost`, not the newest though it had been saved;
    /// `other`, not what was saved.
    private List<String> faults(SimulatedDisk disk) throws IOException {
        List<String> faults = new ArrayList<>();
        disk.crash((done, state) -> {
            try {
                materialise(List.copyOf(state.files().keySet()), state::content);
                Optional<Checkpoints.Found> found = new Checkpoints(folder).newest();
                long step = found.map(each -> each.checkpoint().step()).orElse(-1L);
                if (found.isEmpty()) {
                    faults.add("none");
                } else if (step < 2 || done == disk.operations() && step < 3) {
                    faults.add("lost");
                } else if (found.get().checkpoint().tensors().get("W1").get(0, 0) != step) {
                    faults.add("other");
                }
            } catch (DataException refused) {
                faults.add("none");
            } catch (IOException failed) {
                throw new java.io.UncheckedIOException(failed);
            }
        });
        return faults;
    }

    private void materialise(List<Path> files, java.util.function.Function<Path, byte[]> content) throws IOException {
        try (Stream<Path> old = Files.list(folder)) {
            for (Path each : old.toList()) {
                Files.delete(each);
            }
        }
        for (Path file : files) {
            Files.write(folder.resolve(String.valueOf(file.getFileName())), content.apply(file));
        }
    }

    private static Optional<Checkpoint> read(Path file) {
        try {
            return Optional.of(CheckpointFile.read(file));
        } catch (DataException refused) {
            return Optional.empty();
        }
    }

    private static void damage(Path file, int offset) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[offset] ^= 1;
        Files.write(file, bytes);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> content = Files.list(folder)) {
            return content.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    private static Checkpoint checkpoint(int step) {
        Matrix weights = Matrix.zeros(Precision.FLOAT32, 2, 3);
        Matrix moments = Matrix.zeros(Precision.FLOAT32, 2, 3);
        for (int i = 0; i < 6; i++) {
            weights.set(i / 3, i % 3, step);
            moments.set(i / 3, i % 3, i == 0 ? Double.POSITIVE_INFINITY : 0.1 * i);
        }
        return new Checkpoint(
                step,
                step / 3.0,
                Map.of("optimizer", "Momentum[learningRate=0.1]"),
                "ab".repeat(32),
                Map.of("W1", weights, "checkpoint.velocity.W1", moments),
                new ReduceOnPlateau.State(0.1, Double.NaN, 1, 0),
                Optional.of(new EarlyStopping.State(Double.NEGATIVE_INFINITY, step, 2)),
                List.of(new Evaluation(step, 0.5, 0.1, 0.2, 0.3, 0.4, 1.5)),
                Map.of("data", "digits", "metrics", "one line\n".repeat(300)));
    }
}
