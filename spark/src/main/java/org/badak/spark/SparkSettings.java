package org.badak.spark;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.badak.gradient.EngineException;

/// Where and how a [SparkEngine] computes.
///
/// @param master as Spark names it: `local[2]`, `local-cluster[2,1,1024]`, `spark://host:7077`;
///     or `standalone[2,1,1024]`: a master and workers (how many, cores and megabytes of each) that
///     the engine starts on this machine and stops at the end
/// @param home the folder of Spark, for processes that the engine starts itself
/// @param executors how many must have come before training begins; 0 to wait for none
/// @param start how long they may take to come
/// @param round how long a round may take
/// @param properties of Spark's own, by name
/// @param debug whether Spark's own warnings are shown
public record SparkSettings(
        String master,
        Path home,
        int executors,
        Duration start,
        Duration round,
        Map<String, String> properties,
        boolean debug) {
    /// How long executors may take to come, and a round, unless told otherwise.
    public static final Duration DEADLINE = Duration.ofSeconds(60);

    private static final Pattern CLUSTER = Pattern.compile("(local-cluster|standalone)"
            + "\\[\\s*([1-9][0-9]{0,3})\\s*,\\s*([1-9][0-9]{0,3})\\s*,\\s*([1-9][0-9]{0,7})\\s*\\]");
    private static final Pattern STANDALONE = Pattern.compile("spark://\\[?([^,\\]]+?)\\]?:[0-9]+(,.*)?");

    /// Copies the map.
    public SparkSettings {
        properties = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(properties));
        if (executors < 0 || start.isNegative() || round.isNegative() || round.isZero()) {
            throw new IllegalArgumentException("spark: expected a number of executors and deadlines that are not"
                    + " negative, found " + executors + ", " + start + ", " + round);
        }
    }

    /// For a master, with the usual deadlines, all executors of a local cluster and one of any
    /// other.
    ///
    /// @throws EngineException if it is no master
    public static SparkSettings of(String master) {
        return new SparkSettings(master, homeOfEnvironment(), executorsOf(master), DEADLINE, DEADLINE, Map.of(), false);
    }

    /// The same with a property of Spark's own.
    public SparkSettings with(String property, String value) {
        Map<String, String> more = new LinkedHashMap<>(properties);
        more.put(property, value);
        return new SparkSettings(master, home, executors, start, round, more, debug);
    }

    /// The same with another deadline of rounds.
    public SparkSettings within(Duration wanted) {
        return new SparkSettings(master, home, executors, start, wanted, properties, debug);
    }

    /// From settings by name: `master`, `home`, `executors`, `start-timeout` and `round-timeout` in
    /// seconds, `debug`, and any property of Spark's that begins with `spark.`.
    ///
    /// @throws EngineException if a value is not understood
    static SparkSettings of(Map<String, String> settings) {
        String master = settings.getOrDefault("master", "local[*]");
        Map<String, String> properties = new LinkedHashMap<>(settings);
        properties.keySet().removeIf(name -> !name.startsWith("spark."));
        try {
            String executors = settings.get("executors");
            return new SparkSettings(
                    master,
                    settings.containsKey("home") ? Path.of(settings.get("home")) : homeOfEnvironment(),
                    executors == null ? executorsOf(master) : Integer.parseInt(executors),
                    seconds(settings, "start-timeout"),
                    seconds(settings, "round-timeout"),
                    properties,
                    Boolean.parseBoolean(settings.getOrDefault("debug", "false")));
        } catch (NumberFormatException malformed) {
            throw new EngineException(
                    "cannot start the engine spark",
                    "settings",
                    settings.toString(),
                    "whole numbers of executors and seconds",
                    "correct the number",
                    malformed);
        }
    }

    private static Duration seconds(Map<String, String> settings, String name) {
        String text = settings.get(name);
        return text == null ? DEADLINE : Duration.ofSeconds(Long.parseLong(text));
    }

    private static int executorsOf(String master) {
        Matcher cluster = CLUSTER.matcher(master);
        if (cluster.matches()) {
            return Integer.parseInt(cluster.group(2));
        }
        if (master.matches("local(\\[([0-9]+|\\*)(,\\s*[0-9]+)?\\])?")) {
            return 0;
        }
        if (STANDALONE.matcher(master).matches() || master.matches("yarn|k8s://.+")) {
            return 1;
        }
        throw new EngineException(
                "cannot start the engine spark",
                "--master",
                master,
                "local[2], local-cluster[2,1,1024], standalone[2,1,1024], spark://host:7077, or another master of"
                        + " Spark's",
                "correct it; quote it in the shell, where brackets have a meaning");
    }

    /// Whether executors are processes that Spark starts from this one's environment.
    boolean isLocalCluster() {
        return CLUSTER.matcher(master).matches() && master.startsWith("local");
    }

    /// Whether the engine starts a master and workers itself.
    boolean isStandaloneHere() {
        return master.startsWith("standalone[");
    }

    /// How many workers the engine starts, the cores and the megabytes of each.
    int[] workers() {
        Matcher cluster = CLUSTER.matcher(master);
        if (!cluster.matches()) {
            throw new IllegalStateException(master + ": no cluster of this machine");
        }
        return new int[] {
            Integer.parseInt(cluster.group(2)), Integer.parseInt(cluster.group(3)), Integer.parseInt(cluster.group(4))
        };
    }

    /// The same with another master.
    SparkSettings on(String other) {
        return new SparkSettings(other, home, executors, start, round, properties, debug);
    }

    private static Path homeOfEnvironment() {
        return Path.of(Objects.requireNonNullElse(System.getenv("SPARK_HOME"), ""));
    }

    /// Whether tasks run in this very process.
    boolean isLocal() {
        return executors == 0 && master.startsWith("local") && !isLocalCluster();
    }

    /// Whether everything is on this machine and reached by the loopback address.
    boolean isOnThisMachine() {
        if (master.startsWith("local")) {
            return true;
        }
        Matcher standalone = STANDALONE.matcher(master);
        try {
            return standalone.matches()
                    && Stream.of(InetAddress.getAllByName(standalone.group(1)))
                            .allMatch(InetAddress::isLoopbackAddress);
        } catch (UnknownHostException unknown) {
            return false; // Spark will say so
        }
    }
}
