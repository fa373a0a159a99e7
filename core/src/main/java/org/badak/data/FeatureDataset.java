package org.badak.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.badak.kernel.Kernels;
import org.badak.matrix.FloatMatrix;
import org.badak.matrix.Matrix;
import org.badak.matrix.Shape;
import org.badak.matrix.ShapeException;

/// Labelled examples of numbers: measurements, or images of several channels or of fractions. Immutable by agreement:
/// the arrays are shared, not copied, and nobody writes to them.
///
/// A batch takes the numbers as they are; whoever makes the data set has scaled them.
public final class FeatureDataset implements Dataset {
    private static final int HASHED = 1 << 14;

    private final String name;
    private final Shape shape;
    private final boolean bytes;
    private final int classes;
    private final float[] values; // [count, shape]
    private final int[] labels; // [count]

    /// A data set over the given arrays, which are shared, not copied.
    ///
    /// @param name what messages call it
    /// @param shape of one example
    /// @param bytes whether the numbers were unsigned bytes, divided by 255
    /// @param classes number of classes, at least 2
    /// @param values `[count, shape.size()]` row-major, all finite
    /// @param labels `[count]`, each from 0 to `classes - 1`; at least one
    /// @throws DataException if the arrays do not fit the shape or each other, a label is out of range or a
    ///     value is not finite
    public FeatureDataset(String name, Shape shape, boolean bytes, int classes, float[] values, int[] labels) {
        this.name = Objects.requireNonNull(name, "name");
        this.shape = Objects.requireNonNull(shape, "shape");
        if (classes < 2) {
            throw error(
                    "too few classes",
                    name,
                    classes + " classes",
                    "2 or more",
                    "give the number of classes that the labels stand for");
        }
        if (labels.length == 0) {
            throw error("no samples", name, "0 examples", "1 or more", "use data that has examples");
        }
        if ((long) labels.length * shape.size() != values.length) {
            throw error(
                    "as many labels as examples are needed",
                    name,
                    values.length + " numbers and " + labels.length + " labels",
                    shape.size() + " numbers for each label",
                    "use the examples and labels that belong together");
        }
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0 || labels[i] >= classes) {
                throw error(
                        "label out of range",
                        name + ", example " + i,
                        "label " + labels[i],
                        "0 to " + (classes - 1),
                        "give the right number of classes or the right labels");
            }
        }
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw error(
                        "a number is not finite",
                        name + ", example " + i / shape.size() + ", number " + i % shape.size(),
                        Float.toString(values[i]),
                        "finite numbers",
                        "replace it, or leave the example out: x[numpy.isfinite(x).all(axis=1)]");
            }
        }
        this.bytes = bytes;
        this.classes = classes;
        this.values = values;
        this.labels = labels;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int count() {
        return labels.length;
    }

    @Override
    public int features() {
        return shape.size();
    }

    @Override
    public Shape shape() {
        return shape;
    }

    @Override
    public int classes() {
        return classes;
    }

    @Override
    public int label(int index) {
        return labels[index];
    }

    @Override
    public int[] labels() {
        return labels;
    }

    /// Whether the numbers were unsigned bytes, divided by 255.
    public boolean bytes() {
        return bytes;
    }

    /// The numbers, `[count, features]` row-major; shared, not copied: do not write to it.
    public float[] values() {
        return values;
    }

    @Override
    public FeatureDataset head(int samples) {
        if (samples == count()) {
            return this;
        }
        int[] indices = new int[Math.clamp(samples, 0, count() + 1)];
        Arrays.setAll(indices, i -> i);
        return select(indices);
    }

    @Override
    public FeatureDataset select(int[] indices) {
        int features = features();
        if ((long) indices.length * features > Integer.MAX_VALUE - 8) {
            throw error(
                    "too many samples",
                    name,
                    indices.length + " examples of " + features + " numbers",
                    "at most " + (Integer.MAX_VALUE - 8) + " numbers",
                    "select fewer examples");
        }
        float[] some = new float[indices.length * features];
        int[] someLabels = new int[indices.length];
        for (int i = 0; i < indices.length; i++) {
            int index = indices[i];
            if (index < 0 || index >= count()) {
                throw error(
                        "no such sample",
                        name,
                        "index " + index,
                        "0 to " + (count() - 1),
                        "ask for examples that the data set has");
            }
            System.arraycopy(values, index * features, some, i * features, features);
            someLabels[i] = labels[index];
        }
        return new FeatureDataset(name, shape, bytes, classes, some, someLabels);
    }

    @Override
    public FeatureDataset labelled(int[] others) {
        return new FeatureDataset(name, shape, bytes, classes, values, others);
    }

    /// SHA-256 of the content in lower-case hexadecimal; the name does not count. Hashed are, in this order: the ASCII
    /// text `badak-feature-dataset-1` and a line feed; count, channels, height, width and classes, the bits of the
    /// numbers, and the labels, all as 32-bit big-endian integers. Computed at every call.
    @Override
    public String sha256() {
        var digest = Digests.sha256();
        digest.update("badak-feature-dataset-1\n".getBytes(StandardCharsets.US_ASCII));
        ByteBuffer sizes = ByteBuffer.allocate(20);
        sizes.putInt(count()).putInt(shape.channels()).putInt(shape.height()).putInt(shape.width());
        digest.update(sizes.putInt(classes).array());
        ByteBuffer some = ByteBuffer.allocate(Float.BYTES * HASHED);
        for (int first = 0; first < values.length; first += HASHED) {
            some.clear();
            int count = Math.min(HASHED, values.length - first);
            some.asFloatBuffer().put(values, first, count);
            digest.update(some.limit(Float.BYTES * count));
        }
        ByteBuffer labelBytes = ByteBuffer.allocate(4 * count());
        labelBytes.asIntBuffer().put(labels);
        digest.update(labelBytes.array());
        return Digests.hexadecimal(digest);
    }

    /// [#sha256()]: of the numbers as they are.
    @Override
    public String sha256(Kernels kernels) {
        return sha256();
    }

    @Override
    public void load(Kernels kernels, int[] indices, int first, Matrix x) {
        ShapeException.requireEqual("columns of a batch of " + name, features(), x.columns());
        for (int row = 0; row < x.rows(); row++) {
            int start = indices[first + row] * features();
            if (x instanceof FloatMatrix floats) {
                System.arraycopy(values, start, floats.data(), floats.index(row, 0), features());
            } else {
                for (int column = 0; column < x.columns(); column++) {
                    x.set(row, column, values[start + column]);
                }
            }
        }
    }

    /// Name and sizes.
    @Override
    public String toString() {
        return name + ": " + count() + " examples of " + shape + " numbers, " + classes + " classes";
    }

    private static DataException error(String reason, String where, String found, String expected, String remedy) {
        return new DataException("cannot use the examples: " + reason, where, found, expected, remedy);
    }
}
