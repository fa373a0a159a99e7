package org.badak.train;

import java.util.Locale;

/// The moment in which training accuracy left the accuracy on other examples behind.
///
/// @param reading the first that showed it
/// @param gap how far
public record GapOpening(Evaluation reading, AccuracyGap gap) {
    /// The moment in a sentence, with the figures, in Korean for Korean readers, else in English.
    public String sentence(Locale locale) {
        boolean korean = locale.getLanguage().equals("ko");
        boolean validated = !Double.isNaN(reading.validationAccuracy());
        return String.format(
                Locale.ROOT,
                korean
                        ? "오버피팅이 시작됐습니다: %,d단계(에폭 %.4g)부터 훈련 정확도가 앞서 나갑니다 (%s, 표준 오차 %.2f %%p)."
                        : "Over-fitting began at step %,d (epoch %.4g): training accuracy runs ahead"
                                + " (%s, standard error %.2f).",
                reading.step(),
                reading.epoch(),
                gap.figures(validated, locale),
                100 * gap.standardError());
    }
}
