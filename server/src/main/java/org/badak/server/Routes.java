package org.badak.server;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// The fixed map from method and path to what answers. Nothing else is served: no path is ever turned into the name of
/// a file.
final class Routes {
    private static final int MOST_SEGMENTS = 16;
    private static final int LONGEST_NAME = 200;

    /// A route that fits, and what stands for its `{name}` segments.
    record Found(Route route, Map<String, String> names) {}

    private final List<Route> routes;

    /// @throws IllegalArgumentException if two routes have one method and one path
    Routes(List<Route> routes) {
        this.routes = List.copyOf(routes);
        TreeSet<String> seen = new TreeSet<>();
        for (Route route : routes) {
            if (!seen.add(route.method() + " " + route.path().replaceAll("\\{[a-z]+\\}", "{}"))) {
                throw new IllegalArgumentException(
                        "routes: found " + route.method() + " " + route.path() + " twice, expected each once");
            }
        }
    }

    /// The route for a request.
    ///
    /// @param method as sent
    /// @param rawPath as sent, with its escapes
    /// @throws Refusal 404 where nothing is served under this path, 405 where not by this method
    Found find(String method, String rawPath) {
        String wanted = method.equals("HEAD") ? "GET" : method;
        String[] segments = rawPath.startsWith("/") ? rawPath.substring(1).split("/", MOST_SEGMENTS) : new String[0];
        TreeSet<String> allowed = new TreeSet<>();
        Optional<Found> best = Optional.empty();
        for (Route route : routes) {
            Optional<Map<String, String>> names = match(route.segments(), segments);
            if (names.isPresent()) {
                allowed.add(route.method().name());
                if (route.method().name().equals(wanted)
                        && (best.isEmpty()
                                || names.get().size() < best.get().names().size())) { // the most literal one
                    best = Optional.of(new Found(route, names.get()));
                }
            }
        }
        if (best.isPresent()) {
            return best.get();
        }
        if (allowed.isEmpty()) {
            throw new Refusal(
                    404,
                    "nothing is served under this address",
                    "the path of the request",
                    rawPath,
                    "an address that the documentation of this server names",
                    "check the spelling");
        }
        if (allowed.contains("GET")) {
            allowed.add("HEAD");
        }
        throw new Refusal(
                        405,
                        "this address does not answer to this method",
                        rawPath,
                        method,
                        String.join(", ", allowed),
                        "use another method")
                .with("Allow", String.join(", ", allowed));
    }

    private static Optional<Map<String, String>> match(List<String> pattern, String[] segments) {
        if (pattern.size() != segments.length) {
            return Optional.empty();
        }
        Map<String, String> names = new LinkedHashMap<>();
        for (int i = 0; i < segments.length; i++) {
            String wanted = pattern.get(i);
            if (wanted.startsWith("{")) {
                Optional<String> name = decoded(segments[i]);
                if (name.isEmpty()) {
                    return Optional.empty();
                }
                names.put(wanted.substring(1, wanted.length() - 1), name.get());
            } else if (!wanted.equals(segments[i])) {
                return Optional.empty();
            }
        }
        return Optional.of(names);
    }

    /// The text that an escaped segment stands for; none if it could be taken for more than a name: if it has a slash,
    /// a backslash, a percent sign or a control character in it, or begins with a dot.
    static Optional<String> decoded(String segment) {
        byte[] bytes = new byte[segment.length()];
        int length = 0;
        for (int i = 0; i < segment.length(); i++) {
            char c = segment.charAt(i);
            if (c == '%') {
                if (i + 2 >= segment.length()
                        || !HexFormat.isHexDigit(segment.charAt(i + 1))
                        || !HexFormat.isHexDigit(segment.charAt(i + 2))) {
                    return Optional.empty();
                }
                bytes[length++] = (byte) HexFormat.fromHexDigits(segment, i + 1, i + 3);
                i += 2;
            } else if (c <= ' ' || c > '~') {
                return Optional.empty();
            } else {
                bytes[length++] = (byte) c;
            }
        }
        String name;
        try {
            name = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Arrays.copyOf(bytes, length)))
                    .toString();
        } catch (CharacterCodingException malformed) {
            return Optional.empty();
        }
        boolean fine = !name.isEmpty()
                && name.length() <= LONGEST_NAME
                && name.charAt(0) != '.'
                && name.chars().noneMatch(c -> c == '/' || c == '\\' || c == '%' || Character.isISOControl(c));
        return fine ? Optional.of(name) : Optional.empty();
    }
}
