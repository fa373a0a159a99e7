package org.badak.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Something that a correct command could not do: exit code 1. The message says what, where, what was found, what was
/// expected and what to do.
final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CommandFailure(String what, String where, String found, String expected, String remedy, Throwable cause) {
        super(
                what + "\n  where:    " + where + "\n  found:    " + found + "\n  expected: " + expected
                        + "\n  remedy:   " + remedy,
                cause);
    }

    /// Files of a run, or of a program's own, that could not be written.
    static CommandFailure writing(String where, IOException failed) {
        return new CommandFailure(
                "cannot write the files",
                where,
                reason(failed),
                "a folder that may be written to and has room",
                "make room, or name another folder with --out",
                failed);
    }

    /// The one file that a command was to write.
    static CommandFailure writingFile(Path file, IOException failed) {
        return new CommandFailure(
                "cannot write the file",
                file.toString(),
                reason(failed),
                "a folder that exists, may be written to and has room",
                "name another file with --out",
                failed);
    }

    private static String reason(IOException failed) {
        return switch (failed) {
            case AccessDeniedException denied -> "permission denied";
            case NoSuchFileException missing -> "no such folder";
            case FileSystemException system when system.getReason() != null -> String.valueOf(system.getReason());
            default -> failed.toString();
        };
    }
}
