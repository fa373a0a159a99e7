package org.badak.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.badak.catalog.Suggestion;
import org.badak.data.Json;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/// The options of a configuration file, written out as arguments. They stand before the typed ones, and a typed option
/// takes the place of the same one in the file, so that all checks of typed options hold for them.
final class ConfiguredLine {
    /// Stands for the argument of a command where options are named.
    static final String ARGUMENT = "argument";

    private static final Set<String> TYPED_ONLY = Set.of("config", "help", "version", "resume");

    private final ConfigFile file;
    private final CommandSpec command;
    private final Map<String, ConfigFile.Entry> used = new LinkedHashMap<>(); // by every name of the option
    private final List<String> arguments = new ArrayList<>();
    private final List<String> replaced = new ArrayList<>();
    private final List<String> foreign = new ArrayList<>();

    private ConfiguredLine(ConfigFile file, CommandSpec command) {
        this.file = file;
        this.command = command;
    }

    /// Runs what was typed, with the options of its configuration file if it names one: picocli's execution strategy.
    static int execute(ParseResult typed) {
        return new CommandLine.RunLast().execute(whole(typed));
    }

    /// What was typed, with the options of its configuration file if it names one: read again, so that the options of
    /// the command hold the values of both.
    static ParseResult whole(ParseResult typed) {
        ParseResult last = typed;
        while (last.hasSubcommand()) {
            last = last.subcommand();
        }
        if (last.commandSpec().userObject() instanceof BadakCommand command
                && command.config() != null
                && !last.isUsageHelpRequested()) {
            CommandLine line = last.commandSpec().commandLine();
            ConfiguredLine configured;
            try {
                List<ArgSpec> given = new ArrayList<>(last.matchedOptions());
                given.addAll(last.matchedPositionals());
                command.requireAlone(given.stream()
                        .map(argument -> names(argument).getFirst())
                        .toList());
                configured = of(
                        ConfigFile.read("--config", command.config()),
                        last.commandSpec(),
                        given,
                        command.alternatives());
            } catch (UsageException mistake) {
                throw new ParameterException(line, String.valueOf(mistake.getMessage()), mistake);
            }
            command.configure(configured);
            List<String> arguments = new ArrayList<>(typed.originalArgs());
            int place = 0;
            while (!arguments.get(place).matches("--(config|resume)(=.*)?")) {
                place++;
            }
            arguments.addAll(place, configured.arguments);
            return typed.commandSpec().commandLine().parseArgs(arguments.toArray(String[]::new));
        }
        return typed;
    }

    /// Options as arguments of a command.
    ///
    /// @param origin option that they come from, for messages
    /// @throws UsageException if a value cannot be one of its option
    static List<String> arguments(String origin, CommandSpec command, Json.Members options) {
        List<ConfigFile.Entry> entries = new ArrayList<>();
        options.values().forEach((key, value) -> entries.add(new ConfigFile.Entry(key, value, 0)));
        ConfigFile file = new ConfigFile(origin, Path.of(""), entries);
        return of(file, command, List.of(), List.of()).arguments;
    }

    /// The values of an entry of a search space, as `--vary` takes them.
    static String range(ConfigFile file, ConfigFile.Entry entry) {
        return new ConfiguredLine(file, TrialOptions.train()).choices(entry, entry.value());
    }

    /// @param alternatives pairs of options, or [#ARGUMENT], of which a typed one takes the place of the other too
    private static ConfiguredLine of(
            ConfigFile file, CommandSpec command, List<ArgSpec> typed, List<List<String>> alternatives) {
        ConfiguredLine line = new ConfiguredLine(file, command);
        Set<ArgSpec> seen = new HashSet<>();
        for (ConfigFile.Entry entry : file.entries()) {
            ArgSpec option = line.option(entry);
            if (option == null) {
                line.foreign.add(entry.key());
                continue;
            }
            if (!seen.add(option)) {
                throw line.mistake(entry, "found the same option again", "each option once; leave one out");
            }
            List<String> written = line.written(entry, option);
            if (line.isTyped(option, typed, alternatives)) {
                line.replaced.add(entry.key());
                continue;
            }
            line.arguments.addAll(written);
            names(option).forEach(name -> line.used.put(name, entry));
        }
        return line;
    }

    /// The option that an entry names; null for one that `train` has and this command has not.
    private @Nullable ArgSpec option(ConfigFile.Entry entry) {
        ArgSpec here = find(command, entry.key());
        if (here != null) {
            return here;
        }
        if (TYPED_ONLY.contains(entry.key())) {
            throw mistake(entry, "found '" + entry.key() + "'", "it on the command line only; leave it out");
        }
        CommandSpec train = new CommandLine(new TrainCommand()).getCommandSpec();
        if (!command.name().equals("train") && find(train, entry.key()) != null) {
            return null;
        }
        List<String> known = Stream.concat(command.options().stream(), command.positionalParameters().stream())
                .filter(option -> !TYPED_ONLY.contains(key(option)))
                .map(ConfiguredLine::key)
                .sorted()
                .toList();
        throw new UsageException(file.about(entry) + ": "
                + Suggestion.unknown("option", entry.key().replaceFirst("^--", ""), known));
    }

    static @Nullable ArgSpec find(CommandSpec command, String key) {
        for (OptionSpec option : command.options()) {
            if (Arrays.asList(option.names()).contains("--" + key) && !TYPED_ONLY.contains(key)) {
                return option;
            }
        }
        return command.positionalParameters().stream()
                .filter(positional -> key(positional).equals(key))
                .findFirst()
                .orElse(null);
    }

    /// The name in a configuration file: that of the option without dashes, `table` for the argument TABLE.
    static String key(ArgSpec argument) {
        return argument instanceof OptionSpec option
                ? Stream.of(option.names())
                        .filter(name -> name.startsWith("--"))
                        .findFirst()
                        .orElse(option.longestName())
                        .substring(2)
                : argument.paramLabel().toLowerCase(java.util.Locale.ROOT);
    }

    private static List<String> names(ArgSpec argument) {
        return argument instanceof OptionSpec option ? List.of(option.names()) : List.of(ARGUMENT);
    }

    private boolean isTyped(ArgSpec option, List<ArgSpec> typed, List<List<String>> alternatives) {
        Set<String> names = new HashSet<>(names(option));
        for (List<String> pair : alternatives) {
            for (int i = 0; i < 2; i++) {
                if (names(option).contains(pair.get(i))) {
                    names.add(pair.get(1 - i));
                }
            }
        }
        return typed.stream().anyMatch(matched -> names(matched).stream().anyMatch(names::contains));
    }

    /// An entry as arguments.
    private List<String> written(ConfigFile.Entry entry, ArgSpec option) {
        Class<?> type =
                option.isMultiValue() ? option.auxiliaryTypes()[option.auxiliaryTypes().length - 1] : option.type();
        if (option.typeInfo().isBoolean()) {
            if (!(entry.value() instanceof Json.Word word) || word == Json.Word.NULL) {
                throw mistake(entry, "found " + entry.value(), "true or false");
            }
            return word == Json.Word.TRUE ? List.of(names(option).getFirst()) : List.of();
        }
        List<String> values = new ArrayList<>();
        if (option.typeInfo().isMap()) {
            if (!(entry.value() instanceof Json.Members members)) {
                throw mistake(entry, "found " + entry.value(), "an object of names and values");
            }
            members.values().forEach((name, value) -> values.add(name + "=" + choices(entry, value)));
        } else if (option.isMultiValue()) {
            if (entry.value() instanceof Json.Items items) {
                items.values().forEach(value -> values.add(single(entry, value, type)));
            } else {
                values.add(single(entry, entry.value(), type));
            }
        } else if (entry.value() instanceof Json.Items items && type == String.class) {
            values.add(String.join(
                    ",",
                    items.values().stream()
                            .map(value -> single(entry, value, type))
                            .toList()));
        } else {
            values.add(single(entry, entry.value(), type));
        }
        if (option instanceof OptionSpec) {
            return values.stream()
                    .map(value -> names(option).getFirst() + "=" + value)
                    .toList();
        }
        return values;
    }

    /// A value behind a name, `lr=...`: a list of choices is written with bars, a choice with commas in quotation
    /// marks.
    private String choices(ConfigFile.Entry entry, Json value) {
        if (!(value instanceof Json.Items items)) {
            return single(entry, value, String.class);
        }
        return String.join(
                "|",
                items.values().stream()
                        .map(choice -> single(entry, choice, String.class))
                        .map(choice -> choice.contains(",") ? '"' + choice + '"' : choice)
                        .toList());
    }

    private String single(ConfigFile.Entry entry, Json value, Class<?> type) {
        boolean number = Number.class.isAssignableFrom(type) || type.isPrimitive();
        return switch (value) {
            case Json.Numeral numeral -> numeral.digits();
            case Json.Text text when !number -> text.value();
            case Json.Text text -> throw mistake(entry, "found the text " + text, "a number, without quotation marks");
            case Json.Word word ->
                throw mistake(entry, "found " + word, number ? "a number" : "a text, or leave it out");
            case Json.Items items ->
                throw mistake(entry, "found the list " + items, number ? "one number" : "one text");
            case Json.Members members ->
                throw mistake(entry, "found the object " + members, number ? "one number" : "one text");
        };
    }

    private UsageException mistake(ConfigFile.Entry entry, String found, String expected) {
        return new UsageException(file.about(entry) + ": " + entry.key() + ": " + found + ", expected " + expected);
    }

    /// What the reader should know: which options come from the file and which do not.
    String summary() {
        StringBuilder text = new StringBuilder(Texts.of("Configuration: ", "설정: ")).append(file.path());
        List<String> keys =
                used.values().stream().distinct().map(ConfigFile.Entry::key).toList();
        text.append(": ").append(keys.isEmpty() ? "-" : String.join(", ", keys));
        if (!replaced.isEmpty()) {
            text.append(Texts.of("; typed instead: ", "; 명령줄이 우선: ")).append(String.join(", ", replaced));
        }
        if (!foreign.isEmpty()) {
            text.append(Texts.of("; not options of ", "; 이 명령에 없는 옵션: "))
                    .append(Texts.of(command.name() + ": ", ""))
                    .append(String.join(", ", foreign));
        }
        return text.toString();
    }

    /// A message, and behind it where the options that it names stand in the file.
    String explained(String message) {
        StringBuilder text = new StringBuilder(message);
        Set<ConfigFile.Entry> told = new HashSet<>();
        used.forEach((name, entry) -> {
            boolean named = name.startsWith("--")
                    && Pattern.compile("(?<![\\w-])" + Pattern.quote(name) + "(?![\\w-])")
                            .matcher(message)
                            .find();
            if (named && told.add(entry)) {
                text.append("\n  ")
                        .append(name)
                        .append(Texts.of(" stands in ", ": "))
                        .append(file.where(entry))
                        .append(": ")
                        .append(entry.key())
                        .append(" = ")
                        .append(entry.value());
            }
        });
        return text.toString();
    }
}
