package org.badak.tabular;

import java.util.Locale;
import java.util.regex.Pattern;

/// Numbers as people write them in tables.
final class NumberText {
    private static final Pattern POINT = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
    private static final Pattern COMMA = Pattern.compile("[+-]?(\\d+,?\\d*|,\\d+)([eE][+-]?\\d+)?");
    private static final Pattern GROUPED = Pattern.compile("[+-]?\\d{1,3}([,.'\u00A0 ]\\d{3}){2,}([,.]\\d+)?");
    private static final Pattern INFINITE = Pattern.compile("[+-]?inf(inity)?");

    private NumberText() {}

    /// The number that a cell holds: NaN if it is none, infinite if it says so or is beyond the largest
    /// float64.
    static double parse(String cell, boolean decimalComma) {
        if ((decimalComma ? COMMA : POINT).matcher(cell).matches()) {
            return Double.parseDouble(decimalComma ? cell.replace(',', '.') : cell);
        }
        if (INFINITE.matcher(cell.toLowerCase(Locale.ROOT)).matches()) {
            return cell.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        return Double.NaN;
    }

    /// Whether a cell is a number.
    static boolean isNumber(String cell, boolean decimalComma) {
        return !Double.isNaN(parse(cell, decimalComma));
    }

    /// Whether a cell is a number with a comma in it.
    static boolean hasComma(String cell) {
        return cell.indexOf(',') >= 0 && COMMA.matcher(cell).matches();
    }

    /// Whether a cell is a number with marks between its thousands, more than one: `1,234,567`.
    static boolean isGrouped(String cell) {
        return GROUPED.matcher(cell).matches();
    }

    /// A number as it is shown: whole ones without a point, others with at most six significant digits.
    static String of(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return Long.toString((long) value);
        }
        String text = String.format(Locale.ROOT, "%.6g", value);
        return text.contains("e") || !text.contains(".")
                ? text
                : text.replaceAll("0+$", "").replaceAll("\\.$", "");
    }
}
