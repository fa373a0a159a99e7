package org.badak.cli;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.badak.gradient.ShardEngine;
import org.badak.gradient.ShardEngineProvider;
import org.badak.gradient.ShardWork;
import org.badak.tune.TrialEngine;
import org.badak.tune.TrialEngineProvider;
import org.badak.tune.TrialFunction;

/// Apache Spark and Badak's module for it, loaded beside the program when they are asked for:
/// Spark's jars share packages, so that they cannot stand on the module path (decision 11).
///
/// @param home the folder of Spark
/// @param jar Badak's module for it
record SparkLibrary(Path home, Path jar) implements ShardEngineProvider, TrialEngineProvider {
    private static final String GATHER = "./mvnw -q -pl spark -am -DskipTests package";

    /// Looks for both: Spark in the folder named, in that of `SPARK_HOME`, and where the build
    /// gathers one; the module beside it and beside the program.
    ///
    /// @param named as typed; empty if it was not
    /// @throws CommandFailure if one is missing; says where it was looked for
    static SparkLibrary find(String named) {
        Path built = Path.of(System.getProperty("badak.home", ""), "spark", "target");
        String environment = Objects.requireNonNullElse(System.getenv("SPARK_HOME"), "");
        Path home = !named.isEmpty()
                ? Path.of(named)
                : !environment.isEmpty() ? Path.of(environment) : built.resolve("spark-home");
        if (!Files.isDirectory(home.resolve("jars"))) {
            throw missing(
                    "Apache Spark",
                    named.isEmpty() && environment.isEmpty()
                            ? "neither --spark-home nor SPARK_HOME is set, and there is no " + home
                            : home + " has no folder jars",
                    "the folder of a Spark 4.2 for Scala 2.13, with its folder jars",
                    "give --spark-home DIR or set SPARK_HOME; or call " + GATHER
                            + " in Badak's folder, which fetches one (some 200 MB) to spark/target/spark-home");
        }
        for (Path folder : List.of(built, beside().resolve("spark"), home.resolve("jars"))) {
            for (Path file : files(folder)) {
                String name = String.valueOf(file.getFileName());
                if (name.matches("badak-spark-.*\\.jar") && !name.matches(".*-(sources|javadoc|tests)\\.jar")) {
                    return new SparkLibrary(home.toAbsolutePath(), file.toAbsolutePath());
                }
            }
        }
        throw missing(
                "Badak's module for Apache Spark",
                "no badak-spark-*.jar in " + built + ", " + beside().resolve("spark") + " and " + home.resolve("jars"),
                "that jar",
                "call " + GATHER + " in Badak's folder");
    }

    private static CommandFailure missing(String what, String found, String expected, String remedy) {
        return new CommandFailure(
                "cannot compute on Spark: " + what + " was not found",
                "--engine spark",
                found,
                expected,
                remedy,
                new IllegalStateException("missing"));
    }

    /// The folder beside that of the program's jars.
    private static Path beside() {
        CodeSource source = SparkLibrary.class.getProtectionDomain().getCodeSource();
        Path jarOfProgram = source == null
                ? Path.of("")
                : Path.of(URI.create(source.getLocation().toString()));
        return jarOfProgram.toAbsolutePath().resolve("../..").normalize();
    }

    private static List<Path> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> content = Files.list(folder)) {
            return content.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new CommandFailure(
                    "cannot read the folder",
                    folder.toString(),
                    unreadable.toString(),
                    "a folder that may be read",
                    "check its permissions",
                    unreadable);
        }
    }

    @Override
    public String name() {
        return "spark";
    }

    /// @param settings those of the engine but its folder
    @Override
    public ShardEngine start(ShardWork work, Map<String, String> settings, Consumer<String> notes) {
        for (ShardEngineProvider provider : ServiceLoader.load(ShardEngineProvider.class, loader())) {
            if (provider.name().equals(name())) {
                return provider.start(work, withHome(settings), notes);
            }
        }
        throw withoutEngine();
    }

    /// @param settings those of the engine but its folder
    @Override
    public TrialEngine start(
            TrialFunction function, byte[] shared, Map<String, String> settings, Consumer<String> notes) {
        for (TrialEngineProvider provider : ServiceLoader.load(TrialEngineProvider.class, loader())) {
            if (provider.name().equals(name())) {
                return provider.start(function, shared, withHome(settings), notes);
            }
        }
        throw withoutEngine();
    }

    private Map<String, String> withHome(Map<String, String> settings) {
        Map<String, String> all = new LinkedHashMap<>(settings);
        all.put("home", home.toString());
        return all;
    }

    private CommandFailure withoutEngine() {
        return missing("its engine", jar + " has none", "a jar of this version of Badak", "build it again: " + GATHER);
    }

    /// Its parent is the program's own loader, so that both mean the same classes by
    /// org.badak.gradient.
    private ClassLoader loader() {
        List<URL> places = new ArrayList<>();
        try {
            places.add(jar.toUri().toURL());
            for (Path file : files(home.resolve("jars"))) {
                if (!String.valueOf(file.getFileName()).startsWith("badak-")) {
                    places.add(file.toUri().toURL());
                }
            }
        } catch (MalformedURLException impossible) {
            throw new IllegalStateException("the path of a file is always an address", impossible);
        }
        // never closed: classes are loaded until the process ends
        return new URLClassLoader("spark", places.toArray(URL[]::new), SparkLibrary.class.getClassLoader());
    }
}
