package org.badak.tabular;

import java.util.List;
import java.util.Locale;
import org.badak.data.DataException;
import org.jspecify.annotations.Nullable;

/// The column that is to be predicted.
///
/// @param column from 0
/// @param task classification or regression
/// @param reason why this column and this task, for English readers
/// @param koreanReason the same for Korean readers
public record Target(int column, Task task, String reason, String koreanReason) {
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
        String korean = "";
        if (!wanted.isEmpty()) {
            column = table.column(wanted, "--target");
            why = "as demanded";
            korean = "지정한 열";
        }
        for (int i = 0; i < NAMES.size() && column < 0; i++) {
            for (Column candidate : columns) {
                if (column < 0 && candidate.name().toLowerCase(Locale.ROOT).equals(NAMES.get(i))) {
                    column = candidate.index();
                    why = "by its name";
                    korean = "이름으로 판단";
                }
            }
        }
        if (column < 0 && columns.getLast().type().isFeature()) {
            column = columns.getLast().index();
            why = "the last column";
            korean = "마지막 열";
        }
        if (column < 0 && columns.getFirst().type().isFeature()) {
            column = columns.getFirst().index();
            why = "the first column, as the last, " + columns.getLast().name() + ", is of type "
                    + columns.getLast().type().word();
            korean = "첫 열. 마지막 열 " + columns.getLast().name() + "의 유형이 "
                    + columns.getLast().type().word(Locale.KOREAN) + "이므로";
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
        return of(table, target, demanded, why, korean);
    }

    /// Why this column and this task, in Korean for Korean readers, else in English.
    public String reason(Locale locale) {
        return locale.getLanguage().equals("ko") ? koreanReason : reason;
    }

    private static Target of(Table table, Column column, @Nullable Task demanded, String why, String koreanWhy) {
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
        String korean;
        if (task != null) {
            reason = "as demanded";
            korean = "지정한 과제";
        } else if (!numbers) {
            task = Task.CLASSIFICATION;
            reason = "words";
            korean = "단어";
        } else if (isWhole(column)
                && column.distinct() <= MOST_CLASSES
                && ROWS_PER_CLASS * column.distinct() <= table.count() - column.missing()) {
            task = Task.CLASSIFICATION;
            reason = "few different whole numbers";
            korean = "서로 다른 값이 적은 정수";
        } else {
            task = Task.REGRESSION;
            reason = "numbers";
            korean = "숫자";
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
        return new Target(column.index(), task, why + "; " + reason, koreanWhy + "; " + korean);
    }

    private static boolean isWhole(Column column) {
        return column.words().stream().allMatch(word -> {
            double value = NumberText.parse(word.getKey(), word.getKey().indexOf(',') >= 0);
            return value == Math.rint(value);
        });
    }
}
