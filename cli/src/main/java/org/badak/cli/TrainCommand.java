package org.badak.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.badak.catalog.Catalog;
import org.badak.data.Dataset;
import org.badak.data.Json;
import org.badak.data.Sampler;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.matrix.Precision;
import org.badak.model.Network;
import org.badak.tabular.Table;
import org.badak.tabular.TableTask;
import org.badak.tabular.Task;
import org.badak.tabular.TrainingSettings;
import org.badak.train.Rehearsal;
import org.badak.train.Rhythm;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `badak train`: without an option exactly the experiment of chapter 4.
@Command(
        name = "train",
        header = "Trains a network.",
        description = {
            "Trains a network and writes a run directory with model, metrics, curves and a report.",
            "badak train FILE.npz learns arrays of NumPy, badak train FOLDER the PNG files in a folder for each class.",
            "badak train FILE.csv learns a table: types, target and task are found out and shown, the network is chosen"
                    + " by the number of rows.",
            "Without an option it is the experiment of chapter 4: 784-50-10, sigmoid, weights N(0, 0.01^2), learning"
                    + " rate 0.1, batches of 100 drawn with replacement, 10,000 iterations, seed 1, on MNIST."
        })
final class TrainCommand extends BadakCommand {
    private static final List<String> IMAGE_OPTIONS = Stream.of(
                    List.of("--layers", "--labels", "--sampling", "--iterations", "--gradient"),
                    ShardOptions.PLACES,
                    List.of(
                            "--local-steps", // before what it needs
                            "--shards",
                            "--loss",
                            "--augment",
                            "--train-count",
                            "--test-count",
                            "--schedule",
                            "--warm-up",
                            "--watch",
                            "--clip-norm",
                            "--clip-value",
                            "--min-delta"))
            .flatMap(List::stream)
            .toList();
    private static final Set<String> BESIDE_RESUME = Stream.concat(
                    Stream.of(
                            "--resume",
                            "--iterations",
                            "--epochs",
                            "--threads",
                            "--checkpoint-every",
                            "--json",
                            "--debug",
                            "--help"),
                    ShardOptions.PLACES.stream())
            .collect(Collectors.toUnmodifiableSet());
    private static final List<String> TABLE_OPTIONS = List.of(
            "--target",
            "--task",
            "--ignore",
            "--weight",
            "--numeric",
            "--categorical",
            "--folds",
            "--separator",
            "--quote",
            "--header",
            "--decimal",
            "--encoding",
            "--missing");
    private static final List<String> OF_A_RULE = List.of("--momentum", "--weight-decay-kind", "--weight-decay-biases");

    @Parameters(
            arity = "0..1",
            paramLabel = "TABLE",
            description = "A CSV file to learn, or whatever else --data names; the same as --data TABLE.")
    private @Nullable Path named;

    @Mixin
    private DataOptions data = new DataOptions();

    @Mixin
    private TableOptions learned = new TableOptions();

    @Mixin
    private CsvReadingOptions reading = new CsvReadingOptions();

    @Mixin
    private NetworkOptions network = new NetworkOptions();

    @Mixin
    private OptimizerOptions optimizer = new OptimizerOptions();

    @Mixin
    private StoppingOptions stopping = new StoppingOptions();

    @Mixin
    private AugmentOptions augment = new AugmentOptions();

    @Mixin
    private LearningOptions learning = new LearningOptions();

    @Mixin
    private ShardOptions shards = new ShardOptions();

    @Mixin
    private ThreadOptions threads = new ThreadOptions();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "The run directory, new or empty. Default: runs/<date>-<data>-<network>-<number>.")
    private @Nullable Path out;

    @Option(
            names = "--resume",
            paramLabel = "RUN",
            description = "Go on with the interrupted run of a folder, from its newest checkpoint and with its options;"
                    + " with a larger --iterations or --epochs train one that has ended further.")
    private @Nullable Path resume;

    @Option(
            names = "--checkpoint-every",
            paramLabel = "RHYTHM",
            description = "When checkpoints are saved: 500 (steps), 30s (seconds) or epoch. Default: at the end of an"
                    + " epoch if a second has passed since the last one, and every 30 seconds.")
    private @Nullable String rhythm;

    /// Made by picocli.
    TrainCommand() {}

    /// Begins to warm the kernels up for the chapter's network if the command line is one for this command. Called
    /// before the command line is read, because reading it and the data takes as long as the warming up.
    static void prepare(String[] arguments) {
        if (arguments.length > 0 && arguments[0].equals("train")) {
            Rehearsal.begin();
        }
    }

    @Override
    Outcome run(Console console) {
        check();
        try (RunDirectory directory =
                resume == null ? RunDirectory.planned(out) : RunDirectory.resumed(resume, console)) {
            directory.save(saving());
            return train(directory, console);
        }
    }

    /// Trains in a folder.
    Outcome train(RunDirectory directory, Console console) {
        Optional<Path> file = table();
        if (file.isPresent()) {
            return trainTable(file.get(), directory, console);
        }
        requireImageOptions();
        LoadedData whole = load(console);
        requireDivision(whole);
        directory.reproducedBy(reproducing(dataName(whole)));
        Optional<Dataset> held = StoppingOptions.held(whole.split().train(), learned.validation(), network.seed());
        TrainingPlan plan = plan(StoppingOptions.without(whole, learned.validation(), network.seed()), held);
        directory.requireUnfinished(plan.steps(), learning.lengthOption());
        return new TrainingRun(plan, directory, console).run();
    }

    /// Checks everything that does not depend on data.
    ///
    /// @throws UsageException if an option is wrong; names the nearest
    void check() {
        optimizer.check();
        stopping.check();
        network.check();
        learning.check();
        shards.check(learning.gradient(), resume != null);
        augment.augmentations();
        threads.threads();
        saving();
        learned.check();
        table();
    }

    private Rhythm saving() {
        String typed = rhythm;
        return typed == null
                ? Rhythm.STANDARD
                : NetworkOptions.checked("--checkpoint-every", () -> Rhythm.parse(typed));
    }

    /// The table that was named, if it is one.
    Optional<Path> table() {
        if (named != null && !data.named().isEmpty() && !data.named().equals(named.toString())) {
            throw new UsageException(
                    "--data: found " + data.named() + " and " + named + ", expected one of them; leave one out");
        }
        if (named != null) {
            data.name(named);
        }
        return data.table();
    }

    /// Checks that no option was given that means nothing for images.
    void requireImageOptions() {
        for (String option : TABLE_OPTIONS) {
            if (given(option)) {
                throw new UsageException(option + ": found, but images are to be learned, expected a CSV file;"
                        + " name one: badak train FILE.csv");
            }
        }
    }

    /// Loads the images.
    LoadedData load(Console console) {
        data.divide(learned.testFraction(), network.seed());
        return data.load(console);
    }

    /// Checks that data which has a test part is not to be divided.
    void requireDivision(LoadedData loaded) {
        if (given("--test-fraction") && !loaded.facts().containsKey("test_fraction")) {
            throw new UsageException("--test-fraction: found, but " + loaded.name() + " has a test part of its own,"
                    + " expected data without one; leave it out");
        }
    }

    /// The name of images in a configuration: as it was typed, or that of what was found.
    String dataName(LoadedData loaded) {
        return data.named().isEmpty() ? loaded.name() : data.named();
    }

    /// Where the trials of a search are trained.
    ///
    /// @param resumed whether the options are those of a search that goes on
    /// @throws UsageException if an option is wrong
    EngineChoice trialEngine(boolean resumed, boolean debug) {
        shards.checkPlaces(resumed);
        return shards.choice(debug);
    }

    /// The seed of the run.
    long seed() {
        return network.seed();
    }

    /// Share of the training data that is held out.
    double validation() {
        return learned.validation();
    }

    /// Number of folds; 0 for none.
    int folds() {
        return learned.folds();
    }

    /// Share of the rows of a table that are for the test.
    double testFraction() {
        return learned.testFraction();
    }

    /// What is trained on images, and how.
    ///
    /// @param loaded without the images held out
    /// @param held those
    TrainingPlan plan(LoadedData loaded, Optional<Dataset> held) {
        StoppingPlan stops = stopping.plan(held, optimizer.watched());
        Dataset train = loaded.split().train();
        Sampler draws = learning.sampler(train.count(), network.seed());
        long steps = learning.steps(draws);
        Network described = network.network(train.shape(), train.classes(), learning.loss());
        NetworkOptions.requireBatch(described, draws, learning.batch());
        UpdatePlan update = optimizer.plan(steps);
        return new TrainingPlan(
                loaded,
                described,
                network,
                stopping.endsEarly() ? update.watching(stops.metric()) : update,
                draws,
                augment.augmentations(),
                learning.batch(),
                steps,
                learning.gradient(),
                shards.shards(described, draws, learning.batch()),
                shards.localSteps(draws),
                shards.choice(given("--debug")),
                stops,
                isBalanced(),
                threads.threads());
    }

    /// The options of a run that is resumed stand in its config.json.
    @Override
    @Nullable
    Path config() {
        return resume == null ? super.config() : resume;
    }

    @Override
    void requireAlone(List<String> typed) {
        if (resume == null) {
            return;
        }
        RunDirectory.requireRun("--resume", resume);
        for (String option : typed) {
            if (!BESIDE_RESUME.contains(option)) {
                throw new UsageException(
                        "--resume: found " + option + " beside it, expected only --iterations or"
                                + " --epochs, --threads, --engine and where it is, and --checkpoint-every; all else is as the run began, so leave it out");
            }
        }
    }

    @Override
    List<List<String>> alternatives() {
        return List.of(
                List.of("--iterations", "--epochs"),
                List.of("--data", ConfiguredLine.ARGUMENT),
                List.of("--layers", "--hidden"),
                List.of("--layers", "--activation"));
    }

    /// The options that give this run again: those that were given, with the data that was found and the seed.
    private Json.Members reproducing(String named) {
        return new ObjectBuilder()
                .put("data", named)
                .put("seed", network.seed())
                .putAll(options(Set.of("data", "seed", "out")))
                .json();
    }

    /// Checks that no option was given that means nothing for a table.
    ///
    /// @param file the table
    void requireTableOptions(String file) {
        for (String option : IMAGE_OPTIONS) {
            if (given(option)) {
                throw new UsageException(option + ": found, but " + file + " is a table, expected options for tables;"
                        + " leave it out");
            }
        }
        for (String option : OF_A_RULE) {
            if (given(option) && !given("--optimizer")) {
                throw new UsageException(option + ": found, but a table is learned by AdamW as it stands, expected"
                        + " --optimizer beside it; name the rule, as in --optimizer momentum");
            }
        }
        if (stopping.endsEarly() && learned.validation() == 0) {
            throw new UsageException("--early-stopping: found without --validation, expected rows of a table that are"
                    + " held out and say when to end; add --validation 0.15");
        }
    }

    /// Reads a table, shows its columns, and finds out what is to be learned.
    TableTask task(Path file, Console console) {
        learned.check();
        Table read = reading.read(file, List.of());
        TableTask task = TableTask.of(read, learned.choices());
        TableText.columns(
                read, task.columns(), Map.of(), read.names().get(task.target().column()), console);
        return task;
    }

    private Outcome trainTable(Path file, RunDirectory directory, Console console) {
        requireTableOptions(file.toString());
        directory.requireUnfinished();
        directory.reproducedBy(reproducing(file.toString()));
        TableTask task = task(file, console);
        // steps of a few rows are too short to share between threads
        try (Kernels kernels =
                KernelChoice.current().kernels(Precision.FLOAT32, given("--threads") ? threads.threads() : 1)) {
            requireClasses(task);
            return new TableRun(task, learned, this::settings, isBalanced(), kernels, directory, console).run();
        }
    }

    /// Checks that there are classes where they are to count the same.
    void requireClasses(TableTask task) {
        if (isBalanced() && task.target().task() == Task.REGRESSION) {
            throw UsageException.of(
                    "--class-weight",
                    "balanced for numbers, the column "
                            + task.table().names().get(task.target().column()),
                    "a target of classes",
                    "leave it out, or use --task classification");
        }
    }

    /// Whether all classes count the same together.
    boolean isBalanced() {
        return learning.isBalanced();
    }

    /// The defaults for tables, and what was typed in place of them.
    TrainingSettings settings(int rows, Task task) {
        TrainingSettings defaults = TrainingSettings.of(rows, task, network.seed());
        TrainingSettings chosen = new TrainingSettings(
                given("--hidden") ? network.hidden() : defaults.hidden(),
                given("--activation") ? Catalog.activation(network.activation()) : defaults.activation(),
                given("--init") ? Catalog.initialisation(network.initialisation()) : defaults.initialisation(),
                given("--batch") ? learning.batch() : defaults.batch(),
                learning.epochs(defaults.epochs()),
                defaults.optimizer(),
                stopping.patience(defaults.patience()),
                network.seed());
        return given("--optimizer")
                ? chosen.with(optimizer.rule())
                : chosen.withAdamW(
                        optimizer.learningRate(chosen.optimizer().learningRate()),
                        optimizer.weightDecay(chosen.optimizer().decay().rate()));
    }
}
