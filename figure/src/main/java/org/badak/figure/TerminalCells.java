package org.badak.figure;

/// Text in cells of a fixed number of terminal columns, in which Hangul and Han characters take two. Text that is
/// too long is cut, with … at its end; control characters become blanks.
public final class TerminalCells {
    private TerminalCells() {}

    /// Columns that text takes.
    public static int columns(String text) {
        return Text.columns(Text.clean(text));
    }

    /// Text at the left of a cell.
    public static String left(String text, int columns) {
        String shown = fitted(text, columns);
        return shown + blanks(shown, columns);
    }

    /// Text at the right of a cell.
    public static String right(String text, int columns) {
        String shown = fitted(text, columns);
        return blanks(shown, columns) + shown;
    }

    private static String fitted(String text, int columns) {
        return Text.cut(Text.clean(text), columns, false);
    }

    private static String blanks(String shown, int columns) {
        return " ".repeat(Math.max(0, columns - Text.columns(shown)));
    }
}
