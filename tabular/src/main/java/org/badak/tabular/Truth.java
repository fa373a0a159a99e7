package org.badak.tabular;

import java.util.List;
import org.badak.data.ArrayExamples;
import org.badak.data.DataException;
import org.badak.data.Examples;
import org.badak.data.ValueExamples;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;

/// What a table says about the target of its rows.
final class Truth {
    private Truth() {}

    /// Number of the class of a row.
    ///
    /// @throws DataException if it is none of those the model knows
    static int label(List<String> labels, Table table, int row, int column) {
        String label = TargetEncoding.label(table, row, column);
        int position = labels.indexOf(label);
        if (position < 0) {
            throw new DataException(
                    "cannot compare with the table: a label that no training row had",
                    table.place(row, column),
                    "'" + Table.shortened(label) + "'",
                    "one of " + Table.some(labels),
                    "correct the label, or train again with rows of this class");
        }
        return position;
    }

    /// Encoded rows with their targets, to learn from or to evaluate.
    static Examples examples(Preparation preparation, Table table, Alignment alignment, int[] rows, Encoded encoded) {
        return switch (preparation.target()) {
            case TargetEncoding.Classes classes -> {
                int[] labels = new int[rows.length];
                for (int i = 0; i < rows.length; i++) {
                    labels[i] = label(classes.labels(), table, rows[i], alignment.target());
                }
                yield new ArrayExamples(
                        table.source(), encoded.x(), labels, classes.labels().size());
            }
            case TargetEncoding.Values values -> {
                Matrix targets = Matrix.zeros(Precision.FLOAT32, rows.length, 1);
                for (int i = 0; i < rows.length; i++) {
                    double y = table.number(rows[i], alignment.target());
                    targets.set(i, 0, (y - values.mean()) / values.deviation());
                }
                yield new ValueExamples(table.source(), encoded.x(), targets);
            }
        };
    }
}
