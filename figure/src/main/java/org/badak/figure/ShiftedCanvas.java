package org.badak.figure;

/// A part of a canvas, with an origin of its own.
///
/// @param canvas what is drawn on
/// @param left where the origin is
/// @param top where the origin is
record ShiftedCanvas(Canvas canvas, double left, double top) implements Canvas {
    @Override
    public void rect(double x, double y, double width, double height, Ink ink, double opacity) {
        canvas.rect(left + x, top + y, width, height, ink, opacity);
    }

    @Override
    public void polyline(double[] xs, double[] ys, Ink ink, double width, Dash dash, double opacity) {
        canvas.polyline(shifted(xs, left), shifted(ys, top), ink, width, dash, opacity);
    }

    @Override
    public void polygon(double[] xs, double[] ys, Ink ink, double opacity) {
        canvas.polygon(shifted(xs, left), shifted(ys, top), ink, opacity);
    }

    @Override
    public void circle(double x, double y, double radius, Ink ink, boolean rim) {
        canvas.circle(left + x, top + y, radius, ink, rim);
    }

    @Override
    public void text(String text, double x, double y, TextStyle style) {
        canvas.text(text, left + x, top + y, style);
    }

    @Override
    public void image(Bitmap bitmap, double x, double y, double width, double height) {
        canvas.image(bitmap, left + x, top + y, width, height);
    }

    @Override
    public double textHeight() {
        return canvas.textHeight();
    }

    private static double[] shifted(double[] values, double by) {
        double[] shifted = values.clone();
        for (int i = 0; i < shifted.length; i++) {
            shifted[i] += by;
        }
        return shifted;
    }
}
