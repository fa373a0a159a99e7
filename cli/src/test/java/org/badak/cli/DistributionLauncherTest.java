package org.badak.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The launcher of the distribution beside a `java` that only says how it was called; `.ci/distribution` tries a real
/// one.
@Timeout(60)
@DisabledOnOs(OS.WINDOWS) // a shell script
class DistributionLauncherTest {
    @TempDir
    Path folder;

    private Path home;

    @BeforeEach
    void distribution() throws IOException {
        home = folder.toRealPath().resolve("a place/badak-1");
        Path root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve("badak"))) {
            root = root.getParent();
        }
        Files.createDirectories(home.resolve("bin"));
        Files.createDirectories(home.resolve("java/bin"));
        Files.copy(root.resolve("dist/badak"), home.resolve("bin/badak"));
        Path java = Files.writeString(
                home.resolve("java/bin/java"), "#!/bin/sh\nfor word in \"$@\"; do echo \"$word\"; done\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void itsOwnJavaRunsTheModuleFromAnyPlace() throws Exception {
        Path links = Files.createDirectories(folder.resolve("links"));
        Files.createSymbolicLink(links.resolve("one"), Path.of("../a place/badak-1/bin/badak"));
        Files.createSymbolicLink(links.resolve("badak"), Path.of("one"));
        for (Path called : List.of(home.resolve("bin/badak"), links.resolve("badak"))) {
            assertThat(launch(0, called.toString(), "train", "two words", "*"))
                    .startsWith("@" + home.resolve("jvm.options"))
                    .endsWith("--module", "org.badak.cli/org.badak.cli.Main", "train", "two words", "*")
                    .contains("-Dbadak.terminal=false", "-Dbadak.terminal.out=false", "-Xmx1g", "-Da=*");
        }
    }

    @Test
    void benchmarksHaveAClassPath() throws Exception {
        assertThat(launch(0, home.resolve("bin/badak").toString(), "bench", "--json"))
                .endsWith("-cp", home.resolve("bench/badak-bench.jar").toString(), "org.badak.bench.Main", "--json");
    }

    @Test
    void aFolderWithoutItsJavaIsTold() throws Exception {
        Files.delete(home.resolve("java/bin/java"));
        assertThat(String.join("\n", launch(1, home.resolve("bin/badak").toString(), "--version")))
                .contains("not whole", home.resolve("java/bin/java").toString(), "Unpack it again");
    }

    /// The lines that it writes.
    private List<String> launch(int status, String... words) throws Exception {
        List<String> line = new ArrayList<>(List.of("sh"));
        line.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(line).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/bin:/bin");
        builder.environment().put("BADAK_JAVA_OPTS", "-Xmx1g -Da=*");
        Process process = builder.redirectErrorStream(true).start();
        String written = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(written).isEqualTo(status);
        return written.lines().toList();
    }
}
