package org.badak.cli;

import java.io.PrintWriter;

/// Where a command writes. Results go to standard output, progress and notes to standard error; with `--json` standard
/// output carries the JSON object alone and everything else goes to standard error.
///
/// @param results what the user asked for
/// @param notes progress, warnings, where data came from
/// @param terminal what can be shown there
record Console(PrintWriter results, PrintWriter notes, Terminal terminal) {
    /// A line of results.
    void result(String line) {
        results.println(line);
    }

    /// A line of notes.
    void note(String line) {
        notes.println(line);
    }
}
