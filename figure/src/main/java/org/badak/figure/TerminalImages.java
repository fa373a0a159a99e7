package org.badak.figure;

/// The layout of an image grid for the terminal: upper half blocks with two colours per cell, or shades of characters.
final class TerminalImages {
    private static final String ASCII_SHADES = " .:-=+*#%@";
    private static final String[] BLOCK_SHADES = {" ", "░", "▒", "▓", "█"};
    private static final int LEAST_TILE = 8;
    private static final int READABLE_TILE = 14;

    private final ImageGrid grid;
    private final TerminalStyle style;
    private final StringBuilder out = new StringBuilder();

    private TerminalImages(ImageGrid grid, TerminalStyle style) {
        this.grid = grid;
        this.style = style;
    }

    static String draw(ImageGrid grid, int columns, int rows, TerminalStyle style) {
        return new TerminalImages(grid, style).draw(columns, rows);
    }

    private String draw(int columns, int rows) {
        if (!grid.title().isBlank()) {
            out.append(Text.cut(shown(grid.title()), columns, style.ascii())).append('\n');
        }
        if (grid.tiles().isEmpty()) {
            return out.append("no pictures\n").toString();
        }
        boolean labelled = grid.tiles().stream().anyMatch(tile -> !tile.label().isBlank());
        Tile first = grid.tiles().getFirst();
        int perRow = Math.min(grid.columns(), grid.tiles().size());
        int least = Math.min(first.width(), READABLE_TILE);
        perRow = Math.max(1, Math.min(perRow, (columns + 1) / (least + 1)));
        int tileColumns = Math.clamp((columns + 1) / perRow - 1, LEAST_TILE, Math.max(LEAST_TILE, first.width()));
        int tileRows = Math.max(1, (int) Math.round(0.5 * tileColumns * first.height() / first.width()));
        int rowHeight = tileRows + (labelled ? 1 : 0);
        int gridRows = Math.max(1, (rows - 2) / rowHeight);
        int shownTiles = Math.min(grid.tiles().size(), gridRows * perRow);
        for (int start = 0; start < shownTiles; start += perRow) {
            int end = Math.min(shownTiles, start + perRow);
            for (int row = 0; row < tileRows; row++) {
                for (int i = start; i < end; i++) {
                    pictureRow(grid.tiles().get(i), row, tileColumns, tileRows);
                    out.append(i + 1 < end ? " " : "");
                }
                out.append('\n');
            }
            if (labelled) {
                for (int i = start; i < end; i++) {
                    String label = Text.cut(shown(grid.tiles().get(i).label()), tileColumns, style.ascii());
                    out.append(label).append(i + 1 < end ? " ".repeat(tileColumns - Text.columns(label) + 1) : "");
                }
                out.append('\n');
            }
        }
        int left = grid.tiles().size() - shownTiles;
        if (left > 0) {
            out.append(style.ascii() ? "... " : "… ").append(left).append(" more\n");
        }
        return out.toString();
    }

    private void pictureRow(Tile tile, int row, int tileColumns, int tileRows) {
        double[] range = grid.range(tile);
        if (style.colored()) {
            Tile small = tile.resized(tileColumns, 2 * tileRows);
            for (int x = 0; x < tileColumns; x++) {
                Ansi.foreground(out, style, grid.scale().color(small.value(x, 2 * row), range[0], range[1]));
                Ansi.background(out, style, grid.scale().color(small.value(x, 2 * row + 1), range[0], range[1]));
                out.append('▀');
            }
            Ansi.reset(out, style);
            return;
        }
        Tile small = tile.resized(tileColumns, tileRows);
        for (int x = 0; x < tileColumns; x++) {
            out.append(shade(small.value(x, row), range[0], range[1]));
        }
    }

    /// More ink for larger values; in a diverging scale + and # above zero, - and = below.
    private String shade(double value, double low, double high) {
        if (Double.isNaN(value)) {
            return "?";
        }
        if (grid.scale() == ColorScale.DIVERGING) {
            double most = Math.max(Math.abs(low), Math.abs(high));
            double t = most == 0 ? 0 : value / most;
            if (Math.abs(t) < 0.15) {
                return " ";
            }
            return t > 0 ? (t > 0.5 ? "#" : "+") : (t < -0.5 ? "=" : "-");
        }
        double t = high > low ? Math.clamp((value - low) / (high - low), 0.0, 1.0) : 0;
        if (style.ascii()) {
            int level = (int) Math.round(t * (ASCII_SHADES.length() - 1));
            return ASCII_SHADES.substring(level, level + 1);
        }
        return BLOCK_SHADES[(int) Math.round(t * (BLOCK_SHADES.length - 1))];
    }

    private String shown(String text) {
        return style.ascii() ? Text.ascii(text) : Text.clean(text);
    }
}
