package org.badak.gradient;

/// A [ShardEngine] that cannot serve, or not in time. The message says what, where, what was found,
/// what was expected and what to do.
public final class EngineException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// @param what what failed, one sentence without a full stop
    /// @param where machine, address or folder
    /// @param found what was found there
    /// @param expected what would have served
    /// @param remedy what the reader of the message can do
    public EngineException(String what, String where, String found, String expected, String remedy) {
        super(what + "\n  where:    " + where + "\n  found:    " + found + "\n  expected: " + expected
                + "\n  remedy:   " + remedy);
    }

    /// Keeps the exception that led here.
    ///
    /// @param what what failed, one sentence without a full stop
    /// @param where machine, address or folder
    /// @param found what was found there
    /// @param expected what would have served
    /// @param remedy what the reader of the message can do
    /// @param cause the exception that led here
    public EngineException(String what, String where, String found, String expected, String remedy, Throwable cause) {
        this(what, where, found, expected, remedy);
        initCause(cause);
    }
}
