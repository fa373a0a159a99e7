package org.badak.figure;

import java.util.Arrays;

/// Cells of a terminal with 2 × 4 braille dots each, or one ASCII mark each; coordinates count dots.
final class TerminalCanvas implements Canvas {
    private static final int[][] DOT_BITS = {{0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}};
    private static final String[] ARROWS = {"→", "↘", "↓", "↙", "←", "↖", "↑", "↗"};
    private static final String ASCII_ARROWS = ">\\v/<\\^/";

    private final int columns;
    private final int rows;
    private final TerminalStyle style;
    private final int dotsX;
    private final int dotsY;
    private final int[] dots;
    private final String[] characters;
    private final Ink[] inks;

    TerminalCanvas(int columns, int rows, TerminalStyle style) {
        this.columns = columns;
        this.rows = rows;
        this.style = style;
        this.dotsX = style.ascii() ? 1 : 2;
        this.dotsY = style.ascii() ? 1 : 4;
        this.dots = new int[columns * rows];
        this.characters = new String[columns * rows];
        this.inks = new Ink[columns * rows];
        Arrays.fill(characters, "");
        Arrays.fill(inks, Ink.TEXT);
    }

    double width() {
        return columns * dotsX - 1;
    }

    double height() {
        return rows * dotsY - 1;
    }

    /// Appends one row of cells.
    void appendRow(StringBuilder out, int row) {
        Ink current = Ink.TEXT;
        for (int column = 0; column < columns; column++) {
            int cell = row * columns + column;
            boolean empty = dots[cell] == 0 && characters[cell].isEmpty();
            if (!empty && inks[cell] != current) {
                current = inks[cell];
                Ansi.foreground(out, style, current);
            }
            if (!characters[cell].isEmpty()) {
                out.append(characters[cell]);
            } else {
                out.append(dots[cell] == 0 ? ' ' : (char) (0x2800 + dots[cell]));
            }
        }
        if (current != Ink.TEXT) {
            Ansi.reset(out, style);
        }
    }

    private void dot(double x, double y, Ink ink) {
        int px = (int) Math.round(x);
        int py = (int) Math.round(y);
        int column = Math.floorDiv(px, dotsX);
        int row = Math.floorDiv(py, dotsY);
        if (column < 0 || row < 0 || column >= columns || row >= rows) {
            return;
        }
        int cell = row * columns + column;
        inks[cell] = ink;
        if (style.ascii()) {
            characters[cell] = mark(ink);
        } else {
            dots[cell] |= DOT_BITS[py - row * dotsY][px - column * dotsX];
        }
    }

    /// The ASCII mark of a colour.
    static String mark(Ink ink) {
        return switch (ink) {
            case BLUE -> "*";
            case VERMILION -> "+";
            case GREEN -> "o";
            case PURPLE -> "x";
            case ORANGE -> "#";
            case SKY -> "@";
            case GREY -> "%";
            case SHADE_5, SHADE_4 -> "o";
            case SHADE_3, SHADE_2 -> ":";
            case SHADE_1, SHADE_0 -> ".";
            case BACKGROUND, TEXT, MUTED, GRID, FRAME, INVERSE -> ".";
        };
    }

    private void character(double x, double y, String character, Ink ink) {
        int column = Math.floorDiv((int) Math.round(x), dotsX);
        int row = Math.floorDiv((int) Math.round(y), dotsY);
        if (column >= 0 && row >= 0 && column < columns && row < rows) {
            characters[row * columns + column] = character;
            inks[row * columns + column] = ink;
        }
    }

    @Override
    public double textHeight() {
        return dotsY;
    }

    @Override
    public void polyline(double[] xs, double[] ys, Ink ink, double width, Dash dash, double opacity) {
        int skip = dash == Dash.SOLID ? 1 : dash == Dash.DASHED ? 4 : 3;
        int step = 0;
        for (int i = 0; i < xs.length; i++) {
            double fromX = xs[Math.max(0, i - 1)];
            double fromY = ys[Math.max(0, i - 1)];
            int parts = (int) Math.ceil(Math.max(Math.abs(xs[i] - fromX), Math.abs(ys[i] - fromY)));
            for (int k = Math.min(1, i); k <= parts; k++) {
                double t = parts == 0 ? 0 : (double) k / parts;
                if (skip == 1 || step++ % skip < (skip + 1) / 3 + (skip == 4 ? 1 : 0)) {
                    dot(fromX + t * (xs[i] - fromX), fromY + t * (ys[i] - fromY), ink);
                }
            }
        }
    }

    @Override
    public void rect(double x, double y, double width, double height, Ink ink, double opacity) {
        polygon(new double[] {x, x + width, x + width, x}, new double[] {y, y, y + height, y + height}, ink, opacity);
    }

    @Override
    public void polygon(double[] xs, double[] ys, Ink ink, double opacity) {
        polyline(xs, ys, ink, 1, Dash.DOTTED, opacity);
    }

    @Override
    public void circle(double x, double y, double radius, Ink ink, boolean rim) {
        if (radius >= 5) {
            String sign = rim ? "○" : "●";
            character(x, y, style.ascii() ? (rim ? "O" : "@") : sign, ink);
            return;
        }
        dot(x, y, ink);
        if (radius > 3 && !style.ascii()) {
            dot(x + 1, y, ink);
            dot(x, y + 1, ink);
            dot(x + 1, y + 1, ink);
        }
    }

    @Override
    public void arrow(double x1, double y1, double x2, double y2, Ink ink, double width) {
        double dx = x2 - x1;
        double dy = (y2 - y1) * (style.ascii() ? 2 : 1); // a cell is about twice as high as wide
        if (Math.hypot(dx, dy) < 0.3) {
            character(x1, y1, style.ascii() ? "." : "·", ink);
            return;
        }
        int direction = Math.floorMod((int) Math.round(Math.atan2(dy, dx) / (Math.PI / 4)), 8);
        String arrow = style.ascii() ? ASCII_ARROWS.substring(direction, direction + 1) : ARROWS[direction];
        character(x1, y1, arrow, ink);
    }

    @Override
    public void text(String text, double x, double y, TextStyle textStyle) {
        String shown = style.ascii() ? Text.ascii(text) : Text.clean(text);
        int length = Text.columns(shown);
        double start = textStyle.anchor() == Anchor.END ? x - length * dotsX : x;
        int column = 0;
        for (int c : shown.codePoints().toArray()) {
            character(start + column * dotsX, y, Character.toString(c), textStyle.ink());
            for (int extra = 1; extra < Text.columns(c); extra++) {
                character(start + (column + extra) * dotsX, y, "\u200B", textStyle.ink());
            }
            column += Math.max(1, Text.columns(c));
        }
    }

    @Override
    public void image(Bitmap bitmap, double x, double y, double width, double height) {
        // figures with axes hold no pictures; image grids have their own terminal layout
    }
}
