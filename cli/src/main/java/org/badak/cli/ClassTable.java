package org.badak.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.badak.figure.TerminalCells;
import org.badak.figure.report.Section;
import org.badak.figure.report.Words;
import org.badak.metric.Classification;
import org.badak.metric.Confusion;

/// What a classifier is worth, class by class: for the terminal, the report and JSON.
///
/// @param scores what it made of a set
/// @param names of the classes
/// @param unit what is counted: images, examples, rows
record ClassTable(Classification scores, List<String> names, Words unit) {
    /// What is counted in sets of images.
    static final Words IMAGES = new Words("images", "이미지");
    /// What is counted in sets of plain numbers.
    static final Words EXAMPLES = new Words("examples", "예시");
    /// What is counted in tables.
    static final Words ROWS = new Words("rows", "행");

    private static final int LEAST_NAME = 14;
    private static final int MOST_NAME = 28;
    private static final int NUMBER = 11;
    private static final Words CLASS = new Words("class", "클래스");
    private static final Words PRECISION = new Words("precision", "정밀도");
    private static final Words RECALL = new Words("recall", "재현율");
    private static final Words MACRO = new Words("mean of classes", "클래스 평균");
    private static final Words WEIGHTED = new Words("weighted mean", "가중 평균");

    /// Copies the list.
    ClassTable {
        names = List.copyOf(names);
    }

    /// The table, and a line of what goes beyond classes.
    void print(Console console) {
        int name = Math.clamp(
                rows(Texts.of(MACRO), Texts.of(WEIGHTED)).stream()
                        .mapToInt(row -> TerminalCells.columns(row.getFirst()))
                        .max()
                        .orElse(0),
                LEAST_NAME,
                MOST_NAME);
        List<List<String>> all = new ArrayList<>();
        all.add(columns().stream().map(Texts::of).toList());
        all.addAll(rows(Texts.of(MACRO), Texts.of(WEIGHTED)));
        for (List<String> row : all) {
            StringBuilder line = new StringBuilder("  ").append(TerminalCells.left(row.getFirst(), name));
            row.stream().skip(1).forEach(cell -> line.append(TerminalCells.right(cell, NUMBER)));
            console.result(line.toString());
        }
        console.result("  " + ranking());
    }

    /// The figures of all classes together, and the class that is hardest to find, in one line.
    String summary() {
        Confusion confusion = scores.confusion();
        int hardest = hardest();
        return String.format(
                        Locale.ROOT,
                        Texts.of("F1 %s (mean of classes), ", "F1 %s (클래스 평균), "),
                        share(confusion.macroF1()))
                + ranking()
                + Texts.of("; hardest class: ", "; 가장 어려운 클래스: ")
                + names.get(hardest)
                + " (F1 "
                + share(confusion.f1(hardest))
                + ")";
    }

    private int hardest() {
        Confusion confusion = scores.confusion();
        int hardest = 0;
        for (int i = 1; i < names.size(); i++) {
            double least = confusion.f1(hardest);
            hardest = Double.isNaN(least) || confusion.f1(i) < least ? i : hardest;
        }
        return hardest;
    }

    private String ranking() {
        StringBuilder text = new StringBuilder();
        if (scores.k() < names.size()) {
            text.append(Texts.of("top ", "상위 "))
                    .append(scores.k())
                    .append(Texts.of(" ", "개 안 "))
                    .append(share(scores.topK()))
                    .append(", ");
        }
        if (!Double.isNaN(scores.logLoss())) {
            text.append(String.format(Locale.ROOT, Texts.of("log loss %.4f, ", "로그 손실 %.4f, "), scores.logLoss()));
        }
        return text + "ROC AUC "
                + (Double.isNaN(scores.rocAuc()) ? "-" : String.format(Locale.ROOT, "%.4f", scores.rocAuc()));
    }

    /// The table of a report.
    Section.Table section() {
        return new Section.Table(new Words("Classes", "클래스별 지표"), columns(), rows(both(MACRO), both(WEIGHTED)));
    }

    private static String both(Words words) {
        return words.english() + " / " + words.korean();
    }

    private List<Words> columns() {
        return List.of(CLASS, unit, PRECISION, RECALL, Words.same("F1"));
    }

    private List<List<String>> rows(String macro, String weighted) {
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
        return List.of(name, Texts.count(count), share(precision), share(recall), share(f1));
    }

    private static String share(double share) {
        return Double.isNaN(share) ? "-" : Texts.percent(share);
    }

    /// All figures as JSON.
    ObjectBuilder json() {
        Confusion confusion = scores.confusion();
        ObjectBuilder classes = new ObjectBuilder();
        for (int i = 0; i < names.size(); i++) {
            classes.put(
                    names.get(i),
                    figures(confusion.precision(i), confusion.recall(i), confusion.f1(i))
                            .put("count", confusion.support(i))
                            .json());
        }
        ObjectBuilder json = new ObjectBuilder()
                .put("accuracy", confusion.accuracy())
                .put("correct", confusion.correct())
                .put("count", confusion.total())
                .put(
                        "macro",
                        figures(confusion.macroPrecision(), confusion.macroRecall(), confusion.macroF1())
                                .json())
                .put(
                        "weighted",
                        figures(confusion.weightedPrecision(), confusion.weightedRecall(), confusion.weightedF1())
                                .json())
                .put("top_" + scores.k(), scores.topK());
        if (!Double.isNaN(scores.logLoss())) {
            json.put("log_loss", scores.logLoss());
        }
        return json.put("roc_auc", scores.rocAuc()).put("classes", classes.json());
    }

    private static ObjectBuilder figures(double precision, double recall, double f1) {
        return new ObjectBuilder()
                .put("precision", precision)
                .put("recall", recall)
                .put("f1", f1);
    }
}
