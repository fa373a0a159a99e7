package org.badak.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.badak.catalog.Suggestion;
import org.badak.data.Json;
import org.badak.tune.Range;
import org.badak.tune.SearchSpace;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Option;

/// `badak tune`: searches hyper-parameters. It takes every option of `badak train`, which all trials share, besides
/// its own.
@Command(
        name = "tune",
        header = "Searches for good hyper-parameters.",
        description = {
            "Trains many times with different options, several at once, each on one thread, and compares the trials"
                    + " on a part held out of the training data, or with --folds K for tables by the mean of K; the"
                    + " test set is not looked at before the end.",
            "badak tune FILE.csv searches learning rate, network, weight decay and batch for a table;"
                    + " badak tune for images. --vary or --space say what to search instead; every option of badak"
                    + " train can be given for all trials.",
            "The best is trained once more by badak train --config DIR/best.json. A search that was stopped goes on"
                    + " with badak tune --resume DIR and ends in the same result."
        })
final class TuneCommand extends BadakCommand {
    private static final int TRIALS = 20;
    private static final int MOST = 100_000;
    private static final int MOST_PARALLEL = 1024;
    private static final double VALIDATION = 0.2;
    private static final Set<String> PLACES =
            ShardOptions.PLACES.stream().map(name -> name.substring(2)).collect(Collectors.toUnmodifiableSet());
    private static final Set<String> OWN = Stream.concat(
                    PLACES.stream(), // where trials are trained is no part of what is trained
                    Stream.of(
                            "vary",
                            "space",
                            "method",
                            "trials",
                            "points",
                            "objective",
                            "parallel",
                            "resume",
                            "out",
                            "threads",
                            "folds")) // the best is then trained on all rows that are not for the test, and tested
            .collect(Collectors.toUnmodifiableSet());
    private static final Set<String> OF_RUNS = Set.of("threads", "checkpoint-every"); // a trial has one and none
    private static final Set<String> BESIDE_RESUME = Stream.concat(
                    ShardOptions.PLACES.stream(), Stream.of("--resume", "--parallel", "--json", "--debug"))
            .collect(Collectors.toUnmodifiableSet());

    @Option(
            names = "--vary",
            paramLabel = "OPTION=VALUES",
            description = "An option of badak train to search, repeatable, with a range, lr=log:0.001..1,"
                    + " momentum=linear:0.5..0.99, batch=int:16..128, hidden=int-log:16..512, or choices,"
                    + " optimizer=sgd,adam, hidden=50|100|100,50. Default: what usually matters.")
    private Map<String, String> vary = new LinkedHashMap<>();

    @Option(
            names = "--space",
            paramLabel = "FILE",
            description =
                    "The same from a JSON or TOML file: {\"lr\": \"log:0.001..1\", \"hidden\": [50, \"100,50\"]}.")
    private @Nullable Path space;

    @Option(
            names = "--method",
            paramLabel = "NAME",
            defaultValue = "random",
            description = "random, grid, or halving: all trials get a part of the training, the best third goes on with"
                    + " three times as much, and so on. Default: ${DEFAULT-VALUE}.")
    private String method = "random";

    @Option(names = "--trials", paramLabel = "N", description = "Trials of random and halving. Default: 20.")
    private @Nullable Integer trials;

    @Option(
            names = "--points",
            paramLabel = "N",
            defaultValue = "3",
            description = "Values of a range of numbers in a grid. Default: ${DEFAULT-VALUE}.")
    private int points = 3;

    @Option(
            names = "--objective",
            paramLabel = "NAME",
            defaultValue = "score",
            description =
                    "What decides on the validation part: score (accuracy, for numbers R2) or loss (for numbers the"
                            + " root mean square error). Default: ${DEFAULT-VALUE}.")
    private String objective = "score";

    @Option(
            names = "--parallel",
            paramLabel = "N",
            description = "Trials side by side; the results do not depend on it. Default: processors; with"
                    + " --engine spark the cores of its executors.")
    private int parallel = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--resume",
            paramLabel = "DIR",
            description = "Go on with the search in this folder, with the options that it began with.")
    private @Nullable Path resume;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Folder of the search, new or empty. Default: runs/<date>-tune-<data>-<number>.")
    private @Nullable Path out;

    /// What all trials share: bound to the options of `badak train` that this command takes too.
    private final TrainCommand shared = new TrainCommand();

    private TuneCommand() {}

    /// The command with the options of `badak train` added.
    static CommandSpec specification() {
        TuneCommand command = new TuneCommand();
        CommandSpec spec = CommandSpec.forAnnotatedObject(command);
        CommandSpec train = CommandSpec.forAnnotatedObject(command.shared);
        for (OptionSpec option : train.options()) {
            boolean own = Stream.of(option.names()).anyMatch(spec.optionsMap()::containsKey);
            if (!own && !OF_RUNS.contains(ConfiguredLine.key(option))) {
                spec.addOption(OptionSpec.builder(option).build());
            }
        }
        for (PositionalParamSpec positional : train.positionalParameters()) {
            spec.addPositional(PositionalParamSpec.builder(positional).build());
        }
        return spec;
    }

    @Override
    @Nullable
    Path config() {
        return resume == null ? super.config() : resume.resolve("tune.json");
    }

    @Override
    void requireAlone(List<String> typed) {
        if (resume == null) {
            return;
        }
        if (!Files.isRegularFile(resume.resolve("tune.json"))) {
            throw UsageException.of(
                    "--resume",
                    resume + (Files.exists(resume) ? ", which has no tune.json" : ", which does not exist"),
                    "the folder of a search",
                    "name it: runs/...");
        }
        for (String option : typed) {
            if (!BESIDE_RESUME.contains(option)) {
                throw new UsageException(
                        "--resume: found " + option + " beside it, expected --parallel and --engine at most: a search"
                                + " goes on with the options it began with; leave it out, or begin a new search");
            }
        }
    }

    @Override
    List<List<String>> alternatives() {
        return shared.alternatives();
    }

    @Override
    Outcome run(Console console) {
        if (!SearchPlan.METHODS.contains(method)) {
            throw new UsageException("--method: " + Suggestion.unknown("method", method, SearchPlan.METHODS));
        }
        List<String> objectives = List.of("score", "loss");
        if (!objectives.contains(objective)) {
            throw new UsageException("--objective: " + Suggestion.unknown("objective", objective, objectives));
        }
        require("--trials", trials == null ? 1 : trials, MOST, "20");
        require("--points", points - 1, MOST - 1, "3");
        require("--parallel", parallel, MOST_PARALLEL, "2");
        if (method.equals("grid") && trials != null) {
            throw new UsageException("--trials: found beside --method grid, which takes all combinations, expected"
                    + " --points, the values of a range; leave it out");
        }
        engine(); // checked before data is read
        try (RunDirectory directory = resume == null ? RunDirectory.planned(out) : RunDirectory.at(resume)) {
            return new Tuning(this, directory, console).run();
        }
    }

    private static void require(String option, int value, int most, String remedy) {
        if (value < 1 || value > most) {
            int shift = option.equals("--points") ? 1 : 0;
            throw UsageException.of(
                    option, value + shift, 1 + shift + " to " + (most + shift), "try " + option + " " + remedy);
        }
    }

    /// The training that all trials share, its options read.
    TrainCommand shared() {
        return shared;
    }

    /// The options that all trials share, as typed: name without dashes to value.
    Json.Members sharedOptions() {
        return options(OWN);
    }

    /// Where trials are trained.
    EngineChoice engine() {
        return shared.trialEngine(resumes(), given("--debug"));
    }

    /// Trials side by side on an engine: as many as it has room for, unless fewer were asked for; one that waits for
    /// room would come to its deadline without having begun.
    int sideBySide(int room) {
        return given("--parallel") ? Math.min(parallel, room) : Math.min(MOST_PARALLEL, room);
    }

    /// The options that say where, as typed.
    Json.Members places() {
        Map<String, Json> typed = new LinkedHashMap<>(options(Set.of()).values());
        typed.keySet().retainAll(PLACES);
        return new Json.Members(typed);
    }

    /// The options of the search itself, with their defaults, for its file.
    ObjectBuilder ownOptions(SearchSpace searched) {
        ObjectBuilder ranges = new ObjectBuilder();
        searched.ranges().forEach((name, range) -> ranges.put(name, range.text()));
        ObjectBuilder own = new ObjectBuilder()
                .put("method", method)
                .put("objective", objective)
                .put("vary", ranges.json());
        if (folds() > 0) {
            own.put("folds", folds());
        }
        return method.equals("grid") ? own.put("points", points) : own.put("trials", trials == null ? TRIALS : trials);
    }

    /// The folder of a search that goes on.
    boolean resumes() {
        return resume != null;
    }

    /// Share of the training data that is held out; with folds 0 unless it is given.
    double validation() {
        return given("--validation") ? shared.validation() : folds() > 0 ? 0 : VALIDATION;
    }

    /// Number of folds over which a trial is measured; 0 for a part held out once.
    int folds() {
        return shared.folds();
    }

    /// Which objective, `score` or `loss`.
    String objective() {
        return objective;
    }

    /// The ranges that were typed or stand in a file; empty for the usual ones.
    Map<String, Range> ranges() {
        Map<String, String> texts = new LinkedHashMap<>();
        Map<String, String> origins = new LinkedHashMap<>();
        if (space != null) {
            ConfigFile file = ConfigFile.read("--space", space);
            for (ConfigFile.Entry entry : file.entries()) {
                String origin = file.where(entry);
                String name = TrialOptions.varied(origin, entry.key());
                if (texts.put(name, ConfiguredLine.range(file, entry)) != null) {
                    throw new UsageException(origin + ": found " + name + " again, expected each option once");
                }
                origins.put(name, origin);
            }
        }
        Set<String> typed = new HashSet<>();
        vary.forEach((key, text) -> {
            String name = TrialOptions.varied("--vary", key);
            if (!typed.add(name)) {
                throw new UsageException("--vary: found " + name + " twice, expected each option once");
            }
            texts.put(name, text);
            origins.put(name, "--vary");
        });
        Map<String, Range> ranges = new LinkedHashMap<>();
        texts.forEach((name, text) -> {
            if (given("--" + name)) {
                throw new UsageException(origins.get(name) + ": found " + name + ", and --" + name
                        + " beside it, expected one of them; leave --" + name + " out to search it");
            }
            ranges.put(name, NetworkOptions.checked(origins.get(name) + ": " + name, () -> Range.parse(text)));
        });
        return ranges;
    }

    /// Whether an option of the training was given, for all trials.
    boolean isFixed(String name) {
        return given("--" + name);
    }

    /// The plan for a space.
    SearchPlan plan(SearchSpace searched, TrialScoring scoring, long seed) {
        List<Map<String, String>> values = new ArrayList<>();
        if (method.equals("grid")) {
            values.addAll(NetworkOptions.checked("--method grid", () -> searched.grid(points)));
        } else {
            for (int trial = 0; trial < (trials == null ? TRIALS : trials); trial++) {
                values.add(searched.drawn(seed, trial));
            }
        }
        return new SearchPlan(searched, method, values, scoring, parallel);
    }
}
