package org.badak.data;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URLConnection;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Brings one gzip file from an address into a part file, going on where an earlier attempt stopped.
///
/// Uses [HttpURLConnection]: it is in `java.base`, so that nothing is added to the start-up of a
/// program that downloads nothing, and its read timeout bounds every wait for bytes, where the
/// timeout of `java.net.http` ends with the response header.
///
/// @param connectTimeout longest wait for name lookup, connection and TLS together
/// @param idleTimeout longest wait for the next bytes
/// @param progress told of every buffer of bytes
record Download(Duration connectTimeout, Duration idleTimeout, DownloadProgress progress) {
    /// No file of the data sets comes near; stops a server that sends without end.
    private static final long MAXIMUM_BYTES = 256L << 20;

    /// How often a cut connection is taken up again before the mirror is given up.
    private static final int RESUMPTIONS = 3;

    /// An answer that is not the file: taking it up again would not help.
    static final class Unusable extends IOException {
        private static final long serialVersionUID = 1L;

        Unusable(String message) {
            super(message);
        }
    }

    /// Brings the file; takes it up again after a cut, as long as bytes arrive.
    ///
    /// @param address where the file is
    /// @param part where to put it; its bytes, if any, are taken as the beginning of the file
    /// @return true if bytes were kept that an earlier answer had brought
    /// @throws IOException if the file did not arrive whole; the part file holds what did
    boolean bring(URI address, Path part) throws IOException {
        boolean resumed = false;
        for (int attempt = 0; ; attempt++) {
            long before = Files.exists(part) ? Files.size(part) : 0;
            try {
                resumed |= attempt(address, part, before);
                return resumed;
            } catch (Unusable unusable) {
                throw unusable;
            } catch (IOException cut) {
                long after = Files.exists(part) ? Files.size(part) : 0;
                if (attempt == RESUMPTIONS || after <= before) {
                    throw cut;
                }
                resumed = true;
            }
        }
    }

    private boolean attempt(URI address, Path part, long offset) throws IOException {
        HttpURLConnection connection = open(address, offset);
        try {
            int status = connection.getResponseCode();
            boolean partial = offset > 0 && status == HttpURLConnection.HTTP_PARTIAL;
            if (offset > 0 && status == 416) { // range not satisfiable: nothing is left to bring
                return true;
            }
            if (status != HttpURLConnection.HTTP_OK && !partial) {
                throw new Unusable(refusal(connection, status));
            }
            long start = partial ? offset : 0;
            long length = connection.getContentLengthLong();
            if (partial
                    && !String.valueOf(connection.getHeaderField("Content-Range"))
                            .startsWith("bytes " + start + "-")) {
                throw new Unusable("asked for bytes from " + start + ", the server sent "
                        + connection.getHeaderField("Content-Range"));
            }
            save(connection, part, start, length < 0 ? -1 : start + length);
            return partial;
        } finally {
            connection.disconnect();
        }
    }

    private HttpURLConnection open(URI address, long offset) throws IOException {
        URLConnection opened = address.toURL().openConnection();
        if (!(opened instanceof HttpURLConnection connection)) {
            throw new Unusable("not an http or https address");
        }
        connection.setConnectTimeout((int) connectTimeout.toMillis());
        connection.setReadTimeout((int) idleTimeout.toMillis());
        connection.setUseCaches(false);
        connection.setRequestProperty("User-Agent", "badak");
        connection.setRequestProperty("Accept-Encoding", "identity");
        if (offset > 0) {
            connection.setRequestProperty("Range", "bytes=" + offset + "-");
        }
        connect(connection);
        return connection;
    }

    /// Connects on another thread, because the time that a name lookup takes cannot be limited.
    private void connect(HttpURLConnection connection) throws IOException {
        var connecting = new FutureTask<Void>(() -> {
            connection.connect();
            return null;
        });
        Thread.ofVirtual().start(connecting);
        try {
            connecting.get(connectTimeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            connecting.cancel(true);
            throw new SocketTimeoutException("no connection within " + connectTimeout.toMillis() + " ms");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Unusable("interrupted");
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw new IOException(failed.getCause());
        }
    }

    private void save(HttpURLConnection connection, Path part, long start, long total) throws IOException {
        String name = part.getFileName().toString().replaceFirst("\\.part$", "");
        long position = start;
        try (InputStream body = connection.getInputStream()) {
            byte[] buffer = new byte[1 << 15];
            int length = start > 0 ? 0 : beginning(body, buffer);
            try (FileChannel file = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                file.truncate(start);
                file.position(start);
                while (length >= 0) {
                    var bytes = ByteBuffer.wrap(buffer, 0, length);
                    while (bytes.hasRemaining()) {
                        file.write(bytes);
                    }
                    position += length;
                    if (position > MAXIMUM_BYTES) {
                        throw new Unusable("more than " + MAXIMUM_BYTES + " bytes");
                    }
                    progress.received(name, position, total);
                    length = body.read(buffer);
                }
            }
        }
        if (total >= 0 && position < total) {
            throw new IOException("connection cut after " + position + " of " + total + " bytes");
        }
    }

    /// Reads the first bytes and refuses what is not gzip before anything is written.
    private static int beginning(InputStream body, byte[] buffer) throws IOException {
        int length = body.readNBytes(buffer, 0, 64);
        if (!FileContent.isGzip(buffer, length)) {
            throw new Unusable("found " + (length == 0 ? "no content" : FileContent.describe(buffer, length))
                    + "; expected 1f 8b, a gzip file");
        }
        return length;
    }

    private static String refusal(HttpURLConnection connection, int status) throws IOException {
        String location = connection.getHeaderField("Location");
        String text = "HTTP " + status + " " + connection.getResponseMessage();
        return location == null ? text : text + ", redirects to " + location;
    }
}
