package org.badak.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.badak.data.Json;
import org.badak.data.LabelNoise;
import org.badak.figure.Axis;
import org.badak.figure.Dash;
import org.badak.figure.Figure;
import org.badak.figure.Panels;
import org.badak.figure.Points;
import org.badak.figure.TerminalCells;
import org.badak.figure.report.RunReport;
import org.badak.figure.report.Section;
import org.badak.figure.report.Verdict;
import org.badak.figure.report.Words;
import org.badak.train.Evaluation;

/// What an experiment on over-fitting showed: table, words, figure, page and JSON. All numbers are means of the
/// seeds.
///
/// @param data name of the data
/// @param images how many were learnt
/// @param validation how many more early stopping looked at
/// @param noise the wrong labels of both
/// @param rate learning rate at the start
/// @param epochs how long was trained
/// @param results of the cures; the first is none
/// @param seconds it took
record OverfitReport(
        String data,
        int images,
        int validation,
        LabelNoise noise,
        double rate,
        long epochs,
        List<CureResult> results,
        double seconds) {
    /// A weight decay that helps with 300 images.
    static final double WEIGHT_DECAY = 0.05;
    /// A dropout that helps with 300 images.
    static final double DROPOUT = 0.15;
    /// A patience, in epochs, with which a few hundred validation images find the best moment.
    static final int PATIENCE = 100;

    private static final int NAME = 20;
    private static final int CELL = 12;
    private static final List<Words> COLUMNS = List.of(
            new Words("cure", "처방"),
            new Words("training", "훈련"),
            new Words("test", "시험"),
            new Words("gap, points", "차이, %p"),
            new Words("test loss", "시험 손실"),
            new Words("epochs", "에폭"));

    /// Copies the list.
    OverfitReport {
        results = List.copyOf(results);
    }

    private CureWords words(CureResult result) {
        return new CureWords(result, images, validation, noise, epochs);
    }

    /// Prints table and words.
    void print(Console console) {
        console.result("");
        console.result(Texts.of(heading()) + ":");
        row(
                Texts.of(COLUMNS.getFirst()),
                COLUMNS.stream().skip(1).map(Texts::of).toList(),
                console);
        for (CureResult result : results) {
            row(Texts.of(words(result).name()), cells(result), console);
        }
        console.result("");
        for (CureResult result : results) {
            console.result("* " + Texts.of(words(result).sentence()));
            console.result("  " + Texts.of(words(result).use()));
        }
        console.result(String.format(Locale.ROOT, Texts.of("%.1f s", "%.1f초"), seconds));
    }

    private static void row(String name, List<String> cells, Console console) {
        StringBuilder line = new StringBuilder("  ").append(TerminalCells.left(name, NAME));
        cells.forEach(cell -> line.append(TerminalCells.right(cell, CELL)));
        console.result(line.toString());
    }

    private Words heading() {
        int seeds = results.getFirst().courses().size();
        int wrong = noise.of(images);
        return new Words(
                String.format(
                        Locale.ROOT,
                        "%,d images, %s, six hidden layers of 100 units (ReLU, He), %,d epochs, learning rate"
                                + " %s falling to 0, %s",
                        images,
                        wrong == 0 ? "all labels right" : wrong + " of them with a wrong label",
                        epochs,
                        rate,
                        seeds == 1 ? "one seed" : "means of " + seeds + " seeds"),
                String.format(
                        Locale.ROOT,
                        "이미지 %,d장(%s), 뉴런 100개의 은닉층 6개(ReLU, He), %,d에폭, 0까지 줄어드는 학습률 %s, %s",
                        images,
                        wrong == 0 ? "레이블은 모두 맞음" : "그중 " + wrong + "장은 레이블이 틀림",
                        epochs,
                        rate,
                        seeds == 1 ? "시드 1개" : "시드 " + seeds + "개의 평균"));
    }

    private static List<String> cells(CureResult result) {
        return List.of(
                Texts.percent(result.last(Evaluation::trainAccuracy)),
                Texts.percent(result.last(Evaluation::testAccuracy)),
                String.format(Locale.ROOT, "%.2f", 100 * result.gap()),
                String.format(Locale.ROOT, "%.3f", result.last(Evaluation::testLoss)),
                String.format(Locale.ROOT, "%.0f", result.last(Evaluation::epoch)));
    }

    /// Training and test accuracy over the epochs, a panel for each cure.
    Panels figure() {
        Panels panels = Panels.titled(
                String.format(
                        Locale.ROOT,
                        "Over-fitting and its cures: %,d images of %s%s",
                        images,
                        data,
                        noise.of(images) == 0 ? "" : ", " + noise.of(images) + " labels wrong"),
                2);
        for (CureResult result : results) {
            panels = panels.with(panel(result));
        }
        return panels;
    }

    private Figure panel(CureResult result) {
        double end = result.courses().stream()
                .mapToDouble(course -> course.last().epoch())
                .max()
                .orElse(0);
        double[] at = result.plain().getFirst().readings().stream()
                .mapToDouble(Evaluation::epoch)
                .filter(epoch -> epoch <= end)
                .toArray();
        String test = String.format(Locale.ROOT, ": %.2f %%", 100 * result.last(Evaluation::testAccuracy));
        Figure figure = Figure.titled(words(result).name().english()
                        + test
                        + (result.isPlain() ? "" : String.format(Locale.ROOT, " (%+.2f)", 100 * result.gain())))
                .xAxis(Axis.linear("epoch").between(0, (double) epochs))
                .yAxis(Axis.linear("accuracy").between(0, 1))
                .line("training", Points.of(at, over(result, at, Evaluation::trainAccuracy)), Dash.DASHED)
                .line("test", Points.of(at, over(result, at, Evaluation::testAccuracy)));
        return result.isPlain()
                ? figure
                : figure.horizontalLine("test, plain", result.lastPlain(Evaluation::testAccuracy));
    }

    private static double[] over(CureResult result, double[] epochs, ToDoubleFunction<Evaluation> value) {
        double[] means = new double[epochs.length];
        for (int i = 0; i < epochs.length; i++) {
            means[i] = result.at(epochs[i], value);
        }
        return means;
    }

    /// The self-contained page.
    String html() {
        RunReport report = RunReport.titled(new Words("Over-fitting and its cures", "오버피팅과 처방"), heading());
        List<List<String>> rows = new ArrayList<>();
        for (CureResult result : results) {
            CureWords words = words(result);
            report = report.verdict(
                    result.isPlain()
                            ? Verdict.Tone.BAD
                            : result.gain() > 0 ? Verdict.Tone.GOOD : Verdict.Tone.ATTENTION,
                    new Words(
                            words.sentence().english() + " " + words.use().english(),
                            words.sentence().korean() + " " + words.use().korean()));
            List<String> row = new ArrayList<>();
            row.add(words.name().english() + " / " + words.name().korean());
            row.addAll(cells(result));
            rows.add(row);
        }
        return report.with(new Section.Table(new Words("Figures", "수치"), COLUMNS, rows))
                .curves(List.of(figure()))
                .html();
    }

    /// All figures.
    ObjectBuilder json() {
        ObjectBuilder cures = new ObjectBuilder();
        for (CureResult result : results) {
            cures.put(
                    result.cure().name(),
                    new ObjectBuilder()
                            .put("weight_decay", result.cure().weightDecay())
                            .put("dropout", result.cure().dropout())
                            .put("validation", result.cure().stopsEarly() ? validation : 0)
                            .put("train_accuracy", result.last(Evaluation::trainAccuracy))
                            .put("test_accuracy", result.last(Evaluation::testAccuracy))
                            .put("test_loss", result.last(Evaluation::testLoss))
                            .put("gap", result.gap())
                            .put("gain", result.gain())
                            .put("gain_standard_error", result.standardError())
                            .put("epochs", result.last(Evaluation::epoch))
                            .put(
                                    "test_accuracies",
                                    Json.of(result.courses().stream()
                                            .mapToDouble(course -> course.last().testAccuracy())
                                            .toArray()))
                            .json());
        }
        return new ObjectBuilder()
                .put("images", images)
                .put("wrong_labels", noise.of(images))
                .put("epochs", epochs)
                .put("learning_rate", rate)
                .put("seeds", results.getFirst().courses().size())
                .put("data", data)
                .put("seconds", seconds)
                .put("cures", cures.json());
    }
}
