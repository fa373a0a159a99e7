package org.badak.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The launcher script in a project that is not one: its `mvnw` only makes an empty jar, its `java` only notes how it
/// was called.
@Timeout(60)
@DisabledOnOs(OS.WINDOWS) // a shell script
class LauncherTest {
    @TempDir
    Path folder;

    private Path home;
    private Path calls;
    private Path archive;

    @BeforeEach
    void project() throws IOException {
        home = folder.resolve("a project");
        calls = folder.resolve("calls");
        archive = home.resolve("cli/target/badak/classes.jsa");
        Path root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve("badak"))) {
            root = root.getParent();
        }
        for (String name : new String[] {"core", "simd", "cli"}) {
            Files.createDirectories(home.resolve(name + "/src/main"));
            Files.writeString(home.resolve(name + "/pom.xml"), "");
        }
        Files.writeString(home.resolve("pom.xml"), "");
        Files.copy(root.resolve("badak"), home.resolve("badak"));
        Files.copy(root.resolve("simd/jvm.options"), home.resolve("simd/jvm.options"));
        script(home.resolve("mvnw"), "mkdir -p cli/target/badak/lib; : >cli/target/badak/lib/badak-cli-1.jar");
        Files.createDirectories(folder.resolve("jdk/bin"));
        Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"25.0.1\"\n");
        script(folder.resolve("jdk/bin/javac"), "");
    }

    @Test
    void theFirstRunArchivesClassesAndEveryRunBeginsWithThem() throws Exception {
        java("case $* in *ArchiveClassesAtExit=*) echo made >'" + archive + "' ;; esac");
        assertThat(launch("doctor")).contains("Building Badak");
        assertThat(Files.readAllLines(calls)).hasSize(2);
        assertThat(Files.readAllLines(calls).get(0))
                .contains("-XX:ArchiveClassesAtExit=" + archive, "train --data digits");
        assertThat(launch("train --seed 7")).isEmpty();
        assertThat(Files.readAllLines(calls)).hasSize(3);
        assertThat(Files.readAllLines(calls).get(2))
                .startsWith("@" + home.resolve("simd/jvm.options"))
                .contains("-XX:SharedArchiveFile=" + archive)
                .endsWith("train --seed 7");
    }

    @Test
    void anArchiveThatCannotBeMadeIsDoneWithout() throws Exception {
        java("case $* in *ArchiveClassesAtExit=*) echo half >'" + archive + "'; echo trouble >&2; exit 1 ;; esac");
        assertThat(launch("doctor")).contains("Building Badak").doesNotContain("trouble");
        assertThat(archive).doesNotExist();
        assertThat(Files.readAllLines(calls).get(1)).endsWith("doctor");
    }

    private void java(String commands) throws IOException {
        script(folder.resolve("jdk/bin/java"), "echo \"$@\" >>'" + calls + "'\n" + commands);
    }

    private static void script(Path file, String commands) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + commands + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /// What the launcher writes; it must end with status 0.
    private String launch(String arguments) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", "exec sh '" + home.resolve("badak") + "' " + arguments);
        builder.environment().put("BADAK_JAVA_HOME", folder.resolve("jdk").toString());
        Process process = builder.redirectErrorStream(true).start();
        String written = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(written).isZero();
        return written;
    }
}
