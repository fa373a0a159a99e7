package org.badak.spark;

import java.io.Serializable;
import java.util.Arrays;
import org.badak.data.Examples;
import org.badak.gradient.EngineException;
import org.badak.kernel.Kernels;
import org.badak.matrix.FloatMatrix;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;
import org.badak.matrix.Shape;

/// Examples of any kind as arrays that can be sent: the same features, to the bit, as float32
/// kernels see them. Where there are at most 256 different ones, as in images, a byte for each
/// stands in place of four.
///
/// @param name of the examples
/// @param count how many
/// @param dimensions channels, height and width of one
/// @param classes how many; 0 where examples have target values
/// @param labels class of each; empty where they have target values
/// @param codes of the features, row by row: places in `values`; empty if these are too many
/// @param values of the codes; or the features themselves, row by row
/// @param targetColumns how many target values each has
/// @param targets those, row by row
/// @param weights of each; empty if all weigh the same
record PackedExamples(
        String name,
        int count,
        int[] dimensions,
        int classes,
        int[] labels,
        byte[] codes,
        float[] values,
        int targetColumns,
        float[] targets,
        double[] weights)
        implements Examples, Serializable {
    /// The most bytes that are sent: every executor holds them all.
    static final long MOST_BYTES = 1L << 30;

    private static final int BLOCK = 1024; // rows read at a time

    /// Packs examples.
    ///
    /// @throws EngineException if they are too large to be sent
    static PackedExamples of(Examples examples) {
        Shape shape = examples.shape();
        int count = examples.count();
        long numbers = (long) count * examples.features();
        requireRoom(examples, numbers);
        Palette palette = new Palette();
        byte[] codes = new byte[(int) numbers];
        float[] values = {};
        if (read(examples, (at, value) -> {
            int code = palette.code(value);
            if (code >= 0) {
                codes[at] = (byte) code;
            }
            return code >= 0;
        })) {
            values = palette.values();
        } else {
            requireRoom(examples, numbers * Float.BYTES);
            float[] all = new float[(int) numbers];
            read(examples, (at, value) -> {
                all[at] = value;
                return true;
            });
            values = all;
        }
        boolean coded = values.length <= Palette.MOST && numbers > 0 && palette.fits();
        int[] labels = new int[examples.targetColumns() == 0 ? count : 0];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = examples.label(i);
        }
        double[] weights = new double[examples.isWeighted() ? count : 0];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = examples.weight(i);
        }
        return new PackedExamples(
                examples.name(),
                count,
                new int[] {shape.channels(), shape.height(), shape.width()},
                examples.classes(),
                labels,
                coded ? codes : new byte[0],
                values,
                examples.targetColumns(),
                targets(examples),
                weights);
    }

    private static void requireRoom(Examples examples, long bytes) {
        if (bytes > MOST_BYTES) {
            throw new EngineException(
                    "cannot send the training set to the executors: it is too large",
                    examples.name(),
                    bytes + " bytes, " + examples.count() + " examples of " + examples.features() + " numbers",
                    "at most " + MOST_BYTES + " bytes: every executor holds all of it",
                    "train on fewer examples or features, or in one process with --shards alone");
        }
    }

    /// Takes what stands at a place; answers whether to go on.
    private interface Taker {
        boolean take(int at, float value);
    }

    private static boolean read(Examples examples, Taker taker) {
        int features = examples.features();
        try (Kernels kernels =
                new Kernels("scalar", org.badak.kernel.KernelChoice.scalar().operations(Precision.FLOAT32), 1)) {
            int[] indices = new int[BLOCK];
            for (int from = 0; from < examples.count(); from += BLOCK) {
                int rows = Math.min(BLOCK, examples.count() - from);
                for (int row = 0; row < rows; row++) {
                    indices[row] = from + row;
                }
                FloatMatrix x = FloatMatrix.zeros(rows, features);
                examples.load(kernels, indices, 0, x);
                for (int row = 0; row < rows; row++) {
                    int start = x.offset() + row * x.stride();
                    for (int column = 0; column < features; column++) {
                        if (!taker.take((from + row) * features + column, x.data()[start + column])) {
                            return false;
                        }
                    }
                }
            }
        }
        return true;
    }

    private static float[] targets(Examples examples) {
        int columns = examples.targetColumns();
        float[] targets = new float[examples.count() * columns];
        if (columns == 0) {
            return targets;
        }
        Matrix row = Matrix.zeros(Precision.FLOAT32, 1, columns);
        for (int i = 0; i < examples.count(); i++) {
            examples.loadTargets(new int[] {i}, 0, row);
            for (int column = 0; column < columns; column++) {
                targets[i * columns + column] = (float) row.get(0, column);
            }
        }
        return targets;
    }

    /// About how many bytes they are.
    long bytes() {
        return codes.length
                + (long) Float.BYTES * (values.length + labels.length + targets.length)
                + (long) Double.BYTES * weights.length;
    }

    @Override
    public int features() {
        return dimensions[0] * dimensions[1] * dimensions[2];
    }

    @Override
    public Shape shape() {
        return new Shape(dimensions[0], dimensions[1], dimensions[2]);
    }

    @Override
    public int label(int index) {
        return targetColumns == 0 ? labels[index] : -1;
    }

    @Override
    public void loadTargets(int[] indices, int first, Matrix matrix) {
        for (int row = 0; row < matrix.rows(); row++) {
            for (int column = 0; column < targetColumns; column++) {
                matrix.set(row, column, targets[indices[first + row] * targetColumns + column]);
            }
        }
    }

    @Override
    public boolean isWeighted() {
        return weights.length > 0;
    }

    @Override
    public double weight(int index) {
        return isWeighted() ? weights[index] : 1;
    }

    @Override
    public void load(Kernels kernels, int[] indices, int first, Matrix x) {
        float[] data = ((FloatMatrix) x).data();
        int features = x.columns();
        for (int row = 0; row < x.rows(); row++) {
            int from = indices[first + row] * features;
            int start = x.offset() + row * x.stride();
            if (codes.length == 0) {
                System.arraycopy(values, from, data, start, features);
                continue;
            }
            for (int column = 0; column < features; column++) {
                data[start + column] = values[Byte.toUnsignedInt(codes[from + column])];
            }
        }
    }

    /// The different values met so far, each with a code, as long as they are few.
    private static final class Palette {
        static final int MOST = 256;
        private static final int PLACES = 1024; // of the hash table
        private final int[] bits = new int[MOST];
        private final short[] table = new short[PLACES]; // code + 1
        private int size;
        private boolean fits = true;

        /// The code of a value; -1 if there are too many.
        int code(float value) {
            int pattern = Float.floatToRawIntBits(value);
            int place = (pattern * 0x9E3779B9) >>> 22;
            while (table[place] != 0) {
                if (bits[table[place] - 1] == pattern) {
                    return table[place] - 1;
                }
                place = (place + 1) % PLACES;
            }
            if (size == MOST) {
                fits = false;
                return -1;
            }
            bits[size] = pattern;
            table[place] = (short) ++size;
            return size - 1;
        }

        boolean fits() {
            return fits;
        }

        float[] values() {
            float[] values = new float[MOST];
            for (int code = 0; code < size; code++) {
                values[code] = Float.intBitsToFloat(bits[code]);
            }
            return Arrays.copyOf(values, MOST);
        }
    }
}
