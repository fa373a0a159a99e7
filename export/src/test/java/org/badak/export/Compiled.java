package org.badak.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.badak.catalog.SavedModel;

/// An exported class, compiled for Java 17 and loaded with nothing else on its class path.
record Compiled(Class<?> type, String source, int jarBytes) {
    static Compiled of(SavedModel model, Path folder) throws Exception {
        String source = new JavaSource("exported", "Net").of(model, "a test");
        assertThat(source).as("ASCII").matches("[\\n -~]*");
        Path file = Files.writeString(folder.resolve("Net.java"), source);
        Path classes = Files.createDirectories(folder.resolve("classes"));
        Path nothing = Files.createDirectories(folder.resolve("nothing"));
        StringWriter said = new StringWriter();
        PrintWriter log = new PrintWriter(said, true);
        int exit = ToolProvider.findFirst("javac")
                .orElseThrow()
                .run(
                        log,
                        log,
                        "--release",
                        "17",
                        "-Xlint:all",
                        "-Werror",
                        "-proc:none",
                        "-cp",
                        nothing.toString(),
                        "-d",
                        classes.toString(),
                        file.toString());
        assertThat(exit).as(said.toString()).isZero();
        @SuppressWarnings("resource") // the class lives as long as its loader
        URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
        return new Compiled(loader.loadClass("exported.Net"), source, jarBytes(classes));
    }

    private static int jarBytes(Path classes) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes);
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                jar.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                jar.write(Files.readAllBytes(file));
                jar.closeEntry();
            }
        }
        return bytes.size();
    }

    float[] predict(float[] x) throws Exception {
        return (float[]) type.getMethod("predict", float[].class).invoke(null, x);
    }

    int classOf(float[] x) throws Exception {
        return (int) type.getMethod("classOf", float[].class).invoke(null, x);
    }

    float[] pixels(byte[] bytes) throws Exception {
        return (float[]) type.getMethod("pixels", byte[].class).invoke(null, bytes);
    }

    float[] predict(Map<String, String> row) throws Exception {
        return (float[]) type.getMethod("predict", Map.class).invoke(null, row);
    }

    /// A label or a number.
    Object answer(Map<String, String> row) throws Exception {
        try {
            return type.getMethod("answer", Map.class).invoke(null, row);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause() instanceof Exception told ? told : thrown;
        }
    }

    @SuppressWarnings("unchecked") // it is declared so
    List<String> texts(String field) throws Exception {
        return (List<String>) type.getField(field).get(null);
    }
}
