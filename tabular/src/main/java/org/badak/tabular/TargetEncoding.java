package org.badak.tabular;

import java.util.List;
import java.util.TreeSet;
import org.badak.data.DataException;

/// How the target becomes something to learn, and predictions become the user's labels and units again.
public sealed interface TargetEncoding {
    /// Name of the target's column.
    String column();

    /// Number of outputs that the network needs.
    int outputs();

    /// Classes.
    ///
    /// @param column name of the column
    /// @param labels as the user writes them; numbers in ascending order, words in alphabetical order
    record Classes(String column, List<String> labels) implements TargetEncoding {
        /// Copies the list.
        public Classes {
            labels = List.copyOf(labels);
        }

        @Override
        public int outputs() {
            return labels.size();
        }
    }

    /// A number; the network learns (value − mean)/deviation.
    ///
    /// @param column name of the column
    /// @param mean of the training rows
    /// @param deviation standard deviation of the training rows, positive
    record Values(String column, double mean, double deviation) implements TargetEncoding {
        @Override
        public int outputs() {
            return 1;
        }
    }

    /// Learns mean and deviation from training rows. Classes are those of all rows that have one: which
    /// there are is part of the question, and a class whose few rows are all held out counts as not
    /// found, not as a fault.
    ///
    /// @param all rows that have a target
    /// @param rows the training rows
    /// @throws DataException if they have one class only, or one and the same number
    static TargetEncoding fit(Table table, int[] all, int[] rows, Target target) {
        String name = table.names().get(target.column());
        String where = table.source() + ", column " + (target.column() + 1) + " (" + name + ")";
        if (target.task() == Task.CLASSIFICATION) {
            TreeSet<String> trained = new TreeSet<>(TargetEncoding::compare);
            for (int row : rows) {
                trained.add(label(table, row, target.column()));
            }
            TreeSet<String> labels = new TreeSet<>(trained);
            for (int row : all) {
                labels.add(label(table, row, target.column()));
            }
            if (trained.size() < 2) {
                throw new DataException(
                        "cannot learn classes from rows of one class only",
                        where,
                        trained + " in all " + rows.length + " training rows",
                        "at least two classes among the training rows",
                        "use a table with more rows of the other classes");
            }
            return new Classes(name, List.copyOf(labels));
        }
        Moments moments = Moments.of(table, rows, target.column());
        if (!(moments.deviation() > 0)) {
            throw new DataException(
                    "cannot learn to predict a number that is always the same",
                    where,
                    NumberText.of(moments.mean()) + " in all " + rows.length + " training rows",
                    "different numbers",
                    "name another column with --target");
        }
        return new Values(name, moments.mean(), moments.deviation());
    }

    /// A cell as a label: `2.0` and `2` are one.
    static String label(Table table, int row, int column) {
        String cell = table.cell(row, column);
        double value = NumberText.parse(cell, table.dialect().decimalComma());
        return value == Math.rint(value) && Math.abs(value) < 1e15 ? Long.toString((long) value) : cell;
    }

    private static int compare(String a, String b) {
        double x = NumberText.parse(a, false);
        double y = NumberText.parse(b, false);
        boolean words = Double.isNaN(x) || Double.isNaN(y);
        int order = words ? Boolean.compare(Double.isNaN(x), Double.isNaN(y)) : Double.compare(x, y);
        return order != 0 ? order : a.compareTo(b);
    }
}
