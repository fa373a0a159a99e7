package org.badak.figure;

import java.util.ArrayList;
import java.util.List;
import org.badak.figure.Canvas.TextStyle;
import org.badak.figure.ParallelCoordinates.Coordinate;
import org.badak.figure.ParallelCoordinates.Trial;

/// The layout of parallel coordinates: lines from the worst to the best, the best on top, ticks beside the axes. The
/// lines are the same in the terminal.
final class ParallelLayout {
    private static final double MARGIN = 14;
    private static final double SPACING = 128;
    private static final double TOP = 82;
    private static final double BELOW = 62;
    private static final double TICK_SIZE = 12;

    private final ParallelCoordinates figure;
    private final Canvas canvas;
    private final List<Scale> scales =
            new ArrayList<>(); // of numeric axes, the score last; an empty one for categories
    private final double left;
    private final double right;
    private final double top;
    private final double bottom;

    /// @param left where the first axis stands
    /// @param right where the last one does
    ParallelLayout(ParallelCoordinates figure, Canvas canvas, double left, double right, double top, double bottom) {
        this.figure = figure;
        this.canvas = canvas;
        this.left = left;
        this.right = right;
        this.top = top;
        this.bottom = bottom;
        int wanted = Math.clamp((int) ((bottom - top) / (3.2 * canvas.textHeight())), 2, 8);
        for (int k = 0; k < figure.coordinates().size(); k++) {
            int place = k;
            scales.add(
                    switch (figure.coordinates().get(k)) {
                        case Coordinate.Numeric numeric ->
                            scale(
                                    numeric.axis(),
                                    figure.trials().stream()
                                            .map(trial -> trial.values().get(place))
                                            .toList(),
                                    wanted);
                        case Coordinate.Categories categories -> scale(Axis.linear(""), List.of(), wanted);
                    });
        }
        scales.add(scale(
                figure.score(),
                figure.ranked().stream()
                        .map(i -> figure.trials().get(i).score())
                        .toList(),
                wanted));
    }

    private static Scale scale(Axis axis, List<Double> values, int wanted) {
        double least = values.stream().mapToDouble(v -> v).min().orElse(Double.NaN);
        double most = values.stream().mapToDouble(v -> v).max().orElse(Double.NaN);
        return Scale.fit(axis, least, most, 0, wanted);
    }

    static Rendering.Size naturalSize(ParallelCoordinates figure) {
        double width = 150 + SPACING * figure.coordinates().size();
        return new Rendering.Size((int) Math.clamp(width, 480, 8192), 440);
    }

    static void draw(ParallelCoordinates figure, Canvas canvas, double width, double height) {
        double labels = 0;
        if (figure.coordinates().getFirst() instanceof Coordinate.Categories categories) {
            for (String name : categories.names()) {
                labels = Math.max(labels, Glyphs.width(Text.clean(name), TICK_SIZE));
            }
        }
        double left = MARGIN + Math.clamp(labels + 12, 44, Math.max(44, width / 4));
        double right = Math.max(left + 20, width - MARGIN - 64);
        ParallelLayout layout =
                new ParallelLayout(figure, canvas, left, right, TOP, Math.max(TOP + 20, height - BELOW));
        layout.lines();
        layout.axes();
        String title = Rendering.fitted(figure.title(), 17, width - 2 * MARGIN);
        canvas.text(title, MARGIN, 28, TextStyle.of(16, Ink.TEXT, Anchor.START).inBold());
        layout.legend(height);
    }

    /// Where an axis stands.
    double x(int axis) {
        return left + axis * (right - left) / figure.coordinates().size();
    }

    /// Where a value stands on an axis; a score of NaN below it.
    private double y(int axis, double value) {
        double fraction;
        if (axis < figure.coordinates().size()
                && figure.coordinates().get(axis) instanceof Coordinate.Categories categories) {
            fraction = (value + 0.5) / categories.names().size();
        } else {
            fraction = scales.get(axis).fraction(value);
        }
        return Double.isNaN(fraction)
                ? bottom + 1.2 * canvas.textHeight()
                : bottom - Math.clamp(fraction, 0, 1) * (bottom - top);
    }

    /// Draws all lines: those that failed, then from the worst to the best.
    void lines() {
        for (int i : figure.failed()) {
            line(figure.trials().get(i), Ink.GREY, 1, Dash.DOTTED, 0.6);
        }
        int count = figure.ranked().size();
        for (int rank = 0; rank < count; rank++) {
            Trial trial = figure.trials().get(figure.ranked().get(rank));
            if (rank == count - 1) {
                line(trial, Ink.VERMILION, 2.8, Dash.SOLID, 1);
                for (int k = 0; k <= figure.coordinates().size(); k++) {
                    canvas.circle(x(k), y(k, value(trial, k)), 4, Ink.VERMILION, false);
                }
            } else {
                line(trial, Ink.shade((double) rank / Math.max(1, count - 1)), 1.5, Dash.SOLID, 0.9);
            }
        }
    }

    private static double value(Trial trial, int axis) {
        return axis < trial.values().size() ? trial.values().get(axis) : trial.score();
    }

    private void line(Trial trial, Ink ink, double width, Dash dash, double opacity) {
        int points = trial.values().size() + 1;
        double[] xs = new double[points];
        double[] ys = new double[points];
        for (int k = 0; k < points; k++) {
            xs[k] = x(k);
            ys[k] = y(k, value(trial, k));
        }
        canvas.polyline(xs, ys, ink, width, dash, opacity);
    }

    private void axes() {
        int last = figure.coordinates().size();
        double room = (right - left) / last - 12;
        for (int k = 0; k <= last; k++) {
            boolean score = k == last;
            String label =
                    score ? figure.score().label() : figure.coordinates().get(k).label();
            canvas.polyline(new double[] {x(k), x(k)}, new double[] {top, bottom}, Ink.FRAME, 1.4, Dash.SOLID, 1);
            canvas.text(
                    Rendering.fitted(label, 13.5, Math.max(40, room)),
                    x(k),
                    top - 18,
                    TextStyle.of(13, Ink.TEXT, Anchor.MIDDLE).inBold());
            for (Scale.Tick tick : ticks(k)) {
                tick(k, tick, score, room);
            }
        }
        if (!figure.failed().isEmpty()) {
            canvas.text(
                    "diverged", right + 8, y(last, Double.NaN) + 4, TextStyle.of(TICK_SIZE, Ink.MUTED, Anchor.START));
        }
    }

    private void tick(int axis, Scale.Tick tick, boolean score, double room) {
        double y = y(axis, tick.value());
        double side = score ? 1 : -1;
        double length = tick.label().isEmpty() ? 2.5 : 4;
        canvas.polyline(
                new double[] {x(axis), x(axis) + side * length}, new double[] {y, y}, Ink.FRAME, 1.2, Dash.SOLID, 1);
        if (tick.label().isEmpty()) {
            return;
        }
        String text = Rendering.fitted(tick.label(), TICK_SIZE, axis == 0 ? Math.max(30, left - MARGIN - 8) : room);
        double width = Glyphs.width(text, TICK_SIZE);
        if (!score) { // lines pass below the labels
            canvas.rect(x(axis) - 9 - width, y - 8, width + 4, 16, Ink.BACKGROUND, 0.72);
        }
        canvas.text(
                text,
                x(axis) + side * 7,
                y + 4.2,
                TextStyle.of(TICK_SIZE, Ink.TEXT, score ? Anchor.START : Anchor.END));
    }

    /// The ticks of an axis with their values on it.
    List<Scale.Tick> ticks(int axis) {
        if (axis < figure.coordinates().size()
                && figure.coordinates().get(axis) instanceof Coordinate.Categories categories) {
            List<Scale.Tick> ticks = new ArrayList<>();
            for (int i = 0; i < categories.names().size(); i++) {
                ticks.add(new Scale.Tick(i, Text.clean(categories.names().get(i))));
            }
            return ticks;
        }
        return scales.get(axis).ticks().stream()
                .filter(tick -> scales.get(axis).fraction(tick.value()) > -1e-9
                        && scales.get(axis).fraction(tick.value()) < 1 + 1e-9)
                .toList();
    }

    /// Labels of the ticks in the terminal, beside the axes.
    void terminalLabels(TerminalStyle style) {
        int last = figure.coordinates().size();
        for (int k = 0; k <= last; k++) {
            canvas.polyline(new double[] {x(k), x(k)}, new double[] {top, bottom}, Ink.FRAME, 1, Dash.SOLID, 1);
            int room = Math.max(3, (int) ((right - left) / last / (style.ascii() ? 1 : 2)) - 3);
            for (Scale.Tick tick : ticks(k)) {
                String label = Text.cut(style.ascii() ? Text.ascii(tick.label()) : tick.label(), room, style.ascii());
                double beside = style.ascii() ? 1 : 2;
                canvas.text(
                        label,
                        k == last ? x(k) - beside : x(k) + beside,
                        y(k, tick.value()),
                        TextStyle.of(TICK_SIZE, Ink.TEXT, k == last ? Anchor.END : Anchor.START));
            }
        }
    }

    private void legend(double height) {
        double y = height - MARGIN - 4;
        double x = left;
        TextStyle style = TextStyle.of(TICK_SIZE, Ink.MUTED, Anchor.START);
        canvas.text("worst", x, y, style);
        x += Glyphs.width("worst", TICK_SIZE) + 8;
        for (int i = 0; i < Ink.SHADES; i++) {
            canvas.rect(x, y - 9, 16, 10, Ink.shade((i + 0.5) / Ink.SHADES), 1);
            x += 16;
        }
        canvas.rect(x, y - 9, 16, 10, Ink.VERMILION, 1);
        canvas.text("best", x + 24, y, style);
    }
}
