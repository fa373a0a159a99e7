package org.badak.tabular;

import java.util.Arrays;
import org.badak.data.DataException;

/// Mean, deviation and median of the numbers in some rows of a column; missing ones do not count.
///
/// @param count how many numbers there are
/// @param mean NaN where there are none
/// @param deviation standard deviation with divisor `count`; 0 where all are the same
/// @param median NaN where there are none
record Moments(int count, double mean, double deviation, double median) {
    /// @throws DataException where a cell is no finite number, or the numbers are too large for their
    ///     squares
    static Moments of(Table table, int[] rows, int column) {
        double[] values = new double[rows.length];
        int count = 0;
        for (int row : rows) {
            double value = table.number(row, column);
            if (!Double.isNaN(value)) {
                values[count++] = value;
            }
        }
        return of(Arrays.copyOf(values, count), table, rows, column);
    }

    /// By Welford's recurrence (Technometrics 4(3), 1962), which subtracts the mean before it squares.
    private static Moments of(double[] values, Table table, int[] rows, int column) {
        double mean = 0;
        double squares = 0;
        for (int i = 0; i < values.length; i++) {
            double from = values[i] - mean;
            mean += from / (i + 1);
            squares += from * (values[i] - mean);
        }
        if (values.length == 0) {
            return new Moments(0, Double.NaN, 0, Double.NaN);
        }
        double deviation = Math.sqrt(squares / values.length);
        if (!Double.isFinite(deviation)) {
            int largest = rows[0];
            for (int row : rows) {
                if (Math.abs(table.number(row, column)) > Math.abs(table.number(largest, column))
                        || table.isMissing(largest, column)) {
                    largest = row;
                }
            }
            throw new DataException(
                    "cannot standardise a column: its numbers are too large",
                    table.place(largest, column),
                    table.cell(largest, column),
                    "numbers whose squares are finite, below 1e150",
                    "correct the cell, or express the column in larger units");
        }
        // a deviation that is rounding noise, of equal values, counts as none
        deviation = deviation <= 1e-12 * Math.abs(mean) ? 0 : deviation;
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Moments(values.length, mean, deviation, median);
    }
}
