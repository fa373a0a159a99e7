package org.badak.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IncubatorNoticeTest {
    @AfterEach
    void forgetTheTerminal() {
        System.clearProperty(IncubatorNotice.TERMINAL);
    }

    @Test
    void noticeIsWipedOnATerminal() {
        System.setProperty(IncubatorNotice.TERMINAL, "true");
        assertThat(printed()).isEqualTo(IncubatorNotice.WIPE_LINE_ABOVE);
    }

    @Test
    void noticeStaysInAFileOrAPipe() {
        assertThat(printed()).isEmpty();
    }

    private static String printed() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        IncubatorNotice.erase(new PrintStream(bytes, true, UTF_8));
        return bytes.toString(UTF_8);
    }
}
