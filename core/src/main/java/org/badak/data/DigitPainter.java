package org.badak.data;

import java.util.Arrays;
import org.badak.kernel.Philox;

/// Draws one handwritten-like digit at a time; holds the buffers of one thread.
///
/// A digit is drawn from a style of [DigitGlyphs] in these steps: its points are moved by a smooth
/// random field and a little each on its own (an unsteady hand), slanted, turned and stretched (a
/// writer), fitted into a box of 20 × 20 pixels and put with its centre of mass into the middle of
/// 28 × 28 (as MNIST was made), and drawn with a round pen of varying width and soft edge. Only IEEE
/// arithmetic, square roots and [StrictMath] are used: the same bytes on every platform.
final class DigitPainter {
    static final int SIDE = 28;
    private static final double BOX = 20;
    private static final int DRAWS = 1 << 8; // random draws set aside for an image
    private static final int LATTICE = 5; // control points of the random field in x and in y
    private static final int STEPS = 4; // straight pieces per curve between two points
    private static final int CAPACITY = 128; // more than any style needs, all strokes together

    private final Philox random;
    private long next; // counter of the next draw
    private final double[] field = new double[2 * LATTICE * LATTICE];
    private final double[] pointX = new double[CAPACITY];
    private final double[] pointY = new double[CAPACITY];
    private final double[] pointRadius = new double[CAPACITY];
    private final double[] pieces = new double[CAPACITY * STEPS * 6]; // x, y, radius at both ends
    private int pieceCount;
    private final float[] ink = new float[SIDE * SIDE];

    DigitPainter(Philox random) {
        this.random = random;
    }

    /// Draws an image.
    ///
    /// @param index which image; the same index gives the same image
    /// @param pixels overwritten from `offset` on, 28 × 28 row-major
    /// @return the digit that was drawn
    int draw(int index, byte[] pixels, int offset) {
        next = (long) index * DRAWS;
        int digit = random.below(next++, 10);
        DigitGlyphs.Style style = DigitGlyphs.style(digit, random.uniform(next++));
        shape(style);
        double radius = clamp(1.3 + 0.36 * bell(), 0.65, 2.4);
        fit(radius);
        double edge = between(0.9, 1.5);
        double darkness = between(0.85, 1.25);
        Arrays.fill(ink, 0);
        for (int piece = 0; piece < pieceCount; piece++) {
            paint(piece * 6, edge);
        }
        assert next <= (index + 1L) * DRAWS : "image " + index + " used up the draws set aside for it";
        for (int i = 0; i < ink.length; i++) {
            pixels[offset + i] = (byte) (int) (Math.min(1, ink[i] * darkness) * 255 + 0.5);
        }
        return digit;
    }

    /// Moves, slants, turns and stretches the points of a style, and flattens its curves.
    private void shape(DigitGlyphs.Style style) {
        double unsteadiness = between(0.09, 0.23);
        for (int i = 0; i < field.length; i++) {
            field[i] = unsteadiness * bell();
        }
        double tremor = between(0.003, 0.016);
        double width = clamp(1.06 + 0.24 * bell(), 0.65, 1.9);
        double slant = clamp(0.15 + 0.27 * bell(), -0.5, 0.9);
        double angle = StrictMath.toRadians(clamp(6 * bell(), -15, 15));
        double cosine = StrictMath.cos(angle);
        double sine = StrictMath.sin(angle);
        pieceCount = 0;
        double[][] strokes = style.strokes();
        for (int number = 0; number < strokes.length; number++) {
            double[] stroke = strokes[number];
            int points = stroke.length / 2;
            for (int i = 0; i < points; i++) {
                double x = stroke[2 * i];
                double y = stroke[2 * i + 1];
                double movedX = x + field(x, y, 0) + tremor * bell();
                double movedY = y + field(x, y, LATTICE * LATTICE) + tremor * bell();
                double slanted = width * movedX - slant * movedY;
                pointX[i] = cosine * slanted - sine * movedY;
                pointY[i] = sine * slanted + cosine * movedY;
                pointRadius[i] = clamp(1 + 0.13 * bell(), 0.6, 1.4);
            }
            if (number == 0 || !joined(strokes[number - 1], stroke)) {
                moveEnd(0, 1);
            }
            if (number == strokes.length - 1 || !joined(stroke, strokes[number + 1])) {
                moveEnd(points - 1, points - 2);
            }
            flatten(points);
        }
    }

    /// Whether a stroke begins where another ended: at a corner.
    private static boolean joined(double[] ended, double[] beginning) {
        return ended[ended.length - 2] == beginning[0] && ended[ended.length - 1] == beginning[1];
    }

    /// Sets the pen down too early or too late, or lifts it so.
    private void moveEnd(int end, int neighbour) {
        double length = clamp(1 + 0.3 * bell(), 0.4, 1.6);
        pointX[end] = pointX[neighbour] + length * (pointX[end] - pointX[neighbour]);
        pointY[end] = pointY[neighbour] + length * (pointY[end] - pointY[neighbour]);
    }

    /// One component of the random field: a uniform cubic B-spline surface over [0, 1] × [0, 1].
    private double field(double x, double y, int component) {
        double column = clamp(x, 0, 0.999) * (LATTICE - 3);
        double row = clamp(y, 0, 0.999) * (LATTICE - 3);
        int left = (int) column;
        int top = (int) row;
        double sum = 0;
        for (int i = 0; i < 4; i++) {
            double line = 0;
            for (int j = 0; j < 4; j++) {
                line += weight(j, column - left) * field[component + (top + i) * LATTICE + left + j];
            }
            sum += weight(i, row - top) * line;
        }
        return sum;
    }

    /// Weight of one of the four control points around a place of the uniform cubic B-spline.
    private static double weight(int point, double t) {
        double s = 1 - t;
        return switch (point) {
            case 0 -> s * s * s / 6;
            case 1 -> (4 - 6 * t * t + 3 * t * t * t) / 6;
            case 2 -> (4 - 6 * s * s + 3 * s * s * s) / 6;
            default -> t * t * t / 6;
        };
    }

    /// Adds the straight pieces of a Catmull-Rom spline through the current points.
    private void flatten(int points) {
        for (int i = 0; i + 1 < points; i++) {
            int before = Math.max(i - 1, 0);
            int after = Math.min(i + 2, points - 1);
            double x = pointX[i];
            double y = pointY[i];
            double radius = pointRadius[i];
            for (int step = 1; step <= STEPS; step++) {
                double t = step / (double) STEPS;
                int at = 6 * pieceCount++;
                pieces[at] = x;
                pieces[at + 1] = y;
                pieces[at + 2] = radius;
                x = spline(pointX[before], pointX[i], pointX[i + 1], pointX[after], t);
                y = spline(pointY[before], pointY[i], pointY[i + 1], pointY[after], t);
                radius = pointRadius[i] + t * (pointRadius[i + 1] - pointRadius[i]);
                pieces[at + 3] = x;
                pieces[at + 4] = y;
                pieces[at + 5] = radius;
            }
        }
    }

    private static double spline(double before, double from, double to, double after, double t) {
        double leaving = (to - before) / 2;
        double arriving = (after - from) / 2;
        double cubic = 2 * (from - to) + leaving + arriving;
        double square = 3 * (to - from) - 2 * leaving - arriving;
        return from + t * (leaving + t * (square + t * cubic));
    }

    /// Scales the pieces into the box, centre of mass in the middle; radii become pixels.
    private void fit(double radius) {
        double left = Double.POSITIVE_INFINITY;
        double top = Double.POSITIVE_INFINITY;
        double right = Double.NEGATIVE_INFINITY;
        double bottom = Double.NEGATIVE_INFINITY;
        double mass = 0;
        double massX = 0;
        double massY = 0;
        for (int at = 0; at < 6 * pieceCount; at += 6) {
            double x = pieces[at];
            double y = pieces[at + 1];
            left = Math.min(left, Math.min(x, pieces[at + 3]));
            right = Math.max(right, Math.max(x, pieces[at + 3]));
            top = Math.min(top, Math.min(y, pieces[at + 4]));
            bottom = Math.max(bottom, Math.max(y, pieces[at + 4]));
            double dx = pieces[at + 3] - x;
            double dy = pieces[at + 4] - y;
            double length = Math.sqrt(dx * dx + dy * dy) * (pieces[at + 2] + pieces[at + 5]);
            mass += length;
            massX += length * (x + dx / 2);
            massY += length * (y + dy / 2);
        }
        double scale = between(0.92, 1) * (BOX - 2 * radius) / Math.max(right - left, bottom - top);
        double shiftX = SIDE / 2.0 - scale * massX / mass + between(-0.5, 0.5);
        double shiftY = SIDE / 2.0 - scale * massY / mass + between(-0.5, 0.5);
        for (int at = 0; at < 6 * pieceCount; at += 3) {
            pieces[at] = scale * pieces[at] + shiftX;
            pieces[at + 1] = scale * pieces[at + 1] + shiftY;
            pieces[at + 2] *= radius;
        }
    }

    /// Darkens the pixels near a piece: full inside the pen, fading over the width of the edge.
    private void paint(int at, double edge) {
        double x = pieces[at];
        double y = pieces[at + 1];
        double dx = pieces[at + 3] - x;
        double dy = pieces[at + 4] - y;
        double radius = pieces[at + 2];
        double widening = pieces[at + 5] - radius;
        double reach = Math.max(radius, pieces[at + 5]) + edge / 2;
        int left = Math.max(0, (int) (Math.min(x, x + dx) - reach - 0.5));
        int right = Math.min(SIDE - 1, (int) (Math.max(x, x + dx) + reach));
        int top = Math.max(0, (int) (Math.min(y, y + dy) - reach - 0.5));
        int bottom = Math.min(SIDE - 1, (int) (Math.max(y, y + dy) + reach));
        double scale = 1 / (dx * dx + dy * dy + 1e-12);
        for (int row = top; row <= bottom; row++) {
            double fromY = row + 0.5 - y;
            for (int column = left; column <= right; column++) {
                double fromX = column + 0.5 - x;
                double along = clamp((fromX * dx + fromY * dy) * scale, 0, 1);
                double awayX = fromX - along * dx;
                double awayY = fromY - along * dy;
                double square = awayX * awayX + awayY * awayY;
                if (square < reach * reach) {
                    double depth = (radius + along * widening - Math.sqrt(square)) / edge + 0.5;
                    int pixel = row * SIDE + column;
                    ink[pixel] = Math.max(ink[pixel], (float) Math.min(1, depth));
                }
            }
        }
    }

    private double between(double low, double high) {
        return low + (high - low) * random.uniform(next++);
    }

    /// A number of mean 0 and variance 1, bell-shaped, within ± 3.5: the sum of four uniform ones.
    private double bell() {
        long bits = random.bits(next++);
        long sum = (bits & 0xFFFF) + (bits >>> 16 & 0xFFFF) + (bits >>> 32 & 0xFFFF) + (bits >>> 48);
        return (sum * 0x1p-16 - 2) * 1.7320508075688772;
    }

    private static double clamp(double value, double low, double high) {
        return Math.min(Math.max(value, low), high);
    }
}
