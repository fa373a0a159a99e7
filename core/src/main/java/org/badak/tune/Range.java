package org.badak.tune;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// The values that one hyper-parameter can take in a search.
public sealed interface Range {
    /// The value at a share of the range, as text.
    ///
    /// @param share from 0 to 1; uniform shares give values that are uniform on the range's scale
    String at(double share);

    /// Values evenly spaced on the range's scale, its ends among them; choices: all of them.
    ///
    /// @param points how many of a range of numbers, at least 2
    List<String> grid(int points);

    /// How it is written, as [#parse] reads it.
    String text();

    /// One of several texts.
    ///
    /// @param values in order
    record Choices(List<String> values) implements Range {
        /// Copies the list.
        ///
        /// @throws IllegalArgumentException if it is empty, or has an empty or a repeated value
        public Choices {
            values = List.copyOf(values);
            if (values.isEmpty() || values.contains("") || Set.copyOf(values).size() < values.size()) {
                throw new IllegalArgumentException("expected different choices, none of them empty, found "
                        + String.join("|", values) + "; try 50|100|\"100,50\"");
            }
        }

        @Override
        public String at(double share) {
            return values.get(Math.clamp((long) (share * values.size()), 0, values.size() - 1));
        }

        @Override
        public List<String> grid(int points) {
            return values;
        }

        @Override
        public String text() {
            return values.stream().map(Choices::quoted).collect(Collectors.joining("|"));
        }

        private static String quoted(String value) {
            return value.contains(",") || value.contains("|") || value.contains("..") ? '"' + value + '"' : value;
        }
    }

    /// A number from low to high, both possible.
    ///
    /// @param logarithmic whether equal factors are equally likely, else equal differences
    /// @param whole whether the number is whole
    record Numbers(double low, double high, boolean logarithmic, boolean whole) implements Range {
        private static final MathContext DIGITS = new MathContext(4);

        /// Checks the ends.
        ///
        /// @throws IllegalArgumentException if they are not finite, not in order, not positive on a logarithmic
        ///     scale or not whole where numbers are
        public Numbers {
            if (!(low < high) || !Double.isFinite(low) || !Double.isFinite(high)) {
                throw new IllegalArgumentException("expected two finite numbers, the lower one first, found " + low
                        + ".." + high + "; try log:0.001..1");
            }
            if (logarithmic && low <= 0) {
                throw new IllegalArgumentException(
                        "expected numbers above 0 on a logarithmic scale, found " + low + "; try log:0.001..1");
            }
            if (whole && (low != Math.rint(low) || high != Math.rint(high) || Math.max(-low, high) > 1e15)) {
                throw new IllegalArgumentException(
                        "expected whole numbers, found " + low + ".." + high + "; try int:16..128");
            }
        }

        @Override
        public String at(double share) {
            double above = whole && !logarithmic ? high + 1 : high; // every whole number is as likely as another
            double value = logarithmic
                    ? low * StrictMath.exp(share * StrictMath.log(high / low))
                    : low + share * (above - low);
            if (whole) {
                value = logarithmic ? Math.rint(value) : Math.floor(value);
                return Long.toString((long) Math.clamp(value, low, high));
            }
            double rounded = new BigDecimal(value).round(DIGITS).doubleValue();
            return number(Math.clamp(rounded, low, high));
        }

        @Override
        public List<String> grid(int points) {
            Set<String> values = new LinkedHashSet<>(); // whole numbers may coincide
            for (int i = 0; i < points; i++) {
                double share = (double) i / (points - 1);
                values.add(
                        whole && !logarithmic
                                ? Long.toString((long) Math.rint(low + share * (high - low)))
                                : at(share));
            }
            return new ArrayList<>(values);
        }

        @Override
        public String text() {
            String kind = (whole ? "int" : "") + (whole && logarithmic ? "-" : "") + (logarithmic ? "log" : "");
            return (kind.isEmpty() ? "linear" : kind) + ":" + number(low) + ".." + number(high);
        }

        private static String number(double value) {
            return new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
        }
    }

    /// Reads a range: `log:0.001..1`, `linear:0..0.5`, `int:16..128`, `int-log:16..1024`; without a kind whole
    /// numbers where both ends are, else linear. Anything else is choices, separated by bars, `50|100|100,50`, or,
    /// where there is no bar, by commas; one in quotation marks may have either in it.
    ///
    /// @throws IllegalArgumentException if it is neither; says what was found and expected
    static Range parse(String text) {
        int colon = text.indexOf(':');
        String kind = colon < 0 ? "" : text.substring(0, colon).trim();
        boolean named = List.of("log", "linear", "int", "int-log").contains(kind);
        String rest = named ? text.substring(colon + 1) : text;
        String[] ends = rest.split("\\.\\.", -1);
        boolean numbers = ends.length == 2 && isNumber(ends[0]) && isNumber(ends[1]);
        if (named && !numbers) {
            throw new IllegalArgumentException("expected two numbers with two dots between them behind " + kind
                    + ":, found '" + rest + "'; try " + kind + ":1..10");
        }
        if (!numbers) {
            return new Choices(choices(text));
        }
        double low = Double.parseDouble(ends[0].trim());
        double high = Double.parseDouble(ends[1].trim());
        boolean whole = named ? kind.startsWith("int") : isWhole(ends[0]) && isWhole(ends[1]);
        return new Numbers(low, high, kind.endsWith("log"), whole);
    }

    private static boolean isNumber(String text) {
        try {
            return Double.isFinite(Double.parseDouble(text.trim()));
        } catch (NumberFormatException word) {
            return false;
        }
    }

    private static boolean isWhole(String text) {
        return text.trim().matches("[+-]?[0-9]+");
    }

    private static List<String> choices(String text) {
        List<String> byBar = split(text, '|');
        List<String> parts = byBar.size() > 1 ? byBar : split(text, ',');
        List<String> values = new ArrayList<>();
        for (String part : parts) {
            String trimmed = part.trim();
            boolean quoted = trimmed.length() > 1 && trimmed.startsWith("\"") && trimmed.endsWith("\"");
            values.add(quoted ? trimmed.substring(1, trimmed.length() - 1) : trimmed);
        }
        return values;
    }

    /// The parts of a text between separators outside quotation marks.
    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        boolean inside = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            inside ^= c == '"';
            if (c == separator && !inside) {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                part.append(c);
            }
        }
        parts.add(part.toString());
        return parts;
    }
}
