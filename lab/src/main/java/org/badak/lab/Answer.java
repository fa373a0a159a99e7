package org.badak.lab;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.badak.data.Json;

/// Puts the JSON object of an answer together, member after member.
final class Answer {
    private final Map<String, Json> members = new LinkedHashMap<>();

    Answer put(String name, Json value) {
        members.put(name, value);
        return this;
    }

    Answer put(String name, String value) {
        return put(name, Json.of(value));
    }

    /// A number; JSON has no NaN and no infinities, so the page gets `null` for them: a gap in a curve.
    Answer put(String name, double value) {
        return put(name, number(value));
    }

    Answer put(String name, long value) {
        return put(name, Json.of(value));
    }

    Answer put(String name, boolean value) {
        return put(name, Json.of(value));
    }

    Answer put(String name, double[] values) {
        return put(name, numbers(values));
    }

    Json.Members json() {
        return new Json.Members(members);
    }

    /// A number, or `null` if it is not finite.
    static Json number(double value) {
        return Double.isFinite(value) ? Json.of(value) : Json.Word.NULL;
    }

    /// Numbers, with `null` for those that are not finite.
    static Json.Items numbers(double... values) {
        Json[] all = new Json[values.length];
        for (int i = 0; i < values.length; i++) {
            all[i] = number(values[i]);
        }
        return new Json.Items(List.of(all));
    }
}
