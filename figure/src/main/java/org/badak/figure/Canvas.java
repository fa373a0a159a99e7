package org.badak.figure;

/// What a figure is drawn on: the few shapes that the layout needs, in user units, origin at the top left, y downwards.
/// One layout draws on [SvgCanvas], [PngCanvas] and, inside the axes, on [TerminalCanvas].
interface Canvas {

    /// Fills a rectangle.
    void rect(double x, double y, double width, double height, Ink ink, double opacity);

    /// Draws an open line through finite points with round joins.
    void polyline(double[] xs, double[] ys, Ink ink, double width, Dash dash, double opacity);

    /// Fills a closed polygon of finite points.
    void polygon(double[] xs, double[] ys, Ink ink, double opacity);

    /// Fills a circle; `rim` circles are drawn as a ring of background inside.
    void circle(double x, double y, double radius, Ink ink, boolean rim);

    /// Writes one line of text with its baseline at y.
    void text(String text, double x, double y, TextStyle style);

    /// Draws a picture into a rectangle with sharp pixel borders.
    void image(Bitmap bitmap, double x, double y, double width, double height);

    /// Height of a line of text beside a point.
    default double textHeight() {
        return 12;
    }

    /// Draws a straight arrow with its head at (x2, y2).
    default void arrow(double x1, double y1, double x2, double y2, Ink ink, double width) {
        double dx = x2 - x1;
        double dy = y2 - y1;
        double length = Math.hypot(dx, dy);
        if (length < 0.5) {
            circle(x1, y1, width, ink, false);
            return;
        }
        double head = Math.min(3.2 * width + 2, 0.55 * length);
        double ux = dx / length;
        double uy = dy / length;
        double neckX = x2 - head * ux;
        double neckY = y2 - head * uy;
        double half = 0.42 * head;
        polyline(new double[] {x1, neckX}, new double[] {y1, neckY}, ink, width, Dash.SOLID, 1);
        polygon(
                new double[] {x2, neckX - half * uy, neckX + half * uy},
                new double[] {y2, neckY + half * ux, neckY - half * ux},
                ink,
                1);
    }

    /// How a text is set.
    ///
    /// @param size font size in user units
    /// @param vertical turned by 90° so that it reads upwards
    record TextStyle(double size, Ink ink, Anchor anchor, boolean bold, boolean vertical) {
        static TextStyle of(double size, Ink ink, Anchor anchor) {
            return new TextStyle(size, ink, anchor, false, false);
        }

        TextStyle inBold() {
            return new TextStyle(size, ink, anchor, true, vertical);
        }

        TextStyle upwards() {
            return new TextStyle(size, ink, anchor, bold, true);
        }
    }
}
