package org.badak.server;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.badak.data.Json;

/// An answer that is known as a whole.
///
/// @param status of HTTP
/// @param type content type
/// @param body shared, not copied: not to be changed
/// @param headers further headers, such as `Content-Disposition`; those of security are the server's and stay
public record Content(int status, String type, byte[] body, Map<String, String> headers) implements Reply {
    /// The content type of JSON.
    public static final String JSON = "application/json; charset=utf-8";
    /// The content type of plain text.
    public static final String TEXT = "text/plain; charset=utf-8";

    private static final int OK = 200;

    /// Copies the map.
    public Content {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    /// Any content, status 200.
    ///
    /// @param body shared, not copied
    public static Content of(String type, byte[] body) {
        return new Content(OK, type, body, Map.of());
    }

    /// JSON, status 200.
    public static Content json(Json value) {
        return json(OK, value);
    }

    /// JSON.
    public static Content json(int status, Json value) {
        return new Content(status, JSON, value.toString().getBytes(StandardCharsets.UTF_8), Map.of());
    }

    /// Plain text, status 200.
    public static Content text(String text) {
        return of(TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    /// The same answer with one more header.
    ///
    /// @throws IllegalArgumentException if it has a line break in it
    public Content with(String header, String value) {
        if ((header + value).chars().anyMatch(c -> c < ' ' || c > '~')) {
            throw new IllegalArgumentException(
                    "header " + header + ": found a control or non-ASCII character, expected printable ASCII");
        }
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Content(status, type, body, more);
    }
}
