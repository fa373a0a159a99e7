package org.badak.cli;

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

    /// A file that could not be written.
    static CommandFailure writing(String where, java.io.IOException failed) {
        String found = switch (failed) {
            case java.nio.file.AccessDeniedException denied -> "permission denied";
            case java.nio.file.FileSystemException system
            when system.getReason() != null -> String.valueOf(system.getReason());
            default -> failed.toString();
        };
        return new CommandFailure(
                "cannot write the files",
                where,
                found,
                "a folder that may be written to and has room",
                "make room, or name another folder with --out",
                failed);
    }
}
