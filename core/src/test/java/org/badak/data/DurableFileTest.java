package org.badak.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A file is old or new after every crash and every failure, and new once its writer has returned; writers
/// that leave a step out are caught.
class DurableFileTest {
    private static final Path TARGET = Path.of("/run/model");
    private static final byte[] OLD = content(700, 1);
    private static final byte[] NEW = content(1500, 2);

    /// Passes everything on; a mutant overrides what it forgets.
    private static class Passing implements Storage {
        final Storage storage;

        Passing(Storage storage) {
            this.storage = storage;
        }

        @Override
        public Output create(Path file) throws IOException {
            return storage.create(file);
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
        public void forceFolder(Path folder) throws IOException {
            storage.forceFolder(folder);
        }
    }

    private static final class WithoutForce extends Passing {
        WithoutForce(Storage storage) {
            super(storage);
        }

        @Override
        public Output create(Path file) throws IOException {
            Output output = storage.create(file);
            return new Output() {
                @Override
                public int write(ByteBuffer bytes) throws IOException {
                    return output.write(bytes);
                }

                @Override
                public void force() {}

                @Override
                public void close() throws IOException {
                    output.close();
                }
            };
        }
    }

    private static final class WithoutFolderForce extends Passing {
        WithoutFolderForce(Storage storage) {
            super(storage);
        }

        @Override
        public void forceFolder(Path folder) {}
    }

    private static final class ForcingTheFolderFirst extends Passing {
        ForcingTheFolderFirst(Storage storage) {
            super(storage);
        }

        @Override
        public void rename(Path from, Path to) throws IOException {
            storage.forceFolder(to.getParent());
            storage.rename(from, to);
        }

        @Override
        public void forceFolder(Path folder) {}
    }

    @Test
    void everyCrashLeavesTheOldFileOrTheNew() throws IOException {
        SimulatedDisk disk = diskWithOld();
        DurableFile.write(disk, TARGET, out -> out.write(NEW));
        List<String> faults = faults(disk);
        assertThat(faults).isEmpty();
        int states = disk.crash((done, state) -> {});
        // nothing, 2 of the name, 13 of three blocks, 2 of what is forced, 3 of the new name, the end
        assertThat(states).as("states that were tried").isEqualTo(1 + 2 + 13 + 2 + 3 + 1);
        assertThat(disk.names()).containsExactly(TARGET);
    }

    @Test
    void writersThatLeaveAStepOutAreCaught() throws IOException {
        SimulatedDisk forgotten = diskWithOld();
        DurableFile.write(new WithoutForce(forgotten), TARGET, out -> out.write(NEW));
        assertThat(faults(forgotten)).anyMatch(fault -> fault.startsWith("torn"));

        SimulatedDisk unnamed = diskWithOld();
        DurableFile.write(new WithoutFolderForce(unnamed), TARGET, out -> out.write(NEW));
        assertThat(faults(unnamed)).isNotEmpty().allMatch(fault -> fault.startsWith("lost"));

        SimulatedDisk early = diskWithOld();
        DurableFile.write(new ForcingTheFolderFirst(early), TARGET, out -> out.write(NEW));
        assertThat(faults(early)).isNotEmpty().allMatch(fault -> fault.startsWith("lost"));

        SimulatedDisk inPlace = diskWithOld();
        inPlace.delete(TARGET);
        try (Storage.Output output = inPlace.create(TARGET)) {
            output.write(ByteBuffer.wrap(NEW));
            output.force();
        }
        inPlace.forceFolder(TARGET.getParent());
        assertThat(faults(inPlace)).anyMatch(fault -> fault.startsWith("torn"));
    }

    @ParameterizedTest
    @EnumSource
    void failureOfAnyCallLeavesTheOldFileOrTheNewAndIsTold(FailingStorage.Failure failure) throws IOException {
        List<String> failed = new ArrayList<>();
        for (int call = 1; ; call++) {
            SimulatedDisk disk = diskWithOld();
            FailingStorage storage = new FailingStorage(disk, failure);
            storage.failAt(call);
            if (call == 6 + 1) { // create, write, force, close, rename, forceFolder
                DurableFile.write(storage, TARGET, out -> out.write(NEW));
                assertThat(storage.failed()).isEmpty();
                break;
            }
            assertThatThrownBy(() -> DurableFile.write(storage, TARGET, out -> out.write(NEW)))
                    .isInstanceOf(IOException.class)
                    .hasMessage(failure.message());
            failed.add(storage.failed());
            assertThat(storage.forcedAgain()).isZero();
            assertThat(disk.content(TARGET)).isEqualTo(storage.failed().equals("forceFolder") ? NEW : OLD);
            assertThat(disk.names()).as("no temporary file is left").containsExactly(TARGET);
            assertThat(faults(disk)).noneMatch(fault -> fault.startsWith("torn"));
        }
        assertThat(failed).containsExactly("create", "write", "force", "close", "rename", "forceFolder");
    }

    @Test
    void failureOfTheWriterIsToldAsItWas() throws IOException {
        SimulatedDisk disk = diskWithOld();
        assertThatThrownBy(() -> DurableFile.write(disk, TARGET, out -> {
                    out.write(NEW, 0, 600);
                    throw new IllegalStateException("diverged");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("diverged");
        assertThat(disk.content(TARGET)).isEqualTo(OLD);
        assertThat(disk.names()).containsExactly(TARGET);
    }

    @Test
    void deviceThatTakesNothingIsAFailure() {
        Storage stuck = new Passing(new SimulatedDisk()) {
            @Override
            public Output create(Path file) throws IOException {
                Output output = storage.create(file);
                return new Output() {
                    @Override
                    public int write(ByteBuffer bytes) {
                        return 0;
                    }

                    @Override
                    public void force() {}

                    @Override
                    public void close() throws IOException {
                        output.close();
                    }
                };
            }
        };
        assertThatThrownBy(() -> DurableFile.write(stuck, TARGET, out -> out.write(1)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("takes no more bytes");
    }

    @Test
    void realDiskHoldsWhatWasWritten(@TempDir Path folder) throws IOException {
        Path target = folder.resolve("model");
        DurableFile.write(target, out -> out.write(OLD));
        DurableFile.write(target, out -> {
            try (GZIPOutputStream zipped = new GZIPOutputStream(out)) { // closes the stream
                zipped.write(NEW);
            }
        });
        assertThat(Files.readAllBytes(target)).startsWith(0x1f, 0x8b);
        Path part = folder.resolve("part");
        Files.write(part, NEW);
        DurableFile.publish(part, target);
        assertThat(Files.readAllBytes(target)).isEqualTo(NEW);
        try (var left = Files.list(folder)) {
            assertThat(left).containsExactly(target);
        }
        assertThatThrownBy(() -> DurableFile.write(folder.resolve("none/model"), out -> out.write(1)))
                .isInstanceOf(IOException.class);
    }

    private static SimulatedDisk diskWithOld() throws IOException {
        SimulatedDisk disk = new SimulatedDisk();
        DurableFile.write(disk, TARGET, out -> out.write(OLD));
        disk.settle();
        return disk;
    }

    /// What is wrong with the states that crashes could leave: torn files, and new ones lost after their writer had
    /// returned.
    private static List<String> faults(SimulatedDisk disk) {
        List<String> faults = new ArrayList<>();
        boolean written = Arrays.equals(disk.content(TARGET), NEW);
        disk.crash((done, state) -> {
            byte[] found = state.content(TARGET);
            boolean old = Arrays.equals(found, OLD);
            if (!old && !Arrays.equals(found, NEW)) {
                faults.add("torn after " + done + " operations: " + found.length + " bytes");
            }
            if (old && written && done == disk.operations()) {
                faults.add("lost after " + done + " operations");
            }
        });
        return faults;
    }

    private static byte[] content(int length, int first) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (first + i % 200);
        }
        return bytes;
    }
}
