package org.badak.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.badak.data.Json;

/// One command line that was run inside the test's process, and what came of it.
record Run(int exit, String out, String err) {
    static Run of(String... arguments) {
        return on(Terminal.NONE, arguments);
    }

    static Run on(Terminal terminal, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = Main.commandLine(new PrintWriter(out), new PrintWriter(err, true), terminal, arguments)
                .execute(arguments);
        return new Run(exit, out.toString(), err.toString());
    }

    /// The last line of standard output, which must be a JSON object.
    Map<String, Json> json() {
        String[] lines = out.strip().split("\n");
        return ((Json.Members) Json.parse(lines[lines.length - 1])).values();
    }

    String text(String member) {
        return ((Json.Text) member(member)).value();
    }

    double number(String member) {
        return Double.parseDouble(((Json.Numeral) member(member)).digits());
    }

    private Json member(String name) {
        Json value = json().get(name);
        if (value == null) {
            throw new AssertionError("no member " + name + " in " + out);
        }
        return value;
    }
}
