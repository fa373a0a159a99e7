package org.badak.figure;

/// A figure, a report or a picture file that cannot be made or read; the message says what was found, what was
/// expected and what to do.
public final class FigureException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// An error with its whole explanation.
    public FigureException(String message) {
        super(message);
    }

    /// An error with its whole explanation and what caused it.
    public FigureException(String message, Throwable cause) {
        super(message, cause);
    }
}
