package org.badak.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void versionIsTheOneTheBuildWroteIntoTheModule() {
        assertThat(run("--version")).isZero();
        assertThat(out.toString()).containsPattern("^badak \\d+\\.\\d+\\.\\d+").contains("Java " + Runtime.version());
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void helpGoesToStandardOutput() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("Usage: badak");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void unknownOptionIsAMistakeOfUsage() {
        assertThat(run("--colour")).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains("--colour");
    }

    @Test
    void noCommandIsAMistakeOfUsage() {
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).contains("command").contains("Usage: badak");
    }

    private int run(String... arguments) {
        return Main.commandLine(new PrintWriter(out, true), new PrintWriter(err, true))
                .execute(arguments);
    }
}
