package org.badak.figure;

import org.badak.figure.Canvas.TextStyle;

/// The layout of an image grid for SVG and PNG.
final class GridLayout {
    private static final double MARGIN = 14;
    private static final double GAP = 6;
    private static final double LABEL = 16;
    private static final double TITLE = 44;

    private GridLayout() {}

    static Rendering.Size naturalSize(ImageGrid grid) {
        int columns = columns(grid);
        double cell = Math.clamp((720 - 2 * MARGIN + GAP) / columns - GAP, 8, 96);
        double width = Math.max(240, 2 * MARGIN + columns * (cell + GAP) - GAP);
        double height = top(grid) + rows(grid) * (cell * aspect(grid) + label(grid) + GAP) - GAP + MARGIN;
        return new Rendering.Size((int) Math.ceil(width), (int) Math.clamp(Math.ceil(height), 160, 8192));
    }

    private static int columns(ImageGrid grid) {
        return Math.max(1, Math.min(grid.columns(), grid.tiles().size()));
    }

    private static int rows(ImageGrid grid) {
        return Math.max(1, (grid.tiles().size() + grid.columns() - 1) / grid.columns());
    }

    private static double label(ImageGrid grid) {
        return grid.tiles().stream().allMatch(tile -> tile.label().isBlank()) ? 0 : LABEL;
    }

    private static double top(ImageGrid grid) {
        return grid.title().isBlank() ? MARGIN : TITLE;
    }

    /// Height of the first picture for a width of 1.
    private static double aspect(ImageGrid grid) {
        return grid.tiles().isEmpty()
                ? 1
                : (double) grid.tiles().getFirst().height()
                        / grid.tiles().getFirst().width();
    }

    static void draw(ImageGrid grid, Canvas canvas, double width, double height) {
        if (!grid.title().isBlank()) {
            String title = Rendering.fitted(grid.title(), 17, width - 2 * MARGIN);
            canvas.text(
                    title, MARGIN, 28, TextStyle.of(16, Ink.TEXT, Anchor.START).inBold());
        }
        if (grid.tiles().isEmpty()) {
            canvas.text("no pictures", width / 2, height / 2, TextStyle.of(13, Ink.MUTED, Anchor.MIDDLE));
            return;
        }
        int columns = columns(grid);
        double label = label(grid);
        double wide = (width - 2 * MARGIN + GAP) / columns - GAP;
        double high = ((height - top(grid) - MARGIN + GAP) / rows(grid) - GAP - label) / aspect(grid);
        double cell = Math.max(2, Math.min(wide, high));
        for (int i = 0; i < grid.tiles().size(); i++) {
            Tile tile = grid.tiles().get(i);
            double[] range = grid.range(tile);
            double x = MARGIN + i % columns * (cell + GAP);
            int row = i / columns;
            double y = top(grid) + row * (cell * aspect(grid) + label + GAP);
            canvas.image(tile.bitmap(grid.scale(), range[0], range[1]), x, y, cell, cell * aspect(grid));
            String text = Rendering.fitted(tile.label(), 11, cell + 2);
            canvas.text(text, x + cell / 2, y + cell * aspect(grid) + 12, TextStyle.of(11, Ink.MUTED, Anchor.MIDDLE));
        }
    }
}
