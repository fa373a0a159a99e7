package org.badak.lab;

import java.util.Arrays;
import java.util.List;
import org.badak.data.Json;

/// What the page asks a room: the members of a JSON object, checked as they are read.
///
/// @param members by name
record Question(Json.Members members) {
    /// Reads a question.
    ///
    /// @throws IllegalArgumentException if the text is no JSON object
    static Question parse(String text) {
        try {
            if (Json.parse(text) instanceof Json.Members members) {
                return new Question(members);
            }
        } catch (org.badak.data.JsonException malformed) {
            throw new IllegalArgumentException("question: " + malformed.getMessage(), malformed);
        }
        throw new IllegalArgumentException("question: expected a JSON object, found another value");
    }

    /// Whether there is a member of this name.
    boolean has(String name) {
        return members.values().containsKey(name);
    }

    /// A member that is a text.
    ///
    /// @param most characters
    /// @throws IllegalArgumentException if it is missing, no text or too long
    String text(String name, int most) {
        if (members.values().get(name) instanceof Json.Text(String value) && value.length() <= most) {
            return value;
        }
        throw wrong(name, "a text of at most " + most + " characters");
    }

    /// A member that is one of some words.
    ///
    /// @throws IllegalArgumentException if it is none of them; names them
    String word(String name, List<String> words) {
        if (members.values().get(name) instanceof Json.Text(String value) && words.contains(value)) {
            return value;
        }
        throw wrong(name, "one of " + words);
    }

    /// A member that is a finite number.
    ///
    /// @throws IllegalArgumentException if it is none, or out of range
    double number(String name, double least, double most) {
        double value = members.values().get(name) instanceof Json.Numeral(String digits)
                ? Double.parseDouble(digits)
                : Double.NaN;
        if (value >= least && value <= most) {
            return value;
        }
        throw wrong(name, "a number from " + least + " to " + most);
    }

    /// A member that is a whole number.
    ///
    /// @throws IllegalArgumentException if it is none, or out of range
    int whole(String name, int least, int most) {
        double value = members.values().get(name) instanceof Json.Numeral(String digits)
                ? Double.parseDouble(digits)
                : Double.NaN;
        if (value >= least && value <= most && value == Math.rint(value)) {
            return (int) value;
        }
        throw wrong(name, "a whole number from " + least + " to " + most);
    }

    /// A member that is yes or no.
    ///
    /// @throws IllegalArgumentException if it is neither
    boolean flag(String name) {
        if (members.values().get(name) instanceof Json.Word word && word != Json.Word.NULL) {
            return word == Json.Word.TRUE;
        }
        throw wrong(name, "true or false");
    }

    /// A member that is an array of numbers.
    ///
    /// @throws IllegalArgumentException if it is none, or of another length, or a number is out of range
    double[] numbers(String name, int length, double least, double most) {
        if (members.values().get(name) instanceof Json.Items(List<Json> items) && items.size() == length) {
            double[] values = items.stream()
                    .mapToDouble(item ->
                            item instanceof Json.Numeral(String digits) ? Double.parseDouble(digits) : Double.NaN)
                    .toArray();
            if (Arrays.stream(values).allMatch(value -> value >= least && value <= most)) {
                return values;
            }
        }
        throw wrong(name, length + " numbers from " + least + " to " + most);
    }

    /// A member that is an array of texts.
    ///
    /// @param most items
    /// @throws IllegalArgumentException if it is none, or has more
    List<String> texts(String name, int most) {
        if (members.values().get(name) instanceof Json.Items(List<Json> items)
                && items.size() <= most
                && items.stream().allMatch(Json.Text.class::isInstance)) {
            return items.stream().map(item -> ((Json.Text) item).value()).toList();
        }
        throw wrong(name, "at most " + most + " texts");
    }

    private IllegalArgumentException wrong(String name, String expected) {
        Json found = members.values().get(name);
        String shown = found == null ? "nothing" : found.toString();
        return new IllegalArgumentException(name + ": expected " + expected + ", found "
                + (shown.length() > 80 ? shown.substring(0, 80) + "..." : shown));
    }
}
