package org.badak.data;

import org.badak.loss.Targets;
import org.badak.matrix.Matrix;
import org.badak.matrix.ShapeException;

/// Rows of input and what the output should be.
///
/// @param x [rows, features]
/// @param targets as many rows
/// @param weights what each row weighs in the loss, finite and not negative; shared, not copied, entries beyond the
/// rows
///     are not read; empty where all weigh the same
public record Batch(Matrix x, Targets targets, double[] weights) {
    private static final double[] EQUAL = {};

    /// @throws ShapeException if the numbers of rows differ
    public Batch {
        ShapeException.requireEqual("rows of targets", x.rows(), targets.rows());
        if (weights.length > 0 && weights.length < x.rows()) {
            throw new ShapeException(
                    "weights of a batch: expected none or at least " + x.rows() + ", found " + weights.length);
        }
    }

    /// Rows that all weigh the same.
    ///
    /// @throws ShapeException if the numbers of rows differ
    public Batch(Matrix x, Targets targets) {
        this(x, targets, EQUAL);
    }

    /// Number of rows.
    public int rows() {
        return x.rows();
    }
}
