package org.badak.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.badak.data.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// Every option of the commands that train, walked over as the commands name them: in a configuration file it is what
/// it is on the command line, and it does something or is refused.
class ConfigOptionsTest {
    /// What stands on the command line only: it says where options come from, or that none count.
    private static final Set<String> TYPED_ONLY = Set.of("config", "resume", "help");
    /// What changes where and how a run speaks, saves and computes, and nothing of what it learns.
    private static final Set<String> NEUTRAL = Set.of("out", "checkpoint-every", "threads", "json", "debug");

    /// Option, as typed, as in JSON; where it takes others beside it to mean something, those.
    private static final Map<String, Value> VALUES = values("""
            activation          | elu                 | "elu"                                 |
            augment             | shift 1, scale 0.1  | "shift 1, scale 0.1"                  |
            batch               | 7                   | 7                                     |
            categorical         | size                | ["size"]                              |
            checkpoint-every    | 3                   | 3                                     |
            class-weight        | balanced            | "balanced"                            |
            clip-norm           | 0.01                | 0.01                                  |
            clip-value          | 0.001               | 1e-3                                  |
            data                | fashion-mnist       | "fashion-mnist"                       |
            debug               |                     | true                                  |
            decimal             | comma               | "comma"                               |
            dropout             | 0.3                 | 0.3                                   |
            early-stopping      | 1                   | 1                                     |
            encoding            | UTF-16              | "UTF-16"                              |
            engine              | spark               | "spark"                               | --shards 3
            executors           | 3                   | 3                                     |
            epochs              | 2                   | 2                                     |
            folds               | 3                   | 3                                     |
            from                | 1e-4                | 1e-4                                  |
            gradient            | numerical           | "numerical"                           |
            header              | no                  | "no"                                  |
            hidden              | 6,5                 | [6, 5]                                |
            ignore              | size,-2             | ["size", -2]                          |
            images              | 40                  | 40                                    |
            init                | normal:0.2          | "normal:0.2"                          |
            iterations          | 4                   | 4                                     |
            json                |                     | true                                  |
            labels              | y.npy               | "y.npy"                               |
            layers              | dense 6,elu,dense 10 | ["dense 6", "elu", "dense 10"]     |
            local-steps         | 3                   | 3                                     | --shards 3
            loss                | smoothed-cross-entropy:0.2 | "smoothed-cross-entropy:0.2"   |
            lr                  | 0.03125             | 3.125E-2                              |
            master              | local[3]            | "local[3]"                            |
            method              | halving             | "halving"                             |
            min-delta           | 0.5                 | 0.5                                   | --early-stopping 1
            missing             | 3,-999              | [3, "-999"]                           |
            momentum            | 0.5                 | 0.5                                   | --optimizer momentum
            no-figures          |                     | true                                  |
            noise               | 0.125               | 0.125                                 |
            numeric             | colour              | "colour"                              |
            objective           | loss                | "loss"                                |
            optimizer           | adam:beta2=0.9      | "adam:beta2=0.9"                      |
            out                 | there               | "there"                               |
            parallel            | 3                   | 3                                     |
            points              | 4                   | 4                                     |
            quote               | "                   | "\\""                                 |
            round-timeout       | 7                   | 7                                     |
            sampling            | shuffle             | "shuffle"                             |
            schedule            | step:every=2        | "step:every=2"                        |
            seed                | -7                  | -7                                    |
            seeds               | 3                   | 3                                     |
            separator           | ;                   | ";"                                   |
            shards              | 3                   | 3                                     |
            spark-conf          | spark.a=b           | ["spark.a=b"]                         |
            spark-home          | there               | "there"                               |
            start-timeout       | 7                   | 7                                     |
            space               | space.json          | "space.json"                          |
            steps               | 33                  | 33                                    |
            table               | fruits.csv          | "fruits.csv"                          |
            target              | 3                   | 3                                     |
            task                | regression          | "regression"                          |
            test-count          | 11                  | 11                                    |
            test-fraction       | 0.4                 | 0.4                                   |
            threads             | 3                   | 3                                     |
            to                  | 2.5                 | 2.5                                   |
            train-count         | 21                  | 21                                    |
            trials              | 5                   | 5                                     |
            validation          | 0.25                | 0.25                                  |
            vary                | lr=log:0.01..1      | {"lr": "log:0.01..1"}                 |
            warm-up             | 2                   | 2                                     |
            watch               | train-loss          | "train-loss"                          | --early-stopping 1
            weight              | size                | "size"                                |
            weight-decay        | 0.25                | 0.25                                  |
            weight-decay-biases |                     | true                       | --weight-decay 0.5 --optimizer sgd
            weight-decay-kind   | decoupled           | "decoupled"                | --weight-decay 0.5 --optimizer sgd
            """);
    /// What stands in the place of another.
    private static final Map<String, String> INSTEAD = Map.of("epochs", "--iterations", "layers", "--hidden");
    /// Where a command means something else by a name.
    private static final Map<String, String> OTHER = Map.of("overfit validation", "20");

    @TempDir
    Path folder;

    /// @param typed what stands behind the option; empty for one that is there or not
    /// @param json what stands in a file
    /// @param beside options without which it means nothing
    private record Value(String typed, String json, List<String> beside) {
        List<String> arguments(String name) {
            return typed.isEmpty() ? List.of(name) : List.of(name, typed);
        }

        String toml() { // an inline table has its keys without quotation marks
            return json.startsWith("{") ? json.replaceAll("\"(\\w+)\":", "$1 =") : json;
        }
    }

    private static Map<String, Value> values(String table) {
        Map<String, Value> values = new LinkedHashMap<>();
        for (String line : table.split("\n")) {
            String[] cells = line.split("\\|", -1);
            String beside = cells[3].strip();
            values.put(
                    cells[0].strip(),
                    new Value(
                            cells[1].strip(),
                            cells[2].strip(),
                            beside.isEmpty() ? List.of() : List.of(beside.split(" "))));
        }
        return values;
    }

    @ParameterizedTest
    @ValueSource(strings = {"train", "tune", "find-rate", "overfit"})
    void anOptionIsTheSameInAFileAsOnTheCommandLine(String command) throws IOException {
        Map<String, Object> usual = parsed(command);
        for (ArgSpec argument : arguments(command)) {
            for (String key : keys(argument)) {
                if (TYPED_ONLY.contains(key)) {
                    Run refused = Run.of(command, "--config", file("c.json", "{\"" + key + "\": \"x\"}"));
                    assertThat(refused.exit()).as(refused.err()).isEqualTo(2);
                    assertThat(refused.err())
                            .contains(key + ": ", "expected it on the command line only; leave it out");
                    continue;
                }
                Value value = value(command, argument);
                String name = argument instanceof OptionSpec ? "--" + key : "";
                Map<String, Object> typed = parsed(
                        command,
                        name.isEmpty()
                                ? new String[] {value.typed()}
                                : value.arguments(name).toArray(String[]::new));
                assertThat(typed.get(ConfiguredLine.key(argument)))
                        .as("%s: a value that is not the default", key)
                        .isNotEqualTo(usual.get(ConfiguredLine.key(argument)));
                assertThat(parsed(command, "--config", file("c.json", "{\"" + key + "\": " + value.json() + "}")))
                        .as("%s %s in JSON", command, key)
                        .isEqualTo(typed);
                assertThat(parsed(command, "--config", file("c.toml", key + " = " + value.toml() + "\n")))
                        .as("%s %s in TOML", command, key)
                        .isEqualTo(typed);
                if (value.typed().isEmpty()) {
                    assertThat(parsed(command, "--config", file("c.json", "{\"" + key + "\": false}")))
                            .as("%s %s that is false", command, key)
                            .isEqualTo(usual);
                }
            }
        }
    }

    @Test
    void everyValueIsThatOfAnOption() {
        Set<String> known = new LinkedHashSet<>();
        for (String command : List.of("train", "tune", "find-rate", "overfit")) {
            arguments(command).forEach(argument -> known.add(ConfiguredLine.key(argument)));
        }
        known.removeAll(TYPED_ONLY);
        assertThat(VALUES.keySet())
                .as("the table has a line for each option")
                .containsExactlyInAnyOrderElementsOf(known);
        assertThat(VALUES.keySet()).containsAll(NEUTRAL);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anOptionOfATrainingDoesSomethingOrIsRefused(boolean table) throws IOException {
        String start = table
                ? "--data " + fruits() + " --epochs 3"
                : "--data digits --train-count 120 --test-count 20 --hidden 4 --iterations 6";
        Map<List<String>, Map<String, Json>> without = new LinkedHashMap<>();
        List<String> faults = new ArrayList<>();
        int number = 0;
        for (ArgSpec argument : arguments("train")) {
            String key = ConfiguredLine.key(argument);
            boolean named = key.equals("data") || !(argument instanceof OptionSpec); // what all these runs have
            if (TYPED_ONLY.contains(key) || NEUTRAL.contains(key) || named) {
                continue;
            }
            Value value = value("train", argument);
            List<String> base = new ArrayList<>(List.of(start.split(" ")));
            base.addAll(value.beside());
            if (table && value.beside().contains("--early-stopping")) {
                base.addAll(List.of("--validation", "0.2"));
            }
            List<String> with = without(base, "--" + key);
            if (INSTEAD.containsKey(key)) {
                with = without(with, INSTEAD.get(key));
            }
            with.addAll(value.arguments("--" + key));
            Path place = folder.resolve("run" + number++);
            Run run = train(with, place);
            if (run.exit() != 0) {
                if (!run.err().matches("(?s).*\\bbadak: .*" + (run.exit() == 2 ? "--" + key + "\\b.*" : ".*"))) {
                    faults.add(key + " is not refused by its name: " + run.err());
                }
                continue;
            }
            Map<String, Json> plain = without.get(base);
            if (plain == null) {
                plain = outcome(train(base, folder.resolve("base" + number)));
                without.put(base, plain);
            }
            if (outcome(run).equals(plain)) {
                faults.add(key + " does nothing");
            }
            if (!parsed("train", "--config", place.toString()).equals(parsed("train", with.toArray(String[]::new)))) {
                faults.add(key + " is not in config.json as it was typed");
            }
        }
        assertThat(faults).isEmpty();
    }

    private static Run train(List<String> options, Path out) {
        List<String> arguments = new ArrayList<>(List.of("train"));
        arguments.addAll(options);
        arguments.addAll(List.of("--json", "--out", out.toString()));
        return Run.of(arguments.toArray(String[]::new));
    }

    /// What was learned and from what: the result and, of images, the plan; without places and times.
    private static Map<String, Json> outcome(Run run) throws IOException {
        assertThat(run.exit()).as(run.err()).isZero();
        Map<String, Json> outcome = new LinkedHashMap<>(run.json());
        outcome.keySet().removeAll(List.of("seconds", "run", "config", "report", "model", "figures"));
        Json config = Json.parse(Files.readString(Path.of(run.text("run")).resolve("config.json")));
        Map<String, Json> plan = new LinkedHashMap<>(((Json.Members) config).values());
        plan.keySet().removeAll(List.of("options"));
        outcome.putAll(plan);
        return outcome;
    }

    /// A line without an option and what stands behind it.
    private static List<String> without(List<String> line, String option) {
        List<String> rest = new ArrayList<>(line);
        int place = rest.indexOf(option);
        if (place >= 0) {
            rest.subList(place, place + 2).clear();
        }
        return rest;
    }

    private static List<ArgSpec> arguments(String command) {
        CommandSpec spec = line(command).getSubcommands().get(command).getCommandSpec();
        return Stream.<ArgSpec>concat(spec.options().stream(), spec.positionalParameters().stream())
                .toList();
    }

    /// The names of an option in files.
    private static List<String> keys(ArgSpec argument) {
        return argument instanceof OptionSpec option
                ? Stream.of(option.names())
                        .filter(name -> name.startsWith("--"))
                        .map(name -> name.substring(2))
                        .toList()
                : List.of(ConfiguredLine.key(argument));
    }

    private static Value value(String command, ArgSpec argument) {
        String key = ConfiguredLine.key(argument);
        Value value = VALUES.get(key);
        assertThat(value)
                .as("%s of %s is in the table of this test", key, command)
                .isNotNull();
        String other = OTHER.get(command + " " + key);
        return other == null ? value : new Value(other, other, List.of());
    }

    /// The values of all options of a command after a line was read, but for that which names the file.
    private static Map<String, Object> parsed(String command, String... arguments) {
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(List.of(arguments));
        CommandLine line = line(command);
        ParseResult result = ConfiguredLine.whole(line.parseArgs(all.toArray(String[]::new)));
        Map<String, Object> values = new LinkedHashMap<>();
        CommandSpec spec = result.subcommand().commandSpec();
        Stream.<ArgSpec>concat(spec.options().stream(), spec.positionalParameters().stream())
                .filter(argument -> !ConfiguredLine.key(argument).equals("config"))
                .forEach(argument -> {
                    Object value = argument.getValue();
                    values.put(ConfiguredLine.key(argument), value == null ? "none" : value);
                });
        return values;
    }

    private static CommandLine line(String command) {
        PrintWriter nowhere = new PrintWriter(new StringWriter());
        return Main.commandLine(nowhere, nowhere, Terminal.NONE, command);
    }

    private String file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toString();
    }

    private String fruits() throws IOException {
        StringBuilder text = new StringBuilder("id,size,colour,kind\n");
        for (int i = 0; i < 40; i++) {
            text.append(1 + i % 7).append(',').append(1 + 3 * i % 11).append(".5");
            text.append(i % 2 == 0 ? ",'red, dark'," : ",'blue',")
                    .append(1 + i * i % 3)
                    .append('\n');
        }
        return file("fruits.csv", text.toString());
    }
}
