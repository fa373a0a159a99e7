package org.badak.cli;

import java.net.URI;
import java.util.Locale;
import org.badak.data.DownloadProgress;

/// Shows a download: a line that is rewritten on a terminal, a line per file elsewhere.
final class DownloadBar implements DownloadProgress {
    private static final long EVERY_NANOSECONDS = 100_000_000;
    private static final double MEGABYTE = 1e6;

    private final Console console;
    private final boolean failures;
    private String announced = "";
    private long shown;

    /// @param failures whether mirrors that do not deliver are told
    DownloadBar(Console console, boolean failures) {
        this.console = console;
        this.failures = failures;
    }

    @Override
    public void received(String file, long received, long total) {
        boolean complete = received == total;
        if (!console.terminal().live()) {
            if (!announced.equals(file)) {
                announced = file;
                console.note(Texts.of("Downloading ", "내려받는 중: ") + file);
            }
            return;
        }
        long now = System.nanoTime();
        if (complete || now - shown > EVERY_NANOSECONDS) {
            shown = now;
            String size = total < 0 ? "" : String.format(Locale.ROOT, " / %.1f MB", total / MEGABYTE);
            console.notes()
                    .print(LiveLine.REWRITE
                            + String.format(
                                    Locale.ROOT,
                                    "%s%s  %.1f MB%s",
                                    Texts.of("Downloading ", "내려받는 중: "),
                                    file,
                                    received / MEGABYTE,
                                    size)
                            + (complete ? "\n" : ""));
            console.notes().flush();
        }
    }

    @Override
    public void failed(URI address, String reason) {
        if (!failures) {
            return;
        }
        console.note((console.terminal().live() ? LiveLine.REWRITE : "") + Texts.of("Not to be had from ", "받을 수 없음: ")
                + address + ": " + reason);
    }
}
