package org.badak.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `badak data`: the data sets.
@Command(
        name = "data",
        header = "Lists, fetches and shows data sets.",
        mixinStandardHelpOptions = true,
        subcommands = {DataListCommand.class, DataFetchCommand.class, DataShowCommand.class})
final class DataCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    /// Made by picocli.
    DataCommand() {}

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which of list, fetch, show? None was named.");
    }
}
