package org.badak.spark;

import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.SparkConf;
import org.badak.gradient.ShardEngine;
import org.badak.kernel.KernelChoice;

/// The code of Badak that executors need: where this process has it from.
final class BadakJars {
    private BadakJars() {}

    /// Has executors find it: jars are served by the driver, folders of classes are read where they
    /// lie.
    static void into(SparkConf configuration) {
        List<Path> places = places();
        boolean jars = places.stream().allMatch(Files::isRegularFile);
        String list = String.join(
                jars ? "," : File.pathSeparator,
                places.stream().map(Path::toString).toList());
        String name = jars ? "spark.jars" : "spark.executor.extraClassPath";
        String given = configuration.get(name, "");
        configuration.set(name, given.isEmpty() ? list : given + (jars ? "," : File.pathSeparator) + list);
    }

    private static List<Path> places() {
        Set<Path> places = new LinkedHashSet<>();
        places.add(placeOf(ShardEngine.class));
        places.add(placeOf(KernelChoice.current().set().getClass()));
        places.add(placeOf(BadakJars.class));
        return List.copyOf(places);
    }

    /// The jar or folder that a class is from.
    static Path placeOf(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        if (source == null) {
            throw new IllegalStateException(type + ": loaded from no file, so it cannot be sent to executors");
        }
        return Path.of(URI.create(source.getLocation().toString()));
    }
}
