package org.badak.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The command `badak`: reads the command line, runs the command it names and gives its exit code,
/// 0 ok, 1 failed, 2 usage.
@Command(
        name = "badak",
        description = "Neural networks from the ground up, on the JVM.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class Main implements Runnable {
    @Spec
    private CommandSpec command = CommandSpec.create();

    /// Made by [#main]; picocli fills its fields from the command line.
    public Main() {}

    /// Starts here. `badak` alone, without a command, is a mistake of usage.
    @Override
    public void run() {
        throw new ParameterException(command.commandLine(), "Which command? None was named.");
    }

    /// Runs one command line and ends the process with its exit code.
    public static void main(String[] arguments) {
        IncubatorNotice.erase(System.err);
        PrintWriter out = new PrintWriter(System.out, true, System.out.charset());
        PrintWriter err = new PrintWriter(System.err, true, System.err.charset());
        System.exit(commandLine(out, err).execute(arguments));
    }

    /// The command line with its commands, writing to the streams given.
    static CommandLine commandLine(PrintWriter out, PrintWriter err) {
        return new CommandLine(new Main()).setOut(out).setErr(err);
    }
}
