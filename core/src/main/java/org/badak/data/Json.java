package org.badak.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A JSON value (RFC 8259), immutable. Written compactly by `toString`; read strictly by [#parse].
///
/// Numbers keep the digits they were written with, so that 64-bit integers and float64 numbers survive to the last bit.
public sealed interface Json {
    /// The most levels of nesting that [#parse] accepts.
    int MOST_DEPTH = 32;
    /// The most object members and array elements together that [#parse] accepts.
    int MOST_ENTRIES = 20_000;

    /// A string.
    record Text(String value) implements Json {
        @Override
        public String toString() {
            StringBuilder text = new StringBuilder(value.length() + 2);
            append(this, text);
            return text.toString();
        }
    }

    /// A number.
    ///
    /// @param digits as in the file
    record Numeral(String digits) implements Json {
        @Override
        public String toString() {
            return digits;
        }
    }

    /// The three words of JSON.
    enum Word implements Json {
        /// `true`
        TRUE,
        /// `false`
        FALSE,
        /// `null`
        NULL;

        @Override
        public String toString() {
            return switch (this) {
                case TRUE -> "true";
                case FALSE -> "false";
                case NULL -> "null";
            };
        }
    }

    /// An array.
    record Items(List<Json> values) implements Json {
        /// Copies the list.
        public Items {
            values = List.copyOf(values);
        }

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder();
            append(this, text);
            return text.toString();
        }
    }

    /// An object.
    ///
    /// @param values name to value, in order
    record Members(Map<String, Json> values) implements Json {
        /// Copies the map; the order stays.
        public Members {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        }

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder();
            append(this, text);
            return text.toString();
        }
    }

    /// A string.
    static Json of(String value) {
        return new Text(value);
    }

    /// An integer.
    static Json of(long value) {
        return new Numeral(Long.toString(value));
    }

    /// A number in the shortest form that gives the same float64 again; JSON has no NaN and no infinities: they become
    /// the strings `"NaN"`, `"Infinity"` and `"-Infinity"`.
    static Json of(double value) {
        return Double.isFinite(value) ? new Numeral(Double.toString(value)) : new Text(Double.toString(value));
    }

    /// `true` or `false`.
    static Json of(boolean value) {
        return value ? Word.TRUE : Word.FALSE;
    }

    /// An array of numbers, as [#of(double)] writes them.
    static Json of(double... values) {
        List<Json> numbers = new ArrayList<>();
        for (double value : values) {
            numbers.add(of(value));
        }
        return new Items(numbers);
    }

    /// An array of strings.
    static Json of(List<String> values) {
        return new Items(values.stream().<Json>map(Text::new).toList());
    }

    /// Reads one value that takes up the whole text. Strict: no duplicate member, no comment, nothing behind the value,
    /// depth ≤ [#MOST_DEPTH], at most [#MOST_ENTRIES] entries.
    ///
    /// @throws JsonException where the text is not such a value; says at which character
    static Json parse(String text) {
        return new JsonReader(text).whole();
    }

    /// Writes a value into a text: what nests is written once, however deep it lies.
    private static void append(Json value, StringBuilder text) {
        switch (value) {
            case Text(String content) -> quote(content, text);
            case Numeral(String digits) -> text.append(digits);
            case Word word -> text.append(word);
            case Items(List<Json> values) -> {
                char separator = '[';
                for (Json each : values) {
                    text.append(separator);
                    append(each, text);
                    separator = ',';
                }
                text.append(values.isEmpty() ? "[]" : "]");
            }
            case Members(Map<String, Json> values) -> {
                char separator = '{';
                for (Map.Entry<String, Json> member : values.entrySet()) {
                    text.append(separator);
                    quote(member.getKey(), text);
                    text.append(':');
                    append(member.getValue(), text);
                    separator = ',';
                }
                text.append(values.isEmpty() ? "{}" : "}");
            }
        }
    }

    private static void quote(String value, StringBuilder text) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                default -> {
                    if (c < 0x20 || c == 0x7F || Character.isSurrogate(c) && !paired(value, i)) {
                        text.append(String.format("\\u%04x", (int) c));
                    } else {
                        text.append(c);
                    }
                }
            }
        }
        text.append('"');
    }

    private static boolean paired(String value, int i) {
        return Character.isHighSurrogate(value.charAt(i))
                ? i + 1 < value.length() && Character.isLowSurrogate(value.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(value.charAt(i - 1));
    }
}
