package org.badak.figure;

/// Escape sequences for colours (ECMA-48 SGR), written only for styles with colours.
final class Ansi {
    private Ansi() {}

    static void foreground(StringBuilder out, TerminalStyle style, Ink ink) {
        if (ink == Ink.TEXT || ink == Ink.INVERSE) {
            reset(out, style);
        } else {
            color(out, style, ink.dark(), 38);
        }
    }

    static void foreground(StringBuilder out, TerminalStyle style, int rgb) {
        color(out, style, rgb, 38);
    }

    static void background(StringBuilder out, TerminalStyle style, int rgb) {
        color(out, style, rgb, 48);
    }

    private static void color(StringBuilder out, TerminalStyle style, int rgb, int target) {
        int r = rgb >> 16 & 255;
        int g = rgb >> 8 & 255;
        int b = rgb & 255;
        if (style == TerminalStyle.TRUE_COLOR) {
            out.append("\u001B[" + target + ";2;" + r + ";" + g + ";" + b + "m");
        } else if (style == TerminalStyle.COLOR_256) {
            out.append("\u001B[" + target + ";5;" + nearest(r, g, b) + "m");
        }
    }

    /// Text without its colours.
    static String stripped(String text) {
        return text.replaceAll("\u001B\\[[0-9;]*m", "");
    }

    static void reset(StringBuilder out, TerminalStyle style) {
        if (style.colored()) {
            out.append("\u001B[0m");
        }
    }

    /// The nearest of xterm's 6 × 6 × 6 cube and 24 grays.
    private static int nearest(int r, int g, int b) {
        int spread = Math.max(r, Math.max(g, b)) - Math.min(r, Math.min(g, b));
        if (spread < 10) {
            int gray = (r + g + b) / 3;
            if (gray < 4) {
                return 16;
            }
            return gray > 246 ? 231 : 232 + Math.clamp((gray - 3) / 10, 0, 23);
        }
        return 16 + 36 * cube(r) + 6 * cube(g) + cube(b);
    }

    private static int cube(int level) {
        return level < 48 ? 0 : level < 115 ? 1 : (level - 35) / 40;
    }
}
