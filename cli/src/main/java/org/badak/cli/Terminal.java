package org.badak.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.badak.figure.TerminalStyle;

/// What the streams of this process can show. Java cannot tell by itself which of its streams is a terminal, so the
/// launcher says it by system properties.
///
/// @param live whether notes go to a terminal on which a line may be rewritten
/// @param figures whether results go to a terminal, so that figures may have colours
/// @param unicode whether results may have characters beyond ASCII
/// @param colorTerm value of COLORTERM, or empty
/// @param term value of TERM, or empty
/// @param noColor whether NO_COLOR is set and not empty (no-color.org)
record Terminal(boolean live, boolean figures, boolean unicode, String colorTerm, String term, boolean noColor) {
    private static final int USUAL_COLUMNS = 80;
    private static final int LEAST_COLUMNS = 20;
    private static final int MOST_COLUMNS = 120;

    /// No terminal at all: files and pipes.
    static final Terminal NONE = new Terminal(false, false, true, "", "", true);

    /// The terminal of this process.
    static Terminal ofProcess(Map<String, String> environment, boolean unicode) {
        boolean noColor = !environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new Terminal(
                Boolean.getBoolean(IncubatorNotice.TERMINAL) && !noColor,
                Boolean.getBoolean(IncubatorNotice.TERMINAL + ".out"),
                unicode,
                environment.getOrDefault("COLORTERM", ""),
                environment.getOrDefault("TERM", ""),
                noColor);
    }

    /// How figures are drawn.
    TerminalStyle style() {
        return TerminalStyle.of(figures, unicode, colorTerm, term, noColor);
    }

    /// Characters per line, from COLUMNS or the terminal itself; 80 where neither tells.
    int columns() {
        String columns = System.getenv().getOrDefault("COLUMNS", "");
        if (columns.isEmpty() && (live || figures)) {
            columns = askTerminal();
        }
        try {
            int width = Integer.parseInt(columns.trim());
            return width < LEAST_COLUMNS ? USUAL_COLUMNS : Math.min(width, MOST_COLUMNS);
        } catch (NumberFormatException unknown) {
            return USUAL_COLUMNS;
        }
    }

    private static String askTerminal() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String answer = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).trim();
            boolean ended = stty.waitFor(1, TimeUnit.SECONDS);
            return ended && answer.contains(" ") ? answer.substring(answer.indexOf(' ') + 1) : "";
        } catch (IOException absent) {
            return ""; // no terminal or no stty: the usual width serves
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
