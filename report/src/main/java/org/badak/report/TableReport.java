package org.badak.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.badak.data.Json;
import org.badak.figure.ConfusionMatrix;
import org.badak.figure.Figure;
import org.badak.figure.report.RunReport;
import org.badak.figure.report.Section;
import org.badak.figure.report.Words;
import org.badak.tabular.Column;
import org.badak.tabular.Score;
import org.badak.tabular.TableTask;
import org.badak.tabular.TableTraining;

/// The report of a training run on a table.
///
/// @param task what was learned
/// @param result what came of it
/// @param trained score of the training rows
/// @param scores of the test rows, or of the folds
/// @param single whether there is one score, of the test rows
/// @param seconds the whole run took
public record TableReport(
        TableTask task,
        TableTraining.Result result,
        Score trained,
        List<Score> scores,
        boolean single,
        double seconds) {
    /// The self-contained page.
    ///
    /// @param configuration of the run
    /// @param curve the losses
    /// @param reproducibility what is needed to get the same run again
    public String html(Json.Members configuration, Figure curve, List<Section.Property> reproducibility) {
        RunReport report = RunReport.titled(
                new Words("Training report", "학습 보고서"),
                Words.same(
                        result.model().network().summary() + ", " + task.table().source()));
        double mean = scores.stream().mapToDouble(Score::headline).average().orElse(Double.NaN);
        report = report.headline(
                        single ? new Words("Test rows", "시험 행") : new Words("Mean of the folds", "폴드 평균"),
                        headline(mean))
                .headline(new Words("Training rows", "훈련 행"), headline(trained.headline()))
                .headline(new Words("Steps", "단계"), FigureText.count(result.step()))
                .headline(new Words("Time", "시간"), String.format(Locale.ROOT, "%.1f s", seconds))
                .curves(List.of(curve));
        if (single && scores.getFirst() instanceof Score.Classes classes) {
            report = report.with(ClassFigures.of(classes).section())
                    .confusion(ConfusionMatrix.of(
                            "Confusion matrix",
                            classes.labels(),
                            classes.confusion().table()));
        }
        List<List<String>> rows = new ArrayList<>();
        for (Column column : task.columns()) {
            rows.add(List.of(
                    column.name(),
                    column.index() == task.target().column()
                            ? "target"
                            : result.model().preparation().left().containsKey(column.name())
                                    ? column.type().word() + ", left out"
                                    : column.type().word(),
                    Integer.toString(column.missing()),
                    column.content()));
        }
        return report.with(new Section.Table(
                        new Words("Columns", "열"),
                        List.of(
                                new Words("column", "열"),
                                new Words("type", "유형"),
                                new Words("missing", "결측"),
                                new Words("content", "내용")),
                        rows))
                .configuration(properties(configuration.values()))
                .reproducibility(reproducibility)
                .html();
    }

    private String headline(double value) {
        return trained instanceof Score.Classes
                ? FigureText.percent(value)
                : String.format(Locale.ROOT, "R2 %.4f", value);
    }

    private static List<Section.Property> properties(Map<String, Json> values) {
        return values.entrySet().stream()
                .map(entry -> new Section.Property(
                        Words.same(entry.getKey()),
                        entry.getValue() instanceof Json.Text(String text)
                                ? text
                                : entry.getValue().toString()))
                .toList();
    }
}
