package org.badak.figure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.badak.figure.SeriesPainter.Box;

/// The layout of a figure with axes for the terminal.
final class TerminalPlot {
    private static final int LEGEND_SAMPLE = 3;

    private final Figure figure;
    private final int columns;
    private final TerminalStyle style;
    private final StringBuilder out = new StringBuilder();

    private TerminalPlot(Figure figure, int columns, TerminalStyle style) {
        this.figure = figure;
        this.columns = columns;
        this.style = style;
    }

    static String draw(Figure figure, int columns, int rows, TerminalStyle style) {
        return new TerminalPlot(figure, columns, style).draw(rows);
    }

    private String draw(int rows) {
        Extent extent = Extent.of(figure);
        List<Legend.Entry> entries = Legend.entries(figure);
        List<String> legend = legendLines(entries);
        boolean hasTitle = !figure.title().isBlank();
        boolean hasYLabel = !figure.yAxis().label().isBlank();
        int fixed = (hasTitle ? 1 : 0)
                + (hasYLabel ? 1 : 0)
                + 2
                + legend.size()
                + (figure.xAxis().label().isBlank() ? 0 : 1);
        int plotRows = Math.max(2, rows - fixed);
        Scale yScale = extent.yScale(figure.yAxis(), Math.clamp(plotRows / 3, 1, 8));
        int widestTick = 1;
        for (Scale.Tick tick : yScale.ticks()) {
            widestTick = Math.max(widestTick, Text.columns(shown(tick.label())));
        }
        int plotColumns = Math.max(8, columns - widestTick - 2);
        Scale xScale = extent.xScale(figure.xAxis(), Math.clamp(plotColumns / 11, 1, 10));
        TerminalCanvas canvas = new TerminalCanvas(plotColumns, plotRows, style);
        Box box = new Box(0, 0, canvas.width(), canvas.height());
        if (figure.equalUnits()) {
            box = withEqualUnits(box, xScale, yScale);
        }
        SeriesPainter painter = new SeriesPainter(canvas, xScale, yScale, box);
        painter.paint(figure);

        if (hasTitle) {
            centered(shown(figure.title()), columns);
        }
        if (hasYLabel) {
            line(Text.cut(shown(figure.yAxis().label()), columns, style.ascii()));
        }
        rows(canvas, painter, yScale, widestTick, plotRows);
        xAxis(painter, xScale, widestTick, plotColumns);
        if (!figure.xAxis().label().isBlank()) {
            centered(shown(figure.xAxis().label()), columns);
        }
        legend.forEach(line -> out.append(line).append('\n'));
        return out.toString();
    }

    /// A unit has the same length on both axes: ASCII cells are taken to be twice as high as wide.
    private Box withEqualUnits(Box box, Scale xScale, Scale yScale) {
        double dotShape = style.ascii() ? 2 : 1;
        double unit = Math.min(box.width() / xScale.length(), dotShape * box.height() / yScale.length());
        return new Box(0, 0, Math.max(1, unit * xScale.length()), Math.max(1, unit * yScale.length() / dotShape));
    }

    private void rows(TerminalCanvas canvas, SeriesPainter painter, Scale yScale, int widestTick, int plotRows) {
        int dotsPerRow = style.ascii() ? 1 : 4;
        String[] labels = new String[plotRows];
        Arrays.fill(labels, "");
        for (Scale.Tick tick : yScale.ticks()) {
            int row = Math.floorDiv((int) Math.round(painter.y(tick.value())), dotsPerRow);
            if (row >= 0 && row < plotRows && !tick.label().isEmpty()) {
                labels[row] = shown(tick.label());
            }
        }
        for (int row = 0; row < plotRows; row++) {
            String label = labels[row];
            out.append(" ".repeat(widestTick - Text.columns(label))).append(label);
            out.append(style.ascii() ? (label.isEmpty() ? " |" : " +") : (label.isEmpty() ? " │" : " ┤"));
            canvas.appendRow(out, row);
            endLine();
        }
    }

    private void xAxis(SeriesPainter painter, Scale xScale, int widestTick, int plotColumns) {
        StringBuilder rule = new StringBuilder((style.ascii() ? "-" : "─").repeat(plotColumns));
        StringBuilder labels = new StringBuilder(" ".repeat(columns));
        int free = 0;
        for (Scale.Tick tick : xScale.ticks()) {
            int column = (int) Math.round(painter.x(tick.value())) / (style.ascii() ? 1 : 2);
            String label = shown(tick.label());
            int at = Math.clamp(widestTick + 2 + column - label.length() / 2, 0, Math.max(0, columns - label.length()));
            if (label.isEmpty() || column < 0 || column >= plotColumns) {
                continue;
            }
            rule.setCharAt(column, style.ascii() ? '+' : '┬');
            if (at >= free && at + label.length() <= columns) {
                labels.replace(at, at + label.length(), label);
                free = at + label.length() + 1;
            }
        }
        out.append(" ".repeat(widestTick + 1)).append(style.ascii() ? '+' : '└').append(rule);
        endLine();
        line(labels.toString());
    }

    private List<String> legendLines(List<Legend.Entry> entries) {
        List<String> lines = new ArrayList<>();
        StringBuilder row = new StringBuilder();
        int used = 0;
        for (Legend.Entry entry : entries) {
            String name = Text.cut(shown(entry.label()), columns - LEGEND_SAMPLE - 3, style.ascii());
            int width = LEGEND_SAMPLE + 1 + Text.columns(name);
            if (used > 0 && used + 2 + width > columns) {
                lines.add(row.toString());
                row.setLength(0);
                used = 0;
            }
            row.append(used > 0 ? "  " : "");
            sample(row, entry);
            row.append(' ').append(name);
            used += width + (used > 0 ? 2 : 0);
        }
        if (used > 0) {
            lines.add(row.toString());
        }
        return lines;
    }

    private void sample(StringBuilder row, Legend.Entry entry) {
        Ansi.foreground(row, style, entry.ink());
        String mark = TerminalCanvas.mark(entry.ink());
        row.append(
                switch (entry.series()) {
                    case Series.Arrows a -> style.ascii() ? "-> " : " → ";
                    case Series.Markers m -> style.ascii() ? " " + mark + " " : " ⠶ ";
                    case Series.Path p -> style.ascii() ? "O-@" : "○⠒●";
                    case Series.HorizontalLine h -> style.ascii() ? "..." : "⠒ ⠒";
                    case Series.VerticalLine v -> style.ascii() ? "..." : "⠒ ⠒";
                    case Series.Line l -> style.ascii() ? mark.repeat(3) : l.dash() == Dash.SOLID ? "⠒⠒⠒" : "⠂⠂⠂";
                    case Series.Band b -> style.ascii() ? mark.repeat(3) : "⠿⠿⠿";
                    case Series.Contours c -> style.ascii() ? "..." : "⠒⠒⠒";
                    case Series.Note n -> "   ";
                });
        Ansi.reset(row, style);
    }

    private String shown(String text) {
        return style.ascii() ? Text.ascii(text) : Text.clean(text);
    }

    private void centered(String text, int width) {
        String cut = Text.cut(text, width, style.ascii());
        line(" ".repeat((width - Text.columns(cut)) / 2) + cut);
    }

    private void line(String text) {
        out.append(text.stripTrailing());
        endLine();
    }

    private void endLine() {
        int end = out.length();
        while (end > 0 && out.charAt(end - 1) == ' ') {
            end--;
        }
        out.setLength(end);
        out.append('\n');
    }
}
