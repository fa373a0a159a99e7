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
public record AccuracyGap(double train, double unseen, int trainCount, int unseenCount) implements Gap {
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

    @Override
    public double size() {
        return train - unseen;
    }

    @Override
    public double standardError() {
        return Math.sqrt(train * (1 - train) / trainCount + unseen * (1 - unseen) / unseenCount);
    }

    @Override
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

    @Override
    public String lead(boolean validated, Locale locale) {
        boolean korean = locale.getLanguage().equals("ko");
        return String.format(
                Locale.ROOT,
                korean
                        ? "훈련 정확도가 앞서 나갑니다 (%s, 표준 오차 %.2f %%p)"
                        : "training accuracy runs ahead (%s, standard error %.2f)",
                figures(validated, locale),
                100 * standardError());
    }
}
