package org.badak.data;

/// A text that is not JSON as [Json#parse] accepts it. The message says at which character, what was found there and
/// what was expected.
public final class JsonException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int offset;

    /// @param offset characters from the beginning of the text
    /// @param message what was found and expected
    public JsonException(int offset, String message) {
        super("character " + offset + ": " + message);
        this.offset = offset;
    }

    /// Where: characters from the beginning of the text.
    public int offset() {
        return offset;
    }
}
