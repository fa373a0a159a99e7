package org.badak.server;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.badak.data.Json;

/// A request that is not carried out, told in five parts as everywhere in Badak: what failed, where, what was found,
/// what was expected, and what to do. A handler throws it; the client gets it as JSON with its status:
///
/// ```json
/// {"error":{"what":"...","where":"...","found":"...","expected":"...","remedy":"..."}}
/// ```
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;
    /// The longest part that is sent, in characters: what a client sent comes back as an excerpt.
    private static final int LONGEST = 400;
    /// The longest name that is quoted whole, in characters.
    private static final int SHOWN = 60;

    private final int status;
    private final String what;
    private final String where;
    private final String found;
    private final String expected;
    private final String remedy;
    private final transient Map<String, String> headers; // an exception of the same process only

    /// @param status of HTTP, from 400 on
    /// @param what what failed, one sentence without a full stop
    /// @param where the part of the request
    /// @param found what was found there
    /// @param expected what would have been accepted
    /// @param remedy what the reader of the message can do
    public Refusal(int status, String what, String where, String found, String expected, String remedy) {
        this(status, what, where, found, expected, remedy, Map.of());
    }

    private Refusal(
            int status,
            String what,
            String where,
            String found,
            String expected,
            String remedy,
            Map<String, String> headers) {
        super(status + " " + what + " (" + where + "): found " + found + ", expected " + expected + "; " + remedy);
        this.status = status;
        this.what = what;
        this.where = where;
        this.found = found;
        this.expected = expected;
        this.remedy = remedy;
        this.headers = Map.copyOf(headers);
    }

    /// 429: too much at a time; says when to come again.
    ///
    /// @param what what is full, one sentence
    /// @param found how much there is
    /// @param expected how much there may be
    /// @param wait after which another try makes sense; whole seconds, one at least
    public static Refusal busy(String what, String found, String expected, Duration wait) {
        long seconds = Math.max(1, wait.toSeconds());
        return new Refusal(
                429,
                what,
                "the server",
                found,
                expected,
                "send it again in " + seconds + " s, and fewer at a time",
                Map.of("Retry-After", Long.toString(seconds)));
    }

    /// The same refusal with a header in its answer.
    Refusal with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Refusal(status, what, where, found, expected, remedy, more);
    }

    /// Status of HTTP.
    public int status() {
        return status;
    }

    /// What failed.
    public String what() {
        return what;
    }

    /// Headers of the answer.
    Map<String, String> headers() {
        return headers;
    }

    /// The body of the answer.
    public Json.Members json() {
        Map<String, Json> parts = new LinkedHashMap<>();
        parts.put("what", Json.of(what));
        parts.put("where", Json.of(excerpt(where)));
        parts.put("found", Json.of(excerpt(found)));
        parts.put("expected", Json.of(excerpt(expected)));
        parts.put("remedy", Json.of(excerpt(remedy)));
        return new Json.Members(Map.of("error", new Json.Members(parts)));
    }

    /// A text of a client for a message: the beginning, in quotation marks, what cannot be seen escaped.
    public static String quoted(String text) {
        return Json.of(text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...")
                .toString();
    }

    /// The beginning of a text that somebody else wrote.
    static String excerpt(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    }
}
