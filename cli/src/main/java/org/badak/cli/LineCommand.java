package org.badak.cli;

import java.util.List;
import java.util.Locale;
import org.badak.catalog.SavedModel;
import org.badak.catalog.Suggestion;
import org.badak.data.Dataset;
import org.badak.data.Json;
import org.badak.figure.Axis;
import org.badak.figure.Figure;
import org.badak.figure.Points;
import org.badak.kernel.Kernels;
import org.badak.kernel.Philox;
import org.badak.kernel.Purpose;
import org.badak.matrix.Matrix;
import org.badak.model.Parameters;
import org.badak.report.Readings;
import org.badak.train.LossAlongLine;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `badak line`: why the loss and not the accuracy is minimised, the chapter's §2.
@Command(
        name = "line",
        header = "Draws loss and accuracy along a line through a model's parameters.",
        description = {
            "Draws loss and accuracy along a straight line through the parameters of a trained model:",
            "the loss moves smoothly, the accuracy is flat and jumps. That is why the loss is minimised."
        })
final class LineCommand extends BadakCommand {
    private static final int MOST_POINTS = 100_000;
    private static final List<String> DIRECTIONS = List.of("start", "random");

    @Mixin
    private ModelArgument argument = new ModelArgument();

    @Mixin
    private DataOptions data = new DataOptions();

    @Option(
            names = "--direction",
            paramLabel = "NAME",
            defaultValue = "start",
            description = "start: from the first parameters (0) to the trained ones (1); random: from the trained ones"
                    + " (0) in a random direction as long as they are (1). Default: ${DEFAULT-VALUE}.")
    private String direction = "start";

    @Option(names = "--from", paramLabel = "T", description = "First position. Default: 0, random -0.5.")
    private @Nullable Double from;

    @Option(names = "--to", paramLabel = "T", description = "Last position. Default: 1.2, random 0.5.")
    private @Nullable Double to;

    @Option(
            names = "--points",
            paramLabel = "N",
            defaultValue = "201",
            description = "Positions. Default: ${DEFAULT-VALUE}.")
    private int points = 201;

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "100",
            description = "Test images; with few the jumps of the accuracy are seen. Default: ${DEFAULT-VALUE}.")
    private int count = 100;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Of the random direction. Default: 1.")
    private long seed = 1;

    @Mixin
    private ThreadOptions threads = new ThreadOptions();

    @Mixin
    private FigureOptions figures = new FigureOptions();

    /// Made by picocli.
    LineCommand() {}

    @Override
    Outcome run(Console console) {
        if (!DIRECTIONS.contains(direction)) {
            throw new UsageException("--direction: " + Suggestion.unknown("direction", direction, DIRECTIONS));
        }
        boolean random = direction.equals("random");
        double first = from != null ? from : random ? -0.5 : 0;
        double last = to != null ? to : random ? 0.5 : 1.2;
        if (!(first < last && Double.isFinite(first) && Double.isFinite(last))) {
            throw UsageException.of(
                    "--from and --to",
                    first + " and " + last,
                    "two finite numbers, the lower one first",
                    "try --from 0 --to 1.2");
        }
        if (points < 2 || points > MOST_POINTS) {
            throw UsageException.of("--points", points, "2 to " + MOST_POINTS, "try --points 201");
        }
        threads.threads();
        SavedModel model = argument.read(console);
        data.setDefault(model);
        LoadedData loaded = data.load(console);
        argument.requireFit(model, loaded);
        Dataset test = loaded.split().test();
        if (count < 1 || count > test.count()) {
            throw UsageException.of("--count", count, "1 to " + test.count() + ", the test images", "try --count 100");
        }
        Parameters trained = model.parameters();
        Parameters origin = random ? trained : model.network().initialise(trained.precision(), model.seed());
        Parameters way = random ? random(trained, seed) : LossAlongLine.towards(origin, trained);
        double[] positions = new double[points];
        for (int i = 0; i < points; i++) {
            positions[i] = first + (last - first) * i / (points - 1);
        }
        LossAlongLine line;
        try (Kernels kernels = threads.kernels(trained.precision())) {
            line = LossAlongLine.of(model.network(), origin, way, kernels, test.head(count), positions);
        }
        console.result(String.format(
                Locale.ROOT,
                Texts.of(
                        "Between neighbouring positions the accuracy does not change in %.1f %% of the cases, the loss in"
                                + " %.1f %%.",
                        "이웃한 위치 사이에서 정확도가 전혀 변하지 않는 경우는 %.1f %%, 손실이 변하지 않는 경우는 %.1f %%입니다."),
                100 * line.flatShare(),
                100 * line.flatLossShare()));
        figures.show(
                "line",
                Figure.titled("Loss and accuracy of " + count + " "
                                + Readings.unit(test).english() + " along a line, direction " + direction)
                        .xAxis(Axis.linear(random ? "position (0: trained)" : "position (0: start, 1: trained)"))
                        .yAxis(Axis.linear("loss, accuracy"))
                        .line("loss", positions, line.losses())
                        .steps("accuracy", Points.of(positions, line.accuracies()))
                        .verticalLine("trained", random ? 0 : 1),
                console);
        return Outcome.ok(new ObjectBuilder()
                .put("flat_accuracy_share", line.flatShare())
                .put("flat_loss_share", line.flatLossShare())
                .put("positions", Json.of(positions))
                .put("loss", Json.of(line.losses()))
                .put("accuracy", Json.of(line.accuracies()))
                .put("figures", figures.json())
                .json());
    }

    /// Normal numbers, each tensor scaled to the length of the trained one.
    private static Parameters random(Parameters trained, long seed) {
        Parameters direction = trained.like();
        for (int slot = 0; slot < direction.tensors().size(); slot++) {
            Matrix d = direction.tensor(slot);
            Matrix w = trained.tensor(slot);
            Philox normal = new Philox(seed, Purpose.GRADIENT_CHECK, slot);
            double drawn = 0;
            double length = 0;
            for (int row = 0; row < d.rows(); row++) {
                for (int column = 0; column < d.columns(); column++) {
                    double value = normal.normal((long) row * d.columns() + column);
                    d.set(row, column, value);
                    drawn += value * value;
                    length += w.get(row, column) * w.get(row, column);
                }
            }
            double scale = Math.sqrt(length / drawn);
            for (int row = 0; row < d.rows(); row++) {
                for (int column = 0; column < d.columns(); column++) {
                    d.set(row, column, d.get(row, column) * scale);
                }
            }
        }
        return direction;
    }
}
