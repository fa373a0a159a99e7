package org.badak.train;

import java.util.Locale;

/// How far the R² of numbers on the training examples is ahead of that on examples the network was not trained with.
///
/// The loss of a table of numbers is the mean squared error of targets that are standardised by the training
/// examples, which is the share of their variance that is left unexplained: R² = 1 − loss.
///
/// Whether a gap is more than chance follows from the standard error of a difference of two mean squares,
/// √((κ − 1)(a²/n + b²/m)) with kurtosis κ = 6 of the residuals, that of a Laplace distribution: residuals of tables
/// have heavier tails than the normal distribution, whose κ is 3, and a few large ones make a mean uncertain.
///
/// @param train mean squared error of the training examples, a share of the variance
/// @param unseen that of the others; NaN if there are none
/// @param trainCount number of training examples
/// @param unseenCount number of the others
public record ErrorGap(double train, double unseen, int trainCount, int unseenCount) implements Gap {
    private static final double KURTOSIS = 6;

    /// The gap in a reading: to the validation part where there is one, else to the test set.
    ///
    /// @param trainCount number of training examples
    /// @param unseenCount number of examples of the validation part where there is one, else of the test set
    public static ErrorGap of(Evaluation reading, int trainCount, int unseenCount) {
        boolean validated = !Double.isNaN(reading.validationLoss());
        return new ErrorGap(
                reading.trainLoss(),
                validated ? reading.validationLoss() : reading.testLoss(),
                trainCount,
                unseenCount);
    }

    /// Difference of the R²: 0.05 is five hundredths.
    @Override
    public double size() {
        return unseen - train;
    }

    @Override
    public double standardError() {
        return Math.sqrt((KURTOSIS - 1) * (train * train / trainCount + unseen * unseen / unseenCount));
    }

    /// `training R2 0.9512, validation R2 0.8034, gap 0.1478`.
    @Override
    public String figures(boolean validated, Locale locale) {
        boolean korean = locale.getLanguage().equals("ko");
        String others = korean ? validated ? "검증" : "시험" : validated ? "validation" : "test";
        return String.format(
                Locale.ROOT,
                korean ? "훈련 R2 %.4f, %s R2 %.4f, 차이 %.4f" : "training R2 %.4f, %s R2 %.4f, gap %.4f",
                1 - train,
                others,
                1 - unseen,
                size());
    }

    @Override
    public String lead(boolean validated, Locale locale) {
        boolean korean = locale.getLanguage().equals("ko");
        return String.format(
                Locale.ROOT,
                korean
                        ? "훈련 행의 R2가 앞서 나갑니다 (%s, 표준 오차 %.4f)"
                        : "R2 of the training rows runs ahead (%s, standard error %.4f)",
                figures(validated, locale),
                standardError());
    }
}
