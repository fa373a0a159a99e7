package org.badak.spark;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.badak.gradient.EngineException;

/// A standalone cluster of Spark's on this machine: a master and workers, processes of their own
/// that listen on the loopback address alone. They end with this object, and by themselves if this
/// process is killed: see [ClusterMember].
final class StandaloneCluster implements SparkEngine.Held {
    private static final String LOOPBACK = "127.0.0.1";
    private static final Duration ENDING = Duration.ofSeconds(10);

    private final String master;
    private final Path folder; // of logs and of what executors keep
    private final List<Process> processes = new ArrayList<>();

    private StandaloneCluster(String master, Path folder) {
        this.master = master;
        this.folder = folder;
    }

    /// Starts a cluster and waits until its master listens.
    ///
    /// @param home the folder of Spark
    /// @param workers how many
    /// @param cores of each
    /// @param megabytes of memory that executors of each may have
    /// @param deadline how long that may take
    /// @throws EngineException if it cannot be started, or not in time
    static StandaloneCluster start(Path home, int workers, int cores, int megabytes, Duration deadline) {
        if (!Files.isDirectory(home.resolve("jars"))) {
            throw new EngineException(
                    "cannot start a cluster",
                    home.toString().isEmpty() ? "SPARK_HOME" : home.toString(),
                    home.toString().isEmpty() ? "not set" : "no folder jars",
                    "the folder of a Spark " + SparkEngineProvider.VERSION,
                    SparkEngineProvider.GATHERING);
        }
        try {
            int port;
            try (Socket free = new Socket()) {
                free.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)); // any that is free
                port = free.getLocalPort();
            }
            Path folder = Files.createTempDirectory("badak-spark-");
            StandaloneCluster cluster = new StandaloneCluster("spark://" + LOOPBACK + ":" + port, folder);
            try {
                cluster.begin(home, "master", List.of("--port", Integer.toString(port)));
                cluster.awaitMaster(port, deadline);
                for (int worker = 1; worker <= workers; worker++) {
                    cluster.begin(
                            home,
                            "worker",
                            List.of(
                                    "--cores",
                                    Integer.toString(cores),
                                    "--memory",
                                    megabytes + "m",
                                    "--work-dir",
                                    folder.resolve("worker-" + worker).toString(),
                                    cluster.master));
                }
                return cluster;
            } catch (RuntimeException | IOException failed) {
                cluster.close();
                throw failed;
            }
        } catch (IOException failed) {
            throw new EngineException(
                    "cannot start a cluster",
                    home.toString(),
                    failed.toString(),
                    "a master and " + workers + " workers that start",
                    "check the folder, free memory and the number of processes that are allowed",
                    failed);
        }
    }

    private void begin(Path home, String member, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home", ""), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                home.resolve("jars") + File.separator + "*" + File.pathSeparator
                        + BadakJars.placeOf(ClusterMember.class),
                ClusterMember.class.getName(),
                member,
                "--host",
                LOOPBACK,
                "--webui-port",
                "0"));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(
                        folder.resolve(member + "-" + processes.size() + ".log").toFile());
        builder.environment()
                .putAll(Map.of(
                        "SPARK_HOME",
                        home.toAbsolutePath().toString(),
                        "SPARK_SCALA_VERSION",
                        "2.13",
                        "SPARK_LOCAL_IP",
                        LOOPBACK,
                        "SPARK_LOCAL_HOSTNAME",
                        LOOPBACK));
        processes.add(builder.start());
    }

    private void awaitMaster(int port, Duration deadline) throws IOException {
        long end = System.nanoTime() + deadline.toNanos();
        while (true) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
                return;
            } catch (IOException refused) {
                boolean dead = !processes.getFirst().isAlive();
                if (dead || System.nanoTime() - end > 0) {
                    throw new EngineException(
                            "the master of the cluster did not start",
                            master,
                            dead
                                    ? "its process has ended: " + lastLine(folder.resolve("master-0.log"))
                                    : "nothing listens there after " + deadline.toSeconds() + " s",
                            "a master that listens",
                            "wait longer with --start-timeout; check that Spark is " + SparkEngineProvider.VERSION);
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
        }
    }

    private static String lastLine(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log);
        return lines.isEmpty() ? "it has said nothing" : lines.getLast();
    }

    /// Its address.
    String master() {
        return master;
    }

    @Override
    public void close() {
        processes.forEach(Process::destroy);
        for (Process process : processes) {
            try {
                if (!process.waitFor(ENDING.toMillis(), TimeUnit.MILLISECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException interrupted) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
        try (Stream<Path> content = Files.walk(folder)) {
            content.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException left) {
            // what is left stands in the system's folder for such files
        }
    }
}
