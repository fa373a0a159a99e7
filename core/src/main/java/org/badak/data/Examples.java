package org.badak.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.badak.kernel.Kernels;
import org.badak.matrix.Matrix;
import org.badak.matrix.Shape;

/// Labelled examples that batches are drawn from. Immutable, and safe to share between threads.
public interface Examples {
    /// What it is, for messages and run records.
    String name();

    /// Number of examples.
    int count();

    /// Number of input columns.
    int features();

    /// The shape of one example: a vector unless an implementation knows better.
    default Shape shape() {
        return Shape.flat(features());
    }

    /// Number of classes; labels lie in [0, classes).
    int classes();

    /// The class of an example; -1 where examples have target values, see [#targetColumns].
    int label(int index);

    /// Number of target values of each example, for regression; 0 where examples have classes.
    default int targetColumns() {
        return 0;
    }

    /// Overwrites the rows of a matrix with the target values of the examples `indices[first]`,
    /// `indices[first + 1]`, …; called only where [#targetColumns] is not 0.
    ///
    /// @param targets [rows, targetColumns]
    default void loadTargets(int[] indices, int first, Matrix targets) {
        throw new IllegalStateException(name() + ": these examples have classes, not target values");
    }

    /// Whether examples weigh differently; see [#weight].
    default boolean isWeighted() {
        return false;
    }

    /// What an example weighs in losses and metrics, which are means Σ weight·value / Σ weight: finite, not negative; 1
    /// of all where they do not weigh differently.
    default double weight(int index) {
        return 1;
    }

    /// Overwrites the rows of x with the features of the examples `indices[first]`, `indices[first + 1]`, …
    ///
    /// @param x [rows, features], made by [#input], or a dense matrix
    void load(Kernels kernels, int[] indices, int first, Matrix x);

    /// A matrix for [#load] to fill: dense, or sparse where that is allowed, the kernels are of float32 and few enough
    /// features are not zero.
    ///
    /// @param rows number of rows
    /// @param sparseAllowed whether whoever reads the matrix can take a sparse one
    default Matrix input(Kernels kernels, int rows, boolean sparseAllowed) {
        return kernels.zeros(rows, features());
    }

    /// SHA-256 of all examples in lower-case hexadecimal, for telling whether a run goes on with the data it began
    /// with; the name does not count. By default of an ASCII text and a line feed, the sizes, and for each example
    /// its features as the kernels see them, its label and its target values. Computed at every call.
    default String sha256(Kernels kernels) {
        MessageDigest digest = Digests.sha256();
        digest.update("badak-examples-1\n".getBytes(StandardCharsets.US_ASCII));
        digest.update(ByteBuffer.allocate(4 * Integer.BYTES)
                .putInt(count())
                .putInt(features())
                .putInt(classes())
                .putInt(targetColumns())
                .flip());
        Matrix x = kernels.zeros(1, features());
        Matrix targets = kernels.zeros(1, targetColumns());
        ByteBuffer bytes = ByteBuffer.allocate((features() + targetColumns()) * Double.BYTES + Integer.BYTES);
        int[] index = new int[1];
        for (int i = 0; i < count(); i++) {
            index[0] = i;
            load(kernels, index, 0, x);
            bytes.clear().putInt(label(i));
            for (int column = 0; column < x.columns(); column++) {
                bytes.putDouble(x.get(0, column));
            }
            if (targetColumns() > 0) {
                loadTargets(index, 0, targets);
            }
            for (int column = 0; column < targets.columns(); column++) {
                bytes.putDouble(targets.get(0, column));
            }
            digest.update(bytes.flip());
        }
        return Digests.hexadecimal(digest);
    }
}
