package org.badak.figure;

/// A gray picture: width × height pixels row by row, one byte without sign each, 0 black to 255 white.
public final class GrayImage {
    private final int width;
    private final int height;
    private final byte[] pixels; // [height, width]

    GrayImage(int width, int height, byte[] pixels) {
        this.width = width;
        this.height = height;
        this.pixels = pixels;
    }

    /// Pixels per row.
    public int width() {
        return width;
    }

    /// Rows.
    public int height() {
        return height;
    }

    /// A copy of the pixels.
    public byte[] pixels() {
        return pixels.clone();
    }

    /// The pixel at a place, 0 … 255.
    public int at(int x, int y) {
        return pixels[y * width + x] & 255;
    }
}
