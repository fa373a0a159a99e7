package org.badak.serve;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/// What a server counts, in the text format of Prometheus (version 0.0.4). Counting takes no lock.
final class Metrics {
    /// Content type of [#text].
    static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final double NANOSECONDS = 1e9;
    private static final double[] SECONDS = {0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5
    };
    private static final double[] ROWS = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024};

    private final Map<String, LongAdder> requests = new ConcurrentSkipListMap<>();
    private final Map<String, Histogram> latencies = new ConcurrentSkipListMap<>();
    private final Map<String, LongAdder> rows = new ConcurrentSkipListMap<>();
    private final Histogram batches = new Histogram(ROWS);
    private final LongAdder failures = new LongAdder();

    /// Counts of values at most as large as each bound.
    private static final class Histogram {
        private final double[] bounds;
        private final LongAdder[] counts;
        private final LongAdder sum = new LongAdder(); // in millionths

        Histogram(double[] bounds) {
            this.bounds = bounds;
            counts = new LongAdder[bounds.length + 1];
            java.util.Arrays.setAll(counts, i -> new LongAdder());
        }

        void add(double value) {
            int i = 0;
            while (i < bounds.length && value > bounds[i]) {
                i++;
            }
            counts[i].increment();
            sum.add(Math.round(value * 1e6));
        }

        /// @param labels with a comma at the end, or empty
        void write(String name, String labels, StringBuilder text) {
            long count = 0;
            for (int i = 0; i < counts.length; i++) {
                count += counts[i].sum();
                String bound = i < bounds.length ? number(bounds[i]) : "+Inf";
                text.append(name)
                        .append("_bucket{")
                        .append(labels)
                        .append("le=\"")
                        .append(bound)
                        .append("\"} ");
                text.append(count).append('\n');
            }
            String without = labels.isEmpty() ? "" : "{" + labels.substring(0, labels.length() - 1) + "}";
            text.append(name)
                    .append("_sum")
                    .append(without)
                    .append(' ')
                    .append(number(sum.sum() / 1e6))
                    .append('\n');
            text.append(name)
                    .append("_count")
                    .append(without)
                    .append(' ')
                    .append(count)
                    .append('\n');
        }
    }

    /// A request was answered.
    void answered(String method, String route, int status, long nanoseconds) {
        String labels = "method=\"" + escaped(known(method)) + "\",route=\"" + escaped(route) + "\"";
        requests.computeIfAbsent(labels + ",status=\"" + status + "\"", key -> new LongAdder())
                .increment();
        latencies
                .computeIfAbsent("route=\"" + escaped(route) + "\",", key -> new Histogram(SECONDS))
                .add(nanoseconds / NANOSECONDS);
    }

    /// Examples were answered.
    void answered(String model, int count) {
        rows.computeIfAbsent(model, key -> new LongAdder()).add(count);
    }

    /// A batch is computed.
    void batch(int count) {
        batches.add(count);
    }

    /// The server failed.
    void failed() {
        failures.increment();
    }

    /// All requests so far.
    long total() {
        return requests.values().stream().mapToLong(LongAdder::sum).sum();
    }

    /// All that was counted.
    ///
    /// @param models as they are now
    /// @param waiting requests in the queue
    /// @param inFlight requests that are being answered
    String text(Iterable<ServedModel> models, int waiting, int inFlight) {
        StringBuilder text = new StringBuilder();
        head(text, "badak_requests_total", "counter", "Requests by method, route and status.");
        requests.forEach((labels, count) -> line(text, "badak_requests_total{" + labels + "}", count.sum()));
        head(text, "badak_request_seconds", "histogram", "Time from headers to the end of the answer.");
        latencies.forEach((labels, histogram) -> histogram.write("badak_request_seconds", labels, text));
        head(text, "badak_failures_total", "counter", "Requests that met an error of the server itself.");
        line(text, "badak_failures_total", failures.sum());
        head(text, "badak_requests_in_flight", "gauge", "Requests that are being answered.");
        line(text, "badak_requests_in_flight", inFlight);
        head(text, "badak_queue_requests", "gauge", "Requests that wait to be computed.");
        line(text, "badak_queue_requests", waiting);
        head(text, "badak_batch_rows", "histogram", "Examples that were computed together.");
        batches.write("badak_batch_rows", "", text);
        head(text, "badak_rows_total", "counter", "Examples that were answered, by model.");
        rows.forEach((model, count) -> line(text, "badak_rows_total{model=\"" + escaped(model) + "\"}", count.sum()));
        head(text, "badak_model_version", "gauge", "Version of each model: 1, and one more with every file.");
        for (ServedModel model : models) {
            LoadedModel now = model.current();
            line(
                    text,
                    "badak_model_version{model=\"" + escaped(now.name()) + "\",sha256=\"" + now.sha256() + "\"}",
                    now.version());
        }
        head(
                text,
                "badak_model_files_refused_total",
                "counter",
                "Files that came to a model's place and were no good.");
        for (ServedModel model : models) {
            String name = escaped(model.current().name());
            line(text, "badak_model_files_refused_total{model=\"" + name + "\"}", model.refused());
        }
        return text.toString();
    }

    private static void head(StringBuilder text, String name, String type, String help) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private static void line(StringBuilder text, String series, long value) {
        text.append(series).append(' ').append(value).append('\n');
    }

    private static String known(String method) {
        return switch (method) {
            case "GET", "HEAD", "POST" -> method;
            default -> "other"; // a client may send any word: no series for each
        };
    }

    private static String number(double value) {
        return value == Math.rint(value)
                ? Long.toString((long) value)
                : String.format(Locale.ROOT, "%.6f", value).replaceAll("0+$", "");
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
