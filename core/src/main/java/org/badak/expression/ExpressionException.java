package org.badak.expression;

/// A text that is not an expression. The message shows the text with a caret under the place, what was found there,
/// what
/// was expected, and where possible what to write.
public final class ExpressionException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;
    private static final int CONTEXT = 36;

    private final int position;

    ExpressionException(String text, int position, String explanation) {
        super(excerpt(text, position) + explanation);
        this.position = position;
    }

    /// Where in the text the error was noticed, counted in characters from 0.
    public int position() {
        return position;
    }

    /// The line around the position, and a caret under it.
    private static String excerpt(String text, int position) {
        int from = Math.max(0, position - CONTEXT);
        int to = Math.min(text.length(), position + CONTEXT);
        StringBuilder line = new StringBuilder(from > 0 ? "…" : "");
        StringBuilder caret = new StringBuilder(from > 0 ? " " : "");
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            line.append(Character.isISOControl(c) || Character.isSurrogate(c) ? '?' : c);
            caret.append(i < position ? (isWide(c) ? "  " : " ") : "");
        }
        return line + (to < text.length() ? "…" : "") + "\n" + caret + "^\n";
    }

    private static boolean isWide(char c) {
        return c >= 0x1100 && c <= 0x115F || c >= 0x2E80 && c <= 0xD7A3 || c >= 0xFF00 && c <= 0xFF60;
    }
}
