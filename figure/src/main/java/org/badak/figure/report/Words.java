package org.badak.figure.report;

/// A text in English and in Korean; the reader chooses which is shown.
///
/// @param english the English text
/// @param korean the Korean text
public record Words(String english, String korean) {

    /// The same text in both languages: names, numbers.
    public static Words same(String text) {
        return new Words(text, text);
    }
}
