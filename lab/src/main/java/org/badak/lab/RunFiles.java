package org.badak.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Collectors;
import org.badak.catalog.ModelFile;
import org.badak.catalog.SavedModel;
import org.badak.data.DurableFile;
import org.badak.data.Json;
import org.badak.train.RunLock;

/// The files of a run of the lab, as the command line's are; the folder is locked until they are closed.
final class RunFiles implements AutoCloseable {
    private final Path folder;
    private final RunLock lock;

    private RunFiles(Path folder) {
        this.folder = folder;
        lock = RunLock.of(folder);
    }

    /// Makes the folder of a run.
    ///
    /// @param name a part of the folder's name
    /// @throws UncheckedIOException if it cannot be made
    static RunFiles create(RunFolders runs, String name) {
        try {
            return new RunFiles(runs.create(name));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// The folder's name.
    String name() {
        return String.valueOf(folder.getFileName());
    }

    /// Where a file is, or is to be.
    Path file(String name) {
        return folder.resolve(name);
    }

    /// What there is so far.
    RunFolder folder() {
        return new RunFolder(folder);
    }

    /// Writes config.json: the options of `badak train` that give the run again, and what else there is to know.
    void configuration(Json.Members options, Json.Members record) {
        write(
                "config.json",
                "{\n\"command\":\"train\",\n\"options\":{" + lines(options) + "},\n" + lines(record) + "\n}\n");
    }

    private static String lines(Json.Members members) {
        return members.values().entrySet().stream()
                .map(member -> Json.of(member.getKey()) + ":" + member.getValue())
                .collect(Collectors.joining(",\n"));
    }

    /// Adds a line to a file.
    void append(String name, Json.Members line) {
        try {
            Files.write(
                    file(name),
                    List.of(line.toString()),
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// Writes a file, whole or not at all.
    void write(String name, String content) {
        write(name, content.getBytes(StandardCharsets.UTF_8));
    }

    /// Writes a file, whole or not at all.
    void write(String name, byte[] content) {
        try {
            DurableFile.write(file(name), out -> out.write(content));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// Writes the model.
    void model(SavedModel model) {
        try {
            ModelFile.write(file("model.safetensors"), model);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// Releases the folder.
    @Override
    public void close() {
        lock.close();
    }
}
