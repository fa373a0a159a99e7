package org.badak.train;

import java.util.Locale;

/// How far the accuracy on the training examples is ahead of that on examples the network was not trained with.
///
/// Whether a gap is more than chance follows from the standard error of a difference of two proportions,
/// √(a(1 − a)/n + b(1 − b)/m), so that a small test set is not taken at its word.
///
/// @param train accuracy on the training examples, 0 to 1
/// @param unseen accuracy on the others, 0 to 1; NaN if there are none
/// @param trainCount number of training examples
/// @param unseenCount number of the others
public record AccuracyGap(double train, double unseen, int trainCount, int unseenCount) {
    private static final double SLIGHT = 0.02;
    private static final double STANDARD_ERRORS = 2;

    /// The gap in a reading: to the validation part where there is one, else to the test set.
    ///
    /// @param trainCount number of training examples
    /// @param unseenCount number of examples of the validation part where there is one, else of the test set
    public static AccuracyGap of(Evaluation reading, int trainCount, int unseenCount) {
        boolean validated = !Double.isNaN(reading.validationAccuracy());
        return new AccuracyGap(
                reading.trainAccuracy(),
                validated ? reading.validationAccuracy() : reading.testAccuracy(),
                trainCount,
                unseenCount);
    }

    /// The difference, a share: 0.05 is five points.
    public double size() {
        return train - unseen;
    }

    /// Standard error of the difference.
    public double standardError() {
        return Math.sqrt(train * (1 - train) / trainCount + unseen * (1 - unseen) / unseenCount);
    }

    /// Whether the gap is worth a word: at least 2 points, and more than 2 standard errors.
    public boolean isOpen() {
        return size() >= SLIGHT && size() > STANDARD_ERRORS * standardError();
    }

    /// The figures in words: `training 100.00 %, test 76.50 %, gap 23.50 points`.
    ///
    /// @param validated whether the others are a validation part
    public String figures(boolean validated, Locale locale) {
        boolean korean = locale.getLanguage().equals("ko");
        String others = korean ? validated ? "검증" : "시험" : validated ? "validation" : "test";
        return String.format(
                Locale.ROOT,
                korean ? "훈련 %.2f %%, %s %.2f %%, 차이 %.2f %%p" : "training %.2f %%, %s %.2f %%, gap %.2f points",
                100 * train,
                others,
                100 * unseen,
                100 * size());
    }
}
