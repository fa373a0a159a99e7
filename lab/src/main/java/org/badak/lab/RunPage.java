package org.badak.lab;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.badak.data.Dataset;
import org.badak.figure.Axis;
import org.badak.figure.Dash;
import org.badak.figure.Figure;
import org.badak.figure.Points;
import org.badak.figure.report.RunReport;
import org.badak.figure.report.Section;
import org.badak.figure.report.Words;
import org.badak.report.FitTone;
import org.badak.report.Readings;
import org.badak.train.Evaluation;
import org.badak.train.FitVerdict;

/// The self-contained page about a run of the lab.
///
/// @param session the run, which is over
/// @param tested what the network makes of the test images
/// @param run its files so far
record RunPage(TrainingSession session, Readings tested, RunFolder run) {
    private static final int MISTAKES = 24;

    /// The page.
    String html() {
        List<Evaluation> readings = session.readings();
        Evaluation last = readings.getLast();
        Dataset test = session.data().test();
        FitVerdict verdict =
                FitVerdict.of(readings, last, session.data().train().count(), test.count(), test.classes());
        String what = session.network().sizes() + ", " + session.order().data();
        return RunReport.titled(Words.same(run.name()), Words.same(what))
                .headline(new Words("test accuracy", "시험 정확도"), percent(last.testAccuracy()))
                .headline(new Words("training accuracy", "훈련 정확도"), percent(last.trainAccuracy()))
                .headline(new Words("steps", "단계"), String.format(Locale.ROOT, "%,d", last.step()))
                .verdict(
                        FitTone.of(verdict),
                        new Words(verdict.sentence(last, Locale.ENGLISH), verdict.sentence(last, Locale.KOREAN)))
                .curves(List.of(
                        figure("Accuracy", readings, Evaluation::trainAccuracy, Evaluation::testAccuracy),
                        figure("Loss", readings, Evaluation::trainLoss, Evaluation::testLoss)))
                .with(tested.classes(session.data().classNames()).section())
                .confusion(tested.confusion(session.data().classNames()))
                .mistakes(tested.forReport(test, session.data().classNames(), MISTAKES))
                .epochs(readings.stream()
                        .map(reading -> new RunReport.Epoch(
                                (int) Math.round(reading.epoch()),
                                reading.trainLoss(),
                                reading.trainAccuracy(),
                                reading.testAccuracy()))
                        .toList())
                .configuration(run.texts().entrySet().stream()
                        .map(entry -> new Section.Property(Words.same(entry.getKey()), entry.getValue()))
                        .toList())
                .reproducibility(List.of(
                        new Section.Property(
                                Words.same("parameters_sha256"),
                                session.parameters().sha256()),
                        new Section.Property(
                                Words.same("learning_rate_changes"),
                                session.rateChanges().toString())))
                .html();
    }

    private static Figure figure(
            String name,
            List<Evaluation> readings,
            ToDoubleFunction<Evaluation> train,
            ToDoubleFunction<Evaluation> test) {
        double[] epochs = column(readings, Evaluation::epoch);
        return Figure.titled(name)
                .xAxis(Axis.linear("epoch"))
                .yAxis(Axis.linear(name.toLowerCase(Locale.ROOT)))
                .line("training", epochs, column(readings, train))
                .line("test", Points.of(epochs, column(readings, test)), Dash.DASHED);
    }

    private static double[] column(List<Evaluation> readings, ToDoubleFunction<Evaluation> value) {
        return readings.stream().mapToDouble(value).toArray();
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f %%", 100 * share);
    }
}
