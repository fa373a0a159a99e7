package org.badak.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.badak.catalog.ModelFile;
import org.badak.catalog.SavedModel;
import org.badak.data.DataException;
import org.badak.data.DurableFile;
import org.badak.data.Json;
import org.badak.data.JsonException;
import org.badak.data.Storage;
import org.badak.train.Autosave;
import org.badak.train.Checkpoint;
import org.badak.train.Checkpoints;
import org.badak.train.Rhythm;
import org.badak.train.RunLock;
import org.badak.train.Trainer;
import org.jspecify.annotations.Nullable;

/// The folder that a run is written to: config.json, metrics.jsonl, checkpoints, and at the end the model, the report
/// and, as the last, result.json, which tells a run that has ended from one that was interrupted. Made when training
/// begins, or that of a run that is resumed; removed again if training fails before there is anything worth keeping.
/// Locked from then on until it is closed.
final class RunDirectory implements AutoCloseable {
    /// What writes the files of runs that are begun within its scope; outside of any the machine's disk. Tests let it
    /// fail.
    static final ScopedValue<Storage> STORAGE = ScopedValue.newInstance();

    private static final String RESULT = "result.json";
    private static final int MOST_ATTEMPTS = 100_000;

    private final @Nullable Path wanted;
    private final Storage storage = STORAGE.orElse(Storage.DISK);
    private Path folder = Path.of("");
    private Checkpoints checkpoints = new Checkpoints(folder, storage);
    private Optional<Checkpoint> resumedFrom = Optional.empty();
    private Rhythm rhythm = Rhythm.STANDARD;
    private long lastStep = Long.MAX_VALUE;
    private boolean created;
    private Json.Members options = new ObjectBuilder().json();
    private @Nullable RunLock lock;

    private RunDirectory(@Nullable Path wanted) {
        this.wanted = wanted;
    }

    /// Checks that a folder is that of a run.
    ///
    /// @param named what it was given as, for messages: `--resume`
    /// @throws UsageException if it is not
    static void requireRun(String named, Path run) {
        if (!Files.isRegularFile(run.resolve("config.json"))) {
            throw UsageException.of(
                    named,
                    run + (Files.exists(run) ? ", which has no config.json" : ", which does not exist"),
                    "the folder of a run",
                    "name it: runs/...");
        }
    }

    /// The folder of a run that is to go on.
    ///
    /// @param console is told which checkpoint serves, and which do not
    /// @throws CommandFailure if it has no checkpoint, or early stopping ended it
    /// @throws org.badak.data.DataException if no checkpoint is whole, or the folder is in use
    static RunDirectory resumed(Path run, Console console) {
        RunDirectory directory = at(run);
        try {
            directory.findCheckpoint(console);
            return directory;
        } catch (RuntimeException | Error failed) {
            directory.close();
            throw failed;
        }
    }

    private void findCheckpoint(Console console) {
        requireNotEndedEarly();
        Checkpoints.Found found = checkpoints.newest().orElseThrow(this::withoutCheckpoint);
        for (DataException refused : found.refused()) {
            console.note(Texts.of("Checkpoint refused: ", "쓸 수 없는 체크포인트: ")
                    + refused.where()
                    + Texts.of(": found ", ": 값 ")
                    + refused.found()
                    + Texts.of(", expected ", ", 기대한 값 ")
                    + refused.expected());
        }
        console.note(Texts.of("Checkpoint: ", "체크포인트: ") + found.file());
        resumedFrom = Optional.of(found.checkpoint());
    }

    private void open(Path place) {
        lock = RunLock.of(place);
        folder = place;
        checkpoints = new Checkpoints(place, storage);
    }

    /// Releases the lock of the folder.
    @Override
    public void close() {
        if (lock != null) {
            lock.close();
        }
    }

    /// The checkpoint that the run goes on from, if it is resumed.
    Optional<Checkpoint> resumedFrom() {
        return resumedFrom;
    }

    /// The checkpoints of the run.
    Checkpoints checkpoints() {
        return checkpoints;
    }

    /// How often checkpoints are saved.
    Rhythm rhythm() {
        return rhythm;
    }

    /// Sets how often checkpoints are saved.
    void save(Rhythm wanted) {
        rhythm = wanted;
    }

    /// Ends the run at a step, as if its user had stopped it there.
    void endAt(long step) {
        lastStep = step;
    }

    /// The step at which the run ends even if more are planned.
    long lastStep() {
        return lastStep;
    }

    /// Saves checkpoints of a trainer.
    ///
    /// @param completion adds what the run keeps beside the trainer
    Autosave autosave(Trainer trainer, UnaryOperator<Checkpoint> completion) {
        return new Autosave(trainer, checkpoints, rhythm, completion);
    }

    /// What the run came to, if it has ended and was not stopped by its user.
    Optional<Json.Members> result() {
        try {
            Path file = folder.resolve(RESULT);
            if (Files.exists(file)
                    && Json.parse(Files.readString(file)) instanceof Json.Members result
                    && !Json.of(true).equals(result.values().get("stopped"))) {
                return Optional.of(result);
            }
            return Optional.empty();
        } catch (IOException | JsonException unreadable) { // then the run is to end again
            return Optional.empty();
        }
    }

    /// Checks that there is something left to do for a run of images that is resumed.
    ///
    /// @param steps that it is to have in all
    /// @param option where they were said
    /// @throws UsageException if it has had more
    /// @throws CommandFailure if it has ended
    void requireUnfinished(long steps, String option) {
        if (resumedFrom.isEmpty()) {
            return;
        }
        long done = resumedFrom.get().step();
        Map<String, Json> result = result().map(Json.Members::values).orElse(Map.of());
        if (steps < done) {
            throw UsageException.of(
                    option, steps + " steps", "more than the " + done + " steps that are done", "try " + 2 * done);
        }
        if (Json.of(steps).equals(result.get("iterations"))) { // fewer, if it was being trained further
            throw ended("all " + steps + " steps are done", "to train it further: --iterations " + 2 * steps);
        }
    }

    private void requireNotEndedEarly() {
        boolean early = result().map(
                        result -> Json.of(true).equals(result.values().get("ended_early")))
                .orElse(false);
        if (early) {
            throw ended("by early stopping, which has chosen its parameters", "begin a new run with more patience");
        }
    }

    private CommandFailure withoutCheckpoint() {
        if (result().isPresent()) {
            return ended("early, before its first checkpoint", "begin a new run with more epochs");
        }
        return new CommandFailure(
                "cannot resume: the run has no checkpoint",
                folder.toString(),
                "no file checkpoint-<step>.safetensors",
                "at least one; the first is saved at the end of an epoch, or after 30 seconds",
                "begin again: badak train --config " + folder,
                new IOException("no checkpoint"));
    }

    /// Checks that a run of a table that is resumed has not ended.
    ///
    /// @throws CommandFailure if it has
    void requireUnfinished() {
        if (resumedFrom.isPresent() && result().isPresent()) {
            throw ended("all epochs are done, or early stopping ended it", "begin a new run with more epochs");
        }
    }

    private CommandFailure ended(String found, String remedy) {
        return new CommandFailure(
                "cannot resume: the run has ended",
                folder.toString(),
                found,
                "a run that was interrupted",
                remedy,
                new IllegalStateException("ended"));
    }

    /// Writes what the run came to: the last file.
    void writeResult(Json.Members result) {
        write(RESULT, result + "\n");
    }

    /// Checks that the folder can be used, so that no training is done in vain; makes nothing yet.
    ///
    /// @param wanted as the user named it; a new one below `runs` if null
    /// @throws UsageException if it is a file, or a folder that holds something
    /// @throws CommandFailure if it cannot be written to
    static RunDirectory planned(@Nullable Path wanted) {
        if (wanted != null && Files.exists(wanted)) {
            requireEmpty(wanted);
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

    private static void requireEmpty(Path wanted) {
        if (!Files.isDirectory(wanted)) {
            throw UsageException.of("--out", wanted + ", a file", "a folder", "name a new folder");
        }
        try (Stream<Path> content = Files.list(wanted)) {
            if (content.anyMatch(file -> !file.endsWith(RunLock.NAME))) {
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

    /// A folder that is there already.
    ///
    /// @throws org.badak.data.DataException if it is in use
    static RunDirectory at(Path folder) {
        RunDirectory directory = new RunDirectory(folder);
        directory.open(folder);
        return directory;
    }

    /// Takes note of the options that give the run again.
    void reproducedBy(Json.Members these) {
        options = these;
    }

    /// Makes the folder, unless the run is resumed.
    ///
    /// @param name used in the name of a folder below `runs`: `mnist-784-50-10`
    /// @throws org.badak.data.DataException if another training has taken it since
    void create(String name) {
        if (resumedFrom.isPresent()) {
            return;
        }
        try {
            if (wanted != null) {
                created = !Files.exists(wanted);
                open(Files.createDirectories(wanted));
                requireEmpty(wanted); // another may have begun and ended here since this one was planned
                return;
            }
            Path runs = Files.createDirectories(Path.of("runs"));
            String prefix = LocalDate.now(ZoneId.systemDefault()) + "-" + name + "-";
            for (int number = 1; number < MOST_ATTEMPTS; number++) {
                try {
                    open(Files.createDirectory(runs.resolve(prefix + number)));
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
            DurableFile.write(storage, folder.resolve(name), out -> out.write(content));
        } catch (IOException failed) {
            throw CommandFailure.writing(folder.resolve(name).toString(), failed);
        }
    }

    /// Writes config.json: the options that give the run again, a member `options` that `--config` takes, and the
    /// record of what the run was made of, a line for each member.
    void writeConfiguration(Json.Members record) {
        writeConfiguration("config.json", "train", options, record);
    }

    /// Writes a file that `--config` takes.
    ///
    /// @param command what the options are for
    /// @param chosen the options
    /// @param record what else is to be known
    void writeConfiguration(String name, String command, Json.Members chosen, Json.Members record) {
        write(
                name,
                "{\n\"command\":" + Json.of(command) + ",\n\"options\":{" + lines(chosen) + "},\n" + lines(record)
                        + "\n}\n");
    }

    private static String lines(Json.Members members) {
        return members.values().entrySet().stream()
                .map(member -> Json.of(member.getKey()) + ":" + member.getValue())
                .collect(Collectors.joining(",\n"));
    }

    /// Adds a line to a text file.
    void append(String name, String line) {
        try {
            Path file = folder.resolve(name);
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(line + "\n");
            try (Storage.Output output = Files.exists(file) ? storage.append(file) : storage.create(file)) {
                while (bytes.hasRemaining()) {
                    output.write(bytes);
                }
            }
        } catch (IOException failed) {
            throw CommandFailure.writing(folder.resolve(name).toString(), failed);
        }
    }

    /// Writes a model file whole.
    void write(String name, SavedModel model) {
        try {
            ModelFile.write(storage, folder.resolve(name), model);
        } catch (IOException failed) {
            throw CommandFailure.writing(folder.resolve(name).toString(), failed);
        }
    }

    /// Removes what this run has written, after a failure; a run that has checkpoints stays.
    void abandon() {
        if (!checkpoints.isEmpty() || folder.toString().isEmpty()) {
            return;
        }
        close();
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
