package org.badak.train;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.badak.data.DataException;
import org.badak.data.DurableFile;
import org.badak.data.Storage;

/// The checkpoints of a run in its folder, `checkpoint-<step>.safetensors`, the last two kept. Whatever interrupts a
/// [#save], the one before it is whole; if the newest is damaged nevertheless, [#newest] falls back to the other.
public final class Checkpoints {
    private static final int KEPT = 2;
    private static final Pattern NAME = Pattern.compile("checkpoint-([0-9]{1,18})\\.safetensors");

    private final Path folder;
    private final Storage storage;
    private final Deque<Path> files = new ArrayDeque<>(); // those to go first, first

    /// What was found in a folder.
    ///
    /// @param checkpoint the newest that is whole
    /// @param file its file
    /// @param refused newer ones that are not, with the reason of each
    public record Found(Checkpoint checkpoint, Path file, List<DataException> refused) {
        /// Copies the list.
        public Found {
            refused = List.copyOf(refused);
        }
    }

    /// Checkpoints in a folder of this machine.
    ///
    /// @param folder must exist by the time of the first [#save]
    public Checkpoints(Path folder) {
        this(folder, Storage.DISK);
    }

    /// @param storage what writes
    public Checkpoints(Path folder, Storage storage) {
        this.folder = folder;
        this.storage = storage;
    }

    /// Whether any were saved or found.
    public boolean isEmpty() {
        return files.isEmpty();
    }

    /// The file that was saved or found last.
    public Optional<Path> latest() {
        return Optional.ofNullable(files.peekLast());
    }

    /// Writes a checkpoint and then removes all but the last two.
    ///
    /// @throws DataException if it cannot be written: those before it are as they were. It is not tried again
    public void save(Checkpoint checkpoint) {
        Path file = folder.resolve("checkpoint-" + checkpoint.step() + ".safetensors");
        try {
            CheckpointFile.write(storage, file, checkpoint);
            files.remove(file);
            files.addLast(file);
            while (files.size() > KEPT) {
                storage.delete(files.getFirst());
                files.removeFirst();
            }
        } catch (IOException failed) {
            boolean reason = failed instanceof FileSystemException system && system.getReason() != null;
            throw new DataException(
                    "cannot write the checkpoint of step " + checkpoint.step(),
                    file.toString(),
                    reason ? ((FileSystemException) failed).getReason() : String.valueOf(failed.getMessage()),
                    "a folder that may be written to and has room",
                    files.isEmpty()
                            ? "make room and begin again"
                            : "make room and resume: " + files.getLast().getFileName() + " is whole",
                    failed);
        }
    }

    /// The newest checkpoint of the folder that is whole; later [#save]s first remove those that were refused and those
    /// before it. Temporary files that a crash has left are removed.
    ///
    /// @throws DataException if the folder has checkpoints and none is whole, or cannot be read
    public Optional<Found> newest() {
        List<DataException> refused = new ArrayList<>();
        List<Path> damaged = new ArrayList<>();
        List<Path> newestFirst = list();
        files.clear();
        for (int i = 0; i < newestFirst.size(); i++) {
            Path file = newestFirst.get(i);
            try {
                Checkpoint checkpoint = CheckpointFile.read(file);
                if (checkpoint.step() != step(file)) {
                    throw new DataException(
                            "cannot use the checkpoint",
                            file.toString(),
                            "that of step " + checkpoint.step(),
                            "that of the step in its name",
                            "give it back its name");
                }
                files.addAll(damaged);
                files.addAll(newestFirst.subList(i + 1, newestFirst.size()).reversed());
                files.addLast(file);
                return Optional.of(new Found(checkpoint, file, refused));
            } catch (DataException unfit) {
                refused.add(unfit);
                damaged.add(file);
            }
        }
        if (refused.isEmpty()) {
            return Optional.empty();
        }
        DataException first = refused.getFirst();
        throw new DataException(
                "cannot resume: no checkpoint is whole",
                folder.toString(),
                String.join(
                        "; ",
                        refused.stream()
                                .map(each -> each.where() + ": found " + each.found() + ", expected " + each.expected())
                                .toList()),
                "a checkpoint as it was written",
                "begin a new run",
                first);
    }

    private List<Path> list() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<Path> found = new ArrayList<>();
        try (Stream<Path> content = Files.list(folder)) {
            for (Path file : content.toList()) {
                if (NAME.matcher(name(file)).matches()) {
                    found.add(file);
                } else if (name(file).endsWith(DurableFile.TEMPORARY)) {
                    storage.delete(file);
                }
            }
        } catch (IOException failed) {
            throw new DataException(
                    "cannot read the run directory",
                    folder.toString(),
                    failed.toString(),
                    "a folder that may be read and written to",
                    "check its permissions and the disk that holds it",
                    failed);
        }
        found.sort(Comparator.comparingLong(Checkpoints::step).reversed());
        return found;
    }

    private static long step(Path file) {
        Matcher matcher = NAME.matcher(name(file));
        return matcher.matches() ? Long.parseLong(matcher.group(1)) : -1;
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }
}
