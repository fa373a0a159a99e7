package org.badak.train;

import java.util.Locale;

/// How far a network is ahead on the examples it was trained with: of classes by accuracy, of numbers by R².
public sealed interface Gap permits AccuracyGap, ErrorGap {
    /// Gaps below this share are not worth a word.
    double SLIGHT = 0.02;
    /// How many standard errors are taken for chance.
    double STANDARD_ERRORS = 2;

    /// The difference, a share: 0.05 is five points; NaN if there is nothing to compare with.
    double size();

    /// Standard error of the difference.
    double standardError();

    /// Whether the gap is worth a word: at least 2 points, and more than 2 standard errors.
    default boolean isOpen() {
        return size() >= SLIGHT && size() > STANDARD_ERRORS * standardError();
    }

    /// The figures in words: `training 100.00 %, test 76.50 %, gap 23.50 points`.
    ///
    /// @param validated whether the others are a validation part
    String figures(boolean validated, Locale locale);

    /// What runs ahead, with the figures and the standard error, as the end of a sentence.
    ///
    /// @param validated whether the others are a validation part
    String lead(boolean validated, Locale locale);
}
