package org.badak.tabular;

import java.util.Locale;

/// How a CSV file is written, once that has been found out.
///
/// @param separator between cells
/// @param quote around cells that hold separators
/// @param headed whether the first row names the columns
/// @param decimalComma whether fractions are written 3,5
public record CsvDialect(char separator, char quote, boolean headed, boolean decimalComma) {
    /// In words: `separator ',', header`.
    @Override
    public String toString() {
        return "separator " + CsvOptions.describe(separator) + (headed ? ", header" : ", no header")
                + (decimalComma ? ", decimal commas" : "") + (quote == '"' ? "" : ", quote " + quote);
    }

    /// In words, in Korean for Korean readers, else in English.
    public String inWords(Locale locale) {
        if (!locale.getLanguage().equals("ko")) {
            return toString();
        }
        String between = switch (separator) {
            case '\t' -> "탭";
            case ' ' -> "공백";
            default -> CsvOptions.describe(separator);
        };
        return "구분자 " + between + (headed ? ", 머리글 있음" : ", 머리글 없음") + (decimalComma ? ", 소수점은 쉼표" : "")
                + (quote == '"' ? "" : ", 따옴표 " + quote);
    }
}
