package org.badak.server;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/// From where a server can be reached, and by whom.
///
/// Without a host it listens on the loopback interface: nobody outside this machine reaches it, and no token is needed.
/// With a host a token is required. A client that knows it sends `Authorization: Bearer TOKEN`; a browser gets it as a
/// cookie through the link that [WebServer#link] gives, which works once.
///
/// @param host to listen on, such as `0.0.0.0`; empty: loopback
/// @param port 0: any that is free
/// @param token of at least [#LEAST_TOKEN] letters, digits and `-._~+/=`; empty: none, on loopback only
/// @param names further host names under which clients may address the server, without port; numbers of its own
///     interfaces, its host name, and localhost are known
public record Access(String host, int port, String token, List<String> names) {
    /// The shortest token.
    public static final int LEAST_TOKEN = 16;

    private static final int MOST_PORT = 65_535;
    private static final int TOKEN_BYTES = 24;

    /// @throws IllegalArgumentException if the port is none, or a host other than loopback has no token
    public Access {
        List<String> lower = new ArrayList<>();
        names.forEach(name -> lower.add(name.toLowerCase(Locale.ROOT)));
        names = List.copyOf(lower);
        if (port < 0 || port > MOST_PORT) {
            throw new IllegalArgumentException("port: found " + port + ", expected 0 to " + MOST_PORT);
        }
        if (!token.isEmpty() && (token.length() < LEAST_TOKEN || !token.matches("[A-Za-z0-9._~+/=-]+"))) {
            throw new IllegalArgumentException("token: found " + token.length() + " characters, expected at least "
                    + LEAST_TOKEN + " letters, digits and - . _ ~ + / =");
        }
        if (token.isEmpty() && !address(host).isLoopbackAddress()) {
            throw new IllegalArgumentException("host " + host + ": found no token, expected one where others than this"
                    + " machine can reach the server");
        }
    }

    /// Reachable from this machine only, without a token.
    ///
    /// @param port 0: any that is free
    public static Access loopback(int port) {
        return new Access("", port, "", List.of());
    }

    /// A token that nobody guesses: 192 random bits.
    public static String newToken() {
        byte[] bytes = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /// The interface to listen on.
    InetAddress address() {
        return address(host);
    }

    private static InetAddress address(String host) {
        try {
            return host.isEmpty() ? InetAddress.getByAddress(new byte[] {127, 0, 0, 1}) : InetAddress.getByName(host);
        } catch (UnknownHostException unknown) {
            throw new IllegalArgumentException(
                    "host: found '" + host + "', expected the name or number of an interface of this machine", unknown);
        }
    }

    /// Without the token.
    @Override
    public String toString() {
        return (host.isEmpty() ? "loopback" : host) + ":" + port + (token.isEmpty() ? "" : ", with a token");
    }
}
