package org.badak.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.badak.data.Json;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// What all commands share: help, `--config`, `--json`, `--debug`, and how they end.
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

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "Options from a JSON or TOML file, or those of a run: runs/NAME. What is typed beside it counts"
                            + " first.")
    private @Nullable Path config;

    private @Nullable ConfiguredLine configured;

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
        if (configured != null) {
            err.println(configured.summary());
        }
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

    /// The configuration file that was named, or null.
    @Nullable
    Path config() {
        return config;
    }

    /// Checks what was typed beside the name of a configuration file.
    ///
    /// @param typed names of options, or [ConfiguredLine#ARGUMENT]
    /// @throws UsageException if something may not stand there
    void requireAlone(List<String> typed) {}

    /// Takes note of what the configuration file holds, for notes and messages.
    final void configure(ConfiguredLine line) {
        configured = line;
    }

    /// A message about options, with the places of those that stand in the configuration file.
    final String explained(String message) {
        return configured == null ? message : configured.explained(message);
    }

    /// Pairs of options, or [ConfiguredLine#ARGUMENT], that stand for each other: one that is typed takes the place of
    /// the
    /// other in a configuration file.
    List<List<String>> alternatives() {
        return List.of();
    }

    /// The options of this command line, typed or configured, as a configuration file holds them; without those that
    /// say how the command speaks.
    ///
    /// @param without further names that are left out
    final Json.Members options(Set<String> without) {
        ObjectBuilder options = new ObjectBuilder();
        for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
            String key = ConfiguredLine.key(option);
            if (!Set.of("config", "resume", "json", "debug", "help").contains(key) && !without.contains(key)) {
                options.put(key, json(option.<Object>getValue()));
            }
        }
        return options.json();
    }

    private static Json json(Object value) {
        return switch (value) {
            case Boolean flag -> Json.of((boolean) flag);
            case Integer number -> Json.of((long) number);
            case Long number -> Json.of((long) number);
            case Double number -> Json.of((double) number);
            case List<?> list ->
                new Json.Items(list.stream().map(BadakCommand::json).toList());
            case Map<?, ?> map -> {
                ObjectBuilder members = new ObjectBuilder();
                map.forEach((name, each) -> members.put(String.valueOf(name), json(each)));
                yield members.json();
            }
            default -> Json.of(String.valueOf(value));
        };
    }
}
