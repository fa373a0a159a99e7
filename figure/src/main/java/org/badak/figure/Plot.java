package org.badak.figure;

import org.badak.figure.Canvas.TextStyle;
import org.badak.figure.SeriesPainter.Box;

/// The layout of a figure with axes for SVG and PNG: title, axes with ticks and grid, series, legend.
final class Plot {
    private static final double TITLE_SIZE = 16;
    private static final double LABEL_SIZE = 13;
    private static final double TICK_SIZE = 12;
    private static final double MARGIN = 14;

    private final Figure figure;
    private final Canvas canvas;
    private final double width;
    private final double height;

    private Plot(Figure figure, Canvas canvas, double width, double height) {
        this.figure = figure;
        this.canvas = canvas;
        this.width = width;
        this.height = height;
    }

    static void draw(Figure figure, Canvas canvas, double width, double height) {
        new Plot(figure, canvas, width, height).draw();
    }

    private void draw() {
        Extent extent = Extent.of(figure);
        Legend legend = Legend.of(figure, width);
        boolean hasTitle = !figure.title().isBlank();
        double top = hasTitle ? 44 : MARGIN + 4;
        double bottom = height - MARGIN - 20 - (figure.xAxis().label().isBlank() ? 0 : 20);
        double belowWidth = width - 2 * MARGIN - 60;
        double below = legend.height(belowWidth);
        bottom -= below;
        Scale yScale = extent.yScale(figure.yAxis(), Math.clamp((int) ((bottom - top) / 44), 2, 10));
        double widestTick = 0;
        for (Scale.Tick tick : yScale.ticks()) {
            widestTick = Math.max(widestTick, Glyphs.width(tick.label(), TICK_SIZE));
        }
        double left = MARGIN + widestTick + 8 + (figure.yAxis().label().isBlank() ? 0 : 22);
        double right = width - MARGIN - 10 - legend.width();
        Scale xScale = extent.xScale(figure.xAxis(), Math.clamp((int) ((right - left) / 74), 2, 10));
        Box box = new Box(left, top, Math.max(20, right - left), Math.max(20, bottom - top));
        if (figure.equalUnits()) {
            box = withEqualUnits(box, xScale, yScale);
        }

        SeriesPainter painter = new SeriesPainter(canvas, xScale, yScale, box);
        axes(painter, xScale, yScale, box);
        painter.paint(figure);
        labels(box, left - MARGIN - 8);
        double legendTop = legend.width() > 0 ? box.y() : height - MARGIN / 2 - below;
        legend.draw(canvas, legend.width() > 0 ? box.right() : box.x(), legendTop, belowWidth);
        if (hasTitle) {
            String title = Rendering.fitted(figure.title(), TITLE_SIZE * 1.06, width - 2 * MARGIN);
            double x = Math.min(box.x(), width - MARGIN - Glyphs.width(title, TITLE_SIZE * 1.06));
            canvas.text(
                    title,
                    Math.max(MARGIN, x),
                    28,
                    TextStyle.of(TITLE_SIZE, Ink.TEXT, Anchor.START).inBold());
        }
    }

    private static Box withEqualUnits(Box box, Scale xScale, Scale yScale) {
        double unit = Math.min(box.width() / xScale.length(), box.height() / yScale.length());
        double width = Math.max(20, unit * xScale.length());
        double height = Math.max(20, unit * yScale.length());
        return new Box(box.x() + (box.width() - width) / 2, box.y(), width, height);
    }

    private void axes(SeriesPainter painter, Scale xScale, Scale yScale, Box box) {
        for (Scale.Tick tick : xScale.ticks()) {
            double x = painter.x(tick.value());
            rule(x, box.y(), x, box.bottom(), Ink.GRID, tick.label().isEmpty() ? 0.5 : 1);
            rule(x, box.bottom(), x, box.bottom() + (tick.label().isEmpty() ? 2.5 : 4), Ink.FRAME, 1);
            canvas.text(tick.label(), x, box.bottom() + 17, TextStyle.of(TICK_SIZE, Ink.MUTED, Anchor.MIDDLE));
        }
        for (Scale.Tick tick : yScale.ticks()) {
            double y = painter.y(tick.value());
            rule(box.x(), y, box.right(), y, Ink.GRID, tick.label().isEmpty() ? 0.5 : 1);
            rule(box.x() - (tick.label().isEmpty() ? 2.5 : 4), y, box.x(), y, Ink.FRAME, 1);
            canvas.text(tick.label(), box.x() - 7, y + 4.2, TextStyle.of(TICK_SIZE, Ink.MUTED, Anchor.END));
        }
        rule(box.x(), box.y(), box.x(), box.bottom(), Ink.FRAME, 1);
        rule(box.x(), box.bottom(), box.right(), box.bottom(), Ink.FRAME, 1);
    }

    private void rule(double x1, double y1, double x2, double y2, Ink ink, double opacity) {
        canvas.polyline(new double[] {x1, x2}, new double[] {y1, y2}, ink, 1, Dash.SOLID, opacity);
    }

    private void labels(Box box, double labelDistance) {
        if (!figure.xAxis().label().isBlank()) {
            String label = Rendering.fitted(figure.xAxis().label(), LABEL_SIZE, box.width());
            canvas.text(
                    label,
                    box.x() + box.width() / 2,
                    box.bottom() + 39,
                    TextStyle.of(LABEL_SIZE, Ink.TEXT, Anchor.MIDDLE));
        }
        if (!figure.yAxis().label().isBlank()) {
            String label = Rendering.fitted(figure.yAxis().label(), LABEL_SIZE, box.height());
            canvas.text(
                    label,
                    box.x() - labelDistance,
                    box.y() + box.height() / 2,
                    TextStyle.of(LABEL_SIZE, Ink.TEXT, Anchor.MIDDLE).upwards());
        }
    }
}
