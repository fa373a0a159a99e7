package org.badak.server;

import java.util.List;

/// One line of the fixed map from method and path to what answers.
///
/// @param method of HTTP
/// @param path such as `/runs/{run}/curve`; `{name}` stands for one segment of any text, see [Request#name]
/// @param open whether it needs no token, as health checks do; the check of Host and Origin stays
/// @param mostBody the longest body in bytes; -1: that of [Limits#body]
/// @param handler what answers
public record Route(Method method, String path, boolean open, int mostBody, Handler handler) {
    /// @throws IllegalArgumentException if the path is none
    public Route {
        if (!path.matches("/|(/([A-Za-z0-9._~-]+|\\{[a-z]+\\}))+") || path.contains("/.")) {
            throw new IllegalArgumentException("route: found the path '" + path
                    + "', expected segments of letters, digits and . _ ~ -, or {name} with small letters");
        }
    }

    /// A route for GET and HEAD.
    public static Route get(String path, Handler handler) {
        return new Route(Method.GET, path, false, 0, handler);
    }

    /// A route for POST with a body of the usual length.
    public static Route post(String path, Handler handler) {
        return new Route(Method.POST, path, false, -1, handler);
    }

    /// A route for GET and HEAD of a file that is in memory.
    public static Route file(String path, StaticFile file) {
        return get(path, file::answer);
    }

    /// The same for everybody, with or without token.
    public Route opened() {
        return new Route(method, path, true, mostBody, handler);
    }

    /// The same with a limit of its own for bodies.
    ///
    /// @param bytes the longest body
    public Route withBody(int bytes) {
        return new Route(method, path, open, bytes, handler);
    }

    List<String> segments() {
        return List.of(path.substring(1).split("/", -1));
    }
}
