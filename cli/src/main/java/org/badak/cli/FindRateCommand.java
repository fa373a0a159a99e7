package org.badak.cli;

import java.util.List;
import java.util.Locale;
import org.badak.augment.Augmentation;
import org.badak.catalog.Catalog;
import org.badak.data.Dataset;
import org.badak.data.Json;
import org.badak.data.Sampler;
import org.badak.figure.Axis;
import org.badak.figure.Figure;
import org.badak.gradient.Backprop;
import org.badak.kernel.Kernels;
import org.badak.loss.SoftmaxCrossEntropy;
import org.badak.matrix.Precision;
import org.badak.model.Network;
import org.badak.model.Parameters;
import org.badak.optimizer.Schedule;
import org.badak.train.RateSweep;
import org.badak.train.Trainer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `badak find-rate`: the learning-rate finder.
@Command(
        name = "find-rate",
        header = "Finds a learning rate by trying them all.",
        description = {
            "Trains a new network for a few hundred steps while the learning rate rises from tiny to huge,",
            "draws the loss over the rate, and suggests the rate where the loss falls fastest. Nothing is kept."
        })
final class FindRateCommand extends BadakCommand {
    private static final int MOST_STEPS = 1_000_000;

    @Mixin
    private DataOptions data = new DataOptions();

    @Mixin
    private NetworkOptions network = new NetworkOptions();

    @Mixin
    private OptimizerOptions optimizer = new OptimizerOptions();

    @Mixin
    private AugmentOptions augment = new AugmentOptions();

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "100",
            description = "Images per step. Default: ${DEFAULT-VALUE}.")
    private int batch = 100;

    @Option(
            names = "--from",
            paramLabel = "RATE",
            defaultValue = "1e-6",
            description = "First learning rate. Default: ${DEFAULT-VALUE}.")
    private double from = 1e-6;

    @Option(
            names = "--to",
            paramLabel = "RATE",
            defaultValue = "10",
            description = "Last learning rate, unless training diverges before. Default: ${DEFAULT-VALUE}.")
    private double to = 10;

    @Option(
            names = "--steps",
            paramLabel = "N",
            defaultValue = "200",
            description = "Steps. Default: ${DEFAULT-VALUE}.")
    private int steps = 200;

    @Mixin
    private ThreadOptions threads = new ThreadOptions();

    @Mixin
    private FigureOptions figures = new FigureOptions();

    /// Made by picocli.
    FindRateCommand() {}

    @Override
    Outcome run(Console console) {
        if (!(from > 0 && from < to && Double.isFinite(to))) {
            throw UsageException.of(
                    "--from and --to",
                    from + " and " + to,
                    "two positive finite numbers, the lower one first",
                    "try --from 1e-6 --to 10");
        }
        if (steps < 20 || steps > MOST_STEPS) {
            throw UsageException.of("--steps", steps, "20 to " + MOST_STEPS, "try --steps 200");
        }
        if (batch < 1) {
            throw UsageException.of("--batch", batch, "at least 1", "try --batch 100");
        }
        optimizer.check();
        network.check();
        augment.augmentations();
        threads.threads();
        data.divide(0.2, network.seed());
        Dataset train = data.load(console).split().train();
        RateSweep sweep = sweep(train);
        console.result(Texts.of("Suggested learning rate: ", "제안하는 학습률: ") + sweep.explanation());
        show(sweep, console);
        ObjectBuilder json = new ObjectBuilder()
                .put("explanation", sweep.explanation())
                .put("diverged", sweep.diverged())
                .put("least_loss_rate", sweep.rateOfLeastLoss())
                .put("rates", Json.of(sweep.rates()))
                .put("loss", Json.of(sweep.losses()))
                .put("smoothed_loss", Json.of(sweep.smoothed()))
                .put("figures", figures.json());
        sweep.suggestion().ifPresent(rate -> json.put("suggestion", rate));
        return Outcome.ok(json.json());
    }

    private RateSweep sweep(Dataset train) {
        Network described = network.network(train.shape(), train.classes(), new SoftmaxCrossEntropy());
        Parameters parameters = described.initialise(Precision.FLOAT32, network.seed());
        Sampler sampler = NetworkOptions.checked(
                "--batch", () -> Catalog.sampler("shuffle").make(train.count(), batch, network.seed()));
        NetworkOptions.requireBatch(described, sampler, batch);
        try (Kernels kernels = threads.kernels(Precision.FLOAT32)) {
            UpdatePlan plan = optimizer.plan(steps);
            Trainer trainer = new Trainer(
                    described,
                    parameters,
                    new Backprop(described, parameters, kernels),
                    plan.optimizer(),
                    sampler,
                    kernels,
                    train,
                    batch);
            List<Augmentation> changes = augment.augmentations();
            if (!changes.isEmpty()) {
                trainer.augment(changes, network.seed());
            }
            return RateSweep.of(plan.apply(trainer), new Schedule.Sweep(from, to, steps));
        }
    }

    private void show(RateSweep sweep, Console console) {
        Figure figure = Figure.titled(String.format(
                        Locale.ROOT,
                        "Loss over the learning rate, %s",
                        optimizer.rule().name()))
                .xAxis(Axis.log("learning rate"))
                .yAxis(Axis.linear("loss"))
                .line("loss of the batch", sweep.rates(), capped(sweep.losses(), sweep))
                .line("smoothed", sweep.rates(), capped(sweep.smoothed(), sweep));
        if (sweep.suggestion().isPresent()) {
            figure = figure.verticalLine("suggestion", sweep.suggestion().getAsDouble());
        }
        figures.show("find-rate", figure, console);
    }

    /// Cut at twice the first loss: what diverges would flatten all else.
    private static double[] capped(double[] losses, RateSweep sweep) {
        double[] shown = losses.clone();
        double most = 2 * sweep.smoothed()[0];
        for (int i = 0; i < shown.length; i++) {
            shown[i] = Math.min(shown[i], most);
        }
        return shown;
    }
}
