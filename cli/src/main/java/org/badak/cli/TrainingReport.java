package org.badak.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.badak.data.Dataset;
import org.badak.data.Json;
import org.badak.figure.Axis;
import org.badak.figure.ColorScale;
import org.badak.figure.ConfusionMatrix;
import org.badak.figure.Figure;
import org.badak.figure.ImageGrid;
import org.badak.figure.Points;
import org.badak.figure.Tile;
import org.badak.figure.report.RunReport;
import org.badak.figure.report.Section;
import org.badak.figure.report.Words;
import org.badak.layer.Conv2d;
import org.badak.matrix.Matrix;
import org.badak.model.Parameters;
import org.badak.report.FitTone;
import org.badak.report.Readings;
import org.badak.train.Evaluation;
import org.badak.train.FitVerdict;

/// The curves and the report of a training run.
///
/// @param plan what was done
/// @param readings all evaluations
/// @param kept the evaluation of the parameters that are left at the end: the last, with early stopping the best
/// @param losses of every step's mini-batch
/// @param parameters that are left at the end
/// @param tested what the network makes of the test images
record TrainingReport(
        TrainingPlan plan,
        List<Evaluation> readings,
        Evaluation kept,
        double[] losses,
        Parameters parameters,
        Readings tested) {
    private static final int LOSS_POINTS = 1500;
    private static final int SMOOTHING = 100;
    private static final int MOST_UNITS = 100;
    private static final int MISTAKES = 24;

    /// Training and test accuracy over the epochs.
    Figure accuracy() {
        double[] epochs = column(readings, Evaluation::epoch);
        Figure figure = Figure.titled("Accuracy of " + plan.network().sizes() + " on "
                        + plan.data().name())
                .xAxis(Axis.linear("epoch"))
                .yAxis(Axis.linear("accuracy").between(Double.NaN, 1))
                .line("training", epochs, column(readings, Evaluation::trainAccuracy))
                .line(
                        "test",
                        Points.of(epochs, column(readings, Evaluation::testAccuracy)),
                        org.badak.figure.Dash.DASHED);
        if (plan.stopping().validation().isPresent()) {
            figure = figure.line("validation", epochs, column(readings, Evaluation::validationAccuracy));
        }
        return plan.stopping().endsEarly()
                ? figure.verticalLine("best, " + plan.stopping().metric().label(), kept.epoch())
                : figure;
    }

    /// The loss of every step, and of both sets.
    Figure loss() {
        double[] steps =
                IntStream.rangeClosed(1, losses.length).asDoubleStream().toArray();
        Points raw = Points.of(steps, losses);
        double[] read = column(readings, reading -> reading.step());
        return Figure.titled("Loss")
                .xAxis(Axis.linear("step"))
                .yAxis(Axis.linear("loss").between(0, Double.NaN))
                .faintLine("mini-batch", raw.thinned(LOSS_POINTS))
                .line("mean of " + SMOOTHING, raw.movingAverage(SMOOTHING).thinned(LOSS_POINTS))
                .markers("training set", Points.of(read, column(readings, Evaluation::trainLoss)))
                .markers("test set", Points.of(read, column(readings, Evaluation::testLoss)));
    }

    /// The weights of the units of the first layer that has some: as images of the inputs, or of a filter's first
    /// channel.
    ImageGrid weights() {
        Matrix w = parameters.tensor(0);
        int rows = 1;
        int columns = w.rows();
        Dataset train = plan.data().split().train();
        if (plan.network().layers().get(parameters.slots().getFirst().layer()) instanceof Conv2d filters) {
            rows = filters.size();
            columns = filters.size();
        } else if (w.rows() == train.features() && Readings.arePictures(train)) {
            rows = train.shape().height();
            columns = train.shape().width();
        }
        ImageGrid grid = ImageGrid.titled("First-layer weights").scale(ColorScale.DIVERGING);
        List<Tile> tiles = new ArrayList<>();
        for (int unit = 0; unit < Math.min(MOST_UNITS, w.columns()); unit++) {
            double[] values = new double[rows * columns];
            for (int i = 0; i < values.length; i++) {
                values[i] = w.get(i, unit);
            }
            tiles.add(Tile.of(columns, rows, values, ""));
        }
        return grid.with(tiles);
    }

    /// The self-contained page.
    String html(FitVerdict verdict, String hash) {
        Evaluation last = kept;
        ConfusionMatrix confusion = tested.confusion(plan.data().classNames());
        RunReport report = RunReport.titled(
                        new Words("Training report", "학습 보고서"),
                        Words.same(plan.network().sizes() + " " + plan.options().activation() + ", "
                                + plan.data().split().origin()))
                .headline(new Words("Test accuracy", "시험 정확도"), Texts.percent(last.testAccuracy()))
                .headline(new Words("Training accuracy", "훈련 정확도"), Texts.percent(last.trainAccuracy()))
                .headline(new Words("Training loss", "훈련 손실"), String.format(Locale.ROOT, "%.4f", last.trainLoss()))
                .headline(new Words("Steps", "단계"), Texts.count(last.step()))
                .headline(new Words("Time", "시간"), String.format(Locale.ROOT, "%.1f s", last.seconds()))
                .verdict(
                        FitTone.of(verdict),
                        new Words(verdict.sentence(last, Locale.ENGLISH), verdict.sentence(last, Locale.KOREAN)))
                .curves(List.of(accuracy(), loss()))
                .with(tested.classes(plan.data().classNames()).section())
                .confusion(confusion)
                .mistakes(
                        tested.forReport(plan.data().split().test(), plan.data().classNames(), MISTAKES))
                .weights(weights())
                .epochs(readings.stream()
                        .map(reading -> new RunReport.Epoch(
                                (int) Math.round(reading.epoch()),
                                reading.trainLoss(),
                                reading.trainAccuracy(),
                                reading.testAccuracy()))
                        .toList())
                .configuration(properties(plan.json().values()))
                .reproducibility(List.of(
                        property("seed", Long.toString(plan.options().seed())),
                        property("parameters_sha256", hash),
                        property("badak", Version.number()),
                        property("java", Runtime.version().toString())));
        return report.html();
    }

    private static List<Section.Property> properties(Map<String, Json> values) {
        return values.entrySet().stream()
                .map(entry -> property(
                        entry.getKey(),
                        entry.getValue() instanceof Json.Text(String text)
                                ? text
                                : entry.getValue().toString()))
                .toList();
    }

    private static Section.Property property(String name, String value) {
        return new Section.Property(Words.same(name), value);
    }

    private static double[] column(List<Evaluation> readings, java.util.function.ToDoubleFunction<Evaluation> value) {
        return readings.stream().mapToDouble(value).toArray();
    }
}
