package org.badak.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import org.badak.data.DataLocations;
import org.badak.lab.Lab;
import org.badak.server.Access;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `badak lab`: the chapter, training, drawing and runs in the browser.
@Command(
        name = "lab",
        header = "Opens the lab in the browser.",
        description = {
            "Opens a page in the browser: the rooms of the chapter, training to watch and to steer, a board to draw"
                    + " digits on, and the runs side by side. The page is served by this program, to this machine only,"
                    + " and fetches nothing from elsewhere. Ctrl-C ends it."
        })
final class LabCommand extends BadakCommand {
    private static final int MOST_PORT = 65_535;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "0",
            description = "Port of the page; 0: any that is free. Default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(
            names = "--host",
            paramLabel = "NAME",
            description = "Let other machines in, by this interface, such as 0.0.0.0; the link then holds a token."
                    + " Default: this machine only.")
    private String host = "";

    @Option(
            names = "--runs",
            paramLabel = "DIR",
            defaultValue = "runs",
            description = "The folder of runs. Default: ${DEFAULT-VALUE}.")
    private Path runs = Path.of("runs");

    @Option(names = "--no-open", description = "Print the link and open no browser.")
    private boolean quiet;

    /// Made by picocli.
    LabCommand() {}

    @Override
    Outcome run(Console console) {
        if (port < 0 || port > MOST_PORT) {
            throw UsageException.of("--port", port, "0 to " + MOST_PORT, "leave it out to use any that is free");
        }
        if (Files.exists(runs) && !Files.isDirectory(runs)) {
            throw UsageException.of("--runs", runs + ", a file", "a folder", "name a folder; it need not exist yet");
        }
        String token = host.isEmpty() ? "" : Access.newToken();
        CountDownLatch end = new CountDownLatch(1);
        try (Lab lab = NetworkOptions.checked(
                "--host",
                () -> Lab.open(new Access(host, port, token, List.of()), runs, DataLocations.ofEnvironment()))) {
            console.result(Texts.of("The lab is open: ", "실험실이 열렸습니다: ") + lab.link());
            console.result(Texts.of("Ctrl-C ends it.", "Ctrl-C를 누르면 끝납니다."));
            console.results().flush();
            if (!quiet && hasDesktop()) {
                browse(lab.link(), console);
            }
            Interruption.onStop(end::countDown);
            end.await();
            return Outcome.ok(
                    new ObjectBuilder().put("link", lab.link().toString()).json());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Outcome.ok(new ObjectBuilder().json());
        }
    }

    private static boolean hasDesktop() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        return system.contains("mac")
                || system.contains("win")
                || System.getenv("DISPLAY") != null
                || System.getenv("WAYLAND_DISPLAY") != null;
    }

    /// Hands the link to the desktop; where that fails the printed link is enough.
    private static void browse(URI link, Console console) {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        List<String> command = system.contains("mac")
                ? List.of("open", link.toString())
                : system.contains("win")
                        ? List.of("rundll32", "url.dll,FileProtocolHandler", link.toString())
                        : List.of("xdg-open", link.toString());
        try {
            new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException absent) {
            console.note(
                    Texts.of("No browser could be opened; open the link by hand.", "브라우저를 열 수 없습니다. 위 주소를 직접 여십시오."));
        }
    }
}
