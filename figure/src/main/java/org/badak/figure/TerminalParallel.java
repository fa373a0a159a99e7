package org.badak.figure;

/// Parallel coordinates in the terminal: names above, lines and ticks between.
final class TerminalParallel {
    private TerminalParallel() {}

    static String draw(ParallelCoordinates figure, int columns, int rows, TerminalStyle style) {
        boolean titled = !figure.title().isBlank();
        int axes = figure.coordinates().size();
        TerminalCanvas canvas = new TerminalCanvas(columns, Math.max(3, rows - (titled ? 2 : 1)), style);
        double bottom = canvas.height() - (figure.failed().isEmpty() ? 0 : 1.2 * canvas.textHeight());
        ParallelLayout layout = new ParallelLayout(figure, canvas, 0, canvas.width(), 0, Math.max(1, bottom));
        layout.lines();
        layout.terminalLabels(style);
        StringBuilder out = new StringBuilder();
        if (titled) {
            out.append(Text.cut(shown(figure.title(), style), columns, style.ascii()))
                    .append('\n');
        }
        StringBuilder names = new StringBuilder();
        int used = 0;
        int room = Math.max(2, columns / Math.max(1, axes) - 1);
        for (int k = 0; k < axes; k++) {
            int place = (int) (layout.x(k) / (style.ascii() ? 1 : 2));
            names.append(" ".repeat(Math.max(0, place - used)));
            used = Math.max(used, place);
            String name = Text.cut(shown(figure.coordinates().get(k).label(), style), room, style.ascii());
            names.append(name);
            used += Text.columns(name);
        }
        String score = Text.cut(shown(figure.score().label(), style), Math.max(0, columns - used - 1), style.ascii());
        names.append(" ".repeat(Math.max(0, columns - used - Text.columns(score))))
                .append(score);
        out.append(names.toString().stripTrailing()).append('\n');
        for (int row = 0; row < Math.max(3, rows - (titled ? 2 : 1)); row++) {
            StringBuilder line = new StringBuilder();
            canvas.appendRow(line, row);
            out.append(line.toString().stripTrailing()).append('\n');
        }
        return out.toString();
    }

    private static String shown(String text, TerminalStyle style) {
        return style.ascii() ? Text.ascii(text) : Text.clean(text);
    }
}
