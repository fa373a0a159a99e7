package org.badak.server;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.badak.data.Json;
import org.jspecify.annotations.Nullable;

/// Events for any number of readers (server-sent events, HTML Living Standard, section 9.2).
///
/// Who sends never waits: each reader has a queue of limited length, and one that does not keep up is dropped. Its
/// browser connects again by itself, says which event it had last, and gets those after it that are still kept.
public final class EventStream implements AutoCloseable {
    private static final long BEAT_SECONDS = 15;
    private static final long RETRY_MILLISECONDS = 1000;
    private static final Event END = new Event(0, new byte[0]);

    private final int kept;
    private final int mostReaders;
    private final ArrayDeque<Event> recent = new ArrayDeque<>();
    private final List<Reader> readers = new ArrayList<>();
    private long last;
    private long dropped;
    private boolean closed;

    /// A connection that events go to.
    private record Reader(BlockingQueue<Event> queue, Thread thread) {}

    /// @param kept events that are kept for readers that come or come again; a reader that is further behind than
    ///     twice as many is dropped
    /// @param mostReaders readers at a time; more get 429
    public EventStream(int kept, int mostReaders) {
        if (kept < 1 || mostReaders < 1) {
            throw new IllegalArgumentException(
                    "event stream: found kept " + kept + ", readers " + mostReaders + ", expected at least 1");
        }
        this.kept = kept;
        this.mostReaders = mostReaders;
    }

    /// Sends an event to all readers; never waits for one. After [#close] nothing happens.
    ///
    /// @param name small letters and hyphens: the event's type in the browser
    /// @param data any text
    public synchronized void send(String name, String data) {
        if (closed) {
            return;
        }
        Event event = Event.of(last + 1, name, data);
        last++;
        recent.addLast(event);
        if (recent.size() > kept) {
            recent.removeFirst();
        }
        for (Reader reader : List.copyOf(readers)) {
            if (!reader.queue.offer(event)) {
                readers.remove(reader);
                dropped++;
                reader.thread.interrupt(); // a thread that waits for its socket then closes it
            }
        }
    }

    /// As [#send(String, String)].
    public void send(String name, Json data) {
        send(name, data.toString());
    }

    /// How many readers there are.
    public synchronized int readers() {
        return readers.size();
    }

    /// How many readers were dropped because they did not keep up.
    public synchronized long dropped() {
        return dropped;
    }

    /// Ends the feeds of all readers once they have what was sent.
    @Override
    public synchronized void close() {
        closed = true;
        for (Reader reader : List.copyOf(readers)) {
            if (!reader.queue.offer(END)) {
                reader.thread.interrupt();
            }
        }
        readers.clear();
    }

    /// Makes the calling thread a reader.
    ///
    /// @param seen number of the last event that the client has; 0: none
    /// @throws Refusal 429 if there are as many readers as there may be
    synchronized Subscription subscribe(long seen) {
        if (readers.size() >= mostReaders) {
            throw Refusal.busy(
                    "too many readers of this feed",
                    readers.size() + " readers",
                    "at most " + mostReaders,
                    Duration.ofSeconds(2));
        }
        BlockingQueue<Event> queue = new ArrayBlockingQueue<>(2 * kept + 1);
        long after = seen > last ? 0 : seen; // a number of an earlier stream: begin anew
        recent.stream().filter(event -> event.id() > after).forEach(queue::add);
        Reader reader = new Reader(queue, Thread.currentThread());
        if (closed) {
            queue.add(END);
        } else {
            readers.add(reader);
        }
        return new Subscription(reader);
    }

    private synchronized void remove(Reader reader) {
        readers.remove(reader);
        // an interrupt that came too late must not reach what this thread does next
        if (Thread.currentThread() == reader.thread) {
            Thread.interrupted();
        }
    }

    /// The place of one reader, which the thread that made it fills.
    final class Subscription implements AutoCloseable {
        private final Reader reader;

        private Subscription(Reader reader) {
            this.reader = reader;
        }

        /// Writes events until the stream is closed, the deadline is reached, or the reader is dropped.
        ///
        /// @throws IOException if the client went away or was dropped
        void write(OutputStream out, Duration deadline) throws IOException {
            long end = System.nanoTime() + deadline.toNanos();
            out.write(("retry: " + RETRY_MILLISECONDS + "\n\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
            try {
                for (long rest = deadline.toNanos(); rest > 0; rest = end - System.nanoTime()) {
                    long wait = Math.min(rest, TimeUnit.SECONDS.toNanos(BEAT_SECONDS));
                    @Nullable Event event = reader.queue.poll(wait, TimeUnit.NANOSECONDS);
                    if (event == null && wait < rest) {
                        out.write(": still here\n\n".getBytes(StandardCharsets.UTF_8)); // shows whether the client is
                    }
                    while (event != null) {
                        if (event.id() == END.id()) {
                            return;
                        }
                        out.write(event.bytes());
                        event = reader.queue.poll();
                    }
                    out.flush();
                }
            } catch (InterruptedException slow) {
                throw new IOException("the reader did not keep up", slow);
            }
        }

        @Override
        public void close() {
            remove(reader);
        }
    }
}
