package org.badak.data;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Objects;

/// Files that are complete or absent, whatever interrupts the writer: written beside the target,
/// forced to the disk, renamed, and the folder forced. Nothing is tried a second time: after a force that
/// failed, one that succeeds proves nothing.
public final class DurableFile {
    /// How the names of temporary files end; what a crash has left of them may be removed.
    public static final String TEMPORARY = ".tmp";

    private DurableFile() {}

    /// Something that writes content.
    @FunctionalInterface
    public interface Writer {
        /// Writes everything to the stream; may close it.
        void writeTo(OutputStream out) throws IOException;
    }

    /// Writes a file on this machine, see [#write(Storage, Path, Writer)].
    ///
    /// @throws IOException if the file cannot be written; the target is then as it was before
    public static void write(Path target, Writer writer) throws IOException {
        write(Storage.DISK, target, writer);
    }

    /// Writes a file; the temporary file is removed if something fails.
    ///
    /// @param storage where
    /// @throws IOException if the file cannot be written: the target is then as it was before; or, if only the last
    ///     step failed, the force of the folder, it is complete, but a crash may bring back what was before
    public static void write(Storage storage, Path target, Writer writer) throws IOException {
        Path file = target.toAbsolutePath();
        String suffix = "." + ProcessHandle.current().pid() + "-" + System.nanoTime() + TEMPORARY;
        Path temporary = file.resolveSibling(file.getFileName() + suffix);
        try (Storage.Output output = storage.create(temporary)) {
            writer.writeTo(new Stream(output));
            output.force();
        } catch (Throwable failed) {
            discard(storage, temporary, failed);
            throw failed;
        }
        try {
            storage.rename(temporary, file);
        } catch (Throwable failed) {
            discard(storage, temporary, failed);
            throw failed;
        }
        storage.forceFolder(folder(file));
    }

    /// Gives a complete file its final name, in the same folder, replacing what is there.
    ///
    /// @throws IOException if it cannot be renamed
    public static void publish(Path complete, Path target) throws IOException {
        try (Storage.Output output = Storage.DISK.append(complete)) {
            output.force();
        }
        Storage.DISK.rename(complete, target);
        Storage.DISK.forceFolder(folder(target.toAbsolutePath()));
    }

    private static Path folder(Path file) {
        return Objects.requireNonNull(file.getParent(), "a file has a folder");
    }

    private static void discard(Storage storage, Path temporary, Throwable failed) {
        try {
            storage.delete(temporary);
        } catch (IOException left) { // or it was never made
            failed.addSuppressed(left);
        }
    }

    /// Hands all bytes on, however few the device takes at a time.
    private static final class Stream extends OutputStream {
        private final Storage.Output output;

        Stream(Storage.Output output) {
            this.output = output;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            ByteBuffer rest = ByteBuffer.wrap(bytes, offset, length);
            while (rest.hasRemaining()) {
                if (output.write(rest) < 1) {
                    throw new IOException("the device takes no more bytes");
                }
            }
        }
    }
}
