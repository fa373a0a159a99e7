package org.badak.figure;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/// The built-in letters: outlines of DejaVu Sans (see glyphs-LICENSE.txt), so that text in a PNG needs no font of the
/// machine and looks the same everywhere. Characters without an outline are replaced by [Text#substitute].
final class Glyphs {
    private static final double UNITS_PER_EM = 1000;
    private static final Map<Integer, Outline> OUTLINES = read();

    private static final Outline NOTHING = new Outline(0, "");

    private Glyphs() {}

    /// One character: its advance and its contours, in 1/1000 of the font size.
    record Outline(int advance, String path) {}

    /// Receives the contours of a text as straight lines.
    interface Sink {
        void line(double x1, double y1, double x2, double y2);
    }

    private static Map<Integer, Outline> read() {
        try (InputStream in = Glyphs.class.getResourceAsStream("glyphs.txt")) {
            if (in == null) {
                throw new FigureException("The built-in letters (org/badak/figure/glyphs.txt) are missing from the "
                        + "badak-figure jar; build or install it again.");
            }
            Map<Integer, Outline> outlines = new HashMap<>(1024);
            String all = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            int start = 0;
            while (start < all.length()) {
                int end = all.indexOf('\n', start);
                int first = all.indexOf(' ', start);
                int second = all.indexOf(' ', first + 1);
                outlines.put(
                        Integer.parseInt(all, start, first, 16),
                        new Outline(Integer.parseInt(all, first + 1, second, 10), all.substring(second + 1, end)));
                start = end + 1;
            }
            return outlines;
        } catch (IOException e) {
            throw new FigureException(
                    "The built-in letters (org/badak/figure/glyphs.txt) cannot be read: " + e.getMessage()
                            + "; build or install badak-figure again.",
                    e);
        }
    }

    /// Width of a text at a font size.
    static double width(String text, double size) {
        double units = 0;
        String drawable = drawable(text);
        for (int i = 0; i < drawable.length(); i++) {
            units += outline(drawable.charAt(i)).advance();
        }
        return units * size / UNITS_PER_EM;
    }

    /// The text in characters that have outlines.
    static String drawable(String text) {
        StringBuilder out = new StringBuilder(text.length());
        int c;
        for (int i = 0; i < text.length(); i += Character.charCount(c)) {
            c = text.codePointAt(i);
            if (OUTLINES.containsKey(c)) {
                out.appendCodePoint(c);
            } else if (Text.columns(c) > 0) {
                out.append(Text.substitute(c));
            }
        }
        return out.toString();
    }

    private static Outline outline(int codePoint) {
        return OUTLINES.getOrDefault(codePoint, NOTHING);
    }

    /// Sends the contours of a drawable text, set from x on the baseline y.
    static void trace(String text, double x, double y, double size, Sink sink) {
        double scale = size / UNITS_PER_EM;
        double left = x;
        for (int i = 0; i < text.length(); i++) {
            Outline outline = outline(text.charAt(i));
            new Pen(outline.path(), left, y, scale, sink).run();
            left += outline.advance() * scale;
        }
    }

    /// Walks a path of relative moves (m), lines (l) and quadratic curves (q).
    private static final class Pen {
        private static final int CURVE_PARTS = 5;
        private final String path;
        private final double left;
        private final double top;
        private final double scale;
        private final Sink sink;
        private int at;
        private int x;
        private int y;
        private int startX;
        private int startY;

        Pen(String path, double left, double top, double scale, Sink sink) {
            this.path = path;
            this.left = left;
            this.top = top;
            this.scale = scale;
            this.sink = sink;
        }

        void run() {
            while (at < path.length()) {
                char operation = path.charAt(at++);
                int dx = next();
                int dy = next();
                if (operation == 'm') {
                    line(x, y, startX, startY);
                    startX = x += dx;
                    startY = y += dy;
                } else if (operation == 'l') {
                    line(x, y, x + dx, y + dy);
                    x += dx;
                    y += dy;
                } else {
                    int controlX = x + dx;
                    int controlY = y + dy;
                    curve(controlX, controlY, x + next(), y + next());
                }
            }
            line(x, y, startX, startY);
        }

        private void curve(int controlX, int controlY, int endX, int endY) {
            double fromX = x;
            double fromY = y;
            for (int i = 1; i <= CURVE_PARTS; i++) {
                double t = (double) i / CURVE_PARTS;
                double s = 1 - t;
                double toX = s * s * x + 2 * s * t * controlX + t * t * endX;
                double toY = s * s * y + 2 * s * t * controlY + t * t * endY;
                line(fromX, fromY, toX, toY);
                fromX = toX;
                fromY = toY;
            }
            x = endX;
            y = endY;
        }

        private void line(double x1, double y1, double x2, double y2) {
            sink.line(left + x1 * scale, top + y1 * scale, left + x2 * scale, top + y2 * scale);
        }

        private int next() {
            if (path.charAt(at) == ',') {
                at++;
            }
            boolean negative = path.charAt(at) == '-';
            if (negative) {
                at++;
            }
            int value = 0;
            while (at < path.length() && path.charAt(at) >= '0' && path.charAt(at) <= '9') {
                value = value * 10 + path.charAt(at++) - '0';
            }
            return negative ? -value : value;
        }
    }
}
