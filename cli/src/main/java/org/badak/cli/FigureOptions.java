package org.badak.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.badak.data.DurableFile;
import org.badak.data.Json;
import org.badak.figure.Graphic;
import org.badak.figure.Panels;
import picocli.CommandLine.Option;

/// The options on figures, and how figures are shown: drawn in the terminal, and written as SVG and PNG.
final class FigureOptions {
    private static final int ROWS = 22;
    private static final int PANEL_ROWS = 34;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "figures",
            description = "Folder for the figures, SVG and PNG. Default: ${DEFAULT-VALUE}.")
    private Path out = Path.of("figures");

    @Option(names = "--no-figures", description = "Neither write nor draw figures.")
    private boolean none;

    private final List<String> written = new ArrayList<>();

    /// Made by picocli.
    FigureOptions() {}

    /// Whether figures are wanted.
    boolean wanted() {
        return !none;
    }

    /// Draws a figure and writes it as `name.svg` and `name.png`.
    void show(String name, Graphic graphic, Console console) {
        if (none) {
            return;
        }
        console.result("");
        console.results()
                .print(graphic.terminal(
                        console.terminal().columns(),
                        graphic instanceof Panels ? PANEL_ROWS : ROWS,
                        console.terminal().style()));
        console.results().flush();
        try {
            Files.createDirectories(out);
            Path svg = out.resolve(name + ".svg");
            Path png = out.resolve(name + ".png");
            byte[] text = graphic.svg().getBytes(StandardCharsets.UTF_8);
            byte[] pixels = graphic.png();
            DurableFile.write(svg, stream -> stream.write(text));
            DurableFile.write(png, stream -> stream.write(pixels));
            written.add(svg.toString());
            written.add(png.toString());
            console.result(Texts.of("Figure: ", "그림: ") + svg + ", " + png);
        } catch (IOException failed) {
            throw CommandFailure.writing(out.resolve(name).toString(), failed);
        }
    }

    /// Writes a page beside the figures.
    void write(String name, String html, Console console) {
        if (none) {
            return;
        }
        Path page = out.resolve(name);
        try {
            Files.createDirectories(out);
            byte[] text = html.getBytes(StandardCharsets.UTF_8);
            DurableFile.write(page, stream -> stream.write(text));
        } catch (IOException failed) {
            throw CommandFailure.writing(page.toString(), failed);
        }
        written.add(page.toString());
        console.result(Texts.of("Page: ", "보고서: ") + page);
    }

    /// Paths of all files written.
    Json json() {
        return Json.of(written);
    }
}
