package org.badak.cli;

import java.util.Optional;
import org.badak.data.Dataset;
import org.badak.data.LabelledData;
import org.badak.data.Partition;
import org.badak.train.Metric;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options of early stopping.
final class StoppingOptions {
    private static final int MOST_PATIENCE = 1_000_000;

    @Option(
            names = "--early-stopping",
            paramLabel = "PATIENCE",
            description = "End when the watched metric has not improved in so many evaluations, and keep the best"
                    + " parameters. Default: train to the end; CSV with --validation: 20.")
    private @Nullable Integer patience;

    @Option(
            names = "--min-delta",
            paramLabel = "MARGIN",
            defaultValue = "0",
            description = "What the watched metric must get better by, strictly, for --early-stopping."
                    + " Default: ${DEFAULT-VALUE}.")
    private double margin;

    /// Made by picocli.
    StoppingOptions() {}

    /// The patience that was typed, or another.
    int patience(int otherwise) {
        return patience == null ? otherwise : patience;
    }

    /// Whether training may end early.
    boolean endsEarly() {
        return patience != null;
    }

    /// Checks what does not depend on data.
    void check() {
        if (patience != null && (patience < 1 || patience > MOST_PATIENCE)) {
            throw UsageException.of(
                    "--early-stopping", patience, "1 to " + MOST_PATIENCE + " evaluations", "try --early-stopping 5");
        }
        if (!(margin >= 0 && margin < Double.POSITIVE_INFINITY)) {
            throw UsageException.of("--min-delta", margin, "a finite number that is not negative", "try 0.001");
        }
    }

    /// What chooses the best parameters.
    ///
    /// @param held the images held out for it, if any
    /// @param watched the metric that was typed, if any
    /// @throws UsageException if the metric does not fit the parts there are
    StoppingPlan plan(Optional<Dataset> held, Optional<Metric> watched) {
        boolean validated = held.isPresent();
        watched.ifPresent(metric -> {
            if (metric.readsValidation() && !validated) {
                throw new UsageException("--watch: found " + metric.label() + ", but there is no validation part,"
                        + " expected one; add --validation 0.1");
            }
            if (metric.readsTest() && validated) {
                throw new UsageException("--watch: found " + metric.label() + " beside --validation, expected a metric"
                        + " of the validation or training part: a test set that chooses measures nothing any more;"
                        + " try --watch validation-loss");
            }
        });
        Metric chosen;
        if (endsEarly()) {
            chosen = watched.orElse(validated ? Metric.VALIDATION_LOSS : Metric.TEST_LOSS);
        } else {
            chosen = validated ? Metric.VALIDATION_ACCURACY : Metric.TEST_ACCURACY;
        }
        return new StoppingPlan(held, patience(0), margin, chosen);
    }

    /// The training images that are held out.
    ///
    /// @param share of them, stratified by class; 0 for none
    /// @throws UsageException if that is less than one image
    static Optional<Dataset> held(Dataset train, double share, long seed) {
        if (share == 0) {
            return Optional.empty();
        }
        int[] held = partition(train, share, seed).held();
        if (held.length == 0) {
            throw UsageException.of(
                    "--validation", share, "a share of at least one of " + train.count() + " examples", "try 0.1");
        }
        return Optional.of(train.select(held));
    }

    /// The same data without the images held out.
    static LoadedData without(LoadedData data, double share, long seed) {
        if (share == 0) {
            return data;
        }
        LabelledData split = data.split();
        Dataset rest =
                split.train().select(partition(split.train(), share, seed).train());
        return new LoadedData(
                data.name(), new LabelledData(rest, split.test(), split.classNames(), split.origin()), data.facts());
    }

    private static Partition partition(Dataset images, double share, long seed) {
        return NetworkOptions.checked(
                "--validation", () -> Partition.of(images.labels(), images.classes(), share, seed));
    }
}
