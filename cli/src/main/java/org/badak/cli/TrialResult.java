package org.badak.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.badak.data.Json;

/// What came of one training of a search: a line of trials.jsonl.
///
/// @param trial its number, from 0
/// @param rung of successive halving, from 0; 0 elsewhere
/// @param budget steps, of a table epochs
/// @param values what was varied
/// @param headline accuracy on the validation part, or R² there; NaN for one that failed
/// @param loss mean loss there, for numbers the root mean square error; NaN for one that failed
/// @param failure why it failed; empty if it did not
/// @param hash SHA-256 of its parameters, of several folds all; empty for one that failed
/// @param seconds how long it took
record TrialResult(
        int trial,
        int rung,
        long budget,
        Map<String, String> values,
        double headline,
        double loss,
        String failure,
        String hash,
        double seconds) {
    /// Whether there is no score.
    boolean failed() {
        return !failure.isEmpty();
    }

    /// The line.
    Json.Members json(TrialScoring scoring) {
        ObjectBuilder varied = new ObjectBuilder();
        values.forEach(varied::put);
        ObjectBuilder json = new ObjectBuilder()
                .put("trial", trial)
                .put("rung", rung)
                .put(scoring.unit(), budget)
                .put("values", varied.json());
        if (failed()) {
            json.put("failed", failure);
        } else {
            json.put(scoring.headline(), headline).put(scoring.loss(), loss).put("parameters_sha256", hash);
        }
        return json.put("seconds", seconds).json();
    }

    /// Reads a line.
    ///
    /// @throws IllegalArgumentException if a member is missing or of the wrong kind
    static TrialResult of(Json json, TrialScoring scoring) {
        if (!(json instanceof Json.Members members)) {
            throw new IllegalArgumentException("expected an object");
        }
        Map<String, Json> line = members.values();
        Map<String, String> values = new LinkedHashMap<>();
        if (!(line.get("values") instanceof Json.Members varied)) {
            throw new IllegalArgumentException("expected a member values");
        }
        varied.values().forEach((name, value) -> values.put(name, text(value, name)));
        boolean failed = line.containsKey("failed");
        return new TrialResult(
                (int) number(line, "trial"),
                (int) number(line, "rung"),
                (long) number(line, scoring.unit()),
                values,
                failed ? Double.NaN : number(line, scoring.headline()),
                failed ? Double.NaN : number(line, scoring.loss()),
                failed ? text(line.get("failed"), "failed") : "",
                failed ? "" : text(line.get("parameters_sha256"), "parameters_sha256"),
                number(line, "seconds"));
    }

    private static double number(Map<String, Json> line, String name) {
        if (line.get(name) instanceof Json.Numeral numeral) {
            return Double.parseDouble(numeral.digits());
        }
        throw new IllegalArgumentException("expected a number " + name);
    }

    private static String text(@org.jspecify.annotations.Nullable Json value, String name) {
        if (value instanceof Json.Text text) {
            return text.value();
        }
        throw new IllegalArgumentException("expected a text " + name);
    }
}
