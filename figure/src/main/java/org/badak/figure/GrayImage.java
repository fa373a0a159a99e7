package org.badak.figure;

/// A gray picture: width × height pixels row by row, one byte without sign each, 0 black to 255 white.
public final class GrayImage {
    private static final int LIGHT = 128;

    private final int width;
    private final int height;
    private final byte[] pixels; // [height, width]

    GrayImage(int width, int height, byte[] pixels) {
        this.width = width;
        this.height = height;
        this.pixels = pixels;
    }

    /// A picture of these pixels.
    ///
    /// @param pixels [height, width], one byte without sign each; copied
    /// @throws FigureException unless there are as many as the size says
    public static GrayImage of(int width, int height, byte[] pixels) {
        if (width < 1 || height < 1 || (long) width * height != pixels.length) {
            throw new FigureException("picture: found " + pixels.length + " pixels, expected " + width + " × " + height
                    + "; give as many as the size says.");
        }
        return new GrayImage(width, height, pixels.clone());
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

    /// The picture in another size: each pixel is the mean over the area that it covers. The same picture where it has
    /// this size.
    public GrayImage fitted(int wantedWidth, int wantedHeight) {
        if (width == wantedWidth && height == wantedHeight) {
            return this;
        }
        byte[] scaled = new byte[wantedWidth * wantedHeight];
        for (int y = 0; y < wantedHeight; y++) {
            for (int x = 0; x < wantedWidth; x++) {
                scaled[y * wantedWidth + x] = (byte) Math.round(mean(
                        (double) y * height / wantedHeight, (y + 1.0) * height / wantedHeight,
                        (double) x * width / wantedWidth, (x + 1.0) * width / wantedWidth));
            }
        }
        return new GrayImage(wantedWidth, wantedHeight, scaled);
    }

    /// The mean over an area whose borders may cut pixels.
    private double mean(double top, double bottom, double left, double right) {
        double sum = 0;
        for (int y = (int) top; y < Math.min(height, Math.ceil(bottom)); y++) {
            double rows = Math.min(bottom, y + 1.0) - Math.max(top, y);
            for (int x = (int) left; x < Math.min(width, Math.ceil(right)); x++) {
                double columns = Math.min(right, x + 1.0) - Math.max(left, x);
                sum += rows * columns * at(x, y);
            }
        }
        return sum / ((bottom - top) * (right - left));
    }

    /// Whether the outermost pixels are light: ink on paper, not light ink on black as in MNIST.
    public boolean isLightAtItsBorder() {
        long sum = 0;
        int count = 0;
        for (int y = 0; y < height; y++) {
            boolean edge = y == 0 || y == height - 1;
            for (int x = 0; x < width; x += edge || width == 1 ? 1 : width - 1) {
                sum += at(x, y);
                count++;
            }
        }
        return sum >= (long) LIGHT * count;
    }
}
