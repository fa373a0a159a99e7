package org.badak.tabular;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What a column is taken for.
public enum ColumnType {
    /// Numbers; they are standardised.
    NUMERIC("number", "숫자"),
    /// Words that come again; each becomes a column of zeros and ones.
    CATEGORICAL("category", "범주"),
    /// The same in every row: says nothing, left out.
    CONSTANT("constant", "상수"),
    /// A word or number of its own in (nearly) every row, such as a name or a row number: says nothing
    /// about other rows, left out.
    IDENTIFIER("identifier", "식별자"),
    /// Nothing in any row; left out.
    EMPTY("empty", "빈 열");

    private final String word;
    private final String korean;

    ColumnType(String word, String korean) {
        this.word = word;
        this.korean = korean;
    }

    /// In one word, for files and messages.
    public String word() {
        return word;
    }

    /// The word, in Korean for Korean readers, else in English.
    public String word(Locale locale) {
        return locale.getLanguage().equals("ko") ? korean : word;
    }

    /// The type of a word, if it is one's.
    static Optional<ColumnType> of(String word) {
        return Arrays.stream(values()).filter(type -> type.word.equals(word)).findFirst();
    }

    /// Whether a network can learn from it.
    public boolean isFeature() {
        return this == NUMERIC || this == CATEGORICAL;
    }
}
