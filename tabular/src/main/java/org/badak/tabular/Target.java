package org.badak.tabular;

import java.util.List;
import java.util.Locale;
import org.badak.data.DataException;
import org.jspecify.annotations.Nullable;

/// The column that is to be predicted.
///
/// @param column from 0
/// @param task classification or regression
/// @param reason why this column and this task, for the reader
public record Target(int column, Task task, String reason) {
    /// Names by which a target is recognised, the surest first.
    public static final List<String> NAMES = List.of("class", "target", "label", "species", "outcome", "response", "y");

    private static final int MOST_CLASSES = 20;
    private static final int ROWS_PER_CLASS = 5;
    private static final int MOST_WORDS = 1000;

    /// Chooses the target. Unless it is named it is, in this order: a column called class, target,
    /// label, species, outcome, response or y (upper and lower case alike); the last column, or the
    /// first, whichever first is numeric or categorical. Unless the task is demanded it is
    /// classification for words, and for at most 20 different whole numbers that come five times each
    /// on average; else regression.
    ///
    /// @param wanted name or number of a column, or empty
    /// @param demanded the task, or null to find it out
    /// @throws DataException if there is no such column or it cannot be a target
    public static Target choose(Table table, List<Column> columns, String wanted, @Nullable Task demanded) {
        int column = -1;
        String why = "";
        if (!wanted.isEmpty()) {
            column = table.column(wanted, "--target");
            why = "as demanded";
        }
        for (int i = 0; i < NAMES.size() && column < 0; i++) {
            for (Column candidate : columns) {
                if (column < 0 && candidate.name().toLowerCase(Locale.ROOT).equals(NAMES.get(i))) {
                    column = candidate.index();
                    why = "by its name";
                }
            }
        }
        if (column < 0 && columns.getLast().type().isFeature()) {
            column = columns.getLast().index();
            why = "the last column";
        }
        if (column < 0 && columns.getFirst().type().isFeature()) {
            column = columns.getFirst().index();
            why = "the first column, as the last, " + columns.getLast().name() + ", is of type "
                    + columns.getLast().type().word();
        }
        if (column < 0) {
            throw new DataException(
                    "cannot tell which column to predict",
                    table.source(),
                    "none called " + String.join(", ", NAMES) + "; the last column is of type "
                            + columns.getLast().type().word(),
                    "a target",
                    "name it with --target; columns are " + Table.some(table.names()));
        }
        int chosen = column;
        Column target = columns.stream()
                .filter(each -> each.index() == chosen)
                .findFirst()
                .orElseThrow();
        return of(table, target, demanded, why);
    }

    private static Target of(Table table, Column column, @Nullable Task demanded, String why) {
        if (column.distinct() < 2) {
            throw new DataException(
                    "cannot learn to predict a column that is always the same",
                    table.source() + ", column " + (column.index() + 1) + " (" + column.name() + ")",
                    column.distinct() == 0
                            ? "no cell that holds something"
                            : "'" + column.words().getFirst().getKey() + "' in all " + table.count() + " rows",
                    "at least two classes or different numbers",
                    "name another column with --target, or use a table with all classes");
        }
        boolean numbers = Double.isFinite(column.mean());
        Task task = demanded;
        String reason;
        if (task != null) {
            reason = "as demanded";
        } else if (!numbers) {
            task = Task.CLASSIFICATION;
            reason = "words";
        } else if (isWhole(column)
                && column.distinct() <= MOST_CLASSES
                && ROWS_PER_CLASS * column.distinct() <= table.count() - column.missing()) {
            task = Task.CLASSIFICATION;
            reason = "few different whole numbers";
        } else {
            task = Task.REGRESSION;
            reason = "numbers";
        }
        if (task == Task.REGRESSION && !numbers) {
            for (int row = 0; row < table.count(); row++) {
                table.number(row, column.index()); // tells the first cell that is none
            }
        }
        if (task == Task.CLASSIFICATION && column.distinct() > MOST_WORDS) {
            throw new DataException(
                    "cannot tell so many classes apart",
                    table.source() + ", column " + (column.index() + 1) + " (" + column.name() + ")",
                    column.distinct() + " different cells in " + table.count() + " rows",
                    "at most " + MOST_WORDS + " classes",
                    numbers ? "use --task regression" : "name another column with --target");
        }
        return new Target(column.index(), task, why + "; " + reason);
    }

    private static boolean isWhole(Column column) {
        return column.words().stream().allMatch(word -> {
            double value = NumberText.parse(word.getKey(), word.getKey().indexOf(',') >= 0);
            return value == Math.rint(value);
        });
    }
}
