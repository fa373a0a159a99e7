package org.badak.tabular;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// What a user demands of a CSV file; what is left open is found out from the file.
///
/// @param separator the character between cells, or [#DETECT]
/// @param quote the character around cells that hold separators, or [#DETECT]
/// @param header whether the first row names the columns
/// @param decimal how fractions are written
/// @param encoding name of the character encoding, or empty: UTF-8, or UTF-16 where a byte order mark says so
/// @param missing cells that stand for nothing, besides empty ones; upper and lower case alike
public record CsvOptions(
        char separator, char quote, Header header, Decimal decimal, String encoding, Set<String> missing) {
    /// To be found out.
    public static final char DETECT = '\0';
    /// Cells that stand for nothing unless others are named.
    public static final Set<String> MISSING = Set.of("?", "na", "n/a", "nan", "null", "none", "-");
    /// Finds out everything.
    public static final CsvOptions DETECTED =
            new CsvOptions(DETECT, DETECT, Header.DETECTED, Decimal.DETECTED, "", MISSING);

    /// Whether the first row names the columns.
    public enum Header {
        /// To be found out.
        DETECTED,
        /// It does.
        PRESENT,
        /// It is data.
        ABSENT
    }

    /// How fractions are written.
    public enum Decimal {
        /// To be found out.
        DETECTED,
        /// 3.5
        POINT,
        /// 3,5
        COMMA
    }

    /// Lowers the words for nothing.
    public CsvOptions {
        missing = missing.stream()
                .map(word -> word.strip().toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }

    /// The same with another demand on the header.
    public CsvOptions with(Header wanted) {
        return new CsvOptions(separator, quote, wanted, decimal, encoding, missing);
    }

    /// The separators that are looked for, those that seldom stand for something else first.
    static final List<Character> SEPARATORS = List.of('\t', ';', '|', ',');

    /// A separator in words.
    static String describe(char separator) {
        return switch (separator) {
            case '\t' -> "tab";
            case ' ' -> "blank";
            default -> "'" + separator + "'";
        };
    }
}
