package org.badak.spark;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.badak.gradient.ShardEngine;
import org.badak.kernel.KernelChoice;

/// The code of Badak that executors need: where this process has it from.
final class BadakJars {
    private BadakJars() {}

    /// Has executors find it: jars are served by the driver, folders of classes are read where they
    /// lie.
    ///
    /// @param more places that they need
    static void into(SparkConf configuration, List<Path> more) {
        List<Path> places = places(more);
        boolean jars = places.stream().allMatch(Files::isRegularFile);
        String list = String.join(
                jars ? "," : File.pathSeparator,
                places.stream().map(Path::toString).toList());
        String name = jars ? "spark.jars" : "spark.executor.extraClassPath";
        String given = configuration.get(name, "");
        configuration.set(name, given.isEmpty() ? list : given + (jars ? "," : File.pathSeparator) + list);
    }

    private static List<Path> places(List<Path> more) {
        Set<Path> places = new LinkedHashSet<>();
        places.add(placeOf(ShardEngine.class));
        places.add(placeOf(KernelChoice.current().set().getClass()));
        places.add(placeOf(BadakJars.class));
        places.addAll(more);
        return List.copyOf(places);
    }

    /// The jar that a class is from and all that stand beside it; where it is from a folder, as while
    /// Badak is built, all that this process has classes from.
    static List<Path> beside(Class<?> type) {
        Path place = placeOf(type);
        Path folder = place.getParent();
        if (Files.isRegularFile(place) && folder != null) {
            try (Stream<Path> content = Files.list(folder)) {
                return content.filter(file -> file.toString().endsWith(".jar"))
                        .sorted()
                        .toList();
            } catch (IOException unreadable) {
                throw new UncheckedIOException(folder.toString(), unreadable);
            }
        }
        return Stream.of("java.class.path", "jdk.module.path")
                .flatMap(name -> Stream.of(System.getProperty(name, "").split(Pattern.quote(File.pathSeparator))))
                .filter(each -> !each.isEmpty())
                .map(Path::of)
                .toList();
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
