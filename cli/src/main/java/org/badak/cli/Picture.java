package org.badak.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.badak.data.ArrayData;
import org.badak.data.DataException;
import org.badak.data.FileContent;
import org.badak.data.IdxArray;
import org.badak.data.IdxFile;
import org.badak.data.IdxType;
import org.badak.data.NpyArray;
import org.badak.data.NpyType;
import org.badak.figure.GrayImage;
import org.badak.figure.PngReader;
import org.badak.matrix.Shape;

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
    private static final int NPY_START = 0x93;
    private static final int ZIP_START = 0x50;
    private static final int GZIP_START = 0x1F;
    private static final int IMAGE_RANK = 3;

    /// All pictures of a file: PNG, NPY, NPZ, or IDX plain or gzip, told apart by content.
    ///
    /// @throws DataException if there are none
    static List<Picture> read(Path file) {
        int start = start(file);
        if (start == NPY_START || start == ZIP_START) {
            return read(file, ArrayData.readExamples(file));
        }
        if (start == PNG_START) {
            GrayImage image = PngReader.read(file);
            return List.of(new Picture(file, 0, true, image.height(), image.width(), image.pixels()));
        }
        if (start > 0 && start != GZIP_START || start < 0 && Files.isRegularFile(file)) {
            throw new DataException(
                    "cannot predict: a kind of file that is not known",
                    file.toString(),
                    FileContent.describe(file),
                    "a PNG image, or an IDX, NPY or NPZ file of images",
                    "save the picture as PNG");
        }
        IdxArray array = IdxFile.read(file);
        if (array.type() != IdxType.UNSIGNED_BYTE || array.rank() != IMAGE_RANK) {
            throw new DataException(
                    "cannot predict",
                    file.toString(),
                    array.type() + " of rank " + array.rank(),
                    "images: " + IdxType.UNSIGNED_BYTE + " of rank " + IMAGE_RANK,
                    "name a PNG, NPY or NPZ file or an IDX file of images");
        }
        return read(file, array.bytes(), array.dimension(0), array.dimension(1), array.dimension(2));
    }

    private static List<Picture> read(Path file, NpyArray array) {
        NpyArray all = array.rank() == 2 ? array.reshaped(1, array.dimension(0), array.dimension(1)) : array;
        if (all.type() != NpyType.UINT8 || ArrayData.shape(all, file.toString()).channels() != 1) {
            throw new DataException(
                    "cannot predict",
                    file.toString(),
                    array.toString(),
                    "grey images: uint8 of shape (height, width) or (count, height, width)",
                    "make it such an array: (255 * x).astype('uint8') of fractions from 0 to 1");
        }
        Shape shape = ArrayData.shape(all, file.toString());
        return read(file, all.bytes(), all.dimension(0), shape.height(), shape.width());
    }

    private static List<Picture> read(Path file, byte[] bytes, int count, int rows, int columns) {
        int size = rows * columns;
        List<Picture> pictures = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            pictures.add(new Picture(
                    file, i, count == 1, rows, columns, Arrays.copyOfRange(bytes, i * size, (i + 1) * size)));
        }
        return pictures;
    }

    /// The first byte; -1 where there is none: the reader then says what is wrong.
    private static int start(Path file) {
        if (!Files.isRegularFile(file)) {
            return -1;
        }
        try (InputStream in = Files.newInputStream(file)) {
            return in.read();
        } catch (IOException unreadable) {
            return -1;
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
        byte[] scaled = GrayImage.of(columns, rows, pixels)
                .fitted(wantedColumns, wantedRows)
                .pixels();
        return new Picture(file, index, alone, wantedRows, wantedColumns, scaled);
    }

    /// Whether the outermost pixels are light: ink on paper, not light ink on black as in MNIST.
    boolean isLightAtItsBorder() {
        return GrayImage.of(columns, rows, pixels).isLightAtItsBorder();
    }
}
