package org.badak.figure;

import java.util.Arrays;

/// Draws series between the axes: maps values to places, breaks lines where values cannot be drawn, clips at the
/// borders.
/// Used for SVG, PNG and terminal alike.
final class SeriesPainter {
    /// A drawn line has at most about this many points.
    static final int LINE_POINTS = 1000;

    private final Canvas canvas;
    private final Scale xScale;
    private final Scale yScale;
    private final Box box;
    private double[] xs = new double[256];
    private double[] ys = new double[256];
    private int count;

    /// The rectangle between the axes.
    record Box(double x, double y, double width, double height) {
        double right() {
            return x + width;
        }

        double bottom() {
            return y + height;
        }

        boolean contains(double px, double py) {
            return px >= x - 0.01 && px <= right() + 0.01 && py >= y - 0.01 && py <= bottom() + 0.01;
        }
    }

    SeriesPainter(Canvas canvas, Scale xScale, Scale yScale, Box box) {
        this.canvas = canvas;
        this.xScale = xScale;
        this.yScale = yScale;
        this.box = box;
    }

    double x(double value) {
        return box.x() + xScale.fraction(value) * box.width();
    }

    double y(double value) {
        return box.bottom() - yScale.fraction(value) * box.height();
    }

    /// Draws all series of a figure: areas and contours first, then lines, notes last.
    void paint(Figure figure) {
        for (int layer = 0; layer < 4; layer++) {
            int color = 0;
            for (Series series : figure.series()) {
                Ink ink = ink(series, color);
                color += usesColor(series) ? 1 : 0;
                if (layer(series) == layer) {
                    paint(series, ink);
                }
            }
        }
    }

    /// The colour of a series that is number `color` of those that use up a colour.
    static Ink ink(Series series, int color) {
        return usesColor(series) ? Ink.series(color) : series instanceof Series.Note ? Ink.TEXT : Ink.FRAME;
    }

    static boolean usesColor(Series series) {
        return switch (series) {
            case Series.Line l -> true;
            case Series.Markers m -> true;
            case Series.Arrows a -> true;
            case Series.Band b -> true;
            case Series.Path p -> true;
            case Series.HorizontalLine h -> false;
            case Series.VerticalLine v -> false;
            case Series.Contours c -> false;
            case Series.Note n -> false;
        };
    }

    private static int layer(Series series) {
        return switch (series) {
            case Series.Contours c -> 0;
            case Series.Band b -> 0;
            case Series.HorizontalLine h -> 1;
            case Series.VerticalLine v -> 1;
            case Series.Line l -> l.faint() ? 1 : 2;
            case Series.Arrows a -> 2;
            case Series.Path p -> 2;
            case Series.Markers m -> 3;
            case Series.Note n -> 3;
        };
    }

    private void paint(Series series, Ink ink) {
        switch (series) {
            case Series.Line line -> line(line, ink);
            case Series.Markers markers -> dots(markers.points(), ink, 3.2);
            case Series.Arrows arrows -> arrows(arrows, ink);
            case Series.HorizontalLine line -> rule(box.x(), y(line.y()), box.right(), y(line.y()), ink);
            case Series.VerticalLine line -> rule(x(line.x()), box.y(), x(line.x()), box.bottom(), ink);
            case Series.Band band -> band(band, ink);
            case Series.Contours contours -> contours(contours, ink);
            case Series.Path path -> path(path, ink);
            case Series.Note note -> note(note, ink);
        }
    }

    private void line(Series.Line line, Ink ink) {
        Points points = line.points().thinned(LINE_POINTS);
        double width = line.faint() ? 1 : 2;
        double opacity = line.faint() ? 0.4 : 1;
        polyline(line.step() ? stepped(points) : points, new Pen(ink, width, line.dash(), opacity));
        if (points.size() >= 5 && points.size() <= 30 && !line.step() && !line.faint() && line.dash() == Dash.SOLID) {
            dots(points, ink, 2.6);
        } else if (points.size() == 1) {
            dots(points, ink, 3.2);
        }
    }

    private static Points stepped(Points points) {
        int n = points.size();
        double[] xs = new double[Math.max(0, 2 * n - 1)];
        double[] ys = new double[xs.length];
        for (int i = 0; i < n; i++) {
            xs[2 * i] = points.x(i);
            ys[2 * i] = points.y(i);
            if (i + 1 < n) {
                xs[2 * i + 1] = points.x(i + 1);
                ys[2 * i + 1] = points.y(i);
            }
        }
        return Points.of(xs, ys);
    }

    private record Pen(Ink ink, double width, Dash dash, double opacity) {}

    private void polyline(Points points, Pen pen) {
        count = 0;
        double lastX = Double.NaN;
        double lastY = Double.NaN;
        for (int i = 0; i < points.size(); i++) {
            double px = x(points.x(i));
            double py = y(points.y(i));
            if (i > 0) {
                segment(lastX, lastY, px, py, pen);
            }
            lastX = px;
            lastY = py;
        }
        flush(pen);
    }

    /// Adds the part of a segment inside the box (Liang and Barsky, 1984); a gap ends the line drawn so far.
    private void segment(double x1, double y1, double x2, double y2, Pen pen) {
        double dx = x2 - x1;
        double dy = y2 - y1;
        double enter = 0;
        double leave = 1;
        double[] p = {-dx, dx, -dy, dy};
        double[] q = {x1 - box.x(), box.right() - x1, y1 - box.y(), box.bottom() - y1};
        boolean visible = Double.isFinite(dx) && Double.isFinite(dy);
        for (int k = 0; k < 4 && visible; k++) {
            if (p[k] == 0) {
                visible = q[k] >= 0;
            } else if (p[k] < 0) {
                enter = Math.max(enter, q[k] / p[k]);
            } else {
                leave = Math.min(leave, q[k] / p[k]);
            }
        }
        if (!visible || enter > leave) {
            flush(pen);
            return;
        }
        if (enter > 0) {
            flush(pen);
        }
        if (count == 0) {
            add(x1 + enter * dx, y1 + enter * dy);
        }
        add(x1 + leave * dx, y1 + leave * dy);
        if (leave < 1) {
            flush(pen);
        }
    }

    private void add(double px, double py) {
        if (count == xs.length) {
            xs = Arrays.copyOf(xs, 2 * count);
            ys = Arrays.copyOf(ys, 2 * count);
        }
        xs[count] = px;
        ys[count++] = py;
    }

    private void flush(Pen pen) {
        if (count > 0) {
            canvas.polyline(
                    Arrays.copyOf(xs, count),
                    Arrays.copyOf(ys, count),
                    pen.ink(),
                    pen.width(),
                    pen.dash(),
                    pen.opacity());
        }
        count = 0;
    }

    private void dots(Points points, Ink ink, double radius) {
        for (int i = 0; i < points.size(); i++) {
            double px = x(points.x(i));
            double py = y(points.y(i));
            if (box.contains(px, py)) {
                canvas.circle(px, py, radius, ink, false);
            }
        }
    }

    private void arrows(Series.Arrows arrows, Ink ink) {
        double factor = Extent.arrowFactor(arrows);
        for (int i = 0; i < arrows.from().size(); i++) {
            double fromX = arrows.from().x(i);
            double fromY = arrows.from().y(i);
            double x1 = x(fromX);
            double y1 = y(fromY);
            double x2 = x(fromX + factor * arrows.vectors().x(i));
            double y2 = y(fromY + factor * arrows.vectors().y(i));
            if (box.contains(x1, y1) && box.contains(x2, y2)) {
                canvas.arrow(x1, y1, x2, y2, ink, 1.3);
            }
        }
    }

    private void rule(double x1, double y1, double x2, double y2, Ink ink) {
        Pen pen = new Pen(ink, 1.4, Dash.DASHED, 1);
        count = 0;
        segment(x1, y1, x2, y2, pen);
        flush(pen);
    }

    private void band(Series.Band band, Ink ink) {
        int n = band.lower().size();
        int start = 0;
        for (int i = 0; i <= n; i++) {
            if (i == n || !drawable(band, i)) {
                if (i - start >= 2) {
                    area(band, start, i, ink);
                }
                start = i + 1;
            }
        }
    }

    private boolean drawable(Series.Band band, int i) {
        return Double.isFinite(x(band.lower().x(i)))
                && Double.isFinite(x(band.upper().x(i)))
                && Double.isFinite(y(band.lower().y(i)))
                && Double.isFinite(y(band.upper().y(i)));
    }

    private void area(Series.Band band, int from, int to, Ink ink) {
        int n = to - from;
        double[] px = new double[2 * n];
        double[] py = new double[2 * n];
        for (int i = 0; i < n; i++) {
            int back = 2 * n - 1 - i;
            px[i] = Math.clamp(x(band.lower().x(from + i)), box.x(), box.right());
            py[i] = Math.clamp(y(band.lower().y(from + i)), box.y(), box.bottom());
            px[back] = Math.clamp(x(band.upper().x(from + i)), box.x(), box.right());
            py[back] = Math.clamp(y(band.upper().y(from + i)), box.y(), box.bottom());
        }
        canvas.polygon(px, py, ink, 0.18);
    }

    private void contours(Series.Contours contours, Ink ink) {
        for (double level : ContourLines.levels(contours.field(), contours.levels())) {
            for (Points line : ContourLines.at(contours.field(), level)) {
                polyline(line, new Pen(ink, 1, Dash.SOLID, 0.6));
            }
        }
    }

    private void path(Series.Path path, Ink ink) {
        Points points = path.points().thinned(LINE_POINTS);
        polyline(points, new Pen(ink, 1.8, Dash.SOLID, 1));
        int n = path.points().size();
        if (n <= 200) {
            dots(path.points(), ink, 2.4);
        }
        if (n > 0) {
            end(path.points(), 0, ink, true);
            end(path.points(), n - 1, ink, false);
        }
    }

    private void end(Points points, int i, Ink ink, boolean start) {
        double px = x(points.x(i));
        double py = y(points.y(i));
        if (box.contains(px, py)) {
            canvas.circle(px, py, 5, ink, start);
        }
    }

    private void note(Series.Note note, Ink ink) {
        double px = x(note.x());
        double py = y(note.y());
        if (box.contains(px, py)) {
            boolean leftHalf = px < box.x() + box.width() / 2;
            double em = canvas.textHeight();
            double up = py < box.y() + 2 * em ? 1.3 * em : -0.7 * em;
            Anchor anchor = leftHalf ? Anchor.START : Anchor.END;
            canvas.text(note.text(), px + (leftHalf ? 0.6 : -0.6) * em, py + up, Canvas.TextStyle.of(12, ink, anchor));
        }
    }
}
