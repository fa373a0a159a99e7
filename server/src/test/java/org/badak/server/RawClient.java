package org.badak.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Sends bytes as they are: no HTTP client would send what attackers do.
record RawClient(int port) {
    private static final int TIMEOUT = 20_000;

    /// What came back.
    ///
    /// @param status 0 where the server closed the connection without a word
    /// @param head status line and headers
    /// @param body as text
    record Answer(int status, String head, String body) {
        boolean has(String header, String value) {
            return head.toLowerCase(Locale.ROOT).contains((header + ": " + value).toLowerCase(Locale.ROOT));
        }

        String header(String name) {
            return head.lines()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst()
                    .orElse("");
        }
    }

    /// Sends a request and reads until the server closes the connection.
    ///
    /// @param request characters up to U+00FF, each a byte; `{port}` becomes the port
    Answer send(String request) throws IOException {
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(TIMEOUT);
            try {
                socket.getOutputStream()
                        .write(request.replace("{port}", Integer.toString(port)).getBytes(StandardCharsets.ISO_8859_1));
                socket.getOutputStream().flush();
                socket.shutdownOutput();
                InputStream in = socket.getInputStream();
                for (int b = in.read(); b >= 0; b = in.read()) {
                    received.write(b);
                }
            } catch (SocketException cut) {
                // then what came before counts
            }
        }
        String text = received.toString(StandardCharsets.UTF_8);
        int end = text.indexOf("\r\n\r\n");
        return text.isEmpty()
                ? new Answer(0, "", "")
                : new Answer(
                        Integer.parseInt(text.substring(9, 12)),
                        text.substring(0, end < 0 ? text.length() : end),
                        end < 0 ? "" : text.substring(end + 4));
    }

    /// GET, with Host and `Connection: close`.
    ///
    /// @param headers further lines, each ended
    Answer get(String path, String headers) throws IOException {
        return send("GET " + path + " HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n" + headers + "\r\n");
    }
}
