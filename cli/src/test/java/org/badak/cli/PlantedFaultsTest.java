package org.badak.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Faults that someone could make, each of which a test must catch: `planted-faults.txt` has for
/// each the source, the test, and the text before and after.
///
/// By default it is only checked that each can still be planted; `-Dbadak.faults=all` compiles
/// each into classes of its own that come before the real ones, runs its test on them, and writes
/// the table to `cli/target/faults.md`; any other word takes those whose title or test has it. For
/// that all modules must have been compiled with their tests. docs/reliability.md says how.
class PlantedFaultsTest {
    private static final String PLANTED = System.getProperty("badak.faults", "");
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final List<String> MODULES = List.of(
            "core", "tabular", "figure", "report", "server", "lab", "onnx", "export", "testkit", "acceptance", "cli");

    @TempDir
    Path folder;

    /// @param title what it is
    /// @param source the file, from the root
    /// @param module whose test catches it
    /// @param test its class
    /// @param before text that stands once in the source
    /// @param after what the fault makes of it
    private record Fault(String title, Path source, String module, String test, String before, String after) {
        static Fault parse(String text) {
            String[] lines = text.split("\n", 4);
            String[] named = lines[2].split(" ");
            String[] parts = lines[3].replaceFirst("^<<<<\n", "")
                    .replaceFirst("\n>>>>\\s*$", "")
                    .split("\n====\n?", 2);
            return new Fault(lines[0], Path.of(lines[1]), named[0], named[1], parts[0], parts[1]);
        }

        /// Whether it is to be planted, and its test run.
        boolean isWanted() {
            return PLANTED.equals("all") || !PLANTED.isEmpty() && (title + " " + test).contains(PLANTED);
        }

        String planted() throws IOException {
            String whole = Files.readString(ROOT.resolve(source));
            assertThat(whole.split(Pattern.quote(before), -1))
                    .as("%s: %s stands once in %s; mend planted-faults.txt", title, before, source)
                    .hasSize(2);
            return whole.replace(before, after);
        }
    }

    @Test
    void everyFaultIsCaughtByItsTest() throws Exception {
        List<Fault> faults = faults();
        assertThat(faults).hasSizeGreaterThanOrEqualTo(40);
        StringBuilder table = new StringBuilder();
        List<String> missed = new ArrayList<>();
        Set<String> sound = new HashSet<>();
        for (Fault fault : faults) {
            String planted = fault.planted();
            if (fault.isWanted()) {
                Path classes = folder.resolve("fault" + faults.indexOf(fault));
                compile(fault, planted, classes);
                if (sound.add(fault.test())) {
                    assertThat(run(fault, folder.resolve("none")))
                            .as("without a fault")
                            .startsWith("passed ");
                }
                String verdict = run(fault, classes);
                if (!verdict.startsWith("caught ")) {
                    missed.add(fault.title() + ": " + verdict);
                }
                table.append("| ")
                        .append(fault.title())
                        .append(" | `")
                        .append(fault.source().getFileName());
                table.append("` | `")
                        .append(fault.test().replaceAll(".*\\.", ""))
                        .append("` | ")
                        .append(verdict);
                table.append(" |\n");
                Files.writeString(Path.of("target", "faults.md"), table);
            }
        }
        assertThat(missed).isEmpty();
    }

    private static List<Fault> faults() throws IOException {
        List<Fault> faults = new ArrayList<>();
        for (String file : List.of("planted-faults.txt", "planted-faults-cures.txt", "planted-faults-server.txt")) {
            String text = Files.readString(
                    ROOT.resolve("cli/src/test/resources/org/badak/cli").resolve(file));
            Stream.of(text.split("(?m)^# "))
                    .filter(part -> !part.isBlank())
                    .map(Fault::parse)
                    .forEach(faults::add);
        }
        return faults;
    }

    private void compile(Fault fault, String planted, Path classes) throws IOException {
        Path source =
                folder.resolve("source").resolve(String.valueOf(fault.source().getFileName()));
        Files.createDirectories(Objects.requireNonNull(source.getParent()));
        Files.writeString(source, planted);
        Files.createDirectories(classes);
        StringWriter said = new StringWriter();
        PrintWriter log = new PrintWriter(said, true);
        int exit = ToolProvider.findFirst("javac")
                .orElseThrow()
                .run(
                        log,
                        log,
                        "-d",
                        classes.toString(),
                        "-cp",
                        classPath(classes),
                        "-proc:none",
                        "-nowarn",
                        source.toString());
        assertThat(exit).as(fault.title() + said).isZero();
    }

    /// Runs the test in a process of its own, on the class path, with the scalar kernels.
    ///
    /// @param classes that come before all others
    /// @return the last line of [OneTest]
    private String run(Fault fault, Path classes) throws IOException, InterruptedException {
        Path out = folder.resolve("out.txt");
        List<String> line = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-ea",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Djunit.jupiter.execution.parallel.enabled=false", // which the tests of core switch on
                "-Djava.io.tmpdir=" + folder, // a test that ends at once leaves its files
                "-cp",
                classPath(classes),
                "org.badak.cli.OneTest",
                fault.test());
        Process process = new ProcessBuilder(line)
                .directory(ROOT.resolve(fault.module()).toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        int exit = process.waitFor();
        String last = Files.readString(out).strip().replaceAll("(?s).*\n", "");
        return exit == (last.startsWith("caught ") ? 1 : 0) ? last : "exit " + exit + ", " + last;
    }

    /// The fault's classes, then those of all modules and their tests, then the libraries of this process.
    private static String classPath(Path classes) {
        List<String> places = new ArrayList<>(List.of(classes.toString()));
        for (String module : MODULES) {
            places.add(ROOT.resolve(module).resolve("target/classes").toString());
            places.add(ROOT.resolve(module).resolve("target/test-classes").toString());
        }
        String separator = File.pathSeparator;
        String libraries =
                System.getProperty("jdk.module.path", "") + separator + System.getProperty("java.class.path");
        for (String library : libraries.split(separator)) {
            if (library.endsWith(".jar")) {
                places.add(library);
            }
        }
        return String.join(separator, places);
    }
}
