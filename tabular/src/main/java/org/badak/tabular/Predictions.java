package org.badak.tabular;

import java.util.List;
import org.badak.kernel.Kernels;
import org.badak.matrix.Matrix;

/// What a model answers for rows of a table, in the user's own labels and units.
public sealed interface Predictions {
    /// Number of rows.
    int count();

    /// The answer for a row as the user writes it: a label or a number.
    String answer(int row);

    /// Classes with their probabilities.
    ///
    /// @param labels of the classes
    /// @param probabilities [rows, classes]
    record Classes(List<String> labels, Matrix probabilities) implements Predictions {
        @Override
        public int count() {
            return probabilities.rows();
        }

        /// Number of the most probable class.
        public int best(int row) {
            return Kernels.argMax(probabilities, row);
        }

        @Override
        public String answer(int row) {
            return labels.get(best(row));
        }

        /// Probability of the most probable class.
        public double probability(int row) {
            return probabilities.get(row, best(row));
        }
    }

    /// Numbers in the units of the target.
    ///
    /// @param values one for each row
    record Values(double[] values) implements Predictions {
        @Override
        public int count() {
            return values.length;
        }

        @Override
        public String answer(int row) {
            return NumberText.of(values[row]);
        }
    }
}
