package org.badak.figure;

import org.badak.figure.Canvas.TextStyle;

/// The layout of small multiples, for SVG and PNG, and for the terminal.
final class PanelLayout {
    private static final double MARGIN = 14;
    private static final double TITLE = 40;
    private static final int PANEL_WIDTH = 430;
    private static final int PANEL_HEIGHT = 300;
    private static final int LEAST_COLUMNS = 20;
    private static final int LEAST_ROWS = 6;
    private static final int GAP = 2;

    private PanelLayout() {}

    static Rendering.Size naturalSize(Panels panels) {
        return new Rendering.Size(
                panels.columns() * PANEL_WIDTH, (int) Math.min(8192, top(panels) + panels.rows() * PANEL_HEIGHT));
    }

    private static double top(Panels panels) {
        return panels.title().isBlank() ? 0 : TITLE;
    }

    static void draw(Panels panels, Canvas canvas, double width, double height) {
        if (!panels.title().isBlank()) {
            String title = Rendering.fitted(panels.title(), 18, width - 2 * MARGIN);
            canvas.text(
                    title, MARGIN, 28, TextStyle.of(17, Ink.TEXT, Anchor.START).inBold());
        }
        double wide = width / panels.columns();
        double high = (height - top(panels)) / panels.rows();
        for (int i = 0; i < panels.figures().size(); i++) {
            double x = i % panels.columns() * wide;
            int row = i / panels.columns();
            Plot.draw(panels.figures().get(i), new ShiftedCanvas(canvas, x, top(panels) + row * high), wide, high);
        }
    }

    static String terminal(Panels panels, int columns, int rows, TerminalStyle style) {
        StringBuilder out = new StringBuilder();
        if (!panels.title().isBlank()) {
            String title = style.ascii() ? Text.ascii(panels.title()) : Text.clean(panels.title());
            out.append(Text.cut(title, columns, style.ascii())).append('\n');
        }
        int perRow = Math.clamp((columns + GAP) / (LEAST_COLUMNS + GAP), 1, panels.columns());
        int lines = Math.max(1, (panels.figures().size() + perRow - 1) / perRow);
        int high = Math.max(LEAST_ROWS, (rows - (out.isEmpty() ? 0 : 1)) / lines);
        int wide = (columns + GAP) / perRow - GAP;
        for (int first = 0; first < panels.figures().size(); first += perRow) {
            String[][] beside =
                    panels
                            .figures()
                            .subList(
                                    first,
                                    Math.min(first + perRow, panels.figures().size()))
                            .stream()
                            .map(figure ->
                                    TerminalPlot.draw(figure, wide, high, style).split("\n"))
                            .toArray(String[][]::new);
            beside(out, beside, wide);
        }
        return out.isEmpty() ? "\n" : out.toString();
    }

    /// Writes pictures of lines beside each other.
    private static void beside(StringBuilder out, String[][] pictures, int wide) {
        int most = 0;
        for (String[] picture : pictures) {
            most = Math.max(most, picture.length);
        }
        for (int row = 0; row < most; row++) {
            int taken = 0; // columns of the line that are written
            for (int i = 0; i < pictures.length; i++) {
                if (row < pictures[i].length) {
                    int start = i * (wide + GAP);
                    out.append(" ".repeat(start - taken)).append(pictures[i][row]);
                    taken = start + Text.columns(Ansi.stripped(pictures[i][row]));
                }
            }
            out.append('\n');
        }
    }
}
