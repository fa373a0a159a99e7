package org.badak.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The parser behind [Json#parse]: recursive descent over RFC 8259, with limits on depth and number of entries so that
/// no file can exhaust stack or memory.
final class JsonReader {
    private final String text;
    private int at;
    private int depth;
    private int entries;

    JsonReader(String text) {
        this.text = text;
    }

    Json whole() {
        Json value = value();
        space();
        if (at < text.length()) {
            throw error("expected the end of the text");
        }
        return value;
    }

    private Json value() {
        space();
        if (at == text.length()) {
            throw error("expected a value");
        }
        char c = text.charAt(at);
        return switch (c) {
            case '{' -> members();
            case '[' -> items();
            case '"' -> new Json.Text(string());
            case 't' -> word("true", Json.Word.TRUE);
            case 'f' -> word("false", Json.Word.FALSE);
            case 'n' -> word("null", Json.Word.NULL);
            default -> {
                if (c != '-' && !digit(c)) {
                    throw error("expected a value");
                }
                yield number();
            }
        };
    }

    private Json members() {
        enter();
        Map<String, Json> values = new LinkedHashMap<>();
        space();
        while (!accept('}')) {
            if (!values.isEmpty()) {
                expect(',');
                space();
            }
            int start = at;
            if (at == text.length() || text.charAt(at) != '"') {
                throw error("expected a member name in quotation marks");
            }
            String name = string();
            space();
            expect(':');
            count();
            if (values.put(name, value()) != null) {
                at = start;
                throw error("expected each member once, found \"" + shortened(name) + "\" again");
            }
            space();
        }
        depth--;
        return new Json.Members(values);
    }

    private Json items() {
        enter();
        List<Json> values = new ArrayList<>();
        space();
        while (!accept(']')) {
            if (!values.isEmpty()) {
                expect(',');
            }
            count();
            values.add(value());
            space();
        }
        depth--;
        return new Json.Items(values);
    }

    private void enter() {
        depth++;
        if (depth > Json.MOST_DEPTH) {
            throw error("expected at most " + Json.MOST_DEPTH + " levels of nesting");
        }
        at++;
    }

    private void count() {
        entries++;
        if (entries > Json.MOST_ENTRIES) {
            throw error("expected at most " + Json.MOST_ENTRIES + " entries");
        }
    }

    private Json word(String word, Json value) {
        if (!text.startsWith(word, at)) {
            throw error("expected a value");
        }
        at += word.length();
        return value;
    }

    private Json number() {
        int start = at;
        accept('-');
        if (!accept('0')) {
            digits();
        }
        if (accept('.')) {
            digits();
        }
        if (accept('e') || accept('E')) {
            if (!accept('+')) {
                accept('-');
            }
            digits();
        }
        return new Json.Numeral(text.substring(start, at));
    }

    private void digits() {
        if (at == text.length() || !digit(text.charAt(at))) {
            throw error("expected a digit");
        }
        while (at < text.length() && digit(text.charAt(at))) {
            at++;
        }
    }

    private String string() {
        int start = ++at;
        while (at < text.length() && isPlain(text.charAt(at))) {
            at++;
        }
        if (at < text.length() && text.charAt(at) == '"') {
            at++;
            return text.substring(start, at - 1);
        }
        StringBuilder value = new StringBuilder(text.substring(start, at));
        while (true) {
            if (at == text.length()) {
                throw error("expected a closing quotation mark");
            }
            char c = text.charAt(at);
            if (c == '"') {
                at++;
                return value.toString();
            }
            if (c < 0x20) {
                throw error("expected no control character in a string");
            }
            at++;
            value.append(c == '\\' ? escaped() : c);
        }
    }

    /// Whether a character of a string stands for itself.
    private static boolean isPlain(char c) {
        return c >= 0x20 && c != '"' && c != '\\';
    }

    private char escaped() {
        if (at == text.length()) {
            throw error("expected an escaped character");
        }
        char c = text.charAt(at++);
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> hexadecimal();
            default -> {
                at--;
                throw error("expected one of \" \\ / b f n r t u behind a backslash");
            }
        };
    }

    private char hexadecimal() {
        int code = 0;
        for (int i = 0; i < 4; i++) {
            int digit = at < text.length() ? Character.digit(text.charAt(at), 16) : -1;
            if (digit < 0 || text.charAt(at) > 'f') {
                throw error("expected four hexadecimal digits");
            }
            code = code << 4 | digit;
            at++;
        }
        return (char) code;
    }

    private void space() {
        while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
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

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }

    private static String shortened(String name) {
        return name.length() <= 40 ? name : name.substring(0, 40) + "...";
    }

    private JsonException error(String expected) {
        String found = at == text.length()
                ? "the end of the text"
                : "'" + (text.charAt(at) < 0x20 ? String.format("\\u%04x", (int) text.charAt(at)) : text.charAt(at))
                        + "'";
        return new JsonException(at, "found " + found + ", " + expected);
    }
}
