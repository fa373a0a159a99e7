package org.badak.train;

import java.util.Locale;

/// The moment in which a network began to be better on its training examples than on others.
///
/// @param reading the first that showed it
/// @param gap how far
public record GapOpening(Evaluation reading, Gap gap) {
    /// The moment in a sentence, with the figures, in Korean for Korean readers, else in English.
    public String sentence(Locale locale) {
        boolean korean = locale.getLanguage().equals("ko");
        boolean validated = !Double.isNaN(reading.validationLoss());
        return String.format(
                Locale.ROOT,
                korean ? "오버피팅이 시작됐습니다: %,d단계(에폭 %.4g)부터 %s." : "Over-fitting began at step %,d (epoch %.4g): %s.",
                reading.step(),
                reading.epoch(),
                gap.lead(validated, locale));
    }
}
