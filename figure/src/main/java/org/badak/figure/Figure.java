package org.badak.figure;

import java.util.ArrayList;
import java.util.List;

/// A figure with two axes: an immutable description; every method gives a new one.
///
/// ```java
/// Figure.titled("Error of the central difference")
///     .xAxis(Axis.log("h")).yAxis(Axis.log("error"))
///     .line("float64", hs, errors)
///     .svg();
/// ```
///
/// @param title drawn above
/// @param xAxis the horizontal axis
/// @param yAxis the vertical axis
/// @param series what is drawn, in this order
/// @param equalUnits whether one unit has the same length on both axes
public record Figure(String title, Axis xAxis, Axis yAxis, List<Series> series, boolean equalUnits) implements Graphic {

    /// Copies the list of series.
    public Figure {
        series = List.copyOf(series);
    }

    /// An empty figure with linear axes.
    public static Figure titled(String title) {
        return new Figure(title, Axis.linear("x"), Axis.linear("y"), List.of(), false);
    }

    /// With another horizontal axis.
    public Figure xAxis(Axis axis) {
        return new Figure(title, axis, yAxis, series, equalUnits);
    }

    /// With another vertical axis.
    public Figure yAxis(Axis axis) {
        return new Figure(title, xAxis, axis, series, equalUnits);
    }

    /// With the same length of one unit on both axes, so that circles stay circles.
    public Figure withEqualUnits() {
        return new Figure(title, xAxis, yAxis, series, true);
    }

    /// With one more series.
    public Figure with(Series added) {
        List<Series> all = new ArrayList<>(series);
        all.add(added);
        return new Figure(title, xAxis, yAxis, all, equalUnits);
    }

    /// With a line through `(xs[i], ys[i])`.
    public Figure line(String name, double[] xs, double[] ys) {
        return line(name, Points.of(xs, ys));
    }

    /// With a line through points.
    public Figure line(String name, Points points) {
        return line(name, points, Dash.SOLID);
    }

    /// With a dashed or dotted line through points.
    public Figure line(String name, Points points, Dash dash) {
        return with(new Series.Line(name, points, dash, false, false));
    }

    /// With a thin, translucent line through points: raw values behind a smoothed line.
    public Figure faintLine(String name, Points points) {
        return with(new Series.Line(name, points, Dash.SOLID, true, false));
    }

    /// With a line that keeps each y until the next x.
    public Figure steps(String name, Points points) {
        return with(new Series.Line(name, points, Dash.SOLID, false, true));
    }

    /// With a dot at every point.
    public Figure markers(String name, Points points) {
        return with(new Series.Markers(name, points));
    }

    /// With an arrow at every point; all are scaled by one factor to fit.
    public Figure arrows(String name, Points from, Points vectors) {
        return with(new Series.Arrows(name, from, vectors));
    }

    /// With a horizontal line across the figure.
    public Figure horizontalLine(String name, double y) {
        return with(new Series.HorizontalLine(name, y));
    }

    /// With a vertical line across the figure.
    public Figure verticalLine(String name, double x) {
        return with(new Series.VerticalLine(name, x));
    }

    /// With the area between two curves.
    public Figure band(String name, Points lower, Points upper) {
        return with(new Series.Band(name, lower, upper));
    }

    /// With contour lines of a field behind everything else.
    public Figure contours(String name, Field field, int levels) {
        return with(new Series.Contours(name, field, levels));
    }

    /// With a path whose start, steps and end are marked.
    public Figure path(String name, Points points) {
        return with(new Series.Path(name, points));
    }

    /// With a short text beside the point (x, y).
    public Figure note(String text, double x, double y) {
        return with(new Series.Note(text, x, y));
    }
}
