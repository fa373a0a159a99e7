package org.badak.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.badak.data.Json;

/// What was measured: named values for JSON, and a line of the table for each figure.
final class Results {
    private final Map<String, Json> values = new LinkedHashMap<>();
    private final List<String> lines = new ArrayList<>();

    /// Keeps a value that the table does not show.
    void put(String key, Json value) {
        values.put(key, value);
    }

    /// Keeps a figure and its line.
    ///
    /// @param key name in JSON
    /// @param value finite
    /// @param unit of the value
    /// @param what the line's description
    void figure(String key, double value, String unit, String what) {
        put(key, Json.of(value));
        line(what, value, unit);
    }

    /// A line of the table: a description, a number with four digits that count, a unit.
    void line(String what, double value, String unit) {
        lines.add(String.format(Locale.ROOT, "%-58s %14s %s", what, digits(value), unit));
    }

    /// A line of words.
    void note(String words) {
        lines.add(words);
    }

    /// All lines, in order.
    String table() {
        return String.join(System.lineSeparator(), lines);
    }

    /// All values, in order.
    Json.Members json() {
        return new Json.Members(values);
    }

    private static String digits(double value) {
        double size = Math.abs(value);
        int decimals = size >= 1_000 ? 0 : size >= 100 ? 1 : size >= 10 ? 2 : size >= 1 ? 3 : size >= 0.1 ? 4 : 5;
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }
}
