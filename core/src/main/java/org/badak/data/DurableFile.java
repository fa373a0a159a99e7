package org.badak.data;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/// Files that are complete or absent, whatever interrupts the writer: written beside the target,
/// forced to the disk, renamed, and the folder forced.
public final class DurableFile {
    private static final boolean WINDOWS = System.getProperty("os.name").startsWith("Windows");

    private DurableFile() {}

    /// Something that writes content.
    @FunctionalInterface
    public interface Writer {
        /// Writes everything to the stream; may close it.
        void writeTo(OutputStream out) throws IOException;
    }

    /// Writes a file; the temporary file is removed if the writer fails.
    ///
    /// @throws IOException if the file cannot be written; the target is then as it was before
    public static void write(Path target, Writer writer) throws IOException {
        Path folder = Objects.requireNonNull(target.toAbsolutePath().getParent(), "a file has a folder");
        String suffix = "." + ProcessHandle.current().pid() + "-" + System.nanoTime() + ".tmp";
        Path temporary = folder.resolve(target.getFileName() + suffix);
        try {
            try (OutputStream out = Channels.newOutputStream(
                    FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
                writer.writeTo(out);
            }
            publish(temporary, target);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /// Gives a complete file its final name, in the same folder, replacing what is there.
    ///
    /// @throws IOException if it cannot be renamed
    public static void publish(Path complete, Path target) throws IOException {
        try (FileChannel channel = FileChannel.open(complete, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        try {
            Files.move(complete, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException unsupported) {
            Files.move(complete, target, StandardCopyOption.REPLACE_EXISTING);
        }
        if (!WINDOWS) { // Windows has no way to force a folder
            try (FileChannel folder = FileChannel.open(target.toAbsolutePath().getParent())) {
                folder.force(true);
            }
        }
    }
}
