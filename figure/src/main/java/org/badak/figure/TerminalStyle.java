package org.badak.figure;

/// What a terminal can show.
public enum TerminalStyle {
    /// ASCII characters only, no escape sequences: for files, logs and old terminals.
    ASCII,
    /// Unicode braille and blocks, no escape sequences.
    UNICODE,
    /// Unicode and the 256 colours of xterm.
    COLOR_256,
    /// Unicode and 24-bit colours.
    TRUE_COLOR;

    /// Whether escape sequences for colours are written.
    public boolean colored() {
        return this == COLOR_256 || this == TRUE_COLOR;
    }

    /// Whether only ASCII characters are written.
    public boolean ascii() {
        return this == ASCII;
    }

    /// The richest style for an environment.
    ///
    /// @param terminal whether the output is a terminal at all
    /// @param unicode whether its encoding has all of Unicode
    /// @param colorTerm value of COLORTERM, or empty
    /// @param term value of TERM, or empty
    /// @param noColor whether NO_COLOR is set and not empty (no-color.org)
    public static TerminalStyle of(boolean terminal, boolean unicode, String colorTerm, String term, boolean noColor) {
        if (!unicode) {
            return ASCII;
        }
        if (!terminal || noColor || term.equals("dumb")) {
            return UNICODE;
        }
        if (colorTerm.equals("truecolor") || colorTerm.equals("24bit")) {
            return TRUE_COLOR;
        }
        return COLOR_256;
    }
}
