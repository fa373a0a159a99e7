package org.badak.figure;

/// The layout of a confusion matrix for the terminal: a table, mistakes coloured where colours can be shown.
final class TerminalMatrix {
    private TerminalMatrix() {}

    static String draw(ConfusionMatrix matrix, int columns, TerminalStyle style) {
        StringBuilder out = new StringBuilder();
        int n = matrix.size();
        int cell = 2;
        int head = 4;
        for (int i = 0; i < n; i++) {
            head = Math.max(
                    head, Math.min(14, Text.columns(shown(matrix.labels().get(i), style))));
            for (int j = 0; j < n; j++) {
                cell = Math.max(cell, Long.toString(matrix.count(i, j)).length());
            }
        }
        cell = Math.max(cell, Math.min(6, (columns - head - 9) / n - 1));
        if (!matrix.title().isBlank()) {
            out.append(Text.cut(shown(matrix.title(), style), columns, style.ascii()))
                    .append('\n');
        }
        right(out, "true", head);
        for (String label : matrix.labels()) {
            right(out, Text.cut(shown(label, style), cell, style.ascii()), cell + 1);
        }
        out.append("   right\n");
        for (int i = 0; i < n; i++) {
            right(out, Text.cut(shown(matrix.labels().get(i), style), head, style.ascii()), head);
            for (int j = 0; j < n; j++) {
                long count = matrix.count(i, j);
                String text = count == 0 ? (style.ascii() ? "." : "·") : Long.toString(count);
                Ink ink = count == 0 ? Ink.FRAME : i == j ? Ink.BLUE : Ink.VERMILION;
                Ansi.foreground(out, style, ink);
                right(out, text, cell + 1);
                Ansi.reset(out, style);
            }
            right(out, matrix.total(i) == 0 ? "-" : MatrixLayout.percent(matrix.share(i, i)), 8);
            out.append('\n');
        }
        return out.toString();
    }

    private static String shown(String text, TerminalStyle style) {
        return style.ascii() ? Text.ascii(text) : Text.clean(text);
    }

    private static void right(StringBuilder out, String text, int width) {
        out.append(" ".repeat(Math.max(0, width - Text.columns(text)))).append(text);
    }
}
