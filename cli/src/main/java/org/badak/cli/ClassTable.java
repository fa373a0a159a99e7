package org.badak.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.badak.figure.TerminalCells;
import org.badak.metric.Confusion;
import org.badak.report.ClassFigures;

/// What a classifier is worth, class by class, for the terminal.
///
/// @param figures of the classes
record ClassTable(ClassFigures figures) {
    private static final int LEAST_NAME = 14;
    private static final int MOST_NAME = 28;
    private static final int NUMBER = 11;

    /// The table, and a line of what goes beyond classes.
    void print(Console console) {
        List<List<String>> rows = figures.rows(Texts.of(ClassFigures.MACRO), Texts.of(ClassFigures.WEIGHTED));
        int name = Math.clamp(
                rows.stream()
                        .mapToInt(row -> TerminalCells.columns(row.getFirst()))
                        .max()
                        .orElse(0),
                LEAST_NAME,
                MOST_NAME);
        List<List<String>> all = new ArrayList<>();
        all.add(figures.columns().stream().map(Texts::of).toList());
        all.addAll(rows);
        for (List<String> row : all) {
            StringBuilder line = new StringBuilder("  ").append(TerminalCells.left(row.getFirst(), name));
            row.stream().skip(1).forEach(cell -> line.append(TerminalCells.right(cell, NUMBER)));
            console.result(line.toString());
        }
        console.result("  " + ranking());
    }

    /// The figures of all classes together, and the class that is hardest to find, in one line.
    String summary() {
        Confusion confusion = figures.scores().confusion();
        int hardest = hardest();
        return String.format(
                        Locale.ROOT,
                        Texts.of("F1 %s (mean of classes), ", "F1 %s (클래스 평균), "),
                        share(confusion.macroF1()))
                + ranking()
                + Texts.of("; hardest class: ", "; 가장 어려운 클래스: ")
                + figures.names().get(hardest)
                + " (F1 "
                + share(confusion.f1(hardest))
                + ")";
    }

    private int hardest() {
        Confusion confusion = figures.scores().confusion();
        int hardest = 0;
        for (int i = 1; i < figures.names().size(); i++) {
            double least = confusion.f1(hardest);
            hardest = Double.isNaN(least) || confusion.f1(i) < least ? i : hardest;
        }
        return hardest;
    }

    private String ranking() {
        StringBuilder text = new StringBuilder();
        if (figures.scores().k() < figures.names().size()) {
            text.append(Texts.of("top ", "상위 "))
                    .append(figures.scores().k())
                    .append(Texts.of(" ", "개 안 "))
                    .append(share(figures.scores().topK()))
                    .append(", ");
        }
        if (!Double.isNaN(figures.scores().logLoss())) {
            text.append(String.format(
                    Locale.ROOT,
                    Texts.of("log loss %.4f, ", "로그 손실 %.4f, "),
                    figures.scores().logLoss()));
        }
        return text + "ROC AUC "
                + (Double.isNaN(figures.scores().rocAuc())
                        ? "-"
                        : String.format(Locale.ROOT, "%.4f", figures.scores().rocAuc()));
    }

    private static String share(double share) {
        return Double.isNaN(share) ? "-" : Texts.percent(share);
    }
}
