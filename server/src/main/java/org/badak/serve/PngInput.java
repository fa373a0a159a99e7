package org.badak.serve;

import java.util.List;
import org.badak.catalog.Inputs;
import org.badak.figure.FigureException;
import org.badak.figure.GrayImage;
import org.badak.figure.PngReader;
import org.badak.server.Refusal;

/// A PNG file as input of a network: gray, scaled to its size by the mean over areas.
final class PngInput {
    private static final int WHITE = 255;

    private PngInput() {}

    /// Reads a file into a row.
    ///
    /// @param invert whether black and white are exchanged
    /// @param x [rows, inputs], the row overwritten
    /// @param notes gets one if the image looks inverted
    /// @throws Refusal 400 if it is not a PNG file that can be read
    static void read(byte[] file, Inputs.Images images, boolean invert, float[] x, int row, List<String> notes) {
        GrayImage image;
        try {
            image = PngReader.read("the image", file).fitted(images.width(), images.rows());
        } catch (FigureException bad) {
            throw new Refusal(
                    400,
                    "the image cannot be read",
                    "the body",
                    String.valueOf(bad.getMessage()),
                    "a PNG file of at most " + PngReader.GREATEST_SIDE + " x " + PngReader.GREATEST_SIDE + " pixels",
                    "send a PNG file");
        }
        byte[] pixels = image.pixels();
        for (int i = 0; i < pixels.length; i++) {
            int pixel = pixels[i] & WHITE;
            x[row * pixels.length + i] = (invert ? WHITE - pixel : pixel) / (float) WHITE;
        }
        if (image.isLightAtItsBorder() != invert) {
            notes.add("row " + row + ": the image is light at its border, but the model knows light ink on black: try "
                    + (invert ? "without ?invert=true" : "?invert=true"));
        }
    }
}
