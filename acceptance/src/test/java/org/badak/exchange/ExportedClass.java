package org.badak.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.spi.ToolProvider;
import org.badak.catalog.SavedModel;
import org.badak.export.JavaSource;

/// A model exported as a class of Java 17, compiled, and loaded with nothing of Badak beside it.
record ExportedClass(Class<?> type) {
    static ExportedClass of(SavedModel model, Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("Net.java"), new JavaSource("", "Net").of(model, "a test"));
        Path classes = Files.createDirectories(folder.resolve("classes"));
        StringWriter said = new StringWriter();
        PrintWriter log = new PrintWriter(said, true);
        int exit = ToolProvider.findFirst("javac")
                .orElseThrow()
                .run(log, log, "--release", "17", "-proc:none", "-cp", "", "-d", classes.toString(), file.toString());
        assertThat(exit).as(said.toString()).isZero();
        @SuppressWarnings("resource") // the class lives as long as its loader
        URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
        return new ExportedClass(loader.loadClass("Net"));
    }

    float[] pixels(byte[] bytes) throws Exception {
        return (float[]) type.getMethod("pixels", byte[].class).invoke(null, bytes);
    }

    float[] predict(float[] x) throws Exception {
        return (float[]) type.getMethod("predict", float[].class).invoke(null, x);
    }

    float[] predict(Map<String, String> row) throws Exception {
        return (float[]) type.getMethod("predict", Map.class).invoke(null, row);
    }
}
