package org.badak.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The folder `runs`, where the command line and the lab put theirs.
///
/// @param root the folder; need not exist yet
record RunFolders(Path root) {
    private static final int MOST_ATTEMPTS = 100_000;
    private static final int MOST_LISTED = 500;

    /// The runs, the newest first.
    List<RunFolder> list() {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(root)) {
            return folders.filter(folder -> Files.isRegularFile(folder.resolve("config.json")))
                    .map(RunFolder::new)
                    .sorted(Comparator.comparingLong(RunFolder::modified).reversed())
                    .limit(MOST_LISTED)
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /// A run of the list, by its name: no other folder can be reached.
    Optional<RunFolder> find(String name) {
        return list().stream().filter(run -> run.name().equals(name)).findFirst();
    }

    /// Makes the folder of a new run: `<date>-<name>-<number>`.
    Path create(String name) throws IOException {
        Files.createDirectories(root);
        String prefix = LocalDate.now(ZoneId.systemDefault()) + "-" + name + "-";
        for (int number = 1; number < MOST_ATTEMPTS; number++) {
            try {
                return Files.createDirectory(root.resolve(prefix + number));
            } catch (FileAlreadyExistsException taken) {
                // another run has this number: the next
            }
        }
        throw new IOException("no free number below " + prefix + MOST_ATTEMPTS);
    }
}
