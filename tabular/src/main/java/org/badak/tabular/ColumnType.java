package org.badak.tabular;

/// What a column is taken for.
public enum ColumnType {
    /// Numbers; they are standardised.
    NUMERIC("number"),
    /// Words that come again; each becomes a column of zeros and ones.
    CATEGORICAL("category"),
    /// The same in every row: says nothing, left out.
    CONSTANT("constant"),
    /// A word or number of its own in (nearly) every row, such as a name or a row number: says nothing
    /// about other rows, left out.
    IDENTIFIER("identifier"),
    /// Nothing in any row; left out.
    EMPTY("empty");

    private final String word;

    ColumnType(String word) {
        this.word = word;
    }

    /// In one word, for tables and messages.
    public String word() {
        return word;
    }

    /// Whether a network can learn from it.
    public boolean isFeature() {
        return this == NUMERIC || this == CATEGORICAL;
    }
}
