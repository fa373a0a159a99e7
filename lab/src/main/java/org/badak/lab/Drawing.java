package org.badak.lab;

import java.util.Arrays;

/// A drawn picture made like those of MNIST: the ink fitted into 20 x 20 pixels, its shape kept, and its centre of mass
/// put into the middle of 28 x 28 (LeCun, Cortes, Burges, *The MNIST database of handwritten digits*).
final class Drawing {
    /// Side of a picture in pixels.
    static final int SIDE = 28;

    private static final int INNER = 20;
    private static final double INKED = 0.05;

    private Drawing() {}

    /// The picture fitted and centred.
    ///
    /// @param pixels 28 x 28, row by row, 0 white to 1 black
    /// @return a new picture; an empty one stays as it is
    static double[] centred(double[] pixels) {
        int top = SIDE;
        int bottom = -1;
        int left = SIDE;
        int right = -1;
        for (int i = 0; i < pixels.length; i++) {
            if (pixels[i] > INKED) {
                top = Math.min(top, i / SIDE);
                bottom = Math.max(bottom, i / SIDE);
                left = Math.min(left, i % SIDE);
                right = Math.max(right, i % SIDE);
            }
        }
        if (bottom < 0) {
            return pixels.clone();
        }
        double zoom = (double) Math.max(bottom - top + 1, right - left + 1) / INNER;
        double mass = Arrays.stream(pixels).sum();
        double centreX = 0;
        double centreY = 0;
        for (int i = 0; i < pixels.length; i++) {
            int column = i % SIDE;
            int row = i / SIDE;
            centreX += pixels[i] * column / mass;
            centreY += pixels[i] * row / mass;
        }
        double[] fitted = new double[pixels.length];
        double middle = (SIDE - 1) / 2.0;
        for (int i = 0; i < fitted.length; i++) {
            int column = i % SIDE;
            int row = i / SIDE;
            double x = centreX + (column - middle) * zoom;
            double y = centreY + (row - middle) * zoom;
            fitted[i] = between(pixels, x, y);
        }
        return fitted;
    }

    /// The picture between its pixels, bilinear; white outside.
    private static double between(double[] pixels, double x, double y) {
        int column = (int) Math.floor(x);
        int row = (int) Math.floor(y);
        double dx = x - column;
        double dy = y - row;
        return (1 - dy) * ((1 - dx) * at(pixels, row, column) + dx * at(pixels, row, column + 1))
                + dy * ((1 - dx) * at(pixels, row + 1, column) + dx * at(pixels, row + 1, column + 1));
    }

    private static double at(double[] pixels, int row, int column) {
        return row >= 0 && row < SIDE && column >= 0 && column < SIDE ? pixels[row * SIDE + column] : 0;
    }
}
