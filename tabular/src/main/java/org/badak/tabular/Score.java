package org.badak.tabular;

import java.util.List;
import org.badak.data.DataException;
import org.badak.metric.Classification;
import org.badak.metric.Confusion;
import org.badak.metric.Regression;

/// How good predictions are.
public sealed interface Score {
    /// Number of rows.
    int count();

    /// The figure that sums it up: accuracy, or R².
    double headline();

    /// Of classes.
    ///
    /// @param labels of the classes
    /// @param answers how good they are, as classes and as probabilities; every row counts one
    /// @param accuracy share of rows whose class was found, by weight where rows have weights
    /// @param loss mean cross-entropy, in nats, by weight likewise
    record Classes(List<String> labels, Classification answers, double accuracy, double loss) implements Score {
        /// Rows of each true class that were taken for each class.
        public Confusion confusion() {
            return answers.confusion();
        }

        @Override
        public int count() {
            return (int) confusion().total();
        }

        @Override
        public double headline() {
            return accuracy;
        }
    }

    /// Of numbers, in the target's units.
    ///
    /// @param errors how far they are from the truth, by weight where rows have weights
    record Values(Regression errors) implements Score {
        @Override
        public int count() {
            return errors.count();
        }

        /// R², see [Regression#r2].
        public double r2() {
            return errors.r2();
        }

        @Override
        public double headline() {
            return r2();
        }
    }

    /// Compares predictions with what a table says.
    ///
    /// @param rows of the table that were predicted
    /// @param alignment where target and weights stand
    /// @throws DataException at a label that the model does not know, or a cell that is no number
    static Score of(Predictions predictions, Preparation preparation, Table table, Alignment alignment, int[] rows) {
        int column = alignment.target();
        double[] weights = Truth.weights(table, alignment, rows);
        return switch (predictions) {
            case Predictions.Classes classes -> {
                int[] truth = new int[rows.length];
                double loss = 0;
                double found = 0;
                double total = 0;
                for (int i = 0; i < rows.length; i++) {
                    truth[i] = Truth.label(classes.labels(), table, rows[i], column);
                    total += weights[i];
                    found += truth[i] == classes.best(i) ? weights[i] : 0;
                    loss -= weights[i]
                            * Math.log(Math.max(classes.probabilities().get(i, truth[i]), Float.MIN_NORMAL));
                }
                Classification answers = Classification.of(
                        classes.probabilities().toArray(),
                        truth,
                        classes.labels().size());
                yield new Classes(classes.labels(), answers, found / total, loss / total);
            }
            case Predictions.Values values -> {
                double[] truth = new double[rows.length];
                for (int i = 0; i < truth.length; i++) {
                    truth[i] = table.number(rows[i], column);
                }
                yield new Values(Regression.of(values.values(), truth, weights));
            }
        };
    }
}
