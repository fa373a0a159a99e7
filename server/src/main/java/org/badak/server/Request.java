package org.badak.server;

import com.sun.net.httpserver.Headers;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.badak.data.Json;
import org.badak.data.JsonException;

/// A request that passed the guard and has a route.
public final class Request {
    private static final int MOST_PARAMETERS = 64;

    private final String method;
    private final String path;
    private final Map<String, String> names;
    private final Map<String, String> query;
    private final Headers headers;
    private final InputStream body;
    private final int mostBody;

    /// @param mostBody the longest body in bytes
    Request(
            String method,
            String path,
            Map<String, String> names,
            Map<String, String> query,
            Headers headers,
            InputStream body,
            int mostBody) {
        this.method = method;
        this.path = path;
        this.names = Map.copyOf(names);
        this.query = query;
        this.headers = headers;
        this.body = body;
        this.mostBody = mostBody;
    }

    /// `GET`, `HEAD`, `POST`, …
    public String method() {
        return method;
    }

    /// The path as it was sent, with its escapes.
    public String path() {
        return path;
    }

    /// What stands for `{name}` in the path of the route, its escapes undone: any text without slash, backslash,
    /// percent sign and control characters that does not begin with a dot. It is a key to look something up by, and
    /// never a part of the name of a file.
    ///
    /// @throws IllegalArgumentException if the route has no such segment
    public String name(String segment) {
        String name = names.get(segment);
        if (name == null) {
            throw new IllegalArgumentException("request: the route has no segment {" + segment + "}");
        }
        return name;
    }

    /// The parameters behind the question mark, in order.
    public Map<String, String> query() {
        return query;
    }

    /// A header; of several with one name the first.
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.getFirst(name));
    }

    /// The content type without its parameters, in lower case: `application/json`; empty where there is none.
    public String contentType() {
        return header("Content-Type").orElse("").split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    /// The body; readable once.
    ///
    /// @throws Refusal 413 if it is longer than the route allows
    /// @throws IOException if the client went away
    public byte[] body() throws IOException {
        byte[] bytes = body.readNBytes(mostBody + 1);
        if (bytes.length > mostBody) {
            throw tooLong("more than " + mostBody + " bytes", mostBody);
        }
        return bytes;
    }

    /// The body as text.
    ///
    /// @throws Refusal 413 if it is too long, 400 if it is not UTF-8
    /// @throws IOException if the client went away
    public String text() throws IOException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body()))
                    .toString();
        } catch (CharacterCodingException malformed) {
            throw new Refusal(
                    400,
                    "the body is not text",
                    "the body of the request",
                    "bytes that are not UTF-8",
                    "UTF-8",
                    "save or send it as UTF-8");
        }
    }

    /// The body as JSON, within the limits of [Json#parse].
    ///
    /// @throws Refusal 415 if the content type is another, 413 if it is too long, 400 if it is not JSON
    /// @throws IOException if the client went away
    public Json json() throws IOException {
        requireType("application/json");
        try {
            return Json.parse(text());
        } catch (JsonException malformed) {
            throw new Refusal(
                    400,
                    "the body is not JSON",
                    "the body of the request, character " + malformed.offset(),
                    String.valueOf(malformed.getMessage()),
                    "one JSON value (RFC 8259)",
                    "correct it there");
        }
    }

    /// Checks the content type.
    ///
    /// @param types those that are taken, in lower case
    /// @throws Refusal 415 if it is another
    public void requireType(String... types) {
        if (!List.of(types).contains(contentType())) {
            String found = contentType();
            throw new Refusal(
                    415,
                    "the body has a content type that this address does not take",
                    "the header Content-Type",
                    found.isEmpty() ? "none" : found,
                    String.join(" or ", types),
                    "send the header Content-Type: " + types[0]);
        }
    }

    static Refusal tooLong(String found, int most) {
        return new Refusal(
                413,
                "the body is too long",
                "the body of the request",
                found,
                "at most " + most + " bytes",
                "send less at a time");
    }

    /// Reads what stands behind the question mark.
    ///
    /// @param raw as sent; may be empty
    /// @throws Refusal 400 if it is malformed or names a parameter twice
    static Map<String, String> query(String raw) {
        Map<String, String> query = new LinkedHashMap<>();
        if (raw.isEmpty()) {
            return query;
        }
        String[] pairs = raw.split("&", MOST_PARAMETERS + 1);
        for (String pair : pairs) {
            String[] parts = pair.split("=", 2);
            try {
                String name = URLDecoder.decode(parts[0], StandardCharsets.UTF_8);
                String value = parts.length == 1 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8);
                if (pairs.length > MOST_PARAMETERS || query.put(name, value) != null) {
                    throw malformed(pair);
                }
            } catch (IllegalArgumentException escape) {
                throw malformed(pair);
            }
        }
        return Collections.unmodifiableMap(query);
    }

    private static Refusal malformed(String found) {
        return new Refusal(
                400,
                "the parameters of the address are malformed",
                "the address, behind the question mark",
                found,
                "name=value&name=value, each name once, at most " + MOST_PARAMETERS,
                "correct it");
    }
}
