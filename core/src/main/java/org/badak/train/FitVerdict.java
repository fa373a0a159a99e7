package org.badak.train;

import java.util.List;
import java.util.Locale;

/// What the distance between training and test examples says about a network, in words.
///
/// The rule for classes, in this order, with a = accuracy, c = number of classes, gap = a(train) − a(test):
/// - mean training loss not below 2·ln c, twice that of guessing: [#DIVERGED];
/// - a(train) less than an eighteenth of the way from guessing, 1/c, to 1, that is 0.15 of ten classes and 0.53 of
///   two: [#LEARNED_NOTHING];
/// - no gap that [Gap#isOpen], but a training loss above ln c/4 that fell by a tenth or more in the last
///   quarter of the run: [#UNDERFITTED], which only a whole run can show;
/// - no such gap: [#GENERALISES];
/// - gap < 5 points: [#SLIGHTLY_OVERFITTED];
/// - else [#OVERFITTED].
///
/// For numbers it is the same with R² in place of accuracy and 1, the loss of answering the mean, in place of ln c:
/// diverged from a loss of 2, nothing learned below an R² of 1/18.
///
/// The thresholds are this project's. A high training loss alone is not taken for under-fitting: where classes
/// overlap, no network can do better.
public enum FitVerdict {
    /// The loss is far above that of guessing: the learning rate is too large.
    DIVERGED,
    /// Hardly better than guessing.
    LEARNED_NOTHING,
    /// No gap, but the training loss is still high and still falling: training ended too soon.
    UNDERFITTED,
    /// As good on unseen examples as on those it was trained with.
    GENERALISES,
    /// A little better on the examples it was trained with.
    SLIGHTLY_OVERFITTED,
    /// Clearly better on the examples it was trained with.
    OVERFITTED;

    private static final double DIVERGENCE = 2;
    private static final double HARDLY = 1.0 / 18;
    private static final double CLEAR = 0.05;
    private static final double HIGH_LOSS = 0.25;
    private static final double STILL_FALLING = 0.9;
    private static final double LAST_QUARTER = 0.75;

    /// The verdict on a run.
    ///
    /// @param readings all readings, in order
    /// @param kept the reading of the parameters that are left at the end
    /// @param trainCount number of training examples
    /// @param testCount number of test examples
    public static FitVerdict of(
            List<Evaluation> readings, Evaluation kept, int trainCount, int testCount, int classes) {
        return of(kept, trainCount, testCount, classes).whole(readings, kept, Math.log(classes));
    }

    /// The verdict on a reading.
    ///
    /// @param trainCount number of training examples
    /// @param testCount number of test examples
    public static FitVerdict of(Evaluation reading, int trainCount, int testCount, int classes) {
        double train = reading.trainAccuracy();
        return of(
                new AccuracyGap(train, reading.testAccuracy(), trainCount, testCount),
                reading.trainLoss() / Math.log(classes),
                (train * classes - 1) / (classes - 1));
    }

    /// The verdict on a run that learned numbers.
    ///
    /// @param readings all readings, in order
    /// @param kept the reading of the parameters that are left at the end
    /// @param gap between training and test examples
    public static FitVerdict of(List<Evaluation> readings, Evaluation kept, ErrorGap gap) {
        return of(gap, gap.train(), 1 - gap.train()).whole(readings, kept, 1);
    }

    /// @param loss of training, guessing is 1
    /// @param learned way from guessing to all right
    private static FitVerdict of(Gap gap, double loss, double learned) {
        if (!(loss < DIVERGENCE)) {
            return DIVERGED;
        }
        if (learned < HARDLY) {
            return LEARNED_NOTHING;
        }
        if (!gap.isOpen()) {
            return GENERALISES;
        }
        return gap.size() < CLEAR ? SLIGHTLY_OVERFITTED : OVERFITTED;
    }

    /// The verdict with what only a whole run can show.
    private FitVerdict whole(List<Evaluation> readings, Evaluation kept, double guessing) {
        if (this != GENERALISES || kept.trainLoss() <= HIGH_LOSS * guessing) {
            return this;
        }
        double before = kept.trainLoss();
        for (Evaluation reading : readings) {
            before = reading.step() <= LAST_QUARTER * kept.step() ? reading.trainLoss() : before;
        }
        return kept.trainLoss() <= STILL_FALLING * before ? UNDERFITTED : GENERALISES;
    }

    /// The verdict in a word, for files: `generalises`.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The verdict in a sentence or two, with the figures, in Korean for Korean readers, else in English.
    public String sentence(Evaluation reading, Locale locale) {
        return sentence(new AccuracyGap(reading.trainAccuracy(), reading.testAccuracy(), 1, 1), locale);
    }

    /// The verdict in a sentence or two, with the figures of a gap to the test set.
    public String sentence(Gap gap, Locale locale) {
        boolean korean = locale.getLanguage().equals("ko");
        return (korean ? korean() : english()) + " (" + gap.figures(false, locale) + ")"
                + (korean ? koreanAdvice() : englishAdvice());
    }

    private String english() {
        return switch (this) {
            case DIVERGED -> "Training diverged: the loss is above that of guessing";
            case LEARNED_NOTHING -> "Nothing learned: the network does hardly better than guessing";
            case UNDERFITTED -> "Under-fitting: the training loss is still high and still falling";
            case GENERALISES -> "No over-fitting: the network does as well on data it has never seen";
            case SLIGHTLY_OVERFITTED -> "Slight over-fitting: a little better on the data it was trained with";
            case OVERFITTED -> "Over-fitting: clearly better on the data it was trained with than on new data";
        };
    }

    private String englishAdvice() {
        return switch (this) {
            case DIVERGED -> ". The learning rate is too large: try a tenth.";
            case LEARNED_NOTHING -> ". Try more iterations, another learning rate or another initialisation.";
            case UNDERFITTED -> ". Train longer, or try a larger learning rate or a larger network.";
            case GENERALISES -> ".";
            case SLIGHTLY_OVERFITTED -> ". More training data or fewer epochs would narrow the gap.";
            case OVERFITTED -> ". It learns its examples by heart: use more data, a smaller network or fewer epochs.";
        };
    }

    private String korean() {
        return switch (this) {
            case DIVERGED -> "학습이 발산했습니다: 손실이 무작위 추측보다도 큽니다";
            case LEARNED_NOTHING -> "학습이 되지 않았습니다: 정확도가 무작위 추측과 거의 같습니다";
            case UNDERFITTED -> "언더피팅입니다: 훈련 손실이 아직 크고 계속 줄고 있습니다";
            case GENERALISES -> "오버피팅이 없습니다: 처음 보는 데이터도 똑같이 잘 맞힙니다";
            case SLIGHTLY_OVERFITTED -> "오버피팅이 조금 있습니다: 훈련에 쓴 데이터를 조금 더 잘 맞힙니다";
            case OVERFITTED -> "오버피팅입니다: 훈련에 쓴 데이터를 새 데이터보다 훨씬 더 잘 맞힙니다";
        };
    }

    private String koreanAdvice() {
        return switch (this) {
            case DIVERGED -> ". 학습률이 너무 큽니다. 10분의 1로 줄여 보십시오.";
            case LEARNED_NOTHING -> ". 반복 횟수를 늘리거나 학습률 또는 초깃값을 바꾸어 보십시오.";
            case UNDERFITTED -> ". 더 오래 학습하거나 학습률을 높이거나 신경망을 키워 보십시오.";
            case GENERALISES -> ".";
            case SLIGHTLY_OVERFITTED -> ". 훈련 데이터를 늘리거나 에폭을 줄이면 차이가 작아집니다.";
            case OVERFITTED -> ". 훈련 데이터를 외우고 있습니다. 데이터를 늘리거나 신경망 또는 에폭을 줄이십시오.";
        };
    }
}
