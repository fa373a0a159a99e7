package org.badak.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.spi.ToolProvider;
import org.badak.catalog.ModelFile;
import org.badak.catalog.SavedModel;
import org.badak.data.GeneratedDigits;
import org.badak.data.ImageDataset;
import org.badak.data.Json;
import org.badak.model.Predictor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A trained model exported through the command line, compiled, and asked.
class JavaExportTest {
    @TempDir
    Path folder;

    @Test
    void aTrainedModelAnswersInJavaWithTheSameBits() throws Exception {
        train("--data", "digits", "--train-count", "300", "--test-count", "50", "--iterations", "50", "--hidden", "12");
        Path file = folder.resolve("out/Digits.java");
        Run run = export(file, "--package", "org.example", "--json");
        assertThat(run.exit()).as(run.err()).isZero();
        SavedModel model = ModelFile.read(folder.resolve("run/model.safetensors"));
        assertThat(run.text("parameters_sha256")).isEqualTo(model.parameters().sha256());
        assertThat(run.number("bytes")).isEqualTo((double) Files.size(file));
        assertThat(run.err()).contains("Digits.CLASSES.get(Digits.classOf(Digits.pixels(bytes)))");
        Class<?> type = compiled(file, "org.example.Digits");
        Predictor predictor = Predictor.of(model.network(), model.parameters());
        ImageDataset digits = GeneratedDigits.generate(5, 20, 1).train();
        for (int i = 0; i < digits.count(); i++) {
            byte[] image = Arrays.copyOfRange(digits.pixels(), 784 * i, 784 * (i + 1));
            float[] x = (float[]) type.getMethod("pixels", byte[].class).invoke(null, image);
            float[] expected = new float[10];
            predictor.predict(x, expected);
            assertThat(type.getMethod("predict", float[].class).invoke(null, x)).isEqualTo(expected);
        }
    }

    @Test
    void aModelOfATableAnswersWhatPredictAnswers() throws Exception {
        StringBuilder text = new StringBuilder("size,colour,kind\n");
        for (int i = 0; i < 60; i++) {
            text.append(i % 2 == 0 ? 6 + i % 3 : 9 + i % 5).append(i % 3 == 0 ? ",red," : ",yellow,");
            text.append(i % 2 == 0 ? "apple\n" : "banana\n");
        }
        Path table = Files.writeString(folder.resolve("fruits.csv"), text.toString());
        train("--data", table.toString(), "--epochs", "5");
        Path file = folder.resolve("Fruits.java");
        assertThat(export(file).exit()).isZero();
        Class<?> type = compiled(file, "Fruits");
        Run predicted = Run.of("predict", folder.resolve("run").toString(), table.toString(), "--json");
        int row = 1;
        for (Json answer : ((Json.Items) predicted.json().get("predictions")).values()) {
            String[] cells = Files.readAllLines(table).get(row++).split(",");
            assertThat(type.getMethod("answer", Map.class).invoke(null, Map.of("size", cells[0], "colour", cells[1])))
                    .isEqualTo(((Json.Text) ((Json.Members) answer).values().get("label")).value());
        }
        assertThat(row).isEqualTo(61);
    }

    @Test
    void anExportIsWrittenOverAndNothingElse() throws Exception {
        train("--data", "digits", "--train-count", "60", "--test-count", "20", "--iterations", "2", "--hidden", "3");
        Path file = folder.resolve("Digits.java");
        assertThat(export(file).exit()).isZero();
        assertThat(export(file).exit()).isZero();
        assertThat(export(folder.resolve("3.java")).err()).contains("--out: class: found '3', expected a name of Java");
        assertThat(export(file, "--package", "a..b").err()).contains("package: found 'a..b', expected a name of Java");
        Files.writeString(file, "class Digits {}");
        Run refused = export(file);
        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.err()).contains("--out: found " + file + ", which is not an export");
        assertThat(file).hasContent("class Digits {}");
        Locale before = Locale.getDefault(Locale.Category.DISPLAY);
        try {
            Locale.setDefault(Locale.Category.DISPLAY, Locale.KOREAN);
            assertThat(export(folder.resolve("Other.java")).out()).contains("자바 17");
        } finally {
            Locale.setDefault(Locale.Category.DISPLAY, before);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --format jav --out Digits.java              | --format: found jav, expected one of onnx, npz, safetensors, java
            --format java --out digits.txt              | --out: found digits.txt, expected a file of Java
            --format java --out A.java --layout keras   | --layout: found it beside --format java
            --format onnx --out A.java --package a      | --package: found it beside --format onnx
            """)
    void mistakesAreTold(String options, String message) {
        Run run = Run.of(("export " + folder + " " + options).split(" "));
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains(message).doesNotContain("\tat ");
    }

    private void train(String... options) {
        String[] line = Arrays.copyOf(new String[] {"train"}, options.length + 3);
        System.arraycopy(options, 0, line, 1, options.length);
        line[options.length + 1] = "--out";
        line[options.length + 2] = folder.resolve("run").toString();
        Run run = Run.of(line);
        assertThat(run.exit()).as(run.err()).isZero();
    }

    private Run export(Path file, String... more) {
        String[] line = Arrays.copyOf(
                new String[] {"export", folder.resolve("run").toString(), "--format", "java", "--out", file.toString()},
                6 + more.length);
        System.arraycopy(more, 0, line, 6, more.length);
        return Run.of(line);
    }

    private Class<?> compiled(Path file, String name) throws Exception {
        Path classes = folder.resolve("classes");
        StringWriter said = new StringWriter();
        PrintWriter log = new PrintWriter(said, true);
        int exit = ToolProvider.findFirst("javac")
                .orElseThrow()
                .run(log, log, "--release", "17", "-proc:none", "-d", classes.toString(), file.toString());
        assertThat(exit).as(said.toString()).isZero();
        @SuppressWarnings("resource") // the class lives as long as its loader
        URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
        return loader.loadClass(name);
    }
}
