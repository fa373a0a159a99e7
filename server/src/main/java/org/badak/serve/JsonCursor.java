package org.badak.serve;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.badak.data.Json;
import org.badak.data.JsonException;
import org.badak.server.Refusal;

/// Walks through a JSON text (RFC 8259) once, without building it as a whole: the numbers of a request go straight
/// into arrays. Strict, with limits on depth; every refusal says where in the request, what was found and expected.
final class JsonCursor {
    private static final int MOST_DEPTH = 32;
    private static final int SHOWN = 40;
    private static final int EXACT_DIGITS = 15; // a whole number of so many digits is exact in float64
    private static final double[] POWERS = new double[23]; // powers of ten that are exact in float64

    static {
        Arrays.setAll(POWERS, i -> Double.parseDouble("1e" + i));
    }

    private final String text;
    private final String what;
    private final StringBuilder path = new StringBuilder();
    private int at;
    private int depth;

    /// @param what what fails with a refusal, one sentence
    JsonCursor(String text, String what) {
        this.text = text;
        this.what = what;
    }

    /// The first character of the value that comes next, white space left out; 0 at the end.
    char peek() {
        space();
        return at < text.length() ? text.charAt(at) : 0;
    }

    /// Reads an object.
    ///
    /// @param member is given each name and must read its value
    void object(Consumer<String> member) {
        require('{', "an object");
        enter();
        Set<String> seen = new HashSet<>();
        for (boolean first = true; !accept('}'); first = false) {
            if (!first) {
                require(',', ", or } behind the last member");
            }
            if (peek() != '"') {
                throw fault("a member name in quotation marks");
            }
            int start = at;
            String name = string();
            require(':', ": behind a member name");
            if (!seen.add(name)) {
                at = start;
                throw fault("each member once");
            }
            int length = path.length();
            path.append(length == 0 ? "" : ".").append(shortened(name));
            member.accept(name);
            path.setLength(length);
        }
        depth--;
    }

    /// Reads an array.
    ///
    /// @param item is given each position and must read its value
    void array(IntConsumer item) {
        require('[', "an array");
        enter();
        for (int i = 0; !accept(']'); i++) {
            if (i > 0) {
                require(',', ", or ] behind the last item");
            }
            int length = path.length();
            path.append('[').append(i).append(']');
            item.accept(i);
            path.setLength(length);
        }
        depth--;
    }

    /// Reads numbers: an array of them, nested or flat.
    ///
    /// @param type that the numbers must be of
    /// @return them in order
    Numbers numbers(DataType type) {
        Numbers numbers = new Numbers();
        level(type, numbers, 0);
        return numbers;
    }

    private void level(DataType type, Numbers numbers, int level) {
        require('[', level == 0 ? "an array of numbers" : "a number");
        enter();
        int count = 0;
        for (; !accept(']'); count++) {
            if (count > 0) {
                require(',', ", or ] behind the last number");
            }
            char c = peek();
            if (c == '[') {
                level(type, numbers, level + 1);
            } else {
                int start = at;
                double value = number(type.text(), numbers.count());
                if (!type.holds(value)) {
                    at = start;
                    throw fault(", number " + numbers.count(), type.range());
                }
                numbers.add(value, level + 1);
            }
        }
        if (!numbers.close(level, count)) {
            throw fault("nested arrays of one length in each level");
        }
        depth--;
    }

    /// Reads a string.
    String string() {
        if (peek() != '"') {
            throw fault("a string");
        }
        int start = ++at;
        for (;
                at < text.length() && text.charAt(at) != '"' && text.charAt(at) != '\\' && text.charAt(at) >= ' ';
                at++) {}
        if (at < text.length() && text.charAt(at) == '"') {
            return text.substring(start, at++);
        }
        at = start - 1;
        return value() instanceof Json.Text(String value) ? value : "";
    }

    /// Reads a finite number.
    double number() {
        return number("a number", -1);
    }

    private double number(String expected, int item) {
        char c = peek();
        if (c != '-' && !digit(c)) {
            throw fault(item(item), expected);
        }
        int start = at;
        boolean negative = c == '-';
        at += negative ? 1 : 0;
        long whole = 0;
        int digits = 0;
        int places = 0;
        int first = at;
        for (; at < text.length() && digit(text.charAt(at)); at++) {
            digits += digits > 0 || text.charAt(at) != '0' ? 1 : 0;
            whole = digits <= EXACT_DIGITS ? 10 * whole + (text.charAt(at) - '0') : whole;
        }
        if (at == first || text.charAt(first) == '0' && at > first + 1) {
            at = start;
            throw fault("a number without leading zeros");
        }
        if (at < text.length() && text.charAt(at) == '.') {
            at++;
            int point = at;
            for (; at < text.length() && digit(text.charAt(at)); at++) {
                digits += digits > 0 || text.charAt(at) != '0' ? 1 : 0;
                whole = digits <= EXACT_DIGITS ? 10 * whole + (text.charAt(at) - '0') : whole;
                places++;
            }
            if (at == point) {
                throw fault("a digit behind the point");
            }
        }
        boolean simple = digits <= EXACT_DIGITS && places < POWERS.length;
        if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            simple = false;
            at++;
            at += at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-') ? 1 : 0;
            int exponent = at;
            for (; at < text.length() && digit(text.charAt(at)); at++) {}
            if (at == exponent) {
                throw fault("a digit in the exponent");
            }
        }
        // both operands are exact, so that one rounding gives what Double.parseDouble gives
        double value = simple ? whole / POWERS[places] : Math.abs(Double.parseDouble(text.substring(start, at)));
        if (Double.isInfinite(value)) {
            at = start;
            throw fault(item(item), "a finite number");
        }
        return negative ? -value : value;
    }

    private static String item(int item) {
        return item < 0 ? "" : ", number " + item;
    }

    /// Passes over a value, to be read later.
    ///
    /// @return where it stands, for [#again]
    int pass() {
        peek();
        int start = at;
        skip();
        return start;
    }

    /// Reads a value that was passed over, then goes on where it is now.
    ///
    /// @param position as [#pass] gave it
    /// @param member its name
    /// @param read reads it
    void again(int position, String member, Runnable read) {
        int here = at;
        int length = path.length();
        path.append('.').append(member);
        at = position;
        read.run();
        at = here;
        path.setLength(length);
    }

    /// Reads any value, of the size that [Json#parse] takes.
    Json value() {
        peek();
        int start = at;
        skip();
        try {
            return Json.parse(text.substring(start, at));
        } catch (JsonException malformed) {
            at = Math.min(text.length(), start + malformed.offset());
            String message = String.valueOf(malformed.getMessage());
            int expected = message.indexOf("expected ");
            throw fault(expected < 0 ? message : message.substring(expected + "expected ".length()));
        }
    }

    /// Passes over a value; how it is written inside is looked at no closer than to find its end.
    private void skip() {
        char c = peek();
        if (c == '{' || c == '[') {
            int open = 0;
            do {
                c = peek();
                if (c == '"') {
                    skipString();
                    continue;
                }
                if (c == 0) {
                    throw fault("the end of the value");
                }
                open += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
                if (depth + open > MOST_DEPTH) {
                    throw fault("at most " + MOST_DEPTH + " levels of nesting");
                }
                at++;
            } while (open > 0);
        } else if (c == '"') {
            skipString();
        } else {
            int start = at;
            for (; at < text.length() && ",]} \t\r\n".indexOf(text.charAt(at)) < 0; at++) {}
            if (at == start) {
                throw fault("a value");
            }
        }
    }

    private void skipString() {
        int start = at++;
        for (; at < text.length() && text.charAt(at) != '"'; at++) {
            at += text.charAt(at) == '\\' ? 1 : 0;
        }
        if (at >= text.length()) {
            at = start;
            throw fault("a string with a closing quotation mark");
        }
        at++;
    }

    /// Checks that nothing follows.
    void end() {
        if (peek() != 0) {
            throw fault("the end of the body");
        }
    }

    /// A refusal at the value that comes next.
    ///
    /// @param expected what would have been accepted
    Refusal fault(String expected) {
        return fault("", expected);
    }

    private Refusal fault(String item, String expected) {
        peek();
        return new Refusal(400, what, place() + item + ", character " + at, found(), expected, "correct it there");
    }

    /// A refusal about something that was read before, here in the structure.
    Refusal fault(String where, String found, String expected, String remedy) {
        return new Refusal(400, what, place() + where, found, expected, remedy);
    }

    private String place() {
        return path.isEmpty() ? "the body" : "the body, " + path;
    }

    private String found() {
        char c = peek();
        if (c == 0) {
            return "the end of the body";
        }
        int end = at + 1;
        if (c == '"') {
            for (; end < text.length() && text.charAt(end) != '"'; end++) {
                end += text.charAt(end) == '\\' ? 1 : 0;
            }
            end++;
        } else if (c == '[' || c == '{') {
            return c == '[' ? "an array" : "an object";
        } else if (Character.isLetterOrDigit(c) || c == '-' || c == '+' || c == '.') {
            for (; end < text.length() && ",:]}\"[{ \t\r\n".indexOf(text.charAt(end)) < 0; end++) {}
        }
        return shortened(text.substring(at, Math.min(end, text.length())));
    }

    private void enter() {
        if (++depth > MOST_DEPTH) {
            at--;
            throw fault("at most " + MOST_DEPTH + " levels of nesting");
        }
    }

    private void require(char wanted, String expected) {
        if (!accept(wanted)) {
            throw fault(expected);
        }
    }

    private boolean accept(char wanted) {
        boolean there = peek() == wanted;
        at += there ? 1 : 0;
        return there;
    }

    private void space() {
        while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }

    private static String shortened(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
    }
}
