package org.badak.gradient;

import java.util.List;
import java.util.Locale;
import org.badak.gradient.Comparison.Place;

/// Recognises by its figures what is wrong with a gradient that is wrong.
///
/// @param verdict one that accuses
/// @param explanation in words, with what to look at
record Pattern(Verdict verdict, String explanation) {
    private static final int FEWEST_TO_SHIFT = 3;

    /// A value that the elements of a should have had, by place.
    private interface Wanted {
        double at(int row, int column);
    }

    /// @param wrong the elements that differ, kinks left out; not empty
    /// @param batch number of rows of the batch
    static Pattern of(Comparison c, List<Place> wrong, int batch) {
        if (c.largestOfA() == 0) {
            return new Pattern(Verdict.ALL_ZERO, "all zero: never written, or multiplied by something that is zero");
        }
        if (c.scale <= c.floor) {
            return new Pattern(Verdict.WRONG_BACKWARD, "the gradient is zero throughout, and this is not");
        }
        if (matches(c, (row, column) -> -c.n[row][column])) {
            return new Pattern(Verdict.WRONG_SIGN, "the sign is wrong: it is the negative of the gradient");
        }
        double factor = factor(c);
        if (!near(factor, 1) && matches(c, (row, column) -> factor * c.n[row][column])) {
            return new Pattern(Verdict.WRONG_FACTOR, factorInWords(factor, batch));
        }
        if (c.rows > 1 && c.columns > 1 && matches(c, (row, column) -> transposed(c, row, column))) {
            return new Pattern(
                    Verdict.TRANSPOSED, "rows and columns are exchanged: a factor of the product is transposed");
        }
        Pattern partly = partly(c, wrong);
        int half = c.rows * c.columns / 2;
        if (wrong.size() <= half && partly.verdict != Verdict.WRONG_BACKWARD) {
            return partly;
        }
        String shift = shift(c);
        if (!shift.isEmpty()) {
            return new Pattern(Verdict.SHIFTED, shift);
        }
        double offset = offset(c);
        if (c.rows * c.columns > 2 && matches(c, (row, column) -> c.n[row][column] + offset)) {
            return new Pattern(
                    Verdict.OFFSET, String.format(Locale.ROOT, "the constant %.6g is added to every element", offset));
        }
        return partly;
    }

    private static boolean matches(Comparison c, Wanted wanted) {
        for (int row = 0; row < c.rows; row++) {
            for (int column = 0; column < c.columns; column++) {
                double value = wanted.at(row, column);
                double slack = 2 * (c.tolerance(value) + Comparison.ABSOLUTE * c.largestOfA());
                if (Math.abs(c.a[row][column] - value) > slack) {
                    return false;
                }
            }
        }
        return true;
    }

    private static double factor(Comparison c) {
        double products = 0;
        double squares = 0;
        for (int row = 0; row < c.rows; row++) {
            for (int column = 0; column < c.columns; column++) {
                products += c.a[row][column] * c.n[row][column];
                squares += c.n[row][column] * c.n[row][column];
            }
        }
        return squares == 0 ? 0 : products / squares;
    }

    private static double offset(Comparison c) {
        double sum = 0;
        for (int row = 0; row < c.rows; row++) {
            for (int column = 0; column < c.columns; column++) {
                sum += c.a[row][column] - c.n[row][column];
            }
        }
        return sum / c.rows / c.columns;
    }

    private static String factorInWords(double factor, int batch) {
        String text = String.format(Locale.ROOT, "it is %.6g times the gradient", factor);
        if (batch > 1 && near(factor, batch)) {
            return text + ": a sum over the batch of " + batch + " in place of its mean, the factor 1/N is missing";
        }
        if (batch > 1 && near(factor, 1.0 / batch)) {
            return text + ": the mean over the batch of " + batch + " is taken twice";
        }
        if (near(factor, 2)) {
            return text + ": added twice, or a ½ is missing";
        }
        if (near(factor, 0.5)) {
            return text + ": a ½ too much, or the factor 2 of a square is missing";
        }
        return text + (factor < 0 ? ", the sign included" : "");
    }

    private static boolean near(double found, double wanted) {
        return Math.abs(found - wanted) <= 2 * Comparison.RELATIVE * wanted;
    }

    /// What would stand at a place if the transposed gradient had been written row by row into this shape.
    private static double transposed(Comparison c, int row, int column) {
        int index = row * c.columns + column;
        return c.n[index % c.rows][index / c.rows];
    }

    private static String shift(Comparison c) {
        for (int by : new int[] {1, -1}) {
            if (c.rows >= FEWEST_TO_SHIFT && shifted(c, by, 0)) {
                return "moved by one row: row i holds the gradient of row i" + (by > 0 ? " + 1" : " − 1");
            }
            if (c.columns >= FEWEST_TO_SHIFT && shifted(c, 0, by)) {
                return "moved by one column: column j holds the gradient of column j" + (by > 0 ? " + 1" : " − 1");
            }
        }
        return "";
    }

    private static boolean shifted(Comparison c, int down, int right) {
        return matches(c, (row, column) -> {
            int fromRow = row + down;
            int fromColumn = column + right;
            boolean inside = fromRow >= 0 && fromRow < c.rows && fromColumn >= 0 && fromColumn < c.columns;
            return inside ? c.n[fromRow][fromColumn] : c.a[row][column]; // whatever the edge was given
        });
    }

    /// What the wrong elements have in common: one place, one row, one column, or being zero.
    private static Pattern partly(Comparison c, List<Place> wrong) {
        Place first = wrong.getFirst();
        boolean zero = wrong.stream().allMatch(place -> c.a[place.row()][place.column()] == 0);
        boolean oneRow = wrong.stream().allMatch(place -> place.row() == first.row());
        boolean oneColumn = wrong.stream().allMatch(place -> place.column() == first.column());
        String what;
        if (wrong.size() == 1) {
            what = "the element [" + first.row() + ", " + first.column() + "]";
        } else if (oneRow && c.rows > 1) {
            what = (first.row() == c.rows - 1 ? "the last row, " : "row ") + first.row();
        } else if (oneColumn && c.columns > 1) {
            what = (first.column() == c.columns - 1 ? "the last column, " : "column ") + first.column();
        } else {
            what = wrong.size() + " of " + c.rows * c.columns + " elements";
        }
        if (zero) {
            return new Pattern(
                    Verdict.PARTLY_ZERO, "only " + what + ": zero, the rest is right; is a part skipped or cut off?");
        }
        if (wrong.size() == 1 || oneRow && c.rows > 1 || oneColumn && c.columns > 1) {
            return new Pattern(Verdict.PARTLY_WRONG, "only " + what + " is wrong, the rest is right");
        }
        if (10 * wrong.size() <= c.rows * c.columns) {
            return new Pattern(Verdict.PARTLY_WRONG, "only " + what + " are wrong, the rest is right");
        }
        return new Pattern(
                Verdict.WRONG_BACKWARD,
                String.format(
                        Locale.ROOT,
                        "%s are wrong, whatever h; the angle between the two gradients is %.1f degrees, their ratio of"
                                + " lengths %.4g",
                        what,
                        angle(c),
                        Math.abs(length(c.a) / length(c.n))));
    }

    private static double angle(Comparison c) {
        double cosine = factor(c) * length(c.n) / length(c.a);
        return Math.toDegrees(Math.acos(Math.clamp(cosine, -1, 1)));
    }

    private static double length(double[][] values) {
        double squares = 0;
        for (double[] row : values) {
            for (double value : row) {
                squares += value * value;
            }
        }
        return Math.sqrt(squares);
    }
}
