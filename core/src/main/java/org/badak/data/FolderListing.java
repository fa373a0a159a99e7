package org.badak.data;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/// What a folder holds, in the order of names, whatever order the file system has.
public final class FolderListing {
    /// What desktops leave in folders, beside names that begin with a dot.
    private static final Set<String> LITTER = Set.of("thumbs.db", "desktop.ini", "__macosx");

    private FolderListing() {}

    /// Files and folders in a folder, sorted by name by UTF-16 code unit; hidden ones and what desktops leave are left
    /// out.
    ///
    /// @throws DataException if it cannot be read
    public static List<Path> of(Path folder) {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            for (Path path : stream) {
                String name = path.getFileName().toString();
                if (!name.startsWith(".") && !LITTER.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                    found.add(path);
                }
            }
        } catch (IOException failed) {
            throw ReadableFile.failed(folder, "cannot read the folder", failed);
        } catch (DirectoryIteratorException failed) {
            throw ReadableFile.failed(folder, "cannot read the folder", new IOException(failed));
        }
        found.sort(Comparator.comparing(path -> path.getFileName().toString()));
        return found;
    }
}
