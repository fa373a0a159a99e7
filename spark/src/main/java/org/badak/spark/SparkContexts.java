package org.badak.spark;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.Utils;
import org.badak.gradient.EngineException;
import org.badak.kernel.KernelChoice;

/// Starts and stops Spark for Badak.
final class SparkContexts {
    private static final String LOOPBACK = "127.0.0.1";
    private static final Duration STOPPING = Duration.ofSeconds(20);
    private static final long LOOK_NANOSECONDS = TimeUnit.MILLISECONDS.toNanos(20);

    private SparkContexts() {}

    /// Spark that was started, and what ends with it.
    ///
    /// @param context Spark
    /// @param held a cluster of this machine, if one was started for it
    record Started(JavaSparkContext context, SparkEngine.Held held) implements SparkEngine.Held {
        @Override
        public void close() {
            stop(context);
            held.close();
        }
    }

    /// Starts Spark, and a cluster of this machine where the master asks for one, and waits for the
    /// executors.
    ///
    /// @param more code that executors need besides Badak's own
    /// @throws EngineException if it cannot be started, or they do not come in time
    static Started started(SparkSettings settings, List<Path> more) {
        if (!settings.isStandaloneHere()) {
            return new Started(start(settings, more), () -> {});
        }
        int[] sizes = settings.workers();
        StandaloneCluster cluster =
                StandaloneCluster.start(settings.home(), sizes[0], sizes[1], sizes[2], settings.start());
        try {
            return new Started(start(settings.on(cluster.master()), more), cluster);
        } catch (RuntimeException failed) {
            cluster.close();
            throw failed;
        }
    }

    private static JavaSparkContext start(SparkSettings settings, List<Path> more) {
        quieten(settings.debug());
        if (settings.isLocalCluster()) {
            requireHome();
        }
        if (settings.isOnThisMachine()) {
            Utils.setCustomHostname(LOOPBACK); // as SPARK_LOCAL_HOSTNAME, which cannot be set from here
        }
        awaitMaster(settings);
        JavaSparkContext context = construct(configuration(settings, more), settings);
        // Spark would stop at the first sign of an end, ctrl-C, and leave the step that is computed then
        // without its shards; whoever owns the engine closes it
        ShutdownHookManager.get().clearShutdownHooks();
        try {
            await(context, settings);
        } catch (EngineException late) {
            stop(context);
            throw late;
        }
        return context;
    }

    /// Waits until a standalone master listens: Spark itself would try for a minute and not say
    /// why.
    private static void awaitMaster(SparkSettings settings) {
        if (!settings.master().startsWith("spark://")) {
            return;
        }
        long deadline = System.nanoTime() + settings.start().toNanos();
        String[] masters = settings.master().substring("spark://".length()).split(",");
        for (int turn = 0; ; turn++) {
            String address = masters[turn % masters.length];
            int colon = address.lastIndexOf(':');
            try (Socket socket = new Socket()) {
                socket.connect(
                        new InetSocketAddress(
                                address.substring(0, colon).replaceAll("[\\[\\]]", ""),
                                Integer.parseInt(address.substring(colon + 1))),
                        1000);
                return;
            } catch (IOException | NumberFormatException refused) {
                if (System.nanoTime() - deadline > 0) {
                    throw late(settings, "no master: " + refused.getMessage());
                }
                LockSupport.parkNanos(LOOK_NANOSECONDS);
            }
        }
    }

    /// Spark waits in its constructor until the master has answered, up to a minute: so this is
    /// done in a thread of its own, and a context that comes too late is stopped there.
    private static JavaSparkContext construct(SparkConf configuration, SparkSettings settings) {
        CompletableFuture<JavaSparkContext> made = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        JavaSparkContext context = new JavaSparkContext(configuration);
                        if (!made.complete(context)) {
                            context.stop();
                        }
                    } catch (Throwable failed) { // given to whoever waits
                        made.completeExceptionally(failed);
                    }
                },
                "badak-spark-start");
        thread.setDaemon(true);
        thread.start();
        try {
            return made.get(settings.start().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            if (made.cancel(false)) {
                throw late(
                        settings,
                        "no answer from the master after " + settings.start().toSeconds() + " s");
            }
            return made.join();
        } catch (InterruptedException interrupted) {
            made.cancel(false);
            Thread.currentThread().interrupt();
            throw late(settings, "interrupted");
        } catch (ExecutionException failed) {
            throw new EngineException(
                    "cannot start Spark",
                    settings.master(),
                    rootOf(failed),
                    "a Spark " + SparkEngineProvider.VERSION + " that starts",
                    "see what it says with --debug",
                    failed);
        }
    }

    private static EngineException late(SparkSettings settings, String found) {
        return new EngineException(
                "no training on Spark: its executors did not come",
                settings.master(),
                found,
                "at least " + settings.executors() + " executors",
                "check that master and workers run, are Spark " + SparkEngineProvider.VERSION
                        + " on Java 25, and have free cores and memory; see what Spark says with --debug;"
                        + " wait longer with --start-timeout");
    }

    private static SparkConf configuration(SparkSettings settings, List<Path> more) {
        SparkConf configuration = new SparkConf(false)
                .setMaster(settings.master())
                .setAppName("badak")
                .set("spark.ui.enabled", "false")
                .set("spark.ui.showConsoleProgress", "false")
                .set("spark.locality.wait", "0s") // every executor has the data: none is nearer
                .set("spark.task.maxFailures", "8") // the work is pure: try again
                .set("spark.scheduler.mode", "FIFO");
        if (settings.isOnThisMachine()) {
            configuration.set("spark.driver.host", LOOPBACK).set("spark.driver.bindAddress", LOOPBACK);
        }
        if (!settings.isLocal()) {
            if (settings.isOnThisMachine()) {
                configuration
                        .set("spark.executorEnv.JAVA_HOME", System.getProperty("java.home", ""))
                        .set("spark.executorEnv.SPARK_LOCAL_IP", LOOPBACK)
                        .set("spark.executorEnv.SPARK_LOCAL_HOSTNAME", LOOPBACK)
                        .set("spark.executorEnv.SPARK_SCALA_VERSION", "2.13");
            }
            configuration.set(
                    "spark.executor.extraJavaOptions",
                    "--add-modules jdk.incubator.vector -D" + KernelChoice.PROPERTY + "="
                            + KernelChoice.current().set().name());
        }
        settings.properties().forEach((name, value) -> configuration.set(name, value));
        if (!settings.isLocal()) {
            BadakJars.into(configuration, more);
        }
        return configuration;
    }

    /// Executors of a local cluster are started by Spark from the environment alone.
    private static void requireHome() {
        String home = System.getenv("SPARK_HOME");
        if (home == null || !Files.isDirectory(Path.of(home, "jars"))) {
            throw new EngineException(
                    "cannot start a local cluster",
                    "the environment variable SPARK_HOME, from which Spark starts its executors",
                    home == null ? "not set" : home + " without a folder jars",
                    "the folder of a Spark " + SparkEngineProvider.VERSION,
                    SparkEngineProvider.GATHERING);
        }
    }

    /// Waits until the executors have come.
    private static void await(JavaSparkContext context, SparkSettings settings) {
        long deadline = System.nanoTime() + settings.start().toNanos();
        int found = executors(context);
        while (found < settings.executors()) {
            boolean stopped = context.sc().isStopped();
            if (stopped || System.nanoTime() - deadline > 0) {
                throw late(
                        settings,
                        stopped
                                ? "Spark has stopped: it could not reach the master"
                                : found + " executors after " + settings.start().toSeconds() + " s");
            }
            LockSupport.parkNanos(LOOK_NANOSECONDS);
            found = executors(context);
        }
    }

    /// How many executors there are.
    static int executors(JavaSparkContext context) {
        return context.sc().isStopped()
                ? 0
                : context.sc().getExecutorMemoryStatus().size() - 1; // the driver is on the list
    }

    /// Stops Spark; a stop that takes too long is left to itself.
    static void stop(JavaSparkContext context) {
        Thread stopping = new Thread(context::stop, "badak-spark-stop");
        stopping.setDaemon(true);
        stopping.start();
        try {
            stopping.join(STOPPING);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// What Spark says itself is configured before its first class is loaded, unless the user has
    /// done so.
    private static void quieten(boolean debug) {
        String property = "log4j2.configurationFile";
        URL file = SparkContexts.class.getResource(debug ? "log4j2-debug.properties" : "log4j2.properties");
        if (System.getProperty(property) == null && file != null) {
            System.setProperty(property, file.toString());
        }
    }

    /// The message of the exception that began it.
    static String rootOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && !root.getCause().equals(root)) {
            root = root.getCause();
        }
        String text = root.toString();
        int line = text.indexOf('\n');
        return line < 0 ? text : text.substring(0, line);
    }
}
