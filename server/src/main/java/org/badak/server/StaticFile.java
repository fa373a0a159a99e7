package org.badak.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A file of a page, in memory: a style sheet, a script, an image. It has an entity tag made of its content, so that a
/// browser that has it gets `304 Not Modified`.
///
/// ```java
/// StaticFile style = StaticFile.read("text/css; charset=utf-8", Page.class.getResourceAsStream("page.css"));
/// Route.file("/page.css", style);
/// ```
public final class StaticFile {
    private static final int TAG = 16;

    private final String type;
    private final byte[] content;
    private final String fingerprint;
    private final boolean immutable;

    private StaticFile(String type, byte[] content, String fingerprint, boolean immutable) {
        this.type = type;
        this.content = content;
        this.fingerprint = fingerprint;
        this.immutable = immutable;
    }

    /// A file whose content may change with the next version: browsers ask each time whether it did.
    ///
    /// @param type content type, with its charset where it is text
    /// @param content copied
    public static StaticFile of(String type, byte[] content) {
        return new StaticFile(type, content.clone(), hash(content), false);
    }

    /// As [#of], from a resource of the class path, which is closed.
    ///
    /// @param resource as `Class.getResourceAsStream` gives it
    /// @throws IllegalArgumentException if there is no such resource
    public static StaticFile read(String type, @Nullable InputStream resource) {
        if (resource == null) {
            throw new IllegalArgumentException(
                    "static file of type " + type + ": the resource is missing; is it in the module's jar?");
        }
        try (resource) {
            return of(type, resource.readAllBytes());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /// The same file, to be kept by browsers for a year without asking: for addresses that change with the content,
    /// such
    /// as `/page.<fingerprint>.css`.
    public StaticFile forever() {
        return new StaticFile(type, content, fingerprint, true);
    }

    /// The first 16 bytes of the content's SHA-256, in lower-case hexadecimal.
    public String fingerprint() {
        return fingerprint;
    }

    /// Content, or 304 where the client has it.
    Content answer(Request request) {
        String tag = '"' + fingerprint + '"';
        Map<String, String> headers =
                Map.of("ETag", tag, "Cache-Control", immutable ? "private, max-age=31536000, immutable" : "no-cache");
        boolean known = Arrays.stream(request.header("If-None-Match").orElse("").split(","))
                .map(String::strip)
                .anyMatch(sent -> sent.equals(tag) || sent.equals("W/" + tag));
        return known ? new Content(304, type, new byte[0], headers) : new Content(200, type, content, headers);
    }

    private static String hash(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content), 0, TAG);
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("every Java platform has SHA-256", absent);
        }
    }
}
