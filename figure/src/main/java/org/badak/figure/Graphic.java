package org.badak.figure;

/// Something that can be drawn in three ways from one description: SVG text, PNG bytes, terminal text.
public sealed interface Graphic permits Figure, ImageGrid, ConfusionMatrix, ParallelCoordinates, Panels {

    /// The title, which is also the accessible name of the SVG.
    String title();

    /// A self-contained SVG document in the natural size of the graphic. It follows the reader's light or dark theme.
    default String svg() {
        return Rendering.svg(this);
    }

    /// A self-contained SVG document of width × height user units.
    ///
    /// @throws FigureException if a side is below 160 or above 8192
    default String svg(int width, int height) {
        return Rendering.svg(this, width, height);
    }

    /// A PNG file of width × height pixels, light theme. The same description gives the same bytes on every machine:
    /// nothing of the machine's fonts or graphics is used. Text grows with the picture.
    ///
    /// @throws FigureException if a side is below 160 or above 8192
    default byte[] png(int width, int height) {
        return Rendering.png(this, width, height);
    }

    /// A PNG file in natural proportions, 1440 pixels wide.
    default byte[] png() {
        return Rendering.png(this);
    }

    /// Lines of text, each ended by `\n`, that fit into columns × rows characters where that is possible.
    ///
    /// @throws FigureException if there are fewer than 20 columns or 6 rows
    default String terminal(int columns, int rows, TerminalStyle style) {
        return Rendering.terminal(this, columns, rows, style);
    }
}
