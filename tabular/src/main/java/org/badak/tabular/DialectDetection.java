package org.badak.tabular;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Finds out how a CSV file is written, from its beginning.
///
/// - Quote: `'` where cells begin with it and none with `"`, else `"`.
/// - Separator: of tab, semicolon, bar and comma the one that divides the largest share of lines into
///   one and the same number of cells, two at least; of equals the first named.
/// - Decimal comma: where more numbers have a comma in them than a point, unless the comma separates.
/// - Header: each column votes. A word above numbers speaks for a header, a number above numbers
///   against. Where no column has numbers: a header is a first row of different words that do not come
///   again in their columns.
final class DialectDetection {
    private static final int MOST_LINES = 1000;

    private DialectDetection() {}

    static CsvDialect of(Path file, String sample, CsvOptions options, List<String> known) {
        char quote = options.quote() == CsvOptions.DETECT ? quote(sample) : options.quote();
        List<List<String>> best = List.of();
        char separator = options.separator();
        if (separator == CsvOptions.DETECT) {
            separator = ',';
            double share = 0;
            for (char candidate : CsvOptions.SEPARATORS) {
                List<List<String>> rows = rows(sample, candidate, quote);
                double agreed = agreement(rows);
                if (agreed > share) {
                    share = agreed;
                    separator = candidate;
                    best = rows;
                }
            }
        }
        List<List<String>> rows = best.isEmpty() ? rows(sample, separator, quote) : best;
        boolean comma = switch (options.decimal()) {
            case COMMA -> true;
            case POINT -> false;
            case DETECTED -> separator != ',' && hasDecimalCommas(rows);
        };
        boolean headed = switch (options.header()) {
            case PRESENT -> true;
            case ABSENT -> false;
            case DETECTED -> isHeaded(rows, comma, options.missing(), known);
        };
        return new CsvDialect(separator, quote, headed, comma);
    }

    private static char quote(String sample) {
        int single = 0;
        int both = 0;
        char before = '\n';
        for (int i = 0; i < sample.length(); i++) {
            char c = sample.charAt(i);
            if (before == '\n' || before == ',' || before == ';' || before == '\t' || before == '|') {
                single += c == '\'' ? 1 : 0;
                both += c == '"' ? 1 : 0;
            }
            before = c;
        }
        return single > 0 && both == 0 ? '\'' : '"';
    }

    /// The lines of a sample, divided; the last one is left out where it may have been cut.
    static List<List<String>> rows(String sample, char separator, char quote) {
        List<List<String>> rows = new ArrayList<>();
        List<String> row = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < sample.length() && rows.size() < MOST_LINES; i++) {
            char c = sample.charAt(i);
            if (c == quote && (quoted || cell.isEmpty())) {
                quoted = !quoted;
            } else if (quoted) {
                cell.append(c);
            } else if (c == separator) {
                row.add(cell.toString().strip());
                cell.setLength(0);
            } else if (c == '\n' || c == '\r') {
                finish(rows, row, cell);
                row = new ArrayList<>();
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        if (sample.length() < CsvFile.SAMPLE && !quoted || rows.isEmpty()) {
            finish(rows, row, cell);
        }
        return rows;
    }

    private static void finish(List<List<String>> rows, List<String> row, StringBuilder cell) {
        if (!row.isEmpty() || !cell.toString().isBlank()) {
            row.add(cell.toString().strip());
            rows.add(row);
        }
    }

    /// The share of lines with the most frequent number of cells; 0 where that is one.
    private static double agreement(List<List<String>> rows) {
        Map<Integer, Integer> counts = new HashMap<>();
        int most = 0;
        for (List<String> row : rows) {
            if (row.size() > 1) {
                most = Math.max(most, counts.merge(row.size(), 1, Integer::sum));
            }
        }
        return rows.isEmpty() ? 0 : (double) most / rows.size();
    }

    private static boolean hasDecimalCommas(List<List<String>> rows) {
        int commas = 0;
        int points = 0;
        for (List<String> row : rows) {
            for (String cell : row) {
                commas += NumberText.hasComma(cell) ? 1 : 0;
                points += cell.indexOf('.') >= 0 && NumberText.isNumber(cell, false) ? 1 : 0;
            }
        }
        return commas > points;
    }

    private static boolean isHeaded(
            List<List<String>> rows, boolean decimalComma, Set<String> missing, List<String> known) {
        if (rows.isEmpty()) {
            return false;
        }
        List<String> first = rows.getFirst();
        long familiar = first.stream().filter(known::contains).count();
        if (familiar > 0 && 2 * familiar >= Math.min(first.size(), known.size())) {
            return true;
        }
        int votes = 0;
        int opinions = 0;
        for (int column = 0; column < first.size(); column++) {
            int numbers = 0;
            int present = 0;
            for (List<String> row : rows.subList(1, rows.size())) {
                if (column < row.size()
                        && !row.get(column).isEmpty()
                        && !missing.contains(row.get(column).toLowerCase(Locale.ROOT))) {
                    present++;
                    numbers += NumberText.isNumber(row.get(column), decimalComma) ? 1 : 0;
                }
            }
            String top = first.get(column);
            if (present > 0 && 2 * numbers > present && !missing.contains(top.toLowerCase(Locale.ROOT))) {
                opinions++;
                votes += NumberText.isNumber(top, decimalComma) ? -1 : top.isEmpty() ? 0 : 1;
            }
        }
        return opinions > 0 ? votes > 0 : isRowOfNewWords(rows);
    }

    private static boolean isRowOfNewWords(List<List<String>> rows) {
        List<String> first = rows.getFirst();
        if (rows.size() == 1) {
            return first.stream().noneMatch(cell -> cell.isEmpty() || NumberText.isNumber(cell, false));
        }
        if (new HashSet<>(first).size() < first.size() || rows.size() < 3) {
            return false;
        }
        for (List<String> row : rows.subList(1, rows.size())) {
            for (int column = 0; column < Math.min(first.size(), row.size()); column++) {
                if (row.get(column).equals(first.get(column))) {
                    return false;
                }
            }
        }
        return true;
    }
}
