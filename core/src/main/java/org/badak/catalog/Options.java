package org.badak.catalog;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The options behind a name, `momentum=0.9,weight-decay=1e-4`: each is asked for once, and one that
/// nobody asked for is an error.
final class Options {
    private final String what;
    private final Map<String, String> given = new LinkedHashMap<>();
    private final List<String> known = new ArrayList<>();

    /// @param what whose options they are, for messages: `optimizer adam`
    /// @throws IllegalArgumentException if the text is not `key=value,key=value`, or names a key twice
    Options(String what, String text) {
        this.what = what;
        for (String pair : text.isEmpty() ? new String[0] : text.split(",", -1)) {
            int equals = pair.indexOf('=');
            if (equals < 1 || equals == pair.length() - 1) {
                throw new IllegalArgumentException(
                        what + ": expected option=value, separated by commas, found '" + pair + "'");
            }
            String key = pair.substring(0, equals).trim();
            if (given.put(key, pair.substring(equals + 1).trim()) != null) {
                throw new IllegalArgumentException(what + ": found " + key + " twice, expected it once");
            }
        }
    }

    /// Whether an option was given.
    boolean has(String key) {
        known.add(key);
        return given.containsKey(key);
    }

    /// A number.
    double number(String key, double otherwise) {
        String text = take(key);
        try {
            return text.isEmpty() ? otherwise : Double.parseDouble(text);
        } catch (NumberFormatException malformed) {
            throw new IllegalArgumentException(
                    what + ": " + key + ": expected a number, found '" + text + "'", malformed);
        }
    }

    /// A whole number.
    long whole(String key, long otherwise) {
        String text = take(key);
        try {
            return text.isEmpty() ? otherwise : Long.parseLong(text);
        } catch (NumberFormatException malformed) {
            throw new IllegalArgumentException(
                    what + ": " + key + ": expected a whole number, found '" + text + "'", malformed);
        }
    }

    /// One of several words, the first of which stands if none is given.
    String word(String key, List<String> words) {
        String text = take(key);
        if (!text.isEmpty() && !words.contains(text)) {
            throw new IllegalArgumentException(what + ": " + Suggestion.unknown(key, text, words));
        }
        return text.isEmpty() ? words.getFirst() : text;
    }

    /// Yes or no; no if not given.
    boolean flag(String key) {
        return word(key, List.of("false", "true")).equals("true");
    }

    /// Hands a thing on once all options given have been asked for.
    ///
    /// @throws IllegalArgumentException if one was not; names the nearest
    <T> T complete(T made) {
        for (String key : given.keySet()) {
            if (!known.contains(key)) {
                throw new IllegalArgumentException(what + ": " + Suggestion.unknown("option", key, known));
            }
        }
        return made;
    }

    private String take(String key) {
        known.add(key);
        return given.getOrDefault(key, "");
    }
}
