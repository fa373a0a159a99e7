package org.badak.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// Reads a JSON text (RFC 8259) from the front, value by value: for those who know what must come
/// and want no tree in memory, and behind [Json#parse], which makes one. As strict as that, with
/// the same limits on depth and number of entries, so that no text can exhaust the stack.
public final class JsonReader {
    private static final int KNOWN = 16; // a power of 2
    private static final int MOST_DIGITS = 18;

    private final String text;
    private int at;
    private int depth;
    private int entries;
    private final String[] known = new String[KNOWN];

    /// Begins at the front of a text.
    public JsonReader(String text) {
        this.text = text;
        Arrays.fill(known, "");
    }

    /// The first character of the next value, which tells its kind; 0 at the end of the text.
    public char next() {
        space();
        return at == text.length() ? 0 : text.charAt(at);
    }

    /// How many characters have been read.
    public int at() {
        return at;
    }

    /// The text from a place on.
    ///
    /// @param most characters of it
    public String from(int start, int most) {
        return text.substring(start, Math.min(text.length(), start + most));
    }

    /// Checks that nothing is left but blanks.
    ///
    /// @throws JsonException if something is
    public void end() {
        space();
        if (at < text.length()) {
            throw error("expected the end of the text");
        }
    }

    /// Reads and checks a value, and takes no memory for it, however large it is.
    ///
    /// @throws JsonException if it is none
    public void skip() {
        switch (next()) {
            case '{' -> {
                enter('{');
                for (boolean first = true; another('}', first); first = false) {
                    name();
                    passString();
                    colon();
                    skip();
                }
            }
            case '[' -> items(this::skip);
            case '"' -> passString();
            case 't' -> word("true");
            case 'f' -> word("false");
            case 'n' -> word("null");
            default -> passNumber();
        }
    }

    /// Reads an object.
    ///
    /// @param member takes a name, reads the value that follows it, and says whether the name is
    ///     the first of its kind
    /// @throws JsonException if it is none, or has a name twice
    public void members(Predicate<String> member) {
        enter('{');
        for (boolean first = true; another('}', first); first = false) {
            int start = at;
            name();
            String name = string();
            colon();
            if (!member.test(name)) {
                at = start;
                throw error("expected each member once, found \"" + shortened(name) + "\" again");
            }
        }
    }

    /// Reads an array.
    ///
    /// @param item reads the value that follows
    /// @throws JsonException if it is none
    public void items(Runnable item) {
        enter('[');
        for (boolean first = true; another(']', first); first = false) {
            count();
            item.run();
        }
    }

    /// Reads a string.
    ///
    /// @throws JsonException if it is none
    public String string() {
        if (next() != '"') {
            throw error("expected a string");
        }
        int start = at + 1;
        int length = passString();
        int end = at - 1;
        if (length == end - start) {
            return length == 0 || length > KNOWN ? text.substring(start, end) : known(start, length);
        }
        StringBuilder value = new StringBuilder(length);
        at = start;
        while (at < end) {
            char c = text.charAt(at++);
            value.append(c == '\\' ? escaped() : c);
        }
        at = end + 1;
        return value.toString();
    }

    /// A short string: names come again and again, and are kept once.
    private String known(int start, int length) {
        int place = text.charAt(start) + text.charAt(start + length - 1) + length & KNOWN - 1;
        if (known[place].length() != length || !text.startsWith(known[place], start)) {
            known[place] = text.substring(start, start + length);
        }
        return known[place];
    }

    /// Reads a number from 0 to 10^18 that is written in digits alone; -1, and nothing is read, if another value
    /// stands there.
    public long natural() {
        space();
        int end = at;
        long value = 0;
        while (end < text.length() && digit(text.charAt(end)) && end - at < MOST_DIGITS) {
            value = 10 * value + text.charAt(end++) - '0';
        }
        boolean whole = end == at + 1 || end > at && text.charAt(at) != '0';
        if (!whole || end < text.length() && ",]} \t\n\r".indexOf(text.charAt(end)) < 0) {
            return -1;
        }
        at = end;
        return value;
    }

    /// Reads a number: its digits as they stand.
    ///
    /// @throws JsonException if it is none
    public String number() {
        space();
        int start = at;
        passNumber();
        return text.substring(start, at);
    }

    Json whole() {
        Json value = value();
        end();
        return value;
    }

    private Json value() {
        return switch (next()) {
            case '{' -> {
                Map<String, Json> values = new LinkedHashMap<>();
                members(name -> values.put(name, value()) == null);
                yield new Json.Members(values);
            }
            case '[' -> {
                List<Json> values = new ArrayList<>();
                items(() -> values.add(value()));
                yield new Json.Items(values);
            }
            case '"' -> new Json.Text(string());
            case 't' -> {
                word("true");
                yield Json.Word.TRUE;
            }
            case 'f' -> {
                word("false");
                yield Json.Word.FALSE;
            }
            case 'n' -> {
                word("null");
                yield Json.Word.NULL;
            }
            default -> new Json.Numeral(number());
        };
    }

    private void enter(char begin) {
        if (next() != begin) {
            throw error("expected " + begin);
        }
        depth++;
        if (depth > Json.MOST_DEPTH) {
            throw error("expected at most " + Json.MOST_DEPTH + " levels of nesting");
        }
        at++;
    }

    /// Goes to the next member or item, or behind the end.
    private boolean another(char end, boolean first) {
        space();
        if (accept(end)) {
            depth--;
            return false;
        }
        if (!first) {
            expect(',');
            space();
        }
        return true;
    }

    private void name() {
        if (at == text.length() || text.charAt(at) != '"') {
            throw error("expected a member name in quotation marks");
        }
    }

    private void colon() {
        space();
        expect(':');
        count();
    }

    private void count() {
        entries++;
        if (entries > Json.MOST_ENTRIES) {
            throw error("expected at most " + Json.MOST_ENTRIES + " entries");
        }
    }

    private void word(String word) {
        if (!text.startsWith(word, at)) {
            throw error("expected a value");
        }
        at += word.length();
    }

    private void passNumber() {
        if (at == text.length() || text.charAt(at) != '-' && !digit(text.charAt(at))) {
            throw error("expected a value");
        }
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
    }

    private void digits() {
        if (at == text.length() || !digit(text.charAt(at))) {
            throw error("expected a digit");
        }
        while (at < text.length() && digit(text.charAt(at))) {
            at++;
        }
    }

    /// Goes behind a string.
    ///
    /// @return how many characters it has
    private int passString() {
        at++;
        for (int length = 0; ; length++) {
            if (at == text.length()) {
                throw error("expected a closing quotation mark");
            }
            char c = text.charAt(at);
            if (c < 0x20) {
                throw error("expected no control character in a string");
            }
            at++;
            if (c == '"') {
                return length;
            }
            if (c == '\\') {
                escaped();
            }
        }
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
