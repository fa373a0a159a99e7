package org.badak.figure;

/// The three renderings of every graphic, with the checks they share.
final class Rendering {
    private static final int LEAST_SIDE = 160;
    private static final int GREATEST_SIDE = 8192;
    private static final double NATURAL_PNG_WIDTH = 1440;

    private Rendering() {}

    /// A size in user units.
    record Size(int width, int height) {}

    static String svg(Graphic graphic) {
        Size size = naturalSize(graphic);
        return svg(graphic, size.width(), size.height());
    }

    static String svg(Graphic graphic, int width, int height) {
        checkSide(width, height);
        SvgCanvas canvas = new SvgCanvas(graphic.title(), width, height);
        draw(graphic, canvas, width, height);
        return canvas.document();
    }

    static byte[] png(Graphic graphic) {
        Size size = naturalSize(graphic);
        int height = (int) Math.round(NATURAL_PNG_WIDTH * size.height() / size.width());
        return png(graphic, (int) NATURAL_PNG_WIDTH, Math.clamp(height, LEAST_SIDE, GREATEST_SIDE));
    }

    /// Drawn in natural size, then enlarged so that it fits, so that text grows with the picture.
    static byte[] png(Graphic graphic, int width, int height) {
        checkSide(width, height);
        Size natural = naturalSize(graphic);
        double scale = Math.min((double) width / natural.width(), (double) height / natural.height());
        scale = Math.max(scale, Math.min(1, Math.min(width, height) / 320.0));
        PngCanvas canvas = new PngCanvas(width, height, scale);
        draw(graphic, canvas, width / scale, height / scale);
        return canvas.encoded();
    }

    static String terminal(Graphic graphic, int columns, int rows, TerminalStyle style) {
        if (columns < 20 || rows < 6) {
            throw new FigureException("A figure in the terminal needs at least 20 columns and 6 rows, but got "
                    + columns + " × " + rows + "; make the window larger.");
        }
        return switch (graphic) {
            case Figure figure -> TerminalPlot.draw(figure, columns, rows, style);
            case ImageGrid grid -> TerminalImages.draw(grid, columns, rows, style);
            case ConfusionMatrix matrix -> TerminalMatrix.draw(matrix, columns, style);
            case ParallelCoordinates parallel -> TerminalParallel.draw(parallel, columns, rows, style);
            case Panels panels -> PanelLayout.terminal(panels, columns, rows, style);
        };
    }

    private static void draw(Graphic graphic, Canvas canvas, double width, double height) {
        switch (graphic) {
            case Figure figure -> Plot.draw(figure, canvas, width, height);
            case ImageGrid grid -> GridLayout.draw(grid, canvas, width, height);
            case ConfusionMatrix matrix -> MatrixLayout.draw(matrix, canvas, width, height);
            case ParallelCoordinates parallel -> ParallelLayout.draw(parallel, canvas, width, height);
            case Panels panels -> PanelLayout.draw(panels, canvas, width, height);
        }
    }

    private static Size naturalSize(Graphic graphic) {
        return switch (graphic) {
            case Figure figure -> figure.equalUnits() ? new Size(720, 620) : new Size(720, 450);
            case ImageGrid grid -> GridLayout.naturalSize(grid);
            case ConfusionMatrix matrix -> MatrixLayout.naturalSize(matrix);
            case ParallelCoordinates parallel -> ParallelLayout.naturalSize(parallel);
            case Panels panels -> PanelLayout.naturalSize(panels);
        };
    }

    private static void checkSide(int width, int height) {
        if (Math.min(width, height) < LEAST_SIDE || Math.max(width, height) > GREATEST_SIDE) {
            throw new FigureException("A figure cannot be " + width + " × " + height + "; give sides from " + LEAST_SIDE
                    + " to " + GREATEST_SIDE + ".");
        }
    }

    /// Text shortened with … so that it is no wider than `width`.
    static String fitted(String text, double size, double width) {
        String clean = Text.clean(text);
        if (Glyphs.width(clean, size) <= width) {
            return clean;
        }
        int end = clean.length();
        while (end > 0 && Glyphs.width(clean.substring(0, end), size) > width - size) {
            end = clean.offsetByCodePoints(end, -1);
        }
        return clean.substring(0, end) + "…";
    }
}
