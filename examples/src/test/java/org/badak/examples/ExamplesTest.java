package org.badak.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.badak.data.DataLocations;
import org.badak.data.MnistSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs each example and checks the chapter's figures in what it prints; two of them as a reader does,
/// `java Example.java`.
class ExamplesTest {
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?([eE]-?\\d+)?");

    private static URLClassLoader examples;

    @TempDir
    private static Path compiled;

    @TempDir
    private Path folder;

    @BeforeAll
    static void compile() throws IOException {
        List<String> arguments = new ArrayList<>(
                List.of("-d", compiled.toString(), "--class-path", System.getProperty("java.class.path")));
        try (Stream<Path> files = Files.list(Path.of(""))) {
            files.map(Path::toString).filter(name -> name.endsWith(".java")).forEach(arguments::add);
        }
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        int exit = ToolProvider.getSystemJavaCompiler().run(null, said, said, arguments.toArray(String[]::new));
        assertThat(exit).as(said.toString(StandardCharsets.UTF_8)).isZero();
        examples = new URLClassLoader(new URL[] {compiled.toUri().toURL()});
    }

    @AfterAll
    static void close() throws IOException {
        examples.close();
    }

    @Test
    void lossFunctionsPrintsTheChaptersErrors() throws Exception {
        List<String> lines = launch("LossFunctions");
        assertThat(number(lines, "sum of squared error, y1:", 0)).isCloseTo(0.0975, within(1e-15));
        assertThat(number(lines, "sum of squared error, y2:", 0)).isCloseTo(0.5975, within(1e-15));
        assertThat(number(lines, "cross-entropy error, y1:", 0)).isCloseTo(0.510825457099338, within(1e-15));
        assertThat(number(lines, "cross-entropy error, y2:", 0)).isCloseTo(2.302584092994546, within(1e-15));
        double mean = (0.510825457099338 + 2.302584092994546) / 2;
        assertThat(number(lines, "mini-batch, one-hot targets:", 0)).isCloseTo(mean, within(1e-15));
        assertThat(number(lines, "mini-batch, labels:", 0)).isCloseTo(mean, within(1e-15));
    }

    @Test
    void numericalDifferentiationPrintsTheChaptersDerivatives() throws Exception {
        List<String> lines = run("NumericalDifferentiation");
        assertThat(line(lines, "f'(5)  =")).isEqualTo("0.1999999999990898");
        assertThat(line(lines, "f'(10) =")).isEqualTo("0.2999999999986347");
        assertThat(line(lines, "df/dx0 =")).isEqualTo("6.00000000000378");
        assertThat(line(lines, "df/dx1 =")).isEqualTo("7.999999999999119");
        assertThat(number(lines, "tangent at 5, at x = 0:", 0)).isCloseTo(-0.25, within(1e-10));
        assertThat(number(lines, "float32, h = 1e-4:", 0))
                .isCloseTo(0.2, within(0.01))
                .isNotEqualTo(0.2f);
        assertThat(line(lines, "float32, h = 1e-50:")).isEqualTo("NaN");
        double coarse = number(lines, "1e-01", 1);
        double best = number(lines, "1e-05", 1);
        double fine = number(lines, "1e-15", 1);
        assertThat(best).isLessThan(1e-10).isLessThan(fine);
        assertThat(number(lines, "1e-01", 0)).isGreaterThan(1e-4); // forward: f''h/2 = 1e-3
        assertThat(coarse).isLessThan(1e-10); // central is exact for a parabola, but for rounding
        assertThat(fine).isGreaterThan(1e-3);
    }

    @Test
    void gradientDescentPrintsTheChaptersPointsAndVerdicts() throws Exception {
        List<String> lines = run("GradientDescent");
        assertPoint(lines, "gradient at [3.0, 4.0] =", 6, 8, 1e-10);
        assertPoint(lines, "gradient at [0.0, 2.0] =", 0, 4, 1e-10);
        assertPoint(lines, "gradient at [3.0, 0.0] =", 6, 0, 1e-10);
        assertPoint(lines, "learning rate 0.1, 100 steps:", -6.1111e-10, 8.1481e-10, 1e-13);
        assertPoint(lines, "learning rate 0.1, 20 steps:", -0.0345876, 0.0461169, 1e-7);
        assertPoint(lines, "learning rate 10.0, 100 steps:", -2.5898e13, -1.2952e12, 1e9);
        assertPoint(lines, "learning rate 1.0E-10, 100 steps:", -2.99999994, 3.99999992, 1e-9);
        assertThat(lines).anyMatch(line -> line.startsWith("  diverged"));
        assertThat(lines).anyMatch(line -> line.startsWith("  hardly moved"));
    }

    @Test
    void simpleNetPrintsTheChaptersLossAndGradient() throws Exception {
        List<String> lines = run("SimpleNet");
        double[] p = {1.054148091, 0.630716529, 1.132807401};
        for (int i = 0; i < 3; i++) {
            assertThat(number(lines, "p =", i)).isCloseTo(p[i], within(1e-9));
        }
        assertThat(line(lines, "argmax =")).isEqualTo("2");
        assertThat(number(lines, "loss =", 0)).isCloseTo(0.9280682857864075, within(1e-15));
        double[] dW = {0.21924757, 0.14356243, -0.36281000, 0.32887136, 0.21534364, -0.54421500};
        List<String> rows = lines.stream().filter(line -> line.startsWith("dW")).toList();
        for (int i = 0; i < 6; i++) {
            assertThat(number(List.of(rows.get(i / 3)), "dW", i % 3)).isCloseTo(dW[i], within(1e-7));
        }
    }

    @Test
    void ownLayerPassesTheGradientCheck() throws Exception {
        List<String> lines = run("OwnLayer");
        assertThat(lines.getFirst()).contains("passed");
        assertThat(lines).anyMatch(line -> line.startsWith("s2 ") && line.endsWith("AGREES"));
    }

    @Test
    void twoLayerNetLearnsGeneratedDigits() throws Exception {
        List<String> lines = launch("TwoLayerNetMnist", "401", "generated");
        assertThat(lines.getFirst()).contains("generated digits");
        assertThat(number(lines, "epoch 0:", 0)).isBetween(0.05, 0.2); // as good as guessing
        assertThat(lines.stream().filter(line -> line.startsWith("epoch"))).hasSize(5);
        assertThat(number(lines, "end:", 0)).isGreaterThan(0.5);
        assertThat(number(lines, "end:", 1)).isGreaterThan(0.5);
        assertThat(number(lines, "loss of the first and the last mini-batch:", 0))
                .isCloseTo(Math.log(10), within(0.05))
                .isGreaterThan(number(lines, "loss of the first and the last mini-batch:", 1));
    }

    @Test
    void twoLayerNetLearnsWhatTheBookSaysInOneEpochNeedsMnist() throws Exception {
        assumeTrue(
                MnistSource.mnist().find(DataLocations.ofEnvironment()).isPresent(),
                "MNIST is neither in BADAK_DATA_HOME nor in the cache");
        List<String> lines = run("TwoLayerNetMnist", "601");
        assertThat(lines.getFirst()).contains("MNIST");
        assertThat(number(lines, "epoch 1:", 0)).isCloseTo(0.7893, within(0.03)); // the book's figures
        assertThat(number(lines, "epoch 1:", 1)).isCloseTo(0.7947, within(0.03));
    }

    @Test
    void predictionIsRightOnMostGeneratedDigits() throws Exception {
        List<String> lines = run("Prediction");
        assertThat(number(lines, "correct:", 0)).isBetween(400.0, 500.0);
        assertThat(number(lines, "correct:", 1)).isEqualTo(500);
        double sum = 0;
        for (int i = 0; i < 10; i++) {
            sum += number(lines, "probabilities of image 0:", i);
        }
        assertThat(sum).isCloseTo(1, within(1e-5));
    }

    @Test
    void resumedRunEndsInTheBitsOfOneThatWasNotInterrupted() throws Exception {
        List<String> lines = run("Resume");
        assertThat(line(lines, "interrupted:")).isEqualTo("power failure at step 170");
        assertThat(number(lines, "resumed at step:", 0)).isEqualTo(160);
        assertThat(line(lines, "resumed:")).hasSize(64).isEqualTo(line(lines, "uninterrupted:"));
    }

    @Test
    void readmeNamesEveryExample() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        try (Stream<Path> files = Files.list(Path.of(""))) {
            assertThat(files.map(Path::toString).filter(name -> name.endsWith(".java")))
                    .isNotEmpty()
                    .allMatch(readme::contains);
        }
    }

    /// JBang takes Java, libraries and options from the first lines of a program. [#launch] starts it with those
    /// options.
    @Test
    void jbangFindsWhatEveryExampleNames() throws IOException {
        String version = first("(?m)^  <version>(.*)</version>$", Path.of("../pom.xml"));
        List<String> managed = all("<artifactId>(.*)</artifactId>", Path.of("../bom/pom.xml"));
        List<Path> examples;
        try (Stream<Path> files = Files.list(Path.of(""))) {
            examples = files.filter(file -> file.toString().endsWith(".java")).toList();
        }
        assertThat(examples).isNotEmpty();
        for (Path example : examples) {
            assertThat(directive(example, "JAVA")).as("%s", example).containsExactly("25+");
            List<String> libraries = directive(example, "DEPS");
            assertThat(libraries)
                    .as("%s", example)
                    .startsWith("org.badak:badak-bom:" + version + "@pom")
                    .contains("org.badak:badak-core");
            for (String library : libraries.subList(1, libraries.size())) {
                String name = library.substring("org.badak:".length());
                Path pom = Path.of("..", name.substring("badak-".length()), "pom.xml");
                assertThat(managed).as("the BOM, for %s", example).contains(name);
                assertThat(all("<artifactId>(.*)</artifactId>", pom)).contains(name);
            }
        }
    }

    /// The words of the directives of a name, `//NAME word word`, at the head of a program.
    private static List<String> directive(Path example, String name) throws IOException {
        return Files.readAllLines(example).stream()
                .takeWhile(line -> line.startsWith("//"))
                .filter(line -> line.startsWith("//" + name + " "))
                .flatMap(line -> Stream.of(line.substring(name.length() + 3).split(" ")))
                .toList();
    }

    private static String first(String pattern, Path file) throws IOException {
        return all(pattern, file).getFirst();
    }

    private static List<String> all(String pattern, Path file) throws IOException {
        return Pattern.compile(pattern)
                .matcher(Files.readString(file))
                .results()
                .map(result -> result.group(1))
                .toList();
    }

    private static void assertPoint(List<String> lines, String start, double x, double y, double tolerance) {
        assertThat(number(lines, start, 0)).isCloseTo(x, within(tolerance));
        assertThat(number(lines, start, 1)).isCloseTo(y, within(tolerance));
    }

    /// The rest of the only line that starts so.
    private static String line(List<String> lines, String start) {
        List<String> found =
                lines.stream().filter(line -> line.startsWith(start)).toList();
        assertThat(found).as("lines that start with %s in %s", start, lines).hasSize(1);
        return found.getFirst().substring(start.length()).strip();
    }

    private static double number(List<String> lines, String start, int index) {
        Matcher matcher = NUMBER.matcher(line(lines, start));
        for (int i = 0; i <= index; i++) {
            assertThat(matcher.find())
                    .as("number %d of the line %s", index, start)
                    .isTrue();
        }
        return Double.parseDouble(matcher.group());
    }

    /// Runs an example in this process, compiled as it is: a process of its own for each would compile Badak's kernels
    /// anew, and takes five times as long.
    private List<String> run(String example, String... arguments) throws ReflectiveOperationException {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            Class<?> type = Class.forName(example, true, examples);
            Method main = main(type);
            Object receiver = null;
            if (!Modifier.isStatic(main.getModifiers())) {
                Constructor<?> constructor = type.getDeclaredConstructor();
                constructor.setAccessible(true);
                receiver = constructor.newInstance();
            }
            main.setAccessible(true);
            if (main.getParameterCount() == 0) {
                main.invoke(receiver);
            } else {
                main.invoke(receiver, (Object) arguments);
            }
        } finally {
            System.setOut(before);
        }
        return printed.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private static Method main(Class<?> type) throws NoSuchMethodException {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> method.getName().equals("main"))
                .findFirst()
                .orElseThrow(() -> new NoSuchMethodException(type + ": no main method"));
    }

    /// Runs an example as a reader does.
    private List<String> launch(String example, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Dstdout.encoding=UTF-8"));
        command.addAll(directive(Path.of(example + ".java"), "RUNTIME_OPTIONS"));
        command.addAll(List.of("--class-path", System.getProperty("java.class.path"), example + ".java"));
        command.addAll(Arrays.asList(arguments));
        Path output = folder.resolve("output");
        Path errors = folder.resolve("errors");
        Process process = new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        try {
            assertThat(process.waitFor(120, TimeUnit.SECONDS))
                    .as("%s ends", example)
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue())
                .as("exit of %s, which said: %s", example, Files.readString(errors, StandardCharsets.UTF_8))
                .isZero();
        return Files.readAllLines(output, StandardCharsets.UTF_8);
    }
}
