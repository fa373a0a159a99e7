package org.badak.figure;

/// How the values of a picture become colours.
public enum ColorScale {
    /// Smallest value black, largest white.
    GRAY,
    /// Smallest value white, largest black: ink on paper.
    INK,
    /// Blue below zero, white at zero, red above; symmetric about zero. For weights.
    DIVERGING;

    // Blue and red of ColorBrewer's RdBu at the ends, which people with colour blindness can tell apart.
    private static final int[] BLUE_END = {0x05, 0x30, 0x61};
    private static final int[] BLUE_MIDDLE = {0x43, 0x93, 0xC3};
    private static final int[] WHITE = {0xF7, 0xF7, 0xF7};
    private static final int[] RED_MIDDLE = {0xD6, 0x60, 0x4D};
    private static final int[] RED_END = {0x67, 0x00, 0x1F};

    /// Colour 0xRRGGBB of a value, for values from `low` to `high`; grey-violet for NaN.
    int color(double value, double low, double high) {
        if (Double.isNaN(value)) {
            return 0x8080A0;
        }
        if (this == DIVERGING) {
            double most = Math.max(Math.abs(low), Math.abs(high));
            double t = most == 0 ? 0 : Math.clamp(value / most, -1.0, 1.0);
            int[] middle = t < 0 ? BLUE_MIDDLE : RED_MIDDLE;
            double size = Math.abs(t);
            return size <= 0.5 ? mix(WHITE, middle, 2 * size) : mix(middle, t < 0 ? BLUE_END : RED_END, 2 * size - 1);
        }
        double t = high > low ? Math.clamp((value - low) / (high - low), 0.0, 1.0) : 0;
        int level = (int) Math.round(255 * (this == GRAY ? t : 1 - t));
        return level << 16 | level << 8 | level;
    }

    private static int mix(int[] from, int[] to, double t) {
        int rgb = 0;
        for (int i = 0; i < 3; i++) {
            rgb = rgb << 8 | (int) Math.round(from[i] + t * (to[i] - from[i]));
        }
        return rgb;
    }
}
