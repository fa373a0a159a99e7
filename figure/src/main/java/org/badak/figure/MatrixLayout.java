package org.badak.figure;

import org.badak.figure.Canvas.TextStyle;

/// The layout of a confusion matrix for SVG and PNG: right answers in blue, mistakes in vermilion; the square root of
/// the share is the shade, so that rare mistakes are seen.
final class MatrixLayout {
    private static final double MARGIN = 14;
    private static final double CELL_WIDTH = 46;
    private static final double CELL_HEIGHT = 34;
    private static final double TOP = 84;

    private MatrixLayout() {}

    static Rendering.Size naturalSize(ConfusionMatrix matrix) {
        double width = left(matrix) + matrix.size() * CELL_WIDTH + 70 + MARGIN;
        double height = TOP + matrix.size() * CELL_HEIGHT + MARGIN;
        return new Rendering.Size(
                (int) Math.clamp(Math.ceil(width), 360, 8192), (int) Math.clamp(Math.ceil(height), 160, 8192));
    }

    private static double left(ConfusionMatrix matrix) {
        double widest = 0;
        for (String label : matrix.labels()) {
            widest = Math.max(widest, Glyphs.width(Text.clean(label), 12));
        }
        return MARGIN + 22 + Math.min(widest, 120) + 10;
    }

    static void draw(ConfusionMatrix matrix, Canvas canvas, double width, double height) {
        int n = matrix.size();
        double left = left(matrix);
        double cellWidth = Math.max(4, (width - left - 70 - MARGIN) / n);
        double cellHeight = Math.max(4, (height - TOP - MARGIN) / n);
        String title = Rendering.fitted(matrix.title(), 17, width - 2 * MARGIN);
        canvas.text(title, MARGIN, 28, TextStyle.of(16, Ink.TEXT, Anchor.START).inBold());
        TextStyle axis = TextStyle.of(12.5, Ink.TEXT, Anchor.MIDDLE);
        canvas.text("predicted", left + n * cellWidth / 2, 54, axis);
        canvas.text("true", MARGIN + 10, TOP + n * cellHeight / 2, axis.upwards());
        canvas.text("right", left + n * cellWidth + 60, 76, TextStyle.of(12, Ink.MUTED, Anchor.END));
        for (int i = 0; i < n; i++) {
            double y = TOP + i * cellHeight;
            double baseline = y + cellHeight / 2 + 4.2;
            String label = matrix.labels().get(i);
            canvas.text(
                    Rendering.fitted(label, 12, left - MARGIN - 30),
                    left - 9,
                    baseline,
                    TextStyle.of(12, Ink.MUTED, Anchor.END));
            canvas.text(
                    Rendering.fitted(label, 12, cellWidth),
                    left + (i + 0.5) * cellWidth,
                    76,
                    TextStyle.of(12, Ink.MUTED, Anchor.MIDDLE));
            canvas.text(
                    matrix.total(i) == 0 ? "–" : percent(matrix.share(i, i)),
                    left + n * cellWidth + 60,
                    baseline,
                    TextStyle.of(12, Ink.TEXT, Anchor.END));
            for (int j = 0; j < n; j++) {
                cell(matrix, canvas, i, j, left + j * cellWidth, y, cellWidth, cellHeight);
            }
        }
    }

    private static void cell(
            ConfusionMatrix matrix, Canvas canvas, int i, int j, double x, double y, double width, double height) {
        double shade = Math.sqrt(matrix.share(i, j));
        double opacity = i == j ? 0.9 * shade : Math.min(0.9, 1.5 * shade);
        canvas.rect(x + 1, y + 1, width - 2, height - 2, Ink.GRID, 0.5);
        if (opacity > 0) {
            canvas.rect(x + 1, y + 1, width - 2, height - 2, i == j ? Ink.BLUE : Ink.VERMILION, opacity);
        }
        long count = matrix.count(i, j);
        if (count > 0) {
            String text = Numbers.count(count);
            double size = Math.min(12.5, 12.5 * (width - 4) / Math.max(1, Glyphs.width(text, 12.5)));
            canvas.text(
                    text,
                    x + width / 2,
                    y + height / 2 + 0.35 * size,
                    TextStyle.of(size, opacity > 0.55 ? Ink.INVERSE : Ink.TEXT, Anchor.MIDDLE));
        }
    }

    static String percent(double share) {
        long tenths = Math.round(share * 1000);
        return tenths / 10 + "." + tenths % 10 + " %";
    }
}
