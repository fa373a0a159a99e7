package org.badak.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.badak.catalog.Catalog;
import org.badak.data.Batch;
import org.badak.data.BatchLoader;
import org.badak.data.Dataset;
import org.badak.data.Json;
import org.badak.figure.Axis;
import org.badak.figure.Figure;
import org.badak.figure.Points;
import org.badak.gradient.Gradient;
import org.badak.gradient.GradientCheck;
import org.badak.gradient.GradientReport;
import org.badak.gradient.NumericalGradient;
import org.badak.gradient.SeriesReport;
import org.badak.gradient.TensorReport;
import org.badak.kernel.Kernels;
import org.badak.loss.Loss;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;
import org.badak.model.Network;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `badak check-gradient`: back-propagation against central differences, for every parameter.
@Command(
        name = "check-gradient",
        header = "Checks back-propagation against central differences.",
        description = {
            "Compares back-propagation with central differences for every parameter, in float64,",
            "and names the cause where they differ. Exit code 1 if they do.",
            "Data: the generated digits unless --data names others."
        })
final class CheckGradientCommand extends BadakCommand {
    private static final int MOST_MARKERS = 400;
    private static final String DELTA = "delta-cross-entropy";

    @Mixin
    private DataOptions data = new DataOptions();

    @Mixin
    private NetworkOptions network = new NetworkOptions();

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "10",
            description = "Images. Default: ${DEFAULT-VALUE}.")
    private int batch = 10;

    @Option(
            names = "--loss",
            paramLabel = "NAME",
            defaultValue = "softmax-cross-entropy",
            description = "softmax-cross-entropy, sum-of-squared-error, mean-squared-error, delta-cross-entropy."
                    + " Default: ${DEFAULT-VALUE}.")
    private String loss = "softmax-cross-entropy";

    @Option(names = "--delta", description = "The chapter's loss with its 1e-7 in the logarithm: --loss " + DELTA + ".")
    private boolean delta;

    @Option(
            names = "--directions",
            paramLabel = "N",
            defaultValue = "0",
            description = "Check N random directions per tensor in place of every parameter, for large networks.")
    private int directions;

    @Option(
            names = "--gradient",
            paramLabel = "NAME",
            defaultValue = "backprop",
            description = "What is checked: backprop, or numerical-series, the truncated series."
                    + " Default: ${DEFAULT-VALUE}.")
    private String gradient = "backprop";

    @Mixin
    private ThreadOptions threads = new ThreadOptions();

    @Mixin
    private FigureOptions figures = new FigureOptions();

    /// Made by picocli.
    CheckGradientCommand() {}

    @Override
    Outcome run(Console console) {
        Loss minimised = NetworkOptions.checked("--loss", () -> Catalog.loss(delta ? DELTA : loss));
        NetworkOptions.checked("--gradient", () -> Catalog.gradient(gradient));
        network.check();
        threads.threads();
        if (batch < 1) {
            throw UsageException.of("--batch", batch, "at least 1", "try --batch 10");
        }
        if (directions < 0) {
            throw UsageException.of("--directions", directions, "0 or more", "leave it out to check every parameter");
        }
        data.setDefault("digits", batch);
        Dataset images = data.load(console).split().train();
        if (batch > images.count()) {
            throw UsageException.of(
                    "--batch", batch, "at most " + images.count() + ", the training images", "try --batch 10");
        }
        Network described = network.network(images.shape(), images.classes(), minimised);
        try (Kernels kernels = threads.kernels(Precision.FLOAT64)) {
            org.badak.model.Parameters parameters = described.initialise(Precision.FLOAT64, network.seed());
            int[] indices = new int[batch];
            for (int i = 0; i < batch; i++) {
                indices[i] = i;
            }
            Batch drawn = new BatchLoader(images, kernels, batch).load(indices, 0, batch);
            GradientCheck check = new GradientCheck(described, parameters, kernels);
            Gradient checked = NetworkOptions.checked(
                    "--gradient",
                    () -> Catalog.gradient(gradient).maker().make(described, parameters, kernels, network.seed()));
            GradientReport report = directions == 0
                    ? check.check(checked, drawn)
                    : check.checkDirections(checked, drawn, network.seed(), directions);
            console.results().print(report.table());
            if (checked instanceof NumericalGradient numerical && numerical.bySeries()) {
                SeriesReport series = numerical.series();
                console.result(String.format(
                        Locale.ROOT,
                        Texts.of(
                                "Series: error at most %.1e, %d of %d units evaluated literally",
                                "급수: 오차 %.1e 이하, 유닛 %3$d개 가운데 %2$d개는 정의대로 계산"),
                        series.bound(),
                        series.literalUnits(),
                        series.units()));
            }
            if (figures.wanted()) {
                NumericalGradient numerical = new NumericalGradient(described, parameters, kernels);
                checked.compute(drawn);
                numerical.compute(drawn);
                figures.show("gradients", scatter(checked.result(), numerical.result()), console);
            }
            return new Outcome(json(report), report.passed() ? OK : FAILED);
        }
    }

    private Json.Members json(GradientReport report) {
        List<Json> tensors = new ArrayList<>();
        for (TensorReport tensor : report.tensors()) {
            tensors.add(new ObjectBuilder()
                    .put("name", tensor.name())
                    .put("max_relative_error", tensor.maxRelativeError())
                    .put(
                            "verdict",
                            tensor.verdict().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                    .put("worst", Json.of(tensor.worstRow(), tensor.worstColumn()))
                    .put("analytic", tensor.analytic())
                    .put("numerical", tensor.numerical())
                    .put("explanation", tensor.explanation())
                    .json());
        }
        return new ObjectBuilder()
                .put("passed", report.passed())
                .put("tensors", new Json.Items(tensors))
                .put("parameters", report.count())
                .put("skipped_at_kinks", report.kinks())
                .put("notes", Json.of(report.notes()))
                .put("figures", figures.json())
                .json();
    }

    /// Every parameter, or some of them, as a point: on the diagonal where both gradients agree.
    private static Figure scatter(org.badak.model.Parameters analytic, org.badak.model.Parameters numerical) {
        Figure figure = Figure.titled("Gradient of each parameter: back-propagation against central difference")
                .xAxis(Axis.linear("central difference"))
                .yAxis(Axis.linear("back-propagation"));
        for (int slot = 0; slot < analytic.slots().size(); slot++) {
            Matrix a = analytic.tensor(slot);
            Matrix n = numerical.tensor(slot);
            int count = a.rows() * a.columns();
            int markers = Math.min(count, MOST_MARKERS);
            double[] xs = new double[markers];
            double[] ys = new double[markers];
            for (int i = 0; i < markers; i++) {
                int index = (int) ((long) i * count / markers);
                xs[i] = n.get(index / a.columns(), index % a.columns());
                ys[i] = a.get(index / a.columns(), index % a.columns());
            }
            figure = figure.markers(analytic.slots().get(slot).name(), Points.of(xs, ys));
        }
        return figure;
    }
}
