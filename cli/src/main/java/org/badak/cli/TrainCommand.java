package org.badak.cli;

import java.nio.file.Path;
import org.badak.catalog.Catalog;
import org.badak.data.ImageDataset;
import org.badak.data.Sampler;
import org.badak.loss.SoftmaxCrossEntropy;
import org.badak.model.Network;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `badak train`: without an option exactly the experiment of chapter 4.
@Command(
        name = "train",
        header = "Trains a network.",
        description = {
            "Trains a network and writes a run directory with model, metrics, curves and a report.",
            "Without an option it is the experiment of chapter 4: 784-50-10, sigmoid, weights N(0, 0.01^2), learning"
                    + " rate 0.1, batches of 100 drawn with replacement, 10,000 iterations, seed 1, on MNIST."
        })
final class TrainCommand extends BadakCommand {
    private static final int ITERATIONS = 10_000;

    @Mixin
    private DataOptions data = new DataOptions();

    @Mixin
    private NetworkOptions network = new NetworkOptions();

    @Mixin
    private OptimizerOptions optimizer = new OptimizerOptions();

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "100",
            description = "Images per step. Default: ${DEFAULT-VALUE}.")
    private int batch = 100;

    @Option(
            names = "--sampling",
            paramLabel = "NAME",
            defaultValue = "replacement",
            description = "How batches are drawn: replacement (the chapter's) or shuffle (each image once per epoch)."
                    + " Default: ${DEFAULT-VALUE}.")
    private String sampling = "replacement";

    @Option(names = "--iterations", paramLabel = "N", description = "Steps to train. Default: 10000.")
    private @Nullable Long iterations;

    @Option(names = "--epochs", paramLabel = "N", description = "Epochs to train, in place of --iterations.")
    private @Nullable Long epochs;

    @Option(
            names = "--gradient",
            paramLabel = "NAME",
            defaultValue = "backprop",
            description = "backprop, or in float64 central differences of every parameter: numerical, numerical-naive"
                    + " (by whole passes) or numerical-series (by a truncated series, with a bound of its error)."
                    + " Default: ${DEFAULT-VALUE}.")
    private String gradient = "backprop";

    @Mixin
    private ThreadOptions threads = new ThreadOptions();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "The run directory, new or empty. Default: runs/<date>-<data>-<network>-<number>.")
    private @Nullable Path out;

    /// Made by picocli.
    TrainCommand() {}

    @Override
    Outcome run(Console console) {
        optimizer.check();
        Catalog.SamplerMaker sampler = NetworkOptions.checked("--sampling", () -> Catalog.sampler(sampling));
        network.check();
        threads.threads();
        NetworkOptions.checked("--gradient", () -> Catalog.gradient(gradient));
        if (iterations != null && epochs != null) {
            throw new UsageException("--iterations and --epochs: found both, expected one of them; one step is an"
                    + " iteration, an epoch is as many steps as it takes to draw all images once");
        }
        requirePositive("--iterations", iterations);
        requirePositive("--epochs", epochs);
        if (batch < 1) {
            throw UsageException.of("--batch", batch, "at least 1", "try --batch 100");
        }
        RunDirectory directory = RunDirectory.planned(out);

        LoadedData loaded = data.load(console);
        ImageDataset train = loaded.split().train();
        Sampler draws = NetworkOptions.checked("--batch", () -> sampler.make(train.count(), batch, network.seed()));
        long steps = epochs != null
                ? Math.multiplyExact(epochs, draws.stepsPerEpoch())
                : iterations != null ? iterations : ITERATIONS;
        Network described = network.network(train.features(), train.classes(), new SoftmaxCrossEntropy());
        TrainingPlan plan = new TrainingPlan(
                loaded, described, network, optimizer.plan(steps), draws, batch, steps, gradient, threads.threads());
        return new TrainingRun(plan, directory, console).run();
    }

    private static void requirePositive(String option, @Nullable Long value) {
        if (value != null && (value < 1 || value > Integer.MAX_VALUE)) {
            throw UsageException.of(
                    option,
                    value,
                    "1 to " + Integer.MAX_VALUE,
                    "try " + option + " " + (option.equals("--epochs") ? "16" : ITERATIONS));
        }
    }
}
