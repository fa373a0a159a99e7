package org.badak.figure.report;

/// A sentence that says what the figures mean, as on over-fitting.
///
/// @param tone how it is coloured
/// @param words the sentence
public record Verdict(Tone tone, Words words) {

    /// Whether a verdict is good news.
    public enum Tone {
        /// All is well.
        GOOD,
        /// Something deserves attention.
        ATTENTION,
        /// Something went wrong.
        BAD
    }
}
