package org.badak.tabular;

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
}
