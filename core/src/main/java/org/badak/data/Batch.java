package org.badak.data;

import org.badak.loss.Targets;
import org.badak.matrix.Matrix;
import org.badak.matrix.ShapeException;

/// Rows of input and what the output should be.
///
/// @param x [rows, features]
/// @param targets as many rows
public record Batch(Matrix x, Targets targets) {
    /// @throws ShapeException if the numbers of rows differ
    public Batch {
        ShapeException.requireEqual("rows of targets", x.rows(), targets.rows());
    }

    /// Number of rows.
    public int rows() {
        return x.rows();
    }
}
