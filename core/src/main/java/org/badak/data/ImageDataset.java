package org.badak.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import org.badak.kernel.Kernels;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;
import org.badak.matrix.Shape;
import org.badak.matrix.SparseMatrix;
import org.jspecify.annotations.Nullable;

/// Labelled grey-scale images of one size, as bytes; immutable by agreement: the arrays are shared,
/// not copied, and nobody writes to them.
///
/// Pixels stay unsigned bytes (0 background, 255 full ink), a quarter of the memory of floats; a
/// batch scales them to [0, 1] as `pixel / 255f` when it is filled.
public final class ImageDataset implements Dataset {
    /// Images with at most this share of pixels that are not zero are loaded as sparse matrices: products with 30 %
    /// of the entries, skipping the others, were faster than dense ones by a clear margin.
    public static final double SPARSE_SHARE = 0.3;

    private static final int NO_LABEL = 255;

    private final String name;
    private final int count;
    private final int rows;
    private final int columns;
    private final int classes;
    private final byte[] pixels; // [count, rows * columns]
    private final int[] labels; // [count]
    private SparseMatrix.@Nullable Rows compressed; // made when first asked for
    private long nonZero = -1; // pixels that are not zero, counted when first asked for

    /// A data set over the given arrays, which are shared, not copied.
    ///
    /// @param name what messages call it, such as `mnist train`
    /// @param rows height of an image in pixels, at least 1
    /// @param columns width of an image in pixels, at least 1
    /// @param classes number of classes, at least 2
    /// @param pixels unsigned bytes, `[count, rows * columns]` row-major
    /// @param labels `[count]`, each from 0 to `classes - 1`; at least one
    /// @throws DataException if the arrays do not fit the sizes or each other, or a label is out of
    ///     range
    public ImageDataset(String name, int rows, int columns, int classes, byte[] pixels, int[] labels) {
        this(name, rows, columns, classes, pixels, labels, name, name);
    }

    private ImageDataset(
            String name,
            int rows,
            int columns,
            int classes,
            byte[] pixels,
            int[] labels,
            String imageOrigin,
            String labelOrigin) {
        this.name = Objects.requireNonNull(name, "name");
        if (rows < 1 || columns < 1 || (long) rows * columns > Integer.MAX_VALUE) {
            throw error(
                    "image size out of range",
                    imageOrigin,
                    rows + " x " + columns + " pixels",
                    "1 x 1 or more, at most " + Integer.MAX_VALUE + " pixels",
                    "use images that have pixels");
        }
        if (classes < 2) {
            throw error(
                    "too few classes",
                    labelOrigin,
                    classes + " classes",
                    "2 or more",
                    "give the number of classes that the labels stand for");
        }
        int features = rows * columns;
        if (pixels.length % features != 0) {
            throw error(
                    "the pixels are not whole images",
                    imageOrigin,
                    pixels.length + " pixels",
                    "a multiple of " + rows + " x " + columns + " = " + features,
                    "give whole images");
        }
        int images = pixels.length / features;
        if (images != labels.length) {
            throw error(
                    "as many labels as images are needed",
                    imageOrigin.equals(labelOrigin) ? imageOrigin : imageOrigin + " and " + labelOrigin,
                    images + " images and " + labels.length + " labels",
                    "equal counts",
                    "use the image and label files that belong together");
        }
        if (images == 0) {
            throw error("no samples", imageOrigin, "0 images", "1 or more", "use a file that holds images");
        }
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0 || labels[i] >= classes) {
                throw error(
                        "label out of range",
                        labelOrigin + ", sample " + i,
                        "label " + labels[i] + (labels[i] == NO_LABEL ? ", -1 as a signed byte" : ""),
                        "0 to " + (classes - 1),
                        "give the right number of classes or the right label file");
            }
        }
        this.count = images;
        this.rows = rows;
        this.columns = columns;
        this.classes = classes;
        this.pixels = pixels;
        this.labels = labels;
    }

    /// Reads images and labels from two IDX files, plain or gzip.
    ///
    /// @param name what messages call the data set
    /// @param images unsigned bytes of shape `[count, rows, columns]`
    /// @param labels unsigned bytes of shape `[count]`
    /// @param classes number of classes, at least 2
    /// @throws DataException if a file is bad, has another type or rank, or the two do not belong
    ///     together
    public static ImageDataset read(String name, Path images, Path labels, int classes) {
        IdxArray labelArray = expect(labels, "labels", 1);
        IdxArray imageArray = expect(images, "images", 3);
        byte[] bytes = labelArray.bytes();
        int[] values = new int[bytes.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = bytes[i] & 0xFF;
        }
        return new ImageDataset(
                name,
                imageArray.dimension(1),
                imageArray.dimension(2),
                classes,
                imageArray.bytes(),
                values,
                images.toString(),
                labels.toString());
    }

    private static IdxArray expect(Path file, String what, int rank) {
        IdxArray array = IdxFile.read(file);
        if (array.type() != IdxType.UNSIGNED_BYTE || array.rank() != rank) {
            throw error(
                    "not a file of " + what,
                    DataException.at(file, 2),
                    array.type() + " of rank " + array.rank(),
                    IdxType.UNSIGNED_BYTE + " of rank " + rank,
                    array.type() == IdxType.UNSIGNED_BYTE && array.rank() + rank == 4
                            ? "the image file and the label file may have been exchanged"
                            : "name the file of " + what);
        }
        return array;
    }

    /// What messages call this data set.
    @Override
    public String name() {
        return name;
    }

    /// Number of samples, at least 1.
    @Override
    public int count() {
        return count;
    }

    /// Height of an image in pixels.
    public int rows() {
        return rows;
    }

    /// Width of an image in pixels.
    public int columns() {
        return columns;
    }

    /// Pixels per image: `rows * columns`.
    @Override
    public int features() {
        return rows * columns;
    }

    /// One channel of rows x columns.
    @Override
    public Shape shape() {
        return new Shape(1, rows, columns);
    }

    /// Number of classes; labels go from 0 to `classes - 1`.
    @Override
    public int classes() {
        return classes;
    }

    /// Unsigned bytes, `[count, features]` row-major; shared, not copied: do not write to it.
    public byte[] pixels() {
        return pixels;
    }

    /// The label of one sample.
    ///
    /// @param index from 0 to `count - 1`
    @Override
    public int label(int index) {
        return labels[index];
    }

    /// The labels, `[count]`; shared, not copied: do not write to it.
    @Override
    public int[] labels() {
        return labels;
    }

    /// The first samples; copied, or this data set itself if all are asked for.
    ///
    /// @param samples from 1 to `count`
    /// @throws DataException if there are fewer
    @Override
    public ImageDataset head(int samples) {
        return slice(0, samples);
    }

    /// A run of samples; copied, or this data set itself if all are asked for.
    ///
    /// @param from index of the first
    /// @param to index after the last; more than `from`
    /// @throws DataException if the range is empty or goes beyond the samples
    public ImageDataset slice(int from, int to) {
        if (from < 0 || to > count || from >= to) {
            throw error(
                    "no such samples",
                    name,
                    "samples from " + from + " to " + to + " (exclusive)",
                    "a range that is not empty within 0 to " + count,
                    "ask for samples that the data set has");
        }
        if (to - from == count) {
            return this;
        }
        int features = features();
        byte[] some = new byte[(to - from) * features];
        System.arraycopy(pixels, from * features, some, 0, some.length);
        int[] someLabels = new int[to - from];
        System.arraycopy(labels, from, someLabels, 0, someLabels.length);
        return new ImageDataset(name, rows, columns, classes, some, someLabels);
    }

    /// The named samples in the named order; copied. An index may occur more than once.
    ///
    /// @param indices at least one, each from 0 to `count - 1`
    /// @throws DataException if there is none, or one is out of range
    @Override
    public ImageDataset select(int[] indices) {
        int features = features();
        if ((long) indices.length * features > Integer.MAX_VALUE - 8) {
            throw error(
                    "too many samples",
                    name,
                    indices.length + " samples of " + features + " pixels",
                    "at most " + (Integer.MAX_VALUE - 8) + " pixels",
                    "select fewer samples");
        }
        byte[] some = new byte[indices.length * features];
        int[] someLabels = new int[indices.length];
        for (int i = 0; i < indices.length; i++) {
            int index = indices[i];
            if (index < 0 || index >= count) {
                throw error(
                        "no such sample",
                        name,
                        "index " + index,
                        "0 to " + (count - 1),
                        "ask for samples that the data set has");
            }
            System.arraycopy(pixels, index * features, some, i * features, features);
            someLabels[i] = labels[index];
        }
        return new ImageDataset(name, rows, columns, classes, some, someLabels);
    }

    @Override
    public ImageDataset labelled(int[] others) {
        return new ImageDataset(name, rows, columns, classes, pixels, others);
    }

    /// SHA-256 of the content in lower-case hexadecimal; the name does not count. Hashed are, in this
    /// order: the ASCII text `badak-image-dataset-1` and a line feed; count, rows, columns and classes
    /// as 32-bit big-endian integers; the pixels; the labels as 32-bit big-endian integers. Computed
    /// at every call.
    @Override
    public String sha256() {
        var digest = Digests.sha256();
        digest.update("badak-image-dataset-1\n".getBytes(StandardCharsets.US_ASCII));
        var sizes = ByteBuffer.allocate(16);
        sizes.putInt(count).putInt(rows).putInt(columns).putInt(classes);
        digest.update(sizes.array());
        digest.update(pixels);
        var labelBytes = ByteBuffer.allocate(4 * count);
        labelBytes.asIntBuffer().put(labels);
        digest.update(labelBytes.array());
        return Digests.hexadecimal(digest);
    }

    /// [#sha256()]: of the pixels as they are.
    @Override
    public String sha256(Kernels kernels) {
        return sha256();
    }

    /// Name and sizes.
    @Override
    public String toString() {
        return name + ": " + count + " images of " + rows + " x " + columns + ", " + classes + " classes";
    }

    private static DataException error(String reason, String where, String found, String expected, String remedy) {
        return new DataException("cannot use the images: " + reason, where, found, expected, remedy);
    }

    /// Overwrites the rows of x with the pixels of the images `indices[first]`, … divided by 255.
    @Override
    public void load(Kernels kernels, int[] indices, int first, Matrix x) {
        if (x instanceof SparseMatrix sparse) {
            sparse.select(indices, first);
        } else {
            kernels.pixels(pixels, indices, first, x);
        }
    }

    /// Sparse where at most [#SPARSE_SHARE] of all pixels are not zero. The compressed pixels are made at the first
    /// call and kept.
    @Override
    public Matrix input(Kernels kernels, int rows, boolean sparseAllowed) {
        boolean sparse = sparseAllowed
                && kernels.precision() == Precision.FLOAT32
                && features() <= SparseMatrix.MOST_COLUMNS
                && density() <= SPARSE_SHARE;
        return sparse ? new SparseMatrix(compressed(), rows) : kernels.zeros(rows, features());
    }

    /// Share of all pixels that are not zero, 0 to 1.
    public synchronized double density() {
        if (nonZero < 0) {
            nonZero = SparseMatrix.countNonZero(pixels);
        }
        return (double) nonZero / pixels.length;
    }

    private synchronized SparseMatrix.Rows compressed() {
        if (compressed == null) {
            float[] values = new float[256];
            for (int value = 0; value < values.length; value++) {
                values[value] = value / 255f;
            }
            compressed = SparseMatrix.Rows.of(pixels, features(), values);
        }
        return compressed;
    }
}
