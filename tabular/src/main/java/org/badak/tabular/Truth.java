package org.badak.tabular;

import java.util.Arrays;
import java.util.List;
import org.badak.data.ArrayExamples;
import org.badak.data.DataException;
import org.badak.data.Examples;
import org.badak.data.ValueExamples;
import org.badak.data.WeightedExamples;
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

    /// What rows weigh; 1 each where they weigh the same.
    ///
    /// @throws DataException at a weight that is missing, no number or not positive
    static double[] weights(Table table, Alignment alignment, int[] rows) {
        double[] weights = new double[rows.length];
        Arrays.fill(weights, 1);
        if (alignment.weight() >= 0) {
            for (int i = 0; i < rows.length; i++) {
                weights[i] = table.number(rows[i], alignment.weight());
                if (!(weights[i] > 0)) {
                    throw new DataException(
                            "cannot use the table: a weight is not positive",
                            table.place(rows[i], alignment.weight()),
                            Double.isNaN(weights[i]) ? "nothing" : table.cell(rows[i], alignment.weight()),
                            "a positive finite number: what the row counts beside the others",
                            "correct the cell, or leave the row out");
                }
            }
        }
        return weights;
    }

    /// Encoded rows with their targets, to learn from or to evaluate; with their weights, if they have some.
    static Examples examples(Preparation preparation, Table table, Alignment alignment, int[] rows, Encoded encoded) {
        Examples examples = switch (preparation.target()) {
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
        return alignment.weight() < 0 ? examples : new WeightedExamples(examples, weights(table, alignment, rows));
    }
}
