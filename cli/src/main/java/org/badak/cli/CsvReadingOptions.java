package org.badak.cli;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.badak.catalog.Suggestion;
import org.badak.tabular.CsvFile;
import org.badak.tabular.CsvOptions;
import org.badak.tabular.Table;
import picocli.CommandLine.Option;

/// The options that say how a CSV file is written. Without them it is found out.
final class CsvReadingOptions {
    private static final Map<String, CsvOptions.Header> HEADERS = Map.of(
            "auto", CsvOptions.Header.DETECTED, "yes", CsvOptions.Header.PRESENT, "no", CsvOptions.Header.ABSENT);
    private static final Map<String, CsvOptions.Decimal> DECIMALS = Map.of(
            "auto", CsvOptions.Decimal.DETECTED, "point", CsvOptions.Decimal.POINT, "comma", CsvOptions.Decimal.COMMA);

    @Option(
            names = "--separator",
            paramLabel = "CHAR",
            description = "CSV: what stands between cells: a character, tab or blank. Default: found out.")
    private String separator = "";

    @Option(
            names = "--quote",
            paramLabel = "CHAR",
            description = "CSV: what stands around cells that hold separators. Default: found out.")
    private String quote = "";

    @Option(
            names = "--header",
            paramLabel = "yes|no|auto",
            description = "CSV: whether the first row names the columns. Default: found out.")
    private String header = "auto";

    @Option(
            names = "--decimal",
            paramLabel = "point|comma|auto",
            description = "CSV: how fractions are written, 3.5 or 3,5. Default: found out.")
    private String decimal = "auto";

    @Option(
            names = "--encoding",
            paramLabel = "NAME",
            description = "CSV: character encoding, such as EUC-KR. Default: UTF-8, or UTF-16 with a byte order mark.")
    private String encoding = "";

    @Option(
            names = "--missing",
            paramLabel = "WORD[,WORD...]",
            split = ",",
            description = "CSV: further cells that stand for nothing, besides empty ones, ?, NA, N/A, NaN, null,"
                    + " none and -.")
    private List<String> missing = List.of();

    /// Made by picocli.
    CsvReadingOptions() {}

    /// Reads a table.
    ///
    /// @param known names of columns that are expected, or none
    Table read(Path file, List<String> known) {
        Set<String> words = new HashSet<>(CsvOptions.MISSING);
        words.addAll(missing);
        return CsvFile.read(
                file,
                new CsvOptions(
                        character("--separator", separator),
                        character("--quote", quote),
                        choice("--header", header, HEADERS),
                        choice("--decimal", decimal, DECIMALS),
                        encoding,
                        words),
                known);
    }

    private static <T> T choice(String option, String text, Map<String, T> choices) {
        T chosen = choices.get(text);
        if (chosen == null) {
            throw new UsageException(option + ": "
                    + Suggestion.unknown(
                            "choice", text, choices.keySet().stream().sorted().toList()));
        }
        return chosen;
    }

    private static char character(String option, String text) {
        return switch (text) {
            case "" -> CsvOptions.DETECT;
            case "tab", "\\t" -> '\t';
            case "blank", "space" -> ' ';
            default -> {
                if (text.length() != 1 || text.charAt(0) == '\n' || text.charAt(0) == '\r') {
                    throw UsageException.of(
                            option, "'" + text + "'", "one character, tab or blank", "try " + option + " ';'");
                }
                yield text.charAt(0);
            }
        };
    }
}
