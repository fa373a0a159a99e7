package org.badak.cli;

import java.io.PrintStream;

/// The line `WARNING: Using incubator modules: jdk.incubator.vector` that the JVM prints before any program starts.
///
/// No option of the JVM silences it (it is an unconditional print of the module system), and it tells a user nothing
/// to act upon. So where standard error is a terminal, the line is wiped; the launcher says so by the property
/// [#TERMINAL]. In a file or a pipe it stays.
final class IncubatorNotice {
    /// System property, `true` where standard error is a terminal that understands ANSI sequences.
    static final String TERMINAL = "badak.terminal";

    /// Cursor to the start of the line above, and that line erased.
    static final String WIPE_LINE_ABOVE = "\u001b[1F\u001b[2K";

    private IncubatorNotice() {}

    /// Wipes the notice, if the JVM printed one and the stream is a terminal.
    static void erase(PrintStream err) {
        boolean printed = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
        if (printed && Boolean.getBoolean(TERMINAL)) {
            err.print(WIPE_LINE_ABOVE);
            err.flush();
        }
    }
}
