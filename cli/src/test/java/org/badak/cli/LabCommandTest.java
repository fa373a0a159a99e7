package org.badak.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The lab as a command: it says where it is, answers there, and ends when asked.
@Timeout(120)
class LabCommandTest {
    @TempDir
    Path folder;

    @Test
    void mistakesAreTold() throws Exception {
        assertThat(Run.of("lab", "--port", "70000").exit()).isEqualTo(2);
        assertThat(Run.of("lab", "--port", "70000").err()).contains("--port: found 70000, expected 0 to 65535");
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThat(Run.of("lab", "--runs", file.toString()).err()).contains("--runs", "a file", "a folder");
        assertThat(Run.of("lab", "--host", "no such host").err()).contains("--host", "no such host");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS) // which has no signals
    void linkIsPrintedThePageAnswersThereAndASignalEndsIt() throws Exception {
        Path out = folder.resolve("out");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "--module-path",
                        System.getProperty("jdk.module.path"),
                        "--module",
                        "org.badak.cli/org.badak.cli.Main",
                        "lab",
                        "--no-open")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        Matcher link = Pattern.compile("http://127\\.0\\.0\\.1:[0-9]+/?").matcher("");
        while (!link.reset(Files.exists(out) ? Files.readString(out, UTF_8) : "")
                .find()) {
            assertThat(process.isAlive()).as("the lab runs").isTrue();
            TimeUnit.MILLISECONDS.sleep(20);
        }
        try (InputStream page = URI.create(link.group()).toURL().openStream()) {
            assertThat(new String(page.readAllBytes(), UTF_8)).contains("/app.js");
        }

        process.destroy();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(143);
        assertThat(folder.resolve("runs")).doesNotExist();
    }
}
