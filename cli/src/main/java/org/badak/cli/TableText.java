package org.badak.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.badak.figure.ConfusionMatrix;
import org.badak.report.ClassFigures;
import org.badak.tabular.Column;
import org.badak.tabular.Preparation;
import org.badak.tabular.Score;
import org.badak.tabular.Table;
import org.badak.tabular.TableTask;
import org.badak.tabular.Task;

/// Tables, columns and scores in words.
final class TableText {
    private TableText() {}

    /// What was read, and a line for each column.
    ///
    /// @param left columns that are left out, with the reason; may be empty
    static void columns(Table table, List<Column> columns, Map<String, String> left, String target, Console console) {
        console.result(String.format(
                Locale.ROOT,
                Texts.of("Table: %s: %,d rows, %,d columns, %s", "표: %s: %,d행, %,d열, %s"),
                table.source(),
                table.count(),
                table.columns(),
                table.dialect().inWords(Texts.locale())));
        int width = Math.clamp(
                columns.stream()
                        .mapToInt(column -> column.name().length())
                        .max()
                        .orElse(0),
                6,
                32);
        String row = "  %3s  %-" + width + "s  %-11s %7s %8s  %s";
        console.result(String.format(
                        row,
                        "#",
                        Texts.of("column", "열"),
                        Texts.of("type", "유형"),
                        Texts.of("missing", "결측"),
                        Texts.of("distinct", "서로 다른 값"),
                        Texts.of("content", "내용"))
                .stripTrailing());
        for (Column column : columns) {
            String reason = left.getOrDefault(column.name(), "");
            console.result(String.format(
                            Locale.ROOT,
                            row,
                            column.index() + 1,
                            column.name().length() <= width
                                    ? column.name()
                                    : column.name().substring(0, width - 3) + "...",
                            column.name().equals(target)
                                    ? Texts.of("target", "목표")
                                    : column.type().word(Texts.locale()),
                            column.missing() == 0 ? "" : Texts.count(column.missing()),
                            Texts.count(column.distinct()),
                            (reason.isEmpty() || reason.equals(column.type().word())
                                            ? ""
                                            : "(" + Preparation.reason(reason, Texts.locale()) + ") ")
                                    + column.content(Texts.locale()))
                    .stripTrailing());
        }
    }

    /// The target and the task, with the reasons.
    static String target(TableTask task) {
        String name = task.table().names().get(task.target().column());
        String kind = task.target().task() == Task.CLASSIFICATION
                ? Texts.of("classification, " + task.classes() + " classes", "분류, 클래스 " + task.classes() + "개")
                : Texts.of("regression", "회귀");
        return Texts.of("Target: ", "목표: ") + name + " (" + task.target().reason(Texts.locale()) + "): " + kind
                + (task.withoutTarget() == 0
                        ? ""
                        : Texts.of(
                                "; " + task.withoutTarget() + " rows without it are left out",
                                "; 목표가 없는 " + task.withoutTarget() + "행은 뺍니다"));
    }

    /// The figure that sums up a score: `accuracy 96.67 % (29 of 30)`.
    static String headline(Score score) {
        return switch (score) {
            case Score.Classes classes ->
                String.format(
                        Locale.ROOT,
                        Texts.of("accuracy %s (%,d of %,d), loss %.4f", "정확도 %s (%3$,d행 중 %2$,d행), 손실 %4$.4f"),
                        Texts.percent(classes.headline()),
                        classes.confusion().correct(),
                        classes.count(),
                        classes.loss());
            case Score.Values values ->
                String.format(
                        Locale.ROOT,
                        Texts.of(
                                "R2 %.4f, mean square error %.4g (root %.4g), mean absolute error %.4g (%,d rows)",
                                "R2 %.4f, 평균 제곱 오차 %.4g (제곱근 %.4g), 평균 절대 오차 %.4g (%,d행)"),
                        values.r2(),
                        values.errors().meanSquaredError(),
                        values.errors().rootMeanSquaredError(),
                        values.errors().meanAbsoluteError(),
                        values.count());
        };
    }

    /// The table of classes; nothing for numbers.
    static void classes(Score score, Console console) {
        if (score instanceof Score.Classes classes) {
            table(classes).print(console);
        }
    }

    /// What a classifier is worth, class by class.
    static ClassTable table(Score.Classes score) {
        return new ClassTable(ClassFigures.of(score));
    }

    /// The confusion matrix of a score.
    static ConfusionMatrix confusion(Score.Classes score) {
        return ConfusionMatrix.of(
                "Confusion matrix", score.labels(), score.confusion().table());
    }
}
