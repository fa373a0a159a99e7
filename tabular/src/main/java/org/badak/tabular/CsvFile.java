package org.badak.tabular;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.badak.data.DataException;

/// Reads CSV files (RFC 4180, and what people make of it): separator, quotes, header and decimal commas
/// are found out unless they are demanded. No line is longer than [#MOST_CHARACTERS], so that no file
/// can take more memory than its rows.
public final class CsvFile {
    /// The longest row, in characters.
    public static final int MOST_CHARACTERS = 1 << 22;
    /// The most columns.
    public static final int MOST_COLUMNS = 10_000;
    /// How much of a file is looked at to find out how it is written, in characters.
    static final int SAMPLE = 1 << 17;

    private CsvFile() {}

    /// Reads a file, finding out everything.
    ///
    /// @throws DataException where it is not a table; says file, line, column
    public static Table read(Path file) {
        return read(file, CsvOptions.DETECTED, List.of());
    }

    /// Reads a file.
    ///
    /// @param options what is demanded of it
    /// @param known names of columns that are expected, so that a header is recognised by them; may be
    ///     empty
    /// @throws DataException where it is not a table; says file, line, column
    public static Table read(Path file, CsvOptions options, List<String> known) {
        return read(CsvText.of(file, options.encoding()), options, known);
    }

    /// Reads a file that is in memory.
    ///
    /// @param name for messages
    /// @param content its bytes
    /// @param options what is demanded of it
    /// @param known names of columns that are expected, so that a header is recognised by them; may be empty
    /// @throws DataException where it is not a table; says name, line, column
    public static Table read(String name, byte[] content, CsvOptions options, List<String> known) {
        return read(
                CsvText.of(Path.of(name), () -> new ByteArrayInputStream(content), options.encoding()), options, known);
    }

    private static Table read(CsvText text, CsvOptions options, List<String> known) {
        Path file = text.file();
        CsvDialect dialect = DialectDetection.of(file, text.sample(SAMPLE), options, known);
        List<String[]> rows = new ArrayList<>();
        List<Integer> lines = new ArrayList<>();
        List<String> names = List.of();
        try (Reader reader = text.open();
                CsvReader<CsvRecord> records = CsvReader.builder()
                        .fieldSeparator(dialect.separator())
                        .quoteCharacter(dialect.quote())
                        .maxBufferSize(MOST_CHARACTERS)
                        .allowUnclosedQuote(false)
                        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                        .ofCsvRecord(reader)) {
            for (CsvRecord csv : records) {
                String[] cells = stripped(csv.getFields());
                int line = (int) Math.min(csv.getStartingLineNumber(), Integer.MAX_VALUE);
                if (names.isEmpty()) {
                    names = dialect.headed() ? header(file, line, cells, options) : numbered(cells.length);
                    requireColumns(file, cells.length, dialect);
                    if (dialect.headed()) {
                        continue;
                    }
                }
                if (cells.length != names.size()) {
                    throw ragged(file, line, cells, names, rows.isEmpty(), dialect);
                }
                rows.add(cells);
                lines.add(line);
            }
        } catch (CharacterCodingException malformed) {
            throw text.malformed(malformed);
        } catch (UncheckedIOException failed) {
            IOException cause = Objects.requireNonNull(failed.getCause(), "it always wraps one");
            throw cause instanceof CharacterCodingException malformed
                    ? text.malformed(malformed)
                    : CsvText.unreadable(file, cause);
        } catch (IOException failed) {
            throw CsvText.unreadable(file, failed);
        } catch (CsvParseException broken) {
            throw parse(file, broken, text, dialect, lines.isEmpty() ? 1 : lines.getLast() + 1);
        }
        if (rows.isEmpty()) {
            throw new DataException(
                    "cannot read the CSV file: it has no rows of data",
                    file.toString(),
                    names.isEmpty() ? "nothing but empty lines" : "a header and nothing below it",
                    "at least one row of data",
                    names.isEmpty() ? "name a file that holds a table" : "if the first line is data, use --header no");
        }
        return new Table(
                file.toString(),
                dialect,
                options.missing(),
                names,
                rows,
                lines.stream().mapToInt(Integer::intValue).toArray());
    }

    private static String[] stripped(List<String> fields) {
        String[] cells = new String[fields.size()];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = fields.get(i).strip();
        }
        return cells;
    }

    private static List<String> numbered(int count) {
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            names.add("column_" + i);
        }
        return names;
    }

    private static List<String> header(Path file, int line, String[] cells, CsvOptions options) {
        Map<String, Integer> seen = new HashMap<>();
        int numbers = 0;
        for (int i = 0; i < cells.length; i++) {
            numbers += NumberText.isNumber(cells[i], false) ? 1 : 0;
            cells[i] = cells[i].isEmpty() ? "column_" + (i + 1) : cells[i];
            Integer before = seen.put(cells[i], i + 1);
            if (before != null) {
                boolean number = NumberText.isNumber(cells[i], false);
                throw new DataException(
                        "cannot read the CSV file: two columns have one name",
                        file + ", line " + line + ", columns " + before + " and " + (i + 1),
                        "'" + Table.shortened(cells[i]) + "' twice",
                        "a name of its own for each column",
                        number || numbers > 0
                                ? "if the first line is data, use --header no; else rename one of them"
                                : "rename one of them");
            }
        }
        if (numbers == cells.length && options.header() == CsvOptions.Header.PRESENT) {
            throw new DataException(
                    "cannot read the CSV file: the header is made of numbers",
                    file + ", line " + line,
                    Table.some(Arrays.asList(cells)),
                    "names of columns",
                    "the first line looks like data: use --header no");
        }
        return Arrays.asList(cells);
    }

    private static void requireColumns(Path file, int columns, CsvDialect dialect) {
        if (columns > MOST_COLUMNS) {
            throw tooManyColumns(file, columns + " columns", dialect);
        }
        if (columns < 2) {
            throw new DataException(
                    "cannot read the CSV file: it has one column only",
                    file + ", line 1",
                    "no " + CsvOptions.describe(dialect.separator()) + " between cells",
                    "at least two columns: features and a target",
                    "name what stands between cells with --separator ',' ';' '|' blank or tab");
        }
    }

    private static DataException tooManyColumns(Path file, String found, CsvDialect dialect) {
        return new DataException(
                "cannot read the CSV file: too many columns",
                file + ", line 1",
                found + " with " + CsvOptions.describe(dialect.separator()) + " between them",
                "at most " + MOST_COLUMNS,
                "name the right separator with --separator, or use a table with fewer columns");
    }

    private static DataException ragged(
            Path file, int line, String[] cells, List<String> names, boolean first, CsvDialect dialect) {
        String separator = CsvOptions.describe(dialect.separator());
        String remedy = cells.length > names.size()
                ? "a cell that holds a " + separator + " must stand in quotes"
                        + (dialect.separator() == ','
                                ? "; decimal commas need another separator, or decimal points"
                                : "")
                : "complete the row, leaving cells empty where values are missing";
        return new DataException(
                "cannot read the CSV file: a row has another number of cells",
                file + ", line " + line,
                cells.length + (cells.length == 1 ? " cell" : " cells") + ": "
                        + Table.shortened(String.join(String.valueOf(dialect.separator()), cells)),
                names.size() + " cells, as in the " + (first && dialect.headed() ? "header" : "rows before") + ", with "
                        + separator + " between them",
                remedy);
    }

    private static DataException parse(
            Path file, CsvParseException broken, CsvText text, CsvDialect dialect, int afterLine) {
        String reason = String.valueOf(broken.getMessage())
                + (broken.getCause() == null ? "" : " " + broken.getCause().getMessage());
        boolean quote = text.hasOddQuotes(dialect.quote());
        if (quote) {
            return new DataException(
                    "cannot read the CSV file: a quote is not closed",
                    file + ", line " + text.lineOfOpenQuote(dialect.quote()),
                    "a " + dialect.quote() + " that begins a cell, and none that ends it",
                    "a second " + dialect.quote() + " behind the cell",
                    "close the quote; a quote inside a quoted cell is written twice");
        }
        if (reason.contains("maximum limit of")) { // of the library, in number of fields
            return tooManyColumns(file, "more than 16,384 columns", dialect);
        }
        if (reason.contains("buffer") || reason.contains("exceed") || reason.contains("maximum")) {
            return new DataException(
                    "cannot read the CSV file: a row is too long",
                    file + ", line " + afterLine + " or below",
                    "more than " + MOST_CHARACTERS + " characters without the end of a row",
                    "rows of at most " + MOST_CHARACTERS + " characters",
                    "check that the file is a table with line ends");
        }
        return new DataException(
                "cannot read the CSV file",
                file + ", line " + afterLine + " or below",
                reason,
                "cells with " + CsvOptions.describe(dialect.separator()) + " between them",
                "correct the row; --quote and --separator say how the file is written");
    }
}
