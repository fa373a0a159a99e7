package org.badak.cli;

/// The last line of a terminal, rewritten in place.
final class LiveLine {
    /// Cursor to the beginning of the line, and the line erased.
    static final String REWRITE = "\r\u001b[2K";

    private final Console console;
    private String shown = "";

    LiveLine(Console console) {
        this.console = console;
    }

    /// Shows a text in place of the one before; nothing where there is no terminal.
    void show(String text) {
        if (console.terminal().live()) {
            shown = text;
            console.notes().print(REWRITE + text);
            console.notes().flush();
        }
    }

    /// Erases the line, so that others can be printed.
    void clear() {
        if (!shown.isEmpty()) {
            shown = "";
            console.notes().print(REWRITE);
            console.notes().flush();
        }
    }
}
