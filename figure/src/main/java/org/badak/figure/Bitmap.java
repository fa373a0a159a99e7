package org.badak.figure;

/// A picture of width × height pixels, row by row, 0xRRGGBB each.
record Bitmap(int width, int height, int[] rgb) {
    Bitmap {
        if (width < 1 || height < 1 || rgb.length != Math.multiplyExact(width, height)) {
            throw new FigureException("A bitmap of " + width + " × " + height + " cannot have " + rgb.length
                    + " pixels; give width × height values.");
        }
    }

    int at(int x, int y) {
        return rgb[y * width + x];
    }
}
