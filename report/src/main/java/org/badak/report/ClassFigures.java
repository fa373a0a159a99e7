package org.badak.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.badak.data.Json;
import org.badak.figure.report.Section;
import org.badak.figure.report.Words;
import org.badak.metric.Classification;
import org.badak.metric.Confusion;
import org.badak.tabular.Score;

/// What a classifier is worth, class by class.
///
/// @param scores what it made of a set
/// @param names of the classes
/// @param unit what is counted: images, examples, rows
public record ClassFigures(Classification scores, List<String> names, Words unit) {
    /// What is counted in sets of images.
    public static final Words IMAGES = new Words("images", "이미지");
    /// What is counted in sets of plain numbers.
    public static final Words EXAMPLES = new Words("examples", "예시");
    /// What is counted in tables.
    public static final Words ROWS = new Words("rows", "행");
    /// The row of the means of all classes.
    public static final Words MACRO = new Words("mean of classes", "클래스 평균");
    /// The row of the means by the number of examples.
    public static final Words WEIGHTED = new Words("weighted mean", "가중 평균");

    private static final Words CLASS = new Words("class", "클래스");
    private static final Words PRECISION = new Words("precision", "정밀도");
    private static final Words RECALL = new Words("recall", "재현율");

    /// Copies the list.
    public ClassFigures {
        names = List.copyOf(names);
    }

    /// Of the rows of a table.
    public static ClassFigures of(Score.Classes score) {
        return new ClassFigures(score.answers(), score.labels(), ROWS);
    }

    /// The table of a report.
    public Section.Table section() {
        return new Section.Table(new Words("Classes", "클래스별 지표"), columns(), rows(both(MACRO), both(WEIGHTED)));
    }

    private static String both(Words words) {
        return words.english() + " / " + words.korean();
    }

    /// Names of the columns of [#rows].
    public List<Words> columns() {
        return List.of(CLASS, unit, PRECISION, RECALL, Words.same("F1"));
    }

    /// A row for each class, then those of the means.
    ///
    /// @param macro name of the row of means
    /// @param weighted name of the row of weighted means
    public List<List<String>> rows(String macro, String weighted) {
        Confusion confusion = scores.confusion();
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            rows.add(row(
                    names.get(i), confusion.support(i), confusion.precision(i), confusion.recall(i), confusion.f1(i)));
        }
        rows.add(row(
                macro, confusion.total(), confusion.macroPrecision(), confusion.macroRecall(), confusion.macroF1()));
        rows.add(row(
                weighted,
                confusion.total(),
                confusion.weightedPrecision(),
                confusion.weightedRecall(),
                confusion.weightedF1()));
        return rows;
    }

    private static List<String> row(String name, long count, double precision, double recall, double f1) {
        return List.of(
                name,
                FigureText.count(count),
                FigureText.percent(precision),
                FigureText.percent(recall),
                FigureText.percent(f1));
    }

    /// All figures, class by class and together.
    public Json.Members json() {
        Confusion confusion = scores.confusion();
        Map<String, Json> classes = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            Map<String, Json> one = figures(confusion.precision(i), confusion.recall(i), confusion.f1(i));
            one.put("count", Json.of(confusion.support(i)));
            classes.put(names.get(i), new Json.Members(one));
        }
        Map<String, Json> all = new LinkedHashMap<>();
        all.put("accuracy", Json.of(confusion.accuracy()));
        all.put("correct", Json.of(confusion.correct()));
        all.put("count", Json.of(confusion.total()));
        all.put(
                "macro",
                new Json.Members(figures(confusion.macroPrecision(), confusion.macroRecall(), confusion.macroF1())));
        all.put(
                "weighted",
                new Json.Members(
                        figures(confusion.weightedPrecision(), confusion.weightedRecall(), confusion.weightedF1())));
        all.put("top_" + scores.k(), Json.of(scores.topK()));
        if (!Double.isNaN(scores.logLoss())) {
            all.put("log_loss", Json.of(scores.logLoss()));
        }
        all.put("roc_auc", Json.of(scores.rocAuc()));
        all.put("classes", new Json.Members(classes));
        return new Json.Members(all);
    }

    private static Map<String, Json> figures(double precision, double recall, double f1) {
        Map<String, Json> figures = new LinkedHashMap<>();
        figures.put("precision", Json.of(precision));
        figures.put("recall", Json.of(recall));
        figures.put("f1", Json.of(f1));
        return figures;
    }
}
