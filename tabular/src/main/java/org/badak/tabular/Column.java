package org.badak.tabular;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.badak.data.DataException;

/// A column of a table and what it is taken for.
///
/// @param index from 0
/// @param name its name
/// @param type what it is taken for
/// @param missing number of cells that hold nothing
/// @param distinct number of different cells that hold something
/// @param words the most frequent cells with how often they come, the most frequent first; at most [#WORDS]
/// @param least smallest number, NaN where there are none
/// @param most largest number, NaN where there are none
/// @param mean of the numbers, NaN where there are none
public record Column(
        int index,
        String name,
        ColumnType type,
        int missing,
        int distinct,
        List<Map.Entry<String, Integer>> words,
        double least,
        double most,
        double mean) {
    /// How many words are kept.
    public static final int WORDS = 50;

    private static final double NUMBERS = 0.9;
    private static final int FEW_ROWS = 10;
    private static final int FEW_WORDS = 20;

    /// Looks at all columns. The rules, in this order:
    /// - no cell: empty; one and the same in all rows: constant;
    /// - all cells numbers: identifier if they are whole and each is one more than that above it (ten
    ///   rows at least), else numeric, however few different ones there are;
    /// - nine of ten cells numbers: an error, which names the first cell that is none;
    /// - more than 20 different words and more than half as many as rows: identifier; else categorical.
    ///
    /// @param numeric names of columns that are numeric whatever they look like
    /// @param categorical names of columns that are categorical whatever they look like
    /// @throws DataException at a cell that is not finite, or no number among numbers
    public static List<Column> of(Table table, Set<String> numeric, Set<String> categorical) {
        List<Column> columns = new ArrayList<>();
        for (int column = 0; column < table.columns(); column++) {
            String name = table.names().get(column);
            columns.add(of(table, column, numeric.contains(name), categorical.contains(name)));
        }
        return columns;
    }

    private static Column of(Table table, int column, boolean numeric, boolean categorical) {
        Map<String, Integer> counts = new HashMap<>();
        int present = 0;
        int numbers = 0;
        int commas = 0;
        int stranger = -1; // the first row that is no number
        for (int row = 0; row < table.count(); row++) {
            if (table.isMissing(row, column)) {
                continue;
            }
            String cell = table.cell(row, column);
            present++;
            counts.merge(cell, 1, Integer::sum);
            if (NumberText.isNumber(cell, table.dialect().decimalComma())) {
                numbers++;
            } else {
                commas += NumberText.hasComma(cell) ? 1 : 0;
                stranger = stranger < 0 ? row : stranger;
            }
        }
        boolean nearly = numbers + commas >= NUMBERS * present && present > 0;
        ColumnType type;
        if (present == 0) {
            type = ColumnType.EMPTY;
        } else if (categorical) {
            type = ColumnType.CATEGORICAL;
        } else if (numeric || nearly && (numbers < present || numbers > 0)) {
            type = numericType(table, column, present, numeric);
        } else {
            type = counts.size() > FEW_WORDS && 2 * counts.size() > present
                    ? ColumnType.IDENTIFIER
                    : ColumnType.CATEGORICAL;
        }
        if (counts.size() == 1) {
            type = ColumnType.CONSTANT;
        }
        double least = Double.NaN;
        double most = Double.NaN;
        double mean = Double.NaN;
        if (numbers == present && present > 0) {
            least = Double.POSITIVE_INFINITY;
            most = Double.NEGATIVE_INFINITY;
            mean = 0;
            int seen = 0;
            for (int row = 0; row < table.count(); row++) {
                if (!table.isMissing(row, column)) {
                    double value = table.number(row, column);
                    least = Math.min(least, value);
                    most = Math.max(most, value);
                    seen++;
                    mean += (value - mean) / seen;
                }
            }
        }
        return new Column(
                column,
                table.names().get(column),
                type,
                table.count() - present,
                counts.size(),
                frequent(counts),
                least,
                most,
                mean);
    }

    /// Reads every cell as a number, so that one that is none is told.
    private static ColumnType numericType(Table table, int column, int present, boolean forced) {
        boolean counting = !forced && present >= FEW_ROWS && present == table.count();
        double before = Double.NaN;
        for (int row = 0; row < table.count(); row++) {
            double value = table.number(row, column);
            counting &= row == 0 ? value == Math.rint(value) : value == before + 1;
            before = value;
        }
        return counting ? ColumnType.IDENTIFIER : ColumnType.NUMERIC;
    }

    private static List<Map.Entry<String, Integer>> frequent(Map<String, Integer> counts) {
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(WORDS)
                .map(entry -> Map.entry(entry.getKey(), entry.getValue()))
                .toList();
    }

    /// What the column holds, in a line: a range with mean, or the most frequent words.
    public String content() {
        return content(Locale.ENGLISH);
    }

    /// What the column holds, in Korean for Korean readers, else in English.
    public String content(Locale locale) {
        boolean korean = locale.getLanguage().equals("ko");
        if (type == ColumnType.EMPTY) {
            return "";
        }
        if (type == ColumnType.NUMERIC) {
            return NumberText.of(least)
                    + (korean ? "~" : " to ")
                    + NumberText.of(most)
                    + (korean ? ", 평균 " : ", mean ")
                    + NumberText.of(mean);
        }
        StringBuilder text = new StringBuilder();
        int shown = 0;
        for (Map.Entry<String, Integer> word : words) {
            if (shown == 4 || text.length() > 50) {
                text.append(korean ? ", ... (서로 다른 값 " : ", ... (")
                        .append(distinct)
                        .append(korean ? "개)" : " different)");
                break;
            }
            text.append(shown++ == 0 ? "" : ", ").append(Table.shortened(word.getKey()));
            if (type == ColumnType.CATEGORICAL) {
                text.append(' ').append(word.getValue());
            }
        }
        return text.toString();
    }
}
