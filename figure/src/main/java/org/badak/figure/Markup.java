package org.badak.figure;

import java.util.Base64;

/// Text and pictures made fit for a page of HTML or SVG.
public final class Markup {
    private Markup() {}

    /// Text as content or attribute value: nothing in it can become markup, and characters that XML forbids are
    /// replaced.
    public static String escape(String text) {
        return Text.escape(text);
    }

    /// A picture as a `data:` address of a PNG file.
    public static String imageAddress(Tile tile, ColorScale scale) {
        byte[] png = PngWriter.encode(tile.bitmap(scale, tile.least(), tile.most()));
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(png);
    }
}
