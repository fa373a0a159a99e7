package org.badak.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.badak.catalog.Suggestion;
import org.badak.data.Json;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/// The options of `badak train` that all trials of a search share, and from them the training of one trial.
///
/// @param shared name without dashes to value
record TrialOptions(Json.Members shared) {
    /// What fixes data, parts and places: the same for all trials, or they could not be compared.
    private static final Set<String> FIXED = Set.of(
            "data",
            "train-count",
            "test-count",
            "validation",
            "seed",
            "out",
            "threads",
            "engine",
            "master",
            "spark-home",
            "executors",
            "start-timeout",
            "round-timeout",
            "spark-conf",
            "checkpoint-every",
            "labels",
            "target",
            "weight",
            "task",
            "ignore",
            "numeric",
            "categorical",
            "test-fraction",
            "folds",
            "separator",
            "quote",
            "header",
            "decimal",
            "encoding",
            "missing",
            "config",
            "resume",
            "json",
            "debug",
            "help");

    /// The options of `badak train`.
    static CommandSpec train() {
        return new CommandLine(new TrainCommand()).getCommandSpec();
    }

    /// The name in files of an option that is to be varied.
    ///
    /// @param origin option that names it, for messages: `--vary`
    /// @throws UsageException if there is no such option or it cannot be varied; names the nearest
    static String varied(String origin, String typed) {
        String name = typed.replaceFirst("^--", "");
        List<String> known = new ArrayList<>();
        for (OptionSpec option : train().options()) {
            String key = ConfiguredLine.key(option);
            if (FIXED.contains(key)) {
                if (key.equals(name)) {
                    throw new UsageException(origin + ": found " + name + ", which must be the same for all trials,"
                            + " expected an option of the training; try --vary lr=log:0.001..1");
                }
                continue;
            }
            if (List.of(option.names()).contains("--" + name)) {
                return key;
            }
            known.addAll(Stream.of(option.names())
                    .map(each -> each.replaceFirst("^-+", ""))
                    .toList());
        }
        throw new UsageException(origin + ": "
                + Suggestion.unknown("option", name, known.stream().sorted().toList()));
    }

    /// The options of a trial, as a configuration file holds them.
    Json.Members with(Map<String, String> values) {
        Map<String, Json> all = new LinkedHashMap<>(shared.values());
        CommandSpec train = train();
        values.forEach((name, text) -> all.put(name, typed(ConfiguredLine.find(train, name), text)));
        return new Json.Members(all);
    }

    private static Json typed(@Nullable ArgSpec option, String text) {
        if (option != null && option.typeInfo().isBoolean() && (text.equals("true") || text.equals("false"))) {
            return Json.of(text.equals("true"));
        }
        boolean number = option != null
                && (Number.class.isAssignableFrom(option.type())
                        || option.type().isPrimitive());
        return number && text.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?")
                ? new Json.Numeral(text)
                : Json.of(text);
    }

    /// The training of a trial, its options read but not yet checked.
    ///
    /// @param values what is varied
    /// @throws UsageException if a value cannot be one of its option
    TrainCommand command(Map<String, String> values) {
        return command(with(values));
    }

    /// The training of a trial with a budget of its own.
    ///
    /// @param unit `iterations` or `epochs`
    TrainCommand command(Map<String, String> values, String unit, long budget) {
        Map<String, Json> all = new LinkedHashMap<>(with(values).values());
        all.keySet().removeAll(Set.of("iterations", "epochs"));
        all.put(unit, Json.of(budget));
        return command(new Json.Members(all));
    }

    /// The training with these options.
    static TrainCommand command(Json.Members options) {
        return command("--vary", options);
    }

    /// The training with these options.
    ///
    /// @param origin where they come from, for messages
    /// @throws UsageException if one is wrong
    static TrainCommand command(String origin, Json.Members options) {
        TrainCommand command = new TrainCommand();
        CommandLine line = new CommandLine(command);
        List<String> arguments = ConfiguredLine.arguments(origin, line.getCommandSpec(), options);
        try {
            line.parseArgs(arguments.toArray(String[]::new));
        } catch (ParameterException mistake) {
            throw new UsageException(origin + ": " + mistake.getMessage());
        }
        return command;
    }
}
