package org.badak.cli;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.badak.figure.Axis;
import org.badak.figure.ParallelCoordinates;
import org.badak.figure.ParallelCoordinates.Coordinate;
import org.badak.tune.Range;

/// The results of a search: a table, the best first, and parallel coordinates.
final class TuneReport {
    private static final int ROWS = 15;
    private static final int MOST_AXES = 12;
    private static final int FIGURE_ROWS = 22;

    private final SearchPlan plan;
    private final List<TrialResult> ranking;

    /// @param ranking the best first
    TuneReport(SearchPlan plan, List<TrialResult> ranking) {
        this.plan = plan;
        this.ranking = ranking;
    }

    /// Prints the table and draws the figure.
    void show(Console console) {
        List<List<String>> rows = new ArrayList<>();
        List<String> head = new ArrayList<>(
                List.of("", Texts.of("trial", "시도"), plan.scoring().name()));
        boolean both = plan.scoring().byLoss() || plan.scoring().loss().equals("loss");
        if (both) {
            head.add(plan.scoring().byLoss() ? plan.scoring().headline() : Texts.of("loss", "손실"));
        }
        head.addAll(plan.space().ranges().keySet());
        head.add(plan.scoring().unit());
        head.add(Texts.of("s", "초"));
        rows.add(head);
        for (int i = 0; i < Math.min(ROWS, ranking.size()); i++) {
            rows.add(row(i, both));
        }
        console.result("");
        int[] widths = new int[head.size()];
        for (List<String> row : rows) {
            for (int c = 0; c < widths.length; c++) {
                widths[c] = Math.max(widths[c], columns(row.get(c)));
            }
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int c = 0; c < widths.length; c++) {
                line.append("  ")
                        .append(" ".repeat(widths[c] - columns(row.get(c))))
                        .append(row.get(c));
            }
            console.result(line.toString().stripTrailing());
        }
        if (ranking.size() > ROWS) {
            console.result(String.format(
                    Locale.ROOT,
                    Texts.of("  and %d more, in trials.jsonl", "  그 밖의 %d개는 trials.jsonl에 있습니다"),
                    ranking.size() - ROWS));
        }
        console.result("");
        console.results()
                .print(figure().terminal(
                                console.terminal().columns(),
                                FIGURE_ROWS,
                                console.terminal().style()));
        console.results().flush();
    }

    private List<String> row(int place, boolean both) {
        TrialResult result = ranking.get(place);
        List<String> row = new ArrayList<>(List.of(Integer.toString(place + 1), Integer.toString(result.trial())));
        row.add(result.failed() ? Texts.of("diverged", "발산") : Search.scored(plan.scoring(), result));
        if (both) {
            row.add(
                    result.failed()
                            ? "-"
                            : plan.scoring().byLoss()
                                    ? plan.scoring().text(result.headline())
                                    : String.format(Locale.ROOT, "%.4f", result.loss()));
        }
        row.addAll(result.values().values());
        row.add(Texts.count(result.budget()));
        row.add(String.format(Locale.ROOT, "%.1f", result.seconds()));
        return row;
    }

    /// Columns of a terminal: Hangul takes two.
    private static int columns(String text) {
        return text.codePoints().map(c -> c >= 0xAC00 && c <= 0xD7A3 ? 2 : 1).sum();
    }

    /// The parallel coordinates: an axis for each thing that was varied, the last one the score.
    ParallelCoordinates figure() {
        List<Coordinate> axes = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (Map.Entry<String, Range> range : plan.space().ranges().entrySet()) {
            if (axes.size() < MOST_AXES) {
                axes.add(axis(range.getKey(), range.getValue()));
                names.add(range.getKey());
            }
        }
        List<ParallelCoordinates.Trial> trials = new ArrayList<>();
        for (TrialResult result : ranking) {
            List<Double> values = new ArrayList<>();
            for (int k = 0; k < names.size(); k++) {
                String value = result.values().getOrDefault(names.get(k), "");
                values.add(
                        switch (axes.get(k)) {
                            case Coordinate.Numeric numeric -> Double.parseDouble(value);
                            case Coordinate.Categories categories ->
                                (double) categories.names().indexOf(value);
                        });
            }
            trials.add(new ParallelCoordinates.Trial(
                    values, result.failed() ? Double.NaN : plan.scoring().objective(result)));
        }
        String name = plan.scoring().byLoss()
                ? plan.scoring().loss().equals("loss") ? "loss" : "RMSE"
                : plan.scoring().headline().equals("r2") ? "R²" : "accuracy";
        return ParallelCoordinates.of(
                "Trials, " + plan.method() + " search: validation " + name, axes, Axis.linear(name), trials);
    }

    private static Coordinate axis(String name, Range range) {
        return switch (range) {
            case Range.Numbers numbers ->
                new Coordinate.Numeric(new Axis(name, numbers.logarithmic(), numbers.low(), numbers.high()));
            case Range.Choices choices -> {
                Set<String> ordered = new LinkedHashSet<>(choices.values());
                yield new Coordinate.Categories(name, List.copyOf(ordered));
            }
        };
    }
}
