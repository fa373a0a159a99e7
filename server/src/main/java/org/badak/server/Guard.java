package org.badak.server;

import com.sun.net.httpserver.Headers;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Who may come in: checks Host (against pages that make their own name point here), Origin and `Sec-Fetch-Site`
/// (against other pages in the same browser), and the token.
final class Guard {
    private static final Pattern HOST = Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+\\])(?::([0-9]{1,5}))?");
    private static final String BEARER = "Bearer ";

    private final Access access;
    private final Set<String> hosts = new HashSet<>();
    private final String cookie;
    private final String code = Access.newToken();
    private final String session = Access.newToken();
    private final AtomicBoolean codeUsed = new AtomicBoolean();

    /// @param port the one that is listened on
    Guard(Access access, int port) {
        this.access = access;
        cookie = "badak_" + port;
        hosts.addAll(access.names());
        hosts.addAll(Set.of("localhost", "127.0.0.1", "[::1]"));
        if (!access.host().isEmpty()) {
            hosts.add(bracketed(access.host().toLowerCase(Locale.ROOT)));
        }
        if (access.address().isAnyLocalAddress()) {
            addInterfaces();
        }
    }

    private void addInterfaces() {
        try {
            hosts.add(InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT));
        } catch (UnknownHostException nameless) {
            // then it can be addressed by its numbers only
        }
        try {
            NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .map(address -> address.getHostAddress().replaceFirst("%.*", ""))
                    .forEach(number -> hosts.add(bracketed(number)));
        } catch (SocketException unreadable) {
            // then it can be addressed by the names that were given only
        }
    }

    /// As the header Host has it: numbers of IPv6 in brackets.
    private static String bracketed(String host) {
        return host.contains(":") ? "[" + host + "]" : host;
    }

    /// The code of the link that gives a browser its cookie, once.
    String code() {
        return code;
    }

    /// Whether a token is asked for.
    boolean asks() {
        return !access.token().isEmpty();
    }

    /// Checks where a request says that it goes to and comes from.
    ///
    /// @throws Refusal 421 for a host that is not this server, 403 for another origin, 400 for malformed headers
    void requireSameSite(String method, String path, Headers headers) {
        for (String once : List.of("Host", "Origin", "Authorization", "Content-Length", "Content-Type", "Cookie")) {
            List<String> values = headers.get(once);
            if (values != null && values.size() > 1) {
                throw new Refusal(
                        400,
                        "a header stands more than once",
                        "the header " + once,
                        values.size() + " of them",
                        "one",
                        "send it once");
            }
        }
        String host = headers.getFirst("Host");
        Matcher parts = HOST.matcher(host == null ? "" : host);
        if (host == null || !parts.matches() || !hosts.contains(parts.group(1).toLowerCase(Locale.ROOT))) {
            throw new Refusal(
                    421,
                    "the request is for another host",
                    "the header Host",
                    host == null ? "none" : host,
                    "the name or number under which this server was started",
                    "use http://localhost and the port; other names are given to the server at its start");
        }
        String origin = headers.getFirst("Origin");
        if (origin != null
                && !origin.equalsIgnoreCase("http://" + host)
                && !origin.equalsIgnoreCase("https://" + host)) {
            throw otherSite("the header Origin", origin, "http://" + host);
        }
        String site = headers.getFirst("Sec-Fetch-Site");
        boolean own = site == null || site.equals("same-origin") || site.equals("none");
        boolean link =
                method.equals("GET") && path.equals("/") && "navigate".equals(headers.getFirst("Sec-Fetch-Mode"));
        if (!own && !link) {
            throw otherSite("the header Sec-Fetch-Site", site, "same-origin or none");
        }
    }

    private static Refusal otherSite(String where, String found, String expected) {
        return new Refusal(
                403,
                "the request comes from a page of another site",
                where,
                found,
                expected,
                "call the server from its own page, or by a program");
    }

    /// The header that gives a browser its cookie, if this request may have it: it is for `/` and carries the code,
    /// which nobody used before.
    Optional<String> admit(String method, String path, Optional<String> sent) {
        boolean right = asks()
                && method.equals("GET")
                && path.equals("/")
                && sent.isPresent()
                && same(sent.get(), code)
                && codeUsed.compareAndSet(false, true);
        return right ? Optional.of(cookie + "=" + session + "; Path=/; HttpOnly; SameSite=Strict") : Optional.empty();
    }

    /// Whether a request carries the token, or the cookie that stands for it.
    boolean knows(Headers headers) {
        if (!asks()) {
            return true;
        }
        String authorization = headers.getFirst("Authorization");
        if (authorization != null) {
            return authorization.startsWith(BEARER)
                    && same(authorization.substring(BEARER.length()).strip(), access.token());
        }
        String cookies = headers.getFirst("Cookie");
        if (cookies != null) {
            for (String pair : cookies.split(";")) {
                if (pair.strip().startsWith(cookie + "=")
                        && same(pair.strip().substring(cookie.length() + 1), session)) {
                    return true;
                }
            }
        }
        return false;
    }

    /// 401.
    static Refusal unknown() {
        return new Refusal(
                        401,
                        "this server asks for a token",
                        "the header Authorization, or the cookie",
                        "none that is right",
                        "Authorization: Bearer TOKEN",
                        "use the token, or in a browser the link, that the server prints at its start; the link works once")
                .with("WWW-Authenticate", "Bearer");
    }

    /// Compares in a time that does not depend on where they differ.
    private static boolean same(String a, String b) {
        return MessageDigest.isEqual(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }
}
