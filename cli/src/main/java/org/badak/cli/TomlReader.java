package org.badak.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.badak.data.Json;
import org.badak.data.JsonException;

/// Reads the part of TOML (toml.io, 1.0) that options need: `key = value` lines, comments, strings in one line, decimal
/// numbers, `true` and `false`, arrays, inline tables, and one level of `[table]` headers. What TOML has besides
/// (dates, dotted keys, arrays of tables, strings over many lines, other bases, inf and nan) is refused with its name.
final class TomlReader {
    private final String text;
    private final Map<String, Integer> offsets = new LinkedHashMap<>();
    private int at;

    TomlReader(String text) {
        this.text = text;
    }

    /// Reads the whole text.
    ///
    /// @throws JsonException where it is not such a text; says at which character
    Json.Members whole() {
        Map<String, Json> all = new LinkedHashMap<>();
        Map<String, Json> table = all;
        String header = "";
        blank(true);
        while (at < text.length()) {
            if (text.charAt(at) == '[') {
                if (!header.isEmpty()) {
                    all.put(header, new Json.Members(table));
                }
                int start = at;
                header = header();
                if (all.containsKey(header)) {
                    at = start;
                    throw error("expected each table and key once, found " + header + " again");
                }
                offsets.put(header, start);
                table = new LinkedHashMap<>();
                all.put(header, new Json.Members(table));
            } else {
                int start = at;
                String key = pair(table);
                if (header.isEmpty()) {
                    offsets.put(key, start);
                } else {
                    offsets.put(header + "." + key, start);
                }
            }
            endOfLine();
        }
        if (!header.isEmpty()) {
            all.put(header, new Json.Members(table));
        }
        return new Json.Members(all);
    }

    /// Where each key of [#whole] stands, in characters; keys of a table as `table.key`.
    Map<String, Integer> offsets() {
        return offsets;
    }

    private String header() {
        at++;
        if (at < text.length() && text.charAt(at) == '[') {
            throw error("expected a [table]; [[arrays of tables]] mean nothing here");
        }
        blank(false);
        String name = key();
        blank(false);
        expect(']');
        return name;
    }

    /// Reads `key = value` into a table.
    private String pair(Map<String, Json> table) {
        int start = at;
        String key = key();
        blank(false);
        if (at < text.length() && text.charAt(at) == '.') {
            throw error("expected =; dotted keys mean nothing here, write a [table]");
        }
        expect('=');
        blank(false);
        Json value = value();
        if (table.put(key, value) != null) {
            at = start;
            throw error("expected each key once, found " + key + " again");
        }
        return key;
    }

    private String key() {
        if (at < text.length() && (text.charAt(at) == '"' || text.charAt(at) == '\'')) {
            return string();
        }
        int start = at;
        while (at < text.length() && bare(text.charAt(at))) {
            at++;
        }
        if (start == at) {
            throw error("expected a key, of letters, digits, - and _");
        }
        return text.substring(start, at);
    }

    private static boolean bare(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_';
    }

    private Json value() {
        if (at == text.length()) {
            throw error("expected a value");
        }
        char c = text.charAt(at);
        return switch (c) {
            case '"', '\'' -> new Json.Text(string());
            case '[' -> items();
            case '{' -> members();
            default -> wordOrNumber();
        };
    }

    private Json items() {
        at++;
        List<Json> values = new ArrayList<>();
        blank(true);
        while (!accept(']')) {
            values.add(value());
            blank(true);
            if (!accept(',')) {
                expect(']');
                break;
            }
            blank(true);
        }
        return new Json.Items(values);
    }

    private Json members() {
        at++;
        Map<String, Json> values = new LinkedHashMap<>();
        blank(false);
        while (!accept('}')) {
            if (!values.isEmpty()) {
                expect(',');
                blank(false);
            }
            pair(values);
            blank(false);
        }
        return new Json.Members(values);
    }

    private Json wordOrNumber() {
        int start = at;
        while (at < text.length() && (bare(text.charAt(at)) || "+.:".indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        String word = text.substring(start, at);
        if (word.equals("true") || word.equals("false")) {
            return Json.of(word.equals("true"));
        }
        if (!word.matches("[+-]?(0|[1-9](_?[0-9])*)(\\.[0-9](_?[0-9])*)?([eE][+-]?[0-9](_?[0-9])*)?")) {
            at = start;
            throw error("expected a value: \"text\", a decimal number, true, false, or a list in [ ]");
        }
        String digits = word.replace("_", "");
        return new Json.Numeral(digits.startsWith("+") ? digits.substring(1) : digits);
    }

    private String string() {
        char quote = text.charAt(at);
        if (text.startsWith(String.valueOf(quote).repeat(3), at)) {
            throw error("expected a string in one line, in one pair of quotation marks");
        }
        at++;
        StringBuilder value = new StringBuilder();
        while (true) {
            if (at == text.length() || text.charAt(at) == '\n') {
                throw error("expected a closing " + quote);
            }
            char c = text.charAt(at++);
            if (c == quote) {
                return value.toString();
            }
            if (c == '\\' && quote == '"') {
                escaped(value);
            } else {
                value.append(c);
            }
        }
    }

    private void escaped(StringBuilder value) {
        char c = at < text.length() ? text.charAt(at++) : ' ';
        switch (c) {
            case '"', '\\' -> value.append(c);
            case 'b' -> value.append('\b');
            case 'f' -> value.append('\f');
            case 'n' -> value.append('\n');
            case 'r' -> value.append('\r');
            case 't' -> value.append('\t');
            case 'u' -> value.appendCodePoint(hexadecimal(4));
            case 'U' -> value.appendCodePoint(hexadecimal(8));
            default -> {
                at--;
                throw error("expected one of \" \\ b f n r t u U behind a backslash, or a string in ' '");
            }
        }
    }

    private int hexadecimal(int digits) {
        String code = text.substring(at, Math.min(text.length(), at + digits));
        if (!code.matches("[0-9a-fA-F]{" + digits + "}")) {
            throw error("expected " + digits + " hexadecimal digits");
        }
        long point = Long.parseLong(code, 16);
        if (point > Character.MAX_CODE_POINT || point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
            throw error("expected the number of a character");
        }
        at += digits;
        return (int) point;
    }

    /// Passes blanks, and over line ends and comments too where they may stand.
    private void blank(boolean lines) {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == ' ' || c == '\t' || lines && (c == '\n' || c == '\r')) {
                at++;
            } else if (lines && c == '#') {
                comment();
            } else {
                return;
            }
        }
    }

    private void comment() {
        while (at < text.length() && text.charAt(at) != '\n') {
            at++;
        }
    }

    private void endOfLine() {
        blank(false);
        if (at < text.length() && text.charAt(at) == '#') {
            comment();
        }
        if (at < text.length() && text.charAt(at) == '\r') {
            at++;
        }
        if (at < text.length() && text.charAt(at) != '\n') {
            throw error("expected the end of the line");
        }
        blank(true);
    }

    private boolean accept(char wanted) {
        boolean found = at < text.length() && text.charAt(at) == wanted;
        at += found ? 1 : 0;
        return found;
    }

    private void expect(char wanted) {
        if (!accept(wanted)) {
            throw error("expected " + wanted);
        }
    }

    private JsonException error(String expected) {
        String found = at == text.length()
                ? "the end of the text"
                : text.charAt(at) == '\n' ? "the end of the line" : "'" + text.charAt(at) + "'";
        return new JsonException(at, "found " + found + ", " + expected);
    }
}
