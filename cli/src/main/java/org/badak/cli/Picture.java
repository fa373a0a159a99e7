package org.badak.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.badak.data.DataException;
import org.badak.data.IdxArray;
import org.badak.data.IdxFile;
import org.badak.data.IdxType;
import org.badak.figure.GrayImage;
import org.badak.figure.PngReader;

/// A picture whose class is to be predicted.
///
/// @param file where it was found
/// @param index its number in the file, from 0
/// @param alone whether it is the only one in its file
/// @param rows height in pixels
/// @param columns width in pixels
/// @param pixels unsigned bytes, row by row
record Picture(Path file, int index, boolean alone, int rows, int columns, byte[] pixels) {
    private static final int PNG_START = 0x89;
    private static final int IMAGE_RANK = 3;
    private static final int LIGHT = 128;
    private static final int BYTE = 0xFF;

    /// All pictures of a file: PNG, or IDX plain or gzip, told apart by content.
    ///
    /// @throws DataException if there are none
    static List<Picture> read(Path file) {
        if (startsLikePng(file)) {
            GrayImage image = PngReader.read(file);
            return List.of(new Picture(file, 0, true, image.height(), image.width(), image.pixels()));
        }
        IdxArray array = IdxFile.read(file);
        if (array.type() != IdxType.UNSIGNED_BYTE || array.rank() != IMAGE_RANK) {
            throw new DataException(
                    "cannot predict",
                    file.toString(),
                    array.type() + " of rank " + array.rank(),
                    "images: " + IdxType.UNSIGNED_BYTE + " of rank " + IMAGE_RANK,
                    "name a PNG file or an IDX file of images");
        }
        byte[] bytes = array.bytes();
        int size = array.dimension(1) * array.dimension(2);
        List<Picture> pictures = new ArrayList<>();
        for (int i = 0; i < array.dimension(0); i++) {
            pictures.add(new Picture(
                    file,
                    i,
                    array.dimension(0) == 1,
                    array.dimension(1),
                    array.dimension(2),
                    Arrays.copyOfRange(bytes, i * size, (i + 1) * size)));
        }
        return pictures;
    }

    private static boolean startsLikePng(Path file) {
        if (!Files.isRegularFile(file)) {
            return false; // the IDX reader says what is wrong
        }
        try (InputStream in = Files.newInputStream(file)) {
            return in.read() == PNG_START;
        } catch (IOException unreadable) {
            return false; // likewise
        }
    }

    /// Its name in messages.
    String name() {
        return alone ? file.toString() : file + " [" + index + "]";
    }

    /// The picture in the size that a model takes.
    ///
    /// @param resize whether another size may be scaled
    /// @throws DataException if it may not
    Picture fit(int wantedRows, int wantedColumns, boolean resize) {
        if (rows == wantedRows && columns == wantedColumns) {
            return this;
        }
        if (!resize) {
            throw new DataException(
                    "cannot predict: the image has another size than those of the model",
                    name(),
                    rows + " x " + columns + " pixels",
                    wantedRows + " x " + wantedColumns,
                    "use --resize to have it scaled; best is a digit that fills the middle four fifths");
        }
        byte[] scaled = new byte[wantedRows * wantedColumns];
        for (int row = 0; row < wantedRows; row++) {
            for (int column = 0; column < wantedColumns; column++) {
                scaled[row * wantedColumns + column] = (byte) Math.round(mean(
                        (double) row * rows / wantedRows, (row + 1.0) * rows / wantedRows,
                        (double) column * columns / wantedColumns, (column + 1.0) * columns / wantedColumns));
            }
        }
        return new Picture(file, index, alone, wantedRows, wantedColumns, scaled);
    }

    /// The mean over an area whose borders may cut pixels.
    private double mean(double top, double bottom, double left, double right) {
        double sum = 0;
        for (int row = (int) top; row < Math.min(rows, Math.ceil(bottom)); row++) {
            double height = Math.min(bottom, row + 1.0) - Math.max(top, row);
            for (int column = (int) left; column < Math.min(columns, Math.ceil(right)); column++) {
                double width = Math.min(right, column + 1.0) - Math.max(left, column);
                sum += height * width * (pixels[row * columns + column] & BYTE);
            }
        }
        return sum / ((bottom - top) * (right - left));
    }

    /// Whether the outermost pixels are light: ink on paper, not light ink on black as in MNIST.
    boolean isLightAtItsBorder() {
        long sum = 0;
        int count = 0;
        for (int row = 0; row < rows; row++) {
            boolean edge = row == 0 || row == rows - 1;
            for (int column = 0; column < columns; column += edge || columns == 1 ? 1 : columns - 1) {
                sum += pixels[row * columns + column] & BYTE;
                count++;
            }
        }
        return sum >= (long) LIGHT * count;
    }
}
