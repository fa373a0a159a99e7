package org.badak.loss;

import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;

/// What a batch's outputs should have been: a class number per row, or a row of values per row (one-hot, soft or
/// regression targets).
public sealed interface Targets {
    /// Number of rows.
    int rows();

    /// The target of one output: an element of the values, or of the label's one-hot row.
    static double value(Targets targets, int row, int column) {
        return switch (targets) {
            case Labels(int[] values, int count) -> values[row] == column ? 1 : 0;
            case Values(Matrix matrix) -> matrix.get(row, column);
        };
    }

    /// A class number per row.
    ///
    /// @param values class of each row; shared, not copied; entries beyond `rows` are not read
    record Labels(int[] values, int rows) implements Targets {
        /// @throws IllegalArgumentException if there are fewer values than rows
        public Labels {
            if (values.length < rows) {
                throw new IllegalArgumentException("labels: expected at least " + rows + ", found " + values.length);
            }
        }

        /// Labels for as many rows as there are values.
        public static Labels of(int... values) {
            return new Labels(values, values.length);
        }

        /// The same targets as rows of zeros with a one.
        public Values oneHot(Precision precision, int classes) {
            Matrix matrix = Matrix.zeros(precision, rows, classes);
            for (int row = 0; row < rows; row++) {
                matrix.set(row, values[row], 1);
            }
            return new Values(matrix);
        }
    }

    /// A row of target values per row.
    ///
    /// @param matrix [rows, outputs]
    record Values(Matrix matrix) implements Targets {
        @Override
        public int rows() {
            return matrix.rows();
        }
    }
}
