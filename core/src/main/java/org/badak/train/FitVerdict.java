package org.badak.train;

import java.util.Locale;

/// What the distance between training and test accuracy says about a network, in words.
///
/// The rule, in this order, with a = accuracy, c = number of classes, gap = a(train) − a(test):
/// - mean training loss not below 2·ln c, twice that of guessing: [#DIVERGED];
/// - a(train) < 1.5/c: [#LEARNED_NOTHING], hardly better than guessing;
/// - gap ≤ 2 standard errors of the two accuracies, √(a(1 − a)/n) each, or gap < 2 points: [#GENERALISES];
/// - gap < 5 points: [#SLIGHTLY_OVERFITTED];
/// - else [#OVERFITTED].
///
/// The thresholds of 2 and 5 points are this project's; the standard errors keep small test sets from being accused.
public enum FitVerdict {
    /// The loss is far above that of guessing: the learning rate is too large.
    DIVERGED,
    /// Hardly better than guessing.
    LEARNED_NOTHING,
    /// As good on unseen examples as on those it was trained with.
    GENERALISES,
    /// A little better on the examples it was trained with.
    SLIGHTLY_OVERFITTED,
    /// Clearly better on the examples it was trained with.
    OVERFITTED;

    private static final double DIVERGENCE = 2;
    private static final double GUESSING = 1.5;
    private static final double SLIGHT = 0.02;
    private static final double CLEAR = 0.05;
    private static final double STANDARD_ERRORS = 2;

    /// The verdict on a reading.
    ///
    /// @param trainCount number of training examples
    /// @param testCount number of test examples
    public static FitVerdict of(Evaluation reading, int trainCount, int testCount, int classes) {
        double train = reading.trainAccuracy();
        double test = reading.testAccuracy();
        if (!(reading.trainLoss() < DIVERGENCE * Math.log(classes))) {
            return DIVERGED;
        }
        if (train < GUESSING / classes) {
            return LEARNED_NOTHING;
        }
        double gap = train - test;
        double noise = Math.sqrt(train * (1 - train) / trainCount + test * (1 - test) / testCount);
        if (gap < SLIGHT || gap <= STANDARD_ERRORS * noise) {
            return GENERALISES;
        }
        return gap < CLEAR ? SLIGHTLY_OVERFITTED : OVERFITTED;
    }

    /// The verdict in a word, for files: `generalises`.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The verdict in a sentence or two, with the figures, in Korean for Korean readers, else in English.
    public String sentence(Evaluation reading, Locale locale) {
        boolean korean = locale.getLanguage().equals("ko");
        String figures = String.format(
                Locale.ROOT,
                korean ? "훈련 %.2f %%, 시험 %.2f %%, 차이 %.2f %%p" : "training %.2f %%, test %.2f %%, gap %.2f points",
                100 * reading.trainAccuracy(),
                100 * reading.testAccuracy(),
                100 * (reading.trainAccuracy() - reading.testAccuracy()));
        return (korean ? korean() : english()) + " (" + figures + ")" + (korean ? koreanAdvice() : englishAdvice());
    }

    private String english() {
        return switch (this) {
            case DIVERGED -> "Training diverged: the loss is above that of guessing";
            case LEARNED_NOTHING -> "Nothing learned: the network does hardly better than guessing";
            case GENERALISES -> "No over-fitting: the network does as well on images it has never seen";
            case SLIGHTLY_OVERFITTED -> "Slight over-fitting: a little better on the images it was trained with";
            case OVERFITTED -> "Over-fitting: clearly better on the images it was trained with than on new ones";
        };
    }

    private String englishAdvice() {
        return switch (this) {
            case DIVERGED -> ". The learning rate is too large: try a tenth.";
            case LEARNED_NOTHING -> ". Try more iterations, another learning rate or another initialisation.";
            case GENERALISES -> ".";
            case SLIGHTLY_OVERFITTED -> ". More training images or fewer epochs would narrow the gap.";
            case OVERFITTED -> ". It learns its examples by heart: use more images, a smaller network or fewer epochs.";
        };
    }

    private String korean() {
        return switch (this) {
            case DIVERGED -> "학습이 발산했습니다: 손실이 무작위 추측보다도 큽니다";
            case LEARNED_NOTHING -> "학습이 되지 않았습니다: 정확도가 무작위 추측과 거의 같습니다";
            case GENERALISES -> "오버피팅이 없습니다: 처음 보는 이미지도 똑같이 잘 맞힙니다";
            case SLIGHTLY_OVERFITTED -> "오버피팅이 조금 있습니다: 훈련에 쓴 이미지를 조금 더 잘 맞힙니다";
            case OVERFITTED -> "오버피팅입니다: 훈련에 쓴 이미지를 새 이미지보다 훨씬 더 잘 맞힙니다";
        };
    }

    private String koreanAdvice() {
        return switch (this) {
            case DIVERGED -> ". 학습률이 너무 큽니다. 10분의 1로 줄여 보십시오.";
            case LEARNED_NOTHING -> ". 반복 횟수를 늘리거나 학습률 또는 초깃값을 바꾸어 보십시오.";
            case GENERALISES -> ".";
            case SLIGHTLY_OVERFITTED -> ". 훈련 이미지를 늘리거나 에폭을 줄이면 차이가 작아집니다.";
            case OVERFITTED -> ". 훈련 데이터를 외우고 있습니다. 이미지를 늘리거나 신경망 또는 에폭을 줄이십시오.";
        };
    }
}
