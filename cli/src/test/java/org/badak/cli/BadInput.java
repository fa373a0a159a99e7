package org.badak.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/// Something that a user may hand over and that cannot be used: how it is made, how the library meets it, and how the
/// command line.
///
/// @param name of the case
/// @param making writes the files into a folder
/// @param reading what refuses it in the library; empty where only the command line can know better
/// @param command a command line; `@` stands for the folder, `@models` for one with trained models
record BadInput(String name, Step making, Optional<Step> reading, String command) {
    @Override
    public String toString() {
        return name;
    }

    /// Something done in a folder.
    @FunctionalInterface
    interface Step {
        void in(Path folder) throws IOException;
    }

    /// A case that only the command line can refuse.
    static BadInput of(String name, String command, Step making) {
        return new BadInput(name, making, Optional.empty(), command);
    }

    /// A case that the library refuses too.
    static BadInput of(String name, String command, Step making, Step reading) {
        return new BadInput(name, making, Optional.of(reading), command);
    }

    /// Nothing to make.
    static void nothing(Path folder) {}

    /// Writes bytes, making the folders above them.
    static void write(Path file, byte[] content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }

    /// Writes a text as UTF-8.
    static void write(Path file, String content) throws IOException {
        write(file, content.getBytes(StandardCharsets.UTF_8));
    }

    /// Makes a file as long as this, a hole behind what it holds: no byte of the hole is written.
    static void extend(Path file, long size) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[1]), size - 1);
        }
    }

    /// Compressed bytes.
    static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }

    /// Compressed bytes, and so many megabytes of zeros behind them, a kilobyte each.
    static byte[] gzip(byte[] content, int megabytes) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(gzip(content));
        byte[] zeros = gzip(new byte[1 << 20]);
        for (int i = 0; i < megabytes; i++) {
            bytes.writeBytes(zeros);
        }
        return bytes.toByteArray();
    }
}
