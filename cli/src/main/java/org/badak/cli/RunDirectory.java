package org.badak.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.badak.catalog.ModelFile;
import org.badak.catalog.SavedModel;
import org.badak.data.DurableFile;
import org.badak.data.Json;
import org.jspecify.annotations.Nullable;

/// The folder that a run is written to: config.json, metrics.jsonl, checkpoints, and at the end the model and the
/// report. Made when training begins; removed again if training fails before there is anything worth keeping.
final class RunDirectory {
    private static final int CHECKPOINTS_KEPT = 2;
    private static final int MOST_ATTEMPTS = 100_000;

    private final @Nullable Path wanted;
    private final Deque<Path> checkpoints = new ArrayDeque<>();
    private Path folder = Path.of("");
    private boolean created;
    private Json.Members options = new ObjectBuilder().json();

    private RunDirectory(@Nullable Path wanted) {
        this.wanted = wanted;
    }

    /// Checks that the folder can be used, so that no training is done in vain; makes nothing yet.
    ///
    /// @param wanted as the user named it; a new one below `runs` if null
    /// @throws UsageException if it is a file, or a folder that holds something
    /// @throws CommandFailure if it cannot be written to
    static RunDirectory planned(@Nullable Path wanted) {
        if (wanted != null && Files.exists(wanted)) {
            if (!Files.isDirectory(wanted)) {
                throw UsageException.of("--out", wanted + ", a file", "a folder", "name a new folder");
            }
            try (Stream<Path> content = Files.list(wanted)) {
                if (content.findAny().isPresent()) {
                    throw UsageException.of(
                            "--out",
                            wanted + ", which is not empty",
                            "a new or an empty folder",
                            "name another, so that no run is overwritten");
                }
            } catch (IOException unreadable) {
                throw CommandFailure.writing(wanted.toString(), unreadable);
            }
        }
        Path parent = (wanted == null ? Path.of("runs") : wanted).toAbsolutePath();
        while (parent != null && !Files.exists(parent)) {
            parent = parent.getParent();
        }
        if (parent == null || !Files.isDirectory(parent) || !Files.isWritable(parent)) {
            throw new CommandFailure(
                    "cannot make the run directory",
                    String.valueOf(parent),
                    parent != null && !Files.isDirectory(parent) ? "a file" : "permission denied",
                    "a folder that may be written to",
                    "name another folder with --out",
                    new IOException("not writable"));
        }
        return new RunDirectory(wanted);
    }

    /// Takes note of the options that give the run again.
    void reproducedBy(Json.Members these) {
        options = these;
    }

    /// Makes the folder.
    ///
    /// @param name used in the name of a folder below `runs`: `mnist-784-50-10`
    void create(String name) {
        try {
            if (wanted != null) {
                created = !Files.exists(wanted);
                folder = Files.createDirectories(wanted);
                return;
            }
            Path runs = Files.createDirectories(Path.of("runs"));
            String prefix = LocalDate.now(ZoneId.systemDefault()) + "-" + name + "-";
            for (int number = 1; number < MOST_ATTEMPTS; number++) {
                try {
                    folder = Files.createDirectory(runs.resolve(prefix + number));
                    created = true;
                    return;
                } catch (FileAlreadyExistsException taken) {
                    // another run has this number: the next
                }
            }
            throw new IOException("no free number below " + prefix + MOST_ATTEMPTS);
        } catch (IOException failed) {
            throw CommandFailure.writing(String.valueOf(wanted == null ? Path.of("runs") : wanted), failed);
        }
    }

    /// Where the files are.
    Path folder() {
        return folder;
    }

    /// Writes a text file whole.
    void write(String name, String content) {
        write(name, content.getBytes(StandardCharsets.UTF_8));
    }

    /// Writes a file whole.
    void write(String name, byte[] content) {
        try {
            DurableFile.write(folder.resolve(name), out -> out.write(content));
        } catch (IOException failed) {
            throw CommandFailure.writing(folder.resolve(name).toString(), failed);
        }
    }

    /// Writes config.json: the options that give the run again, a member `options` that `--config` takes, and the
    /// record
    /// of what the run was made of, a line for each member.
    void writeConfiguration(Json.Members record) {
        StringBuilder text = new StringBuilder("{\n\"command\":\"train\",\n\"options\":{");
        text.append(lines(options)).append("},\n").append(lines(record)).append("\n}\n");
        write("config.json", text.toString());
    }

    private static String lines(Json.Members members) {
        return members.values().entrySet().stream()
                .map(member -> Json.of(member.getKey()) + ":" + member.getValue())
                .collect(Collectors.joining(",\n"));
    }

    /// Adds a line to a text file.
    void append(String name, String line) {
        try {
            Files.write(
                    folder.resolve(name),
                    List.of(line),
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException failed) {
            throw CommandFailure.writing(folder.resolve(name).toString(), failed);
        }
    }

    /// Writes a model file whole.
    void write(String name, SavedModel model) {
        try {
            ModelFile.write(folder.resolve(name), model);
        } catch (IOException failed) {
            throw CommandFailure.writing(folder.resolve(name).toString(), failed);
        }
    }

    /// Writes a checkpoint and removes all but the last two.
    void checkpoint(SavedModel model) {
        String name = "checkpoint-" + model.step() + ".safetensors";
        write(name, model);
        checkpoints.remove(folder.resolve(name));
        checkpoints.addLast(folder.resolve(name));
        while (checkpoints.size() > CHECKPOINTS_KEPT) {
            try {
                Files.deleteIfExists(checkpoints.removeFirst());
            } catch (IOException failed) {
                throw CommandFailure.writing(folder.toString(), failed);
            }
        }
    }

    /// Removes what this run has written, after a failure; a run that has checkpoints stays.
    void abandon() {
        if (!checkpoints.isEmpty() || folder.toString().isEmpty()) {
            return;
        }
        try (Stream<Path> content = Files.list(folder)) {
            for (Path file : content.toList()) {
                Files.deleteIfExists(file);
            }
            if (created) {
                Files.deleteIfExists(folder);
            }
        } catch (IOException failed) {
            // the failure that led here is the one to tell; what is left is complete files
        }
    }
}
