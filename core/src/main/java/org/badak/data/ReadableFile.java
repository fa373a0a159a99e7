package org.badak.data;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/// The checks that every file passes before it is read: it exists, is a file, and is not empty.
final class ReadableFile {
    private ReadableFile() {}

    /// Size in bytes of a file that can be read.
    ///
    /// @param file the file
    /// @param what what the caller wants, such as `cannot read the IDX file`
    /// @throws DataException if there is nothing to read
    static long size(Path file, String what) {
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(file, BasicFileAttributes.class);
        } catch (IOException failed) {
            throw failed(file, what, failed);
        }
        if (attributes.isDirectory()) {
            throw new DataException(what, file.toString(), "a folder", "a file", "name a file in this folder");
        }
        if (!attributes.isRegularFile()) {
            throw new DataException(
                    what,
                    file.toString(),
                    "neither a file nor a folder",
                    "a file",
                    "save the content as a file and name that");
        }
        if (attributes.size() == 0) {
            throw new DataException(
                    what, file.toString(), "an empty file (0 bytes)", "content", "delete the file and get it again");
        }
        return attributes.size();
    }

    /// Tells an input/output failure as a [DataException].
    static DataException failed(Path file, String what, IOException failed) {
        return switch (failed) {
            case NoSuchFileException absent ->
                new DataException(
                        what,
                        file.toString(),
                        "no such file",
                        "a file",
                        "check the spelling; the working folder is "
                                + Path.of("").toAbsolutePath(),
                        absent);
            case AccessDeniedException denied ->
                new DataException(
                        what,
                        file.toString(),
                        "permission denied",
                        "a file that this user may read",
                        "change its permissions or name another file",
                        denied);
            default ->
                new DataException(
                        what,
                        file.toString(),
                        String.valueOf(failed),
                        "a readable file",
                        "check the disk or the network drive that holds the file",
                        failed);
        };
    }

    /// Tells that a file could not be written.
    static DataException unwritable(Path file, String what, Exception failed) {
        return new DataException(
                what,
                file.toString(),
                String.valueOf(failed),
                "a folder that exists, may be written to, and has room",
                "name another file or make room",
                failed);
    }
}
