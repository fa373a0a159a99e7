package org.badak.figure;

/// Draws into pixels: user units times a scale.
final class PngCanvas implements Canvas {
    private final Raster raster;
    private final double scale;

    PngCanvas(int width, int height, double scale) {
        this.raster = new Raster(width, height, Ink.BACKGROUND.light());
        this.scale = scale;
    }

    byte[] encoded() {
        return PngWriter.encode(raster.bitmap());
    }

    @Override
    public void rect(double x, double y, double width, double height, Ink ink, double opacity) {
        polygon(new double[] {x, x + width, x + width, x}, new double[] {y, y, y + height, y + height}, ink, opacity);
    }

    @Override
    public void polygon(double[] xs, double[] ys, Ink ink, double opacity) {
        int n = xs.length;
        for (int i = 0; i < n; i++) {
            int next = (i + 1) % n;
            raster.edge(xs[i] * scale, ys[i] * scale, xs[next] * scale, ys[next] * scale);
        }
        raster.paintArea(ink.light(), opacity);
    }

    @Override
    public void polyline(double[] xs, double[] ys, Ink ink, double width, Dash dash, double opacity) {
        double pixels = width * scale;
        double thickness = Math.max(1, pixels);
        double[] pattern = dash.pattern();
        if (xs.length == 1) {
            segment(xs[0], ys[0], xs[0], ys[0], thickness);
        }
        int phase = 0;
        double left = pattern.length == 0 ? Double.POSITIVE_INFINITY : pattern[0];
        for (int i = 1; i < xs.length; i++) {
            double length = Math.hypot(xs[i] - xs[i - 1], ys[i] - ys[i - 1]);
            double done = 0;
            while (length - done > left) {
                dash(xs, ys, i, done / length, (done + left) / length, phase, thickness);
                done += left;
                phase = (phase + 1) % pattern.length;
                left = pattern[phase];
            }
            dash(xs, ys, i, length == 0 ? 0 : done / length, 1, phase, thickness);
            left -= length - done;
        }
        raster.paintLine(ink.light(), opacity * Math.min(1, pixels));
    }

    private void dash(double[] xs, double[] ys, int i, double from, double to, int phase, double thickness) {
        if (phase % 2 == 0) {
            double dx = xs[i] - xs[i - 1];
            double dy = ys[i] - ys[i - 1];
            segment(xs[i - 1] + from * dx, ys[i - 1] + from * dy, xs[i - 1] + to * dx, ys[i - 1] + to * dy, thickness);
        }
    }

    private void segment(double x1, double y1, double x2, double y2, double thickness) {
        raster.segment(x1 * scale, y1 * scale, x2 * scale, y2 * scale, thickness);
    }

    @Override
    public void circle(double x, double y, double radius, Ink ink, boolean rim) {
        segment(x, y, x, y, 2 * radius * scale);
        raster.paintLine(ink.light(), 1);
        if (rim) {
            segment(x, y, x, y, 2 * (radius - 1.5) * scale);
            raster.paintLine(Ink.BACKGROUND.light(), 1);
        }
    }

    @Override
    public void text(String text, double x, double y, TextStyle style) {
        if (text.isEmpty()) {
            return;
        }
        String drawable = Glyphs.drawable(Text.clean(text));
        double width = Glyphs.width(drawable, style.size());
        double start = switch (style.anchor()) {
            case START -> 0;
            case MIDDLE -> -width / 2;
            case END -> -width;
        };
        double[] offsets = style.bold() ? new double[] {-0.022, 0.022} : new double[] {0};
        for (double offset : offsets) {
            double left = start + offset * style.size();
            Glyphs.trace(drawable, left, 0, style.size(), (x1, y1, x2, y2) -> {
                if (style.vertical()) {
                    raster.edge((x + y1) * scale, (y - x1) * scale, (x + y2) * scale, (y - x2) * scale);
                } else {
                    raster.edge((x + x1) * scale, (y + y1) * scale, (x + x2) * scale, (y + y2) * scale);
                }
            });
            raster.paintArea(style.ink().light(), 1);
        }
    }

    @Override
    public void image(Bitmap bitmap, double x, double y, double width, double height) {
        int left = (int) Math.round(x * scale);
        int top = (int) Math.round(y * scale);
        int right = (int) Math.round((x + width) * scale);
        int bottom = (int) Math.round((y + height) * scale);
        for (int row = top; row < bottom; row++) {
            int sourceRow = (int) ((row - top + 0.5) * bitmap.height() / (bottom - top));
            for (int column = left; column < right; column++) {
                int sourceColumn = (int) ((column - left + 0.5) * bitmap.width() / (right - left));
                raster.set(column, row, bitmap.at(sourceColumn, sourceRow));
            }
        }
    }
}
