package org.badak.cli;

/// A command line that cannot be carried out as it was typed: exit code 2. The message says which option, what was
/// found, what was expected and what to try.
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }

    /// A wrong value of an option.
    ///
    /// @param option as typed: `--batch`
    /// @param found its value
    /// @param expected what would be right
    /// @param remedy something that works, as a sentence part: `try --batch 100`
    static UsageException of(String option, Object found, String expected, String remedy) {
        return new UsageException(option + ": found " + found + ", expected " + expected + "; " + remedy);
    }
}
