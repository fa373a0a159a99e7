package org.badak.figure;

import java.util.ArrayList;
import java.util.List;

/// The names of the series, each with a sample, outside the axes: to the right when the names are short, else below.
final class Legend {
    private static final double SIZE = 12;
    private static final double ROW = 20;
    private static final double SAMPLE = 26;
    private static final double GAP = 18;

    private final List<Entry> entries;
    private final boolean right;
    private final double widest;

    /// A named series and its colour.
    record Entry(Series series, Ink ink, String label) {}

    private Legend(List<Entry> entries, boolean right, double widest) {
        this.entries = entries;
        this.right = right;
        this.widest = widest;
    }

    static Legend of(Figure figure, double width) {
        List<Entry> entries = entries(figure);
        double widest = 0;
        for (Entry entry : entries) {
            widest = Math.max(widest, Glyphs.width(Text.clean(entry.label()), SIZE));
        }
        boolean fits = SAMPLE + 8 + widest <= 0.26 * width && entries.size() > 1;
        return new Legend(entries, fits, Math.min(widest, width - SAMPLE - 40));
    }

    /// The series with a name, in order, each with the colour it is drawn in.
    static List<Entry> entries(Figure figure) {
        List<Entry> entries = new ArrayList<>();
        int color = 0;
        for (Series series : figure.series()) {
            Ink ink = SeriesPainter.ink(series, color);
            color += SeriesPainter.usesColor(series) ? 1 : 0;
            if (!series.name().isBlank()) {
                entries.add(new Entry(series, ink, series.name()));
            }
        }
        return entries;
    }

    /// Width taken at the right of the axes.
    double width() {
        return right && !entries.isEmpty() ? SAMPLE + 8 + widest + GAP : 0;
    }

    /// Height taken below the axes.
    double height(double available) {
        return right || entries.isEmpty() ? 0 : ROW * rows(available) + 6;
    }

    private int perRow(double available) {
        return Math.clamp((int) ((available + GAP) / (SAMPLE + 8 + widest + GAP)), 1, entries.size());
    }

    private int rows(double available) {
        int perRow = perRow(available);
        return (entries.size() + perRow - 1) / perRow;
    }

    /// Draws with the upper left corner at (x, y).
    void draw(Canvas canvas, double x, double y, double available) {
        if (entries.isEmpty()) {
            return;
        }
        int perRow = right ? 1 : perRow(available);
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            double left = x + i % perRow * (SAMPLE + 8 + widest + GAP) + (right ? GAP : 0);
            int row = i / perRow;
            double middle = y + row * ROW + ROW / 2;
            sample(canvas, entry, left, middle);
            String label = Rendering.fitted(entry.label(), SIZE, widest + 1);
            canvas.text(label, left + SAMPLE + 8, middle + 4, Canvas.TextStyle.of(SIZE, Ink.TEXT, Anchor.START));
        }
    }

    private static void sample(Canvas canvas, Entry entry, double x, double y) {
        Ink ink = entry.ink();
        double[] xs = {x, x + SAMPLE};
        double[] ys = {y, y};
        switch (entry.series()) {
            case Series.Line line ->
                canvas.polyline(xs, ys, ink, line.faint() ? 1.2 : 2.2, line.dash(), line.faint() ? 0.5 : 1);
            case Series.Markers m -> canvas.circle(x + SAMPLE / 2, y, 3.5, ink, false);
            case Series.Arrows a -> canvas.arrow(x + 2, y, x + SAMPLE - 2, y, ink, 1.5);
            case Series.HorizontalLine h -> canvas.polyline(xs, ys, ink, 1.4, Dash.DASHED, 1);
            case Series.VerticalLine v -> canvas.polyline(xs, ys, ink, 1.4, Dash.DASHED, 1);
            case Series.Band b -> canvas.rect(x, y - 5, SAMPLE, 10, ink, 0.25);
            case Series.Contours c -> canvas.polyline(xs, ys, ink, 1, Dash.SOLID, 0.7);
            case Series.Path p -> {
                canvas.polyline(new double[] {x + 4, x + SAMPLE - 4}, ys, ink, 1.8, Dash.SOLID, 1);
                canvas.circle(x + 4, y, 4, ink, true);
                canvas.circle(x + SAMPLE - 4, y, 4, ink, false);
            }
            case Series.Note n -> {}
        }
    }
}
