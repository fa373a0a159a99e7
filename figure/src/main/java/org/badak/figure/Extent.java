package org.badak.figure;

/// The smallest and largest values of a figure's data on both axes: what the scales are fitted to.
final class Extent {
    private final boolean logX;
    private final boolean logY;
    private double leastX = Double.NaN;
    private double mostX = Double.NaN;
    private double leastY = Double.NaN;
    private double mostY = Double.NaN;
    private boolean filled;

    private Extent(Figure figure) {
        this.logX = figure.xAxis().logarithmic();
        this.logY = figure.yAxis().logarithmic();
    }

    /// The extent of all series of a figure.
    static Extent of(Figure figure) {
        Extent extent = new Extent(figure);
        for (Series series : figure.series()) {
            switch (series) {
                case Series.Line line -> extent.add(line.points());
                case Series.Markers markers -> extent.add(markers.points());
                case Series.Path path -> extent.add(path.points());
                case Series.Band band -> {
                    extent.add(band.lower());
                    extent.add(band.upper());
                }
                case Series.Arrows arrows -> {
                    double factor = arrowFactor(arrows);
                    for (int i = 0; i < arrows.from().size(); i++) {
                        double x = arrows.from().x(i);
                        double y = arrows.from().y(i);
                        extent.add(x, y);
                        extent.add(
                                x + factor * arrows.vectors().x(i),
                                y + factor * arrows.vectors().y(i));
                    }
                }
                case Series.HorizontalLine line -> extent.add(Double.NaN, line.y());
                case Series.VerticalLine line -> extent.add(line.x(), Double.NaN);
                case Series.Contours contours -> {
                    Field field = contours.field();
                    extent.filled = true;
                    extent.add(field.x(0), field.y(0));
                    extent.add(field.x(field.columns() - 1), field.y(field.rows() - 1));
                }
                case Series.Note note -> extent.add(note.x(), note.y());
            }
        }
        return extent;
    }

    /// What arrows are multiplied by, so that the longest is nearly as long as the mean distance of their starts.
    static double arrowFactor(Series.Arrows arrows) {
        double leastX = Double.POSITIVE_INFINITY;
        double mostX = Double.NEGATIVE_INFINITY;
        double leastY = Double.POSITIVE_INFINITY;
        double mostY = Double.NEGATIVE_INFINITY;
        double longestX = 0;
        double longestY = 0;
        int n = 0;
        for (int i = 0; i < arrows.from().size(); i++) {
            double x = arrows.from().x(i);
            double y = arrows.from().y(i);
            double dx = Math.abs(arrows.vectors().x(i));
            double dy = Math.abs(arrows.vectors().y(i));
            if (Scale.drawable(false, x) && Scale.drawable(false, y) && dx <= 1e300 && dy <= 1e300) {
                n++;
                leastX = Math.min(leastX, x);
                mostX = Math.max(mostX, x);
                leastY = Math.min(leastY, y);
                mostY = Math.max(mostY, y);
                longestX = Math.max(longestX, dx);
                longestY = Math.max(longestY, dy);
            }
        }
        double perSide = Math.max(1, Math.sqrt(n) - 1);
        double factor = Double.POSITIVE_INFINITY;
        if (longestX > 0 && mostX > leastX) {
            factor = Math.min(factor, (mostX - leastX) / perSide / longestX);
        }
        if (longestY > 0 && mostY > leastY) {
            factor = Math.min(factor, (mostY - leastY) / perSide / longestY);
        }
        return Double.isInfinite(factor) ? 1 : 1.1 * factor;
    }

    private void add(Points points) {
        for (int i = 0; i < points.size(); i++) {
            if (Scale.drawable(logX, points.x(i)) && Scale.drawable(logY, points.y(i))) {
                add(points.x(i), points.y(i));
            }
        }
    }

    private void add(double x, double y) {
        if (Scale.drawable(logX, x)) {
            leastX = leastX <= x ? leastX : x;
            mostX = mostX >= x ? mostX : x;
        }
        if (Scale.drawable(logY, y)) {
            leastY = leastY <= y ? leastY : y;
            mostY = mostY >= y ? mostY : y;
        }
    }

    Scale xScale(Axis axis, int ticks) {
        return Scale.fit(axis, leastX, mostX, filled ? 0 : 0.025, ticks);
    }

    Scale yScale(Axis axis, int ticks) {
        return Scale.fit(axis, leastY, mostY, filled ? 0 : 0.05, ticks);
    }
}
