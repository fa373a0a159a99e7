package org.badak.spark.ml;

import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;

/// The features of a row, dense or sparse, on their way to float32.
///
/// @param vector of Spark
record Features(Vector vector) {
    /// Those in a cell.
    static Features of(Object cell) {
        return new Features((Vector) cell);
    }

    int size() {
        return vector.size();
    }

    /// Overwrites `size()` elements of an array, rounded to float32.
    ///
    /// @param first where they begin
    /// @return the position of the first number that is not finite as float32; -1 if all are
    int into(float[] x, int first) {
        return switch (vector) {
            case DenseVector dense -> {
                double[] values = dense.values();
                for (int i = 0; i < values.length; i++) {
                    float value = (float) values[i];
                    if (!Float.isFinite(value)) {
                        yield i;
                    }
                    x[first + i] = value;
                }
                yield -1;
            }
            case SparseVector sparse -> {
                java.util.Arrays.fill(x, first, first + size(), 0);
                int[] indices = sparse.indices();
                double[] values = sparse.values();
                for (int i = 0; i < indices.length; i++) {
                    float value = (float) values[i];
                    if (!Float.isFinite(value)) {
                        yield indices[i];
                    }
                    x[first + indices[i]] = value;
                }
                yield -1;
            }
            default -> throw new IllegalStateException("a vector neither dense nor sparse: " + vector.getClass());
        };
    }

    /// A number in words.
    String text(int position) {
        return Double.toString(vector.apply(position));
    }
}
