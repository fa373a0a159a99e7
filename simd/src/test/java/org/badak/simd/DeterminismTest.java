package org.badak.simd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.badak.testkit.Fingerprints;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The recorded bits, in processes whose JVM is told to use other instructions, compilers and garbage collectors.
///
/// A few by default, on a selection; `-Dbadak.determinism=all` for all of them, each on the whole catalog where that
/// takes seconds, with a table in `simd/target/determinism.txt`. docs/reliability.md says how.
class DeterminismTest {
    private static final boolean ALL = "all".equals(System.getProperty("badak.determinism"));
    private static final String MAIN = "org.badak.testkit.Fingerprints"; // testkit is on the class path of tests
    private static final String ONE = "optimizer/adam/decay/float32"; // where vectors are interpreted

    /// What a process is told.
    ///
    /// @param threads that compute
    /// @param names of the fingerprints, a regular expression
    /// @param flags of the JVM; those of another processor are passed over
    record Variant(int threads, String names, List<String> flags) {
        static Variant of(int threads, String names, String... flags) {
            return new Variant(threads, names, List.of(flags));
        }
    }

    static Stream<Variant> variants() {
        return ALL
                ? Stream.of(
                        Variant.of(1, Fingerprints.WHOLE, "-Dbadak.kernels=scalar"),
                        Variant.of(4, Fingerprints.WHOLE, "-Dbadak.kernels=scalar"),
                        Variant.of(2, Fingerprints.WHOLE, "-XX:UseAVX=3", "-XX:+UseG1GC"),
                        Variant.of(3, Fingerprints.WHOLE, "-XX:UseAVX=2", "-XX:+UseParallelGC"),
                        Variant.of(3, Fingerprints.WHOLE, "-Dbadak.simd.bits=128", "-XX:+UseSerialGC"),
                        Variant.of(2, Fingerprints.WHOLE, "-XX:UseAVX=1", "-XX:+UseZGC"),
                        Variant.of(2, Fingerprints.SMALL, "-XX:UseAVX=0", "-XX:+UseSerialGC"),
                        Variant.of(8, Fingerprints.WHOLE, "-XX:TieredStopAtLevel=1"),
                        Variant.of(1, Fingerprints.WHOLE, "-XX:-TieredCompilation"),
                        Variant.of(2, ONE, "-Xint"),
                        Variant.of(2, Fingerprints.SMALL, "-Xint", "-Dbadak.kernels=scalar"))
                : Stream.of(
                        Variant.of(
                                2,
                                Fingerprints.SMALL,
                                "-Dbadak.kernels=scalar",
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC"),
                        Variant.of(
                                2, Fingerprints.SMALL, "-Dbadak.simd.bits=128", "-XX:UseAVX=2", "-XX:+UseParallelGC"));
    }

    @ParameterizedTest
    @MethodSource("variants")
    void neitherInstructionsNorCompilersNorCollectorsChangeTheBits(Variant variant) throws Exception {
        Map<String, String> recorded = Fingerprints.recorded();
        List<String> lines = run(variant);
        Map<String, String> found = new LinkedHashMap<>();
        Map<String, String> expected = new LinkedHashMap<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] parts = line.split(" = ", 2);
            found.put(parts[0], parts[1]);
            expected.put(parts[0], recorded.getOrDefault(parts[0], "not recorded"));
        }
        assertThat(found).as(variant.toString()).isNotEmpty().isEqualTo(expected);
        if (variant.names().equals(Fingerprints.WHOLE)) {
            assertThat(found.keySet()).isEqualTo(recorded.keySet());
        }
        if (ALL) {
            Files.writeString(
                    Path.of("target", "determinism.txt"),
                    "| `" + String.join(" ", variant.flags()) + "` | "
                            + lines.getFirst().substring(2) + " | " + variant.threads() + " | " + found.size() + " |\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        }
    }

    @Test
    void classPathWithoutTheVectorModuleServesByScalarKernels() throws Exception {
        List<String> lines = run(
                Variant.of(1, ONE, "-XX:TieredStopAtLevel=1"),
                List.of(
                        "-cp",
                        System.getProperty("java.class.path")
                                + File.pathSeparator
                                + System.getProperty("jdk.module.path"),
                        MAIN));
        assertThat(lines)
                .containsExactly(
                        "# plain Java loops",
                        ONE + " = " + Fingerprints.recorded().getOrDefault(ONE, "not recorded"));
    }

    private static List<String> run(Variant variant) throws IOException, InterruptedException {
        return run(
                variant,
                List.of(
                        "--module-path",
                        System.getProperty("jdk.module.path"),
                        "--add-modules",
                        "org.badak.simd",
                        "-cp",
                        System.getProperty("java.class.path"),
                        MAIN));
    }

    private static List<String> run(Variant variant, List<String> program) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.add("-XX:+IgnoreUnrecognizedVMOptions");
        line.addAll(variant.flags());
        line.addAll(program);
        line.add(Integer.toString(variant.threads()));
        line.add(variant.names());
        Process process = new ProcessBuilder(line)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return out.lines().toList();
    }
}
