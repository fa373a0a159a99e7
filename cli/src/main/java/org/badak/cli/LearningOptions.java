package org.badak.cli;

import java.util.List;
import org.badak.catalog.Catalog;
import org.badak.catalog.Suggestion;
import org.badak.data.Sampler;
import org.badak.loss.Loss;
import org.badak.train.Trainer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that say what is minimised, by which gradient, in which batches and for how long.
final class LearningOptions {
    private static final int ITERATIONS = 10_000;
    private static final List<String> CLASS_WEIGHTS = List.of("balanced", "none");

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

    @Option(
            names = "--loss",
            paramLabel = "NAME",
            defaultValue = "softmax-cross-entropy",
            description = "What is minimised: softmax-cross-entropy, smoothed-cross-entropy:0.1,"
                    + " weighted-cross-entropy:1,2,... (a weight per class), binary-cross-entropy, huber:1,"
                    + " mean-squared-error, sum-of-squared-error, delta-cross-entropy. Default: ${DEFAULT-VALUE}.")
    private String loss = "softmax-cross-entropy";

    @Option(
            names = "--class-weight",
            paramLabel = "NAME",
            defaultValue = "none",
            description = "balanced: all classes count the same together in what is learned, however many examples they"
                    + " have; none: every example counts the same. Default: ${DEFAULT-VALUE}.")
    private String classWeight = "none";

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

    /// Made by picocli.
    LearningOptions() {}

    /// Checks what does not depend on data.
    ///
    /// @throws UsageException if an option is wrong; names the nearest
    void check() {
        if (!CLASS_WEIGHTS.contains(classWeight)) {
            throw new UsageException("--class-weight: " + Suggestion.unknown("name", classWeight, CLASS_WEIGHTS));
        }
        if (isBalanced() && gradient.equals("numerical-series")) {
            throw UsageException.of(
                    "--class-weight",
                    "balanced with --gradient numerical-series",
                    "a gradient that covers weights",
                    "try --gradient numerical");
        }
        NetworkOptions.checked("--sampling", () -> Catalog.sampler(sampling));
        loss();
        NetworkOptions.checked("--gradient", () -> Catalog.gradient(gradient));
        if (iterations != null && epochs != null) {
            throw new UsageException("--iterations and --epochs: found both, expected one of them; one step is an"
                    + " iteration, an epoch is as many steps as it takes to draw all images once");
        }
        requirePositive("--iterations", iterations);
        requirePositive("--epochs", epochs);
        if (batch < 1 || batch > Trainer.MOST_BATCH) {
            throw UsageException.of("--batch", batch, "1 to " + Trainer.MOST_BATCH, "try --batch 100");
        }
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

    /// Examples per step.
    int batch() {
        return batch;
    }

    /// What is minimised.
    Loss loss() {
        return NetworkOptions.checked("--loss", () -> Catalog.loss(loss));
    }

    /// Name of the gradient.
    String gradient() {
        return gradient;
    }

    /// Whether all classes count the same together.
    boolean isBalanced() {
        return classWeight.equals("balanced");
    }

    /// How batches of a number of examples are drawn.
    Sampler sampler(int examples, long seed) {
        Catalog.SamplerMaker maker = NetworkOptions.checked("--sampling", () -> Catalog.sampler(sampling));
        return NetworkOptions.checked("--batch", () -> maker.make(examples, batch, seed));
    }

    /// Steps to train with these batches.
    long steps(Sampler batches) {
        if (epochs != null) {
            return Math.multiplyExact(epochs, batches.stepsPerEpoch());
        }
        return iterations != null ? iterations : ITERATIONS;
    }

    /// The option that says how long, for messages.
    String lengthOption() {
        return epochs != null ? "--epochs" : "--iterations";
    }

    /// Epochs to train; what is usual where none were given.
    long epochs(long usual) {
        return epochs != null ? epochs : usual;
    }
}
