package org.badak.tabular;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.badak.catalog.Suggestion;
import org.badak.data.DataException;

/// A table as it stands in a file: named columns and rows of text. Nothing is interpreted yet but what
/// counts as missing.
public final class Table {
    private final String source;
    private final CsvDialect dialect;
    private final Set<String> missing;
    private final List<String> names;
    private final List<String[]> rows;
    private final int[] lines;

    /// @param source where it comes from, for messages
    /// @param names of the columns, each its own
    /// @param rows cells of each row, as many as there are columns; shared, not copied
    /// @param lines line of each row in the file, from 1
    Table(
            String source,
            CsvDialect dialect,
            Set<String> missing,
            List<String> names,
            List<String[]> rows,
            int[] lines) {
        this.source = source;
        this.dialect = dialect;
        this.missing = missing;
        this.names = List.copyOf(names);
        this.rows = rows;
        this.lines = lines;
    }

    /// A table that is in memory.
    ///
    /// @param source where it comes from, for messages
    /// @param names of the columns, each its own
    /// @param rows cells of each row without white space around them, as many as there are columns; shared
    /// @param headed whether the names mean something; else columns are told apart by their position
    /// @param missing words that stand for nothing, in lower case
    public static Table of(
            String source, List<String> names, List<String[]> rows, boolean headed, Set<String> missing) {
        return new Table(
                source,
                new CsvDialect(',', '"', headed, false),
                missing,
                names,
                rows,
                IntStream.rangeClosed(1, rows.size()).toArray());
    }

    /// Where it comes from.
    public String source() {
        return source;
    }

    /// How the file is written.
    public CsvDialect dialect() {
        return dialect;
    }

    /// Words that stand for nothing, in lower case.
    public Set<String> missingWords() {
        return missing;
    }

    /// Names of the columns; `column_1`, … where the file has no header.
    public List<String> names() {
        return names;
    }

    /// Number of rows.
    public int count() {
        return rows.size();
    }

    /// Number of columns.
    public int columns() {
        return names.size();
    }

    /// A cell's text, without white space around it.
    ///
    /// @param row from 0
    /// @param column from 0
    public String cell(int row, int column) {
        return rows.get(row)[column];
    }

    /// Whether a cell holds nothing, or a word that stands for nothing.
    public boolean isMissing(int row, int column) {
        String cell = cell(row, column);
        return cell.isEmpty() || missing.contains(cell.toLowerCase(Locale.ROOT));
    }

    /// The number in a cell; NaN where it is missing.
    ///
    /// @throws DataException if it holds something else, or something that is not finite
    public double number(int row, int column) {
        if (isMissing(row, column)) {
            return Double.NaN;
        }
        double value = NumberText.parse(cell(row, column), dialect.decimalComma());
        if (!Double.isFinite(value)) {
            throw notANumber(row, column, value);
        }
        return value;
    }

    /// Position of the column that a text names: by name, or by number from 1, from the end if negative.
    ///
    /// @param option that the text was given by, for the message
    /// @throws DataException if there is none; names the nearest
    public int column(String text, String option) {
        int named = names.indexOf(text);
        if (named >= 0) {
            return named;
        }
        try {
            int number = Integer.parseInt(text.strip());
            if (number >= 1 && number <= columns()) {
                return number - 1;
            }
            if (number < 0 && number >= -columns()) {
                return columns() + number;
            }
        } catch (NumberFormatException notANumber) {
            // then it is a name, and one that the table does not have
        }
        Optional<String> nearest = Suggestion.nearest(text, names);
        throw new DataException(
                "cannot find the column that " + option + " names",
                source,
                "'" + text + "'",
                "one of " + some(names) + ", or a number from 1 to " + columns(),
                nearest.map(name -> "did you mean " + name + "?").orElse("name a column that the table has"));
    }

    /// Where a cell stands, for messages: `mpg.csv, line 34, column 4 (horsepower)`.
    public String place(int row, int column) {
        return source + ", line " + lines[row] + ", column " + (column + 1) + " (" + names.get(column) + ")";
    }

    private DataException notANumber(int row, int column, double value) {
        String cell = shortened(cell(row, column));
        if (Double.isInfinite(value)) {
            return new DataException(
                    "cannot use the table: a number is not finite",
                    place(row, column),
                    cell,
                    "a finite number, at most 1.8e308",
                    "correct the cell, or leave it empty: it is then missing");
        }
        String names = this.names.get(column);
        return new DataException(
                "cannot use the table: a cell of a column of numbers is none",
                place(row, column),
                "'" + cell + "'",
                "a number" + (dialect.decimalComma() ? " with a decimal comma" : "") + ", as in the other rows",
                NumberText.isGrouped(cell)
                        ? "leave out the marks that group thousands"
                        : NumberText.hasComma(cell)
                                ? "if it is a decimal comma, use --decimal comma; if it groups thousands, leave it out"
                                : row == 0 && !dialect.headed()
                                        ? "if the first line names the columns, use --header yes; else correct the cell"
                                        : "correct the cell; or --missing '" + cell
                                                + "' if it stands for nothing; or --categorical '" + names
                                                + "' if the column holds categories");
    }

    /// Where a row stands: `mpg.csv, line 34`.
    public String place(int row) {
        return source + ", line " + lines[row];
    }

    /// Line of a row in the file, from 1.
    public int line(int row) {
        return lines[row];
    }

    /// SHA-256 of names and cells, in lower-case hexadecimal: equal tables have the same whatever file
    /// they came in. Hashed is the UTF-8 text of each name, then of each cell row by row, each followed
    /// by a byte 0.
    public String sha256() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String name : names) {
                digest.update(name.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            }
            for (String[] row : rows) {
                for (String cell : row) {
                    digest.update(cell.getBytes(StandardCharsets.UTF_8));
                    digest.update((byte) 0);
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("every Java platform has SHA-256", absent);
        }
    }

    static String shortened(String cell) {
        return cell.length() <= 60 ? cell : cell.substring(0, 60) + "...";
    }

    static String some(List<String> names) {
        int most = 12;
        List<String> shown = new ArrayList<>(names.subList(0, Math.min(most, names.size())));
        return String.join(", ", shown) + (names.size() > most ? " and " + (names.size() - most) + " more" : "");
    }
}
