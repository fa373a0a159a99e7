package org.badak.cli;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.badak.catalog.Optimizers;
import org.badak.catalog.Suggestion;
import org.badak.optimizer.Clipping;
import org.badak.optimizer.Optimizer;
import org.badak.optimizer.Schedule;
import org.badak.optimizer.Sgd;
import org.badak.train.Metric;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that say how parameters are moved: rule, learning rate, schedule, decay, clipping.
final class OptimizerOptions {
    private static final int STEPS_FOR_A_CHECK = 1_000_000_000;

    @Option(
            names = "--optimizer",
            paramLabel = "NAME[:OPTIONS]",
            defaultValue = "sgd",
            description = "sgd, momentum, nesterov, adagrad, rmsprop, adam, adamw, adadelta or nadam, with options of"
                    + " its own behind a colon: adam:beta2=0.99,amsgrad=true. Default: ${DEFAULT-VALUE}.")
    private String optimizer = "sgd";

    @Option(
            names = {"--lr", "--learning-rate"},
            paramLabel = "RATE",
            description =
                    "Learning rate, positive. Default: sgd 0.1, momentum, nesterov and adagrad 0.01, rmsprop, adam"
                            + " and adamw 0.001, adadelta 1, nadam 0.002.")
    private @Nullable Double learningRate;

    @Option(
            names = "--momentum",
            paramLabel = "SHARE",
            description = "Share of the velocity that is kept. Default: 0.9.")
    private @Nullable Double momentum;

    @Option(
            names = "--schedule",
            paramLabel = "NAME[:OPTIONS]",
            defaultValue = "constant",
            description = "Learning rate over the steps: constant, step, exponential, cosine, one-cycle or plateau:"
                    + " step:every=2000,factor=0.5, cosine:minimum=1e-5. Default: ${DEFAULT-VALUE}.")
    private String schedule = "constant";

    @Option(
            names = "--warm-up",
            paramLabel = "STEPS",
            description =
                    "Steps in which the learning rate rises from a tenth, before the schedule begins. Default: none.")
    private @Nullable Long warmUp;

    @Option(
            names = "--watch",
            paramLabel = "METRIC",
            description = "What --early-stopping and --schedule plateau wait for: loss or accuracy of a part:"
                    + " train-loss, validation-accuracy, test-loss and so on. Default: train-loss; with"
                    + " --early-stopping validation-loss, without --validation test-loss.")
    private @Nullable String watch;

    @Option(
            names = "--weight-decay",
            paramLabel = "RATE",
            description = "Pull of weights towards zero. Default: none; adamw 0.01.")
    private @Nullable Double weightDecay;

    @Option(
            names = "--weight-decay-kind",
            paramLabel = "KIND",
            description =
                    "l2: added to the gradient; decoupled: weights shrunk beside it. Default: l2; adamw decoupled.")
    private @Nullable String weightDecayKind;

    @Option(names = "--weight-decay-biases", description = "Let biases decay too.")
    private boolean weightDecayBiases;

    @Option(
            names = "--clip-norm",
            paramLabel = "BOUND",
            description = "Largest norm of all gradients together; longer ones are scaled. Default: none.")
    private @Nullable Double clipNorm;

    @Option(
            names = "--clip-value",
            paramLabel = "BOUND",
            description = "Largest magnitude of an element of the gradient. Default: none.")
    private @Nullable Double clipValue;

    /// Made by picocli.
    OptimizerOptions() {}

    /// Checks everything that does not depend on the number of steps, so that mistakes are told before data is loaded.
    ///
    /// @throws UsageException if an option is wrong; names the nearest
    void check() {
        plan(STEPS_FOR_A_CHECK);
    }

    /// How parameters are moved in a run of so many steps.
    ///
    /// @throws UsageException if an option is wrong; names the nearest
    UpdatePlan plan(long steps) {
        Optimizer rule = rule();
        String text = with(schedule, given("warm-up", warmUp));
        Schedule rates = NetworkOptions.checked("--schedule", () -> Optimizers.schedule(text, steps));
        Metric watched = watched().orElse(Metric.TRAIN_LOSS);
        if (warmUp != null && (warmUp < 1 || warmUp >= steps)) {
            throw UsageException.of(
                    "--warm-up", warmUp, "1 to " + (steps - 1) + ", fewer than the steps", "try --warm-up 100");
        }
        return new UpdatePlan(rule, rates, text, clipping(), watched);
    }

    /// The metric that was typed, if any.
    ///
    /// @throws UsageException if there is no such metric; names the nearest
    Optional<Metric> watched() {
        if (watch == null) {
            return Optional.empty();
        }
        List<String> metrics = Stream.of(Metric.values()).map(Metric::label).toList();
        if (!metrics.contains(watch)) {
            throw new UsageException("--watch: " + Suggestion.unknown("metric", watch, metrics));
        }
        return Stream.of(Metric.values())
                .filter(metric -> metric.label().equals(watch))
                .findFirst();
    }

    /// The learning rate that was typed, or another.
    double learningRate(double otherwise) {
        return learningRate == null ? otherwise : learningRate;
    }

    /// The weight decay that was typed, or another.
    double weightDecay(double otherwise) {
        return weightDecay == null ? otherwise : weightDecay;
    }

    /// The rule alone.
    Optimizer rule() {
        if (learningRate != null) {
            double rate = learningRate;
            NetworkOptions.checked("--lr", () -> new Sgd(rate));
        }
        String text = with(
                optimizer,
                given("learning-rate", learningRate),
                given("momentum", momentum),
                given("weight-decay", weightDecay),
                given("weight-decay-kind", weightDecayKind),
                weightDecayBiases ? "weight-decay-biases=true" : "");
        return NetworkOptions.checked("--optimizer", () -> Optimizers.optimizer(text));
    }

    private Clipping clipping() {
        double norm = clipNorm == null ? Double.POSITIVE_INFINITY : clipNorm;
        double value = clipValue == null ? Double.POSITIVE_INFINITY : clipValue;
        return NetworkOptions.checked("--clip-norm, --clip-value", () -> new Clipping(norm, value));
    }

    private static String given(String key, @Nullable Object value) {
        return value == null ? "" : key + "=" + value;
    }

    /// A name with its options, and more of them.
    private static String with(String text, String... options) {
        StringBuilder whole = new StringBuilder(text);
        boolean has = text.contains(":");
        for (String option : options) {
            if (!option.isEmpty()) {
                whole.append(has ? ',' : ':').append(option);
                has = true;
            }
        }
        return whole.toString();
    }
}
