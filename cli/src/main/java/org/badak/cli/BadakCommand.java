package org.badak.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.badak.data.Json;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// What all commands share: help, `--json`, `--debug`, and how they end.
abstract class BadakCommand implements Callable<Integer> {
    /// Exit code of a command that did what it was asked.
    static final int OK = 0;
    /// Exit code of a command that failed.
    static final int FAILED = 1;
    /// Exit code of a command line that cannot be carried out.
    static final int USAGE = 2;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--json",
            description =
                    "Print one JSON object on standard output as the last line, everything else on standard error.")
    private boolean json;

    @Option(names = "--debug", description = "Print the stack trace of an error.")
    private boolean debug;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it by itself
    private boolean help;

    /// How a command ended.
    ///
    /// @param json what `--json` prints
    /// @param exit [#OK], or [#FAILED] where the answer is no: a gradient check that found a fault
    record Outcome(Json.Members json, int exit) {
        static Outcome ok(Json.Members json) {
            return new Outcome(json, OK);
        }
    }

    /// Does what the command is for.
    ///
    /// @throws UsageException if the options cannot be carried out
    /// @throws RuntimeException of any kind if it fails; Main turns it into a message
    abstract Outcome run(Console console);

    @Override
    public final Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Terminal terminal = Main.terminal(spec);
        Outcome outcome = run(new Console(json ? err : out, err, terminal));
        if (json) {
            err.flush();
            out.println(outcome.json());
        }
        out.flush();
        return outcome.exit();
    }

    /// Whether an option was typed, by its name such as `--batch`; its default does not count.
    final boolean given(String option) {
        return spec.commandLine().getParseResult().hasMatchedOption(option);
    }

    /// Whether an error is shown with its stack trace.
    final boolean debug() {
        return debug;
    }

    /// Whether standard output carries JSON.
    final boolean json() {
        return json;
    }
}
