package org.badak.tabular;

import java.util.ArrayList;
import java.util.List;

/// How a column becomes inputs of a network; fitted on training rows.
public sealed interface Feature {
    /// Name of the column.
    String column();

    /// Whether a further input says that the cell was missing.
    boolean indicator();

    /// Number of inputs that the column becomes.
    int width();

    /// Names of the inputs, for readers: `weight`, `island=Biscoe`, `sex missing`.
    List<String> names();

    /// A number: (value − mean)/deviation; where it is missing the median stands in.
    ///
    /// @param column name of the column
    /// @param median of the training rows
    /// @param mean of the training rows, the medians that stand in included
    /// @param deviation standard deviation of the same, positive
    /// @param indicator whether a further input is 1 where the cell was missing, else 0
    record Numeric(String column, double median, double mean, double deviation, boolean indicator) implements Feature {
        @Override
        public int width() {
            return indicator ? 2 : 1;
        }

        @Override
        public List<String> names() {
            return indicator ? List.of(column, column + " missing") : List.of(column);
        }
    }

    /// A category: an input for each value, 1 where it is the cell's and 0 elsewhere; all 0 for a value
    /// that the training rows did not have. Where the cell is missing the most frequent value stands
    /// in, or all are 0 if there is an indicator.
    ///
    /// @param column name of the column
    /// @param values in alphabetical order; the most frequent ones, if there are more than fit
    /// @param mode the most frequent value
    /// @param indicator whether a further input is 1 where the cell was missing, else 0
    record Categories(String column, List<String> values, String mode, boolean indicator) implements Feature {
        /// Copies the list.
        public Categories {
            values = List.copyOf(values);
        }

        @Override
        public int width() {
            return values.size() + (indicator ? 1 : 0);
        }

        @Override
        public List<String> names() {
            List<String> names = new ArrayList<>();
            for (String value : values) {
                names.add(column + "=" + value);
            }
            if (indicator) {
                names.add(column + " missing");
            }
            return names;
        }
    }
}
