package org.badak.serve;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// Asks a server for predictions at a fixed rate, whether it keeps up or not (open loop): a request is sent when it is
/// due, and its latency counts from that moment, so that a server that stalls is not spared the requests it held up.
///
/// It needs the JDK alone and runs from its source, against a server with a network of 784 inputs:
///
/// ```text
/// java server/src/test/java/org/badak/serve/Load.java http://127.0.0.1:8080/predict 1500 60 1000
/// ```
///
/// The arguments are address, requests per second, seconds, and how many half-open connections are held meanwhile.
final class Load {
    private static final int INPUTS = 784;
    private static final int MOST_CONNECTIONS = 3000;
    private static final int TIMEOUT = 20_000;
    private static final int SENT_NOTHING = -1;

    private final InetSocketAddress address;
    private final byte[] request;
    private final ConcurrentLinkedDeque<Connection> idle = new ConcurrentLinkedDeque<>();
    private final AtomicInteger open = new AtomicInteger();

    /// What came of it.
    ///
    /// @param statuses how often each; 0 for requests without an answer
    /// @param latencies of answers 200 in milliseconds, ascending
    record Result(Map<Integer, Integer> statuses, double[] latencies) {
        double percentile(double share) {
            return latencies.length == 0
                    ? Double.NaN
                    : latencies[(int) Math.min(latencies.length - 1L, Math.round(share * latencies.length))];
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "statuses %s, latency of 200: p50 %.2f ms, p99 %.2f ms, p99.9 %.2f ms, max %.2f ms",
                    statuses,
                    percentile(0.5),
                    percentile(0.99),
                    percentile(0.999),
                    percentile(1));
        }
    }

    private record Connection(Socket socket, InputStream in) {}

    /// @param target address of `/predict`
    /// @param body JSON
    Load(URI target, String body) {
        address = new InetSocketAddress(target.getHost(), target.getPort());
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        byte[] head = ("POST " + target.getPath() + " HTTP/1.1\r\nHost: " + target.getAuthority()
                        + "\r\nContent-Type: application/json\r\nContent-Length: " + content.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        request = Arrays.copyOf(head, head.length + content.length);
        System.arraycopy(content, 0, request, head.length, content.length);
    }

    public static void main(String[] arguments) throws Exception {
        URI target = URI.create(arguments.length > 0 ? arguments[0] : "http://127.0.0.1:8080/predict");
        int rate = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1500;
        int seconds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 60;
        int halfOpen = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 0;
        Load load = new Load(target, digit());
        System.out.println("warm-up: " + load.run(Math.min(rate, 500), Math.clamp(seconds / 4, 1, 5)));
        List<Socket> held = load.halfOpen(halfOpen);
        System.out.println(rate + " requests/s for " + seconds + " s, " + halfOpen + " half-open connections: "
                + load.run(rate, seconds));
        for (Socket socket : held) {
            socket.close();
        }
    }

    /// A body with one image: as in MNIST a fifth of the pixels is not black.
    static String digit() {
        StringBuilder body = new StringBuilder("[");
        for (int i = 0; i < INPUTS; i++) {
            body.append(i == 0 ? "" : ",").append(i % 28 > 9 && i % 28 < 16 ? "0." + (100 + i) : "0");
        }
        return body.append(']').toString();
    }

    /// Opens connections that begin a request and do not go on, every second one without a single byte.
    List<Socket> halfOpen(int count) throws IOException {
        List<Socket> sockets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Socket socket = new Socket(address.getAddress(), address.getPort());
            if (i % 2 == 0) {
                socket.getOutputStream().write("POST /predict HTTP/1.1\r\nHost: ".getBytes(StandardCharsets.US_ASCII));
            }
            sockets.add(socket);
        }
        return sockets;
    }

    /// Sends requests at a rate.
    Result run(int rate, int seconds) throws InterruptedException {
        int count = rate * seconds;
        int[] statuses = new int[count];
        long[] latencies = new long[count];
        CountDownLatch answered = new CountDownLatch(count);
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            long due = start + i * 1_000_000_000L / rate;
            for (long rest = due - System.nanoTime(); rest > 0; rest = due - System.nanoTime()) {
                LockSupport.parkNanos(rest);
            }
            int number = i;
            Thread.ofVirtual().start(() -> {
                statuses[number] = ask();
                latencies[number] = System.nanoTime() - due;
                answered.countDown();
            });
        }
        answered.await();
        Map<Integer, Integer> counts = new TreeMap<>();
        for (int status : statuses) {
            counts.merge(status, 1, Integer::sum);
        }
        double[] good = new double[counts.getOrDefault(200, 0)];
        int next = 0;
        for (int i = 0; i < count; i++) {
            if (statuses[i] == 200) {
                good[next++] = latencies[i] / 1e6;
            }
        }
        Arrays.sort(good);
        return new Result(counts, good);
    }

    private int ask() {
        Connection connection = idle.pollFirst();
        boolean fresh = connection == null;
        int status = SENT_NOTHING;
        try {
            if (connection == null) {
                connection = connect();
            }
            status = exchange(connection);
        } catch (IOException lost) {
            if (!fresh) { // an idle connection that the server had closed: HTTP has clients try again
                return ask();
            }
        }
        return status == SENT_NOTHING ? 0 : status;
    }

    private Connection connect() throws IOException {
        if (open.incrementAndGet() > MOST_CONNECTIONS) {
            open.decrementAndGet();
            throw new IOException("more connections than the test may open");
        }
        try {
            Socket socket = new Socket();
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(TIMEOUT);
            socket.connect(address, TIMEOUT);
            return new Connection(socket, new BufferedInputStream(socket.getInputStream()));
        } catch (IOException refused) {
            open.decrementAndGet();
            throw refused;
        }
    }

    private int exchange(Connection connection) throws IOException {
        boolean kept = false;
        try {
            connection.socket.getOutputStream().write(request);
            int status = Integer.parseInt(line(connection.in).substring(9, 12));
            int length = 0;
            boolean close = false;
            for (String line = line(connection.in); !line.isEmpty(); line = line(connection.in)) {
                String lower = line.toLowerCase(Locale.ROOT);
                if (lower.startsWith("content-length:")) {
                    length = Integer.parseInt(line.substring(15).strip());
                }
                close |= lower.startsWith("connection: close");
            }
            if (connection.in.readNBytes(length).length < length) {
                throw new EOFException("an answer that ends early");
            }
            kept = !close;
            return status;
        } finally {
            if (kept) {
                idle.addFirst(connection);
            } else {
                open.decrementAndGet();
                connection.socket.close();
            }
        }
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("an answer that ends early");
            }
            if (b != '\r') {
                line.append((char) b);
            }
        }
        return line.toString();
    }
}
