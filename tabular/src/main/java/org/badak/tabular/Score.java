package org.badak.tabular;

import java.util.List;
import org.badak.data.DataException;

/// How good predictions are.
public sealed interface Score {
    /// Number of rows.
    int count();

    /// The figure that sums it up: accuracy, or R².
    double headline();

    /// Of classes.
    ///
    /// @param labels of the classes
    /// @param confusion rows of each true class (first index) that were taken for each class (second)
    /// @param loss mean cross-entropy, in nats
    record Classes(List<String> labels, long[][] confusion, double loss) implements Score {
        @Override
        public int count() {
            long count = 0;
            for (int c = 0; c < confusion.length; c++) {
                count += total(c);
            }
            return (int) count;
        }

        /// Number of rows whose class was found.
        public int correct() {
            long correct = 0;
            for (int c = 0; c < confusion.length; c++) {
                correct += confusion[c][c];
            }
            return (int) correct;
        }

        /// Accuracy: share of rows whose class was found.
        @Override
        public double headline() {
            return (double) correct() / count();
        }

        /// Rows of a class.
        public long total(int c) {
            long total = 0;
            for (long count : confusion[c]) {
                total += count;
            }
            return total;
        }

        /// Share of the rows of a class that were found; NaN where there are none.
        public double recall(int c) {
            return (double) confusion[c][c] / total(c);
        }

        /// Share of the rows taken for a class that are of it; NaN where there are none.
        public double precision(int c) {
            long taken = 0;
            for (long[] row : confusion) {
                taken += row[c];
            }
            return (double) confusion[c][c] / taken;
        }

        /// Harmonic mean of precision and recall: 2·found/(rows of the class + rows taken for it); NaN
        /// for none.
        public double f1(int c) {
            long taken = 0;
            for (long[] row : confusion) {
                taken += row[c];
            }
            return 2.0 * confusion[c][c] / (total(c) + taken);
        }
    }

    /// Of numbers.
    ///
    /// @param count number of rows
    /// @param r2 1 − Σ(y − ŷ)²/Σ(y − ȳ)², with the mean ȳ of these rows; NaN where all are the same
    /// @param rootMeanSquare √(Σ(y − ŷ)²/n), in the target's units
    /// @param meanAbsolute Σ|y − ŷ|/n, in the target's units
    record Values(int count, double r2, double rootMeanSquare, double meanAbsolute) implements Score {
        @Override
        public double headline() {
            return r2;
        }
    }

    /// Compares predictions with what a table says.
    ///
    /// @param rows of the table that were predicted
    /// @param column of the target
    /// @throws DataException at a label that the model does not know, or a cell that is no number
    static Score of(Predictions predictions, Preparation preparation, Table table, int column, int[] rows) {
        return switch (predictions) {
            case Predictions.Classes classes -> {
                int size = classes.labels().size();
                long[][] confusion = new long[size][size];
                double loss = 0;
                for (int i = 0; i < rows.length; i++) {
                    int actual = Truth.label(classes.labels(), table, rows[i], column);
                    confusion[actual][classes.best(i)]++;
                    loss -= Math.log(Math.max(classes.probabilities().get(i, actual), Float.MIN_NORMAL));
                }
                yield new Classes(classes.labels(), confusion, loss / rows.length);
            }
            case Predictions.Values values -> {
                double mean = 0;
                for (int i = 0; i < rows.length; i++) {
                    mean += (table.number(rows[i], column) - mean) / (i + 1);
                }
                double total = 0;
                double squares = 0;
                double absolute = 0;
                for (int i = 0; i < rows.length; i++) {
                    double y = table.number(rows[i], column);
                    double error = y - values.values()[i];
                    total += (y - mean) * (y - mean);
                    squares += error * error;
                    absolute += Math.abs(error);
                }
                yield new Values(
                        rows.length,
                        total > 0 ? 1 - squares / total : Double.NaN,
                        Math.sqrt(squares / rows.length),
                        absolute / rows.length);
            }
        };
    }
}
