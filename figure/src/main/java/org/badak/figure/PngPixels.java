package org.badak.figure;

import java.util.function.Function;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// The pixel data of a PNG: inflating, undoing the filters, and turning samples into gray.
final class PngPixels {
    // Adam7: first column, first row, distance of columns, distance of rows.
    private static final int[][] PASSES = {
        {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
    };
    private static final int[][] WHOLE = {{0, 0, 1, 1}};

    private final Header header;
    private final byte[] palette;
    private final byte[] transparency;
    private final Function<String, FigureException> damaged;

    /// What the IHDR chunk says.
    ///
    /// @param methods compression and filter method, both 0
    record Header(int width, int height, int depth, int colorType, int methods, int interlacing) {
        boolean valid() {
            boolean depthFits = switch (colorType) {
                case 0 -> depth == 1 || depth == 2 || depth == 4 || depth == 8 || depth == 16;
                case 3 -> depth == 1 || depth == 2 || depth == 4 || depth == 8;
                case 2, 4, 6 -> depth == 8 || depth == 16;
                default -> false;
            };
            return depthFits && methods == 0 && (interlacing == 0 || interlacing == 1);
        }

        int channels() {
            return switch (colorType) {
                case 2 -> 3;
                case 4 -> 2;
                case 6 -> 4;
                default -> 1;
            };
        }
    }

    PngPixels(Header header, byte[] palette, byte[] transparency, Function<String, FigureException> damaged) {
        this.header = header;
        this.palette = palette;
        this.transparency = transparency;
        this.damaged = damaged;
    }

    GrayImage decode(byte[] compressed) {
        byte[] pixels = new byte[header.width() * header.height()];
        int bitsPerPixel = header.depth() * header.channels();
        int distance = Math.max(1, bitsPerPixel / 8);
        try (Inflater inflater = new Inflater()) {
            inflater.setInput(compressed);
            for (int[] pass : header.interlacing() == 1 ? PASSES : WHOLE) {
                int columns = (header.width() - pass[0] + pass[2] - 1) / pass[2];
                int rows = (header.height() - pass[1] + pass[3] - 1) / pass[3];
                if (columns <= 0 || rows <= 0) {
                    continue;
                }
                int bytes = (columns * bitsPerPixel + 7) / 8;
                byte[] above = new byte[bytes];
                byte[] filter = new byte[1];
                for (int j = 0; j < rows; j++) {
                    byte[] row = new byte[bytes];
                    int y = pass[1] + j * pass[3];
                    fill(inflater, filter, y);
                    fill(inflater, row, y);
                    unfilter(filter[0], row, above, distance, y);
                    for (int i = 0; i < columns; i++) {
                        pixels[y * header.width() + pass[0] + i * pass[2]] = (byte) gray(row, i);
                    }
                    above = row;
                }
            }
        }
        return new GrayImage(header.width(), header.height(), pixels);
    }

    private void fill(Inflater inflater, byte[] target, int row) {
        try {
            int filled = 0;
            while (filled < target.length) {
                int n = inflater.inflate(target, filled, target.length - filled);
                if (n == 0 && (inflater.finished() || inflater.needsInput() || inflater.needsDictionary())) {
                    throw damaged.apply("the pixel data end in row " + row + " of " + header.height());
                }
                filled += n;
            }
        } catch (DataFormatException e) {
            throw damaged.apply("the pixel data of row " + row + " cannot be inflated (" + e.getMessage() + ")");
        }
    }

    private void unfilter(int filter, byte[] row, byte[] above, int distance, int y) {
        if (filter < 0 || filter > 4) {
            throw damaged.apply("row " + y + " has filter " + filter + ", expected 0 to 4");
        }
        for (int i = 0; i < row.length && filter != 0; i++) {
            int left = i < distance ? 0 : row[i - distance] & 255;
            int up = above[i] & 255;
            int corner = i < distance ? 0 : above[i - distance] & 255;
            row[i] += (byte)
                    switch (filter) {
                        case 1 -> left;
                        case 2 -> up;
                        case 3 -> (left + up) / 2;
                        default -> paeth(left, up, corner);
                    };
        }
    }

    private static int paeth(int left, int up, int corner) {
        int estimate = left + up - corner;
        int toLeft = Math.abs(estimate - left);
        int toUp = Math.abs(estimate - up);
        int toCorner = Math.abs(estimate - corner);
        return toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
    }

    /// The gray value of pixel i of a row, over white.
    private int gray(byte[] row, int i) {
        int n = header.channels();
        double full = (1 << header.depth()) - 1.0;
        return switch (header.colorType()) {
            case 0 -> {
                int sample = sample(row, i);
                yield isTransparent(sample) ? 255 : (int) Math.round(255 * sample / full);
            }
            case 2 -> {
                int r = sample(row, n * i);
                int g = sample(row, n * i + 1);
                int b = sample(row, n * i + 2);
                yield isTransparent(r, g, b) ? 255 : mix(r / full, g / full, b / full, 1);
            }
            case 3 -> indexed(sample(row, i));
            case 4 -> {
                double level = sample(row, n * i) / full;
                yield mix(level, level, level, sample(row, n * i + 1) / full);
            }
            default ->
                mix(
                        sample(row, n * i) / full,
                        sample(row, n * i + 1) / full,
                        sample(row, n * i + 2) / full,
                        sample(row, n * i + 3) / full);
        };
    }

    private int indexed(int index) {
        if (3 * index + 2 >= palette.length) {
            throw damaged.apply("found colour number " + index + " in a palette of " + palette.length / 3);
        }
        double alpha = index < transparency.length ? (transparency[index] & 255) / 255.0 : 1;
        return mix(
                (palette[3 * index] & 255) / 255.0,
                (palette[3 * index + 1] & 255) / 255.0,
                (palette[3 * index + 2] & 255) / 255.0,
                alpha);
    }

    private static int mix(double r, double g, double b, double alpha) {
        double level = 0.299 * r + 0.587 * g + 0.114 * b;
        return (int) Math.round(255 * (alpha * level + 1 - alpha));
    }

    /// Whether these samples are the one colour that tRNS declares transparent.
    private boolean isTransparent(int... samples) {
        if (transparency.length < 2 * samples.length) {
            return false;
        }
        boolean same = true;
        for (int i = 0; i < samples.length; i++) {
            same &= samples[i] == ((transparency[2 * i] & 255) << 8 | (transparency[2 * i + 1] & 255));
        }
        return same;
    }

    /// Sample number i of a row.
    private int sample(byte[] row, int i) {
        return switch (header.depth()) {
            case 16 -> (row[2 * i] & 255) << 8 | (row[2 * i + 1] & 255);
            case 8 -> row[i] & 255;
            default -> {
                int bit = i * header.depth();
                int shift = 8 - header.depth() - bit % 8;
                yield (row[bit / 8] & 255) >> shift & (1 << header.depth()) - 1;
            }
        };
    }
}
