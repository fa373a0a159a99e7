package org.badak.cli;

import java.util.Locale;
import org.badak.chapter.Cure;
import org.badak.data.LabelNoise;
import org.badak.figure.report.Words;
import org.badak.train.Evaluation;

/// What a cure is worth, in words.
///
/// @param result what it came to
/// @param images how many were learnt
/// @param validation how many more early stopping looked at
/// @param noise the wrong labels of both
/// @param epochs how long was trained without early stopping
record CureWords(CureResult result, int images, int validation, LabelNoise noise, long epochs) {
    private static final double CERTAIN = 2; // standard errors
    private static final double BY_HEART = 0.995;
    private static final double FOR_ALL_IMAGES = 0.001; // the more images, the less it takes

    /// The cure with its strength.
    Words name() {
        Cure cure = result.cure();
        if (cure.stopsEarly()) {
            return new Words("early stopping", "조기 종료");
        }
        if (cure.dropout() > 0) {
            return new Words("dropout " + cure.dropout(), "드롭아웃 " + cure.dropout());
        }
        return cure.weightDecay() > 0
                ? new Words("weight decay " + cure.weightDecay(), "가중치 감소 " + cure.weightDecay())
                : new Words("plain", "처방 없음");
    }

    /// What it did to the test accuracy, and how.
    Words sentence() {
        Words name = name();
        if (result.isPlain()) {
            return plain();
        }
        Words gain = gain();
        Words how = result.cure().stopsEarly()
                ? stopping()
                : result.cure().dropout() > 0
                        ? new Words(
                                "Units left out at random cannot rely on each other, as if many networks were averaged.",
                                "뉴런을 무작위로 빼면 서로에게 기댈 수 없어, 여러 신경망을 평균한 것과 같은 효과를 냅니다.")
                        : new Words(
                                "Large weights cost, so the network prefers simple answers to learning by heart.",
                                "큰 가중치에 벌점을 주므로 외우기보다 단순한 답을 택합니다.");
        return new Words(
                name.english().substring(0, 1).toUpperCase(Locale.ROOT)
                        + name.english().substring(1) + ": " + gain.english() + " " + how.english(),
                name.korean() + ": " + gain.korean() + " " + how.korean());
    }

    private Words plain() {
        boolean byHeart = result.last(Evaluation::trainAccuracy) >= BY_HEART;
        int wrong = noise.of(images);
        String known = Texts.percent(result.last(Evaluation::trainAccuracy));
        String unseen = Texts.percent(result.last(Evaluation::testAccuracy));
        return new Words(
                String.format(
                        Locale.ROOT,
                        "Plain: right on %s of the images it learnt and on %s of new ones, a gap of %.2f points.%s%s",
                        known,
                        unseen,
                        100 * result.gap(),
                        byHeart ? " It has learnt them by heart" : "",
                        !byHeart ? "" : wrong == 0 ? "." : ", the " + wrong + " wrong labels too."),
                String.format(
                        Locale.ROOT,
                        "처방 없음: 배운 이미지는 %s, 새 이미지는 %s를 맞힙니다. 차이는 %.2f %%p입니다.%s",
                        known,
                        unseen,
                        100 * result.gap(),
                        !byHeart ? "" : wrong == 0 ? " 배운 것을 외운 것입니다." : " 틀린 레이블 " + wrong + "개까지 외운 것입니다."));
    }

    /// The gain beside what chance could have done.
    private Words gain() {
        double error = result.standardError();
        String points = String.format(Locale.ROOT, "%+.2f", 100 * result.gain());
        if (Double.isNaN(error)) {
            return new Words("test accuracy " + points + " points.", "시험 정확도 " + points + " %p.");
        }
        String figure = String.format(Locale.ROOT, "%.2f", 100 * error);
        boolean certain = Math.abs(result.gain()) > CERTAIN * error;
        return new Words(
                "test accuracy " + points + " points (standard error " + figure
                        + (certain ? ")." : "; it may be chance)."),
                "시험 정확도 " + points + " %p(표준 오차 " + figure + (certain ? " %p)." : " %p, 우연일 수 있습니다)."));
    }

    private Words stopping() {
        double epoch = result.last(Evaluation::epoch);
        double loss = result.last(Evaluation::testLoss);
        double plain = result.lastPlain(Evaluation::testLoss);
        int wrong = noise.of(validation);
        Words limit = result.gain() > 0 ? Words.same("") : limit();
        return new Words(
                String.format(
                        Locale.ROOT,
                        "%,d more images%s, which no other run looks at, said when it was best: the parameters of epoch"
                                + " %.0f of %,d are kept. Test loss %.3f in place of %.3f.%s",
                        validation,
                        wrong == 0 ? "" : ", " + wrong + " of them with a wrong label too",
                        epoch,
                        epochs,
                        loss,
                        plain,
                        limit.english()),
                String.format(
                        Locale.ROOT,
                        "다른 학습은 보지 않는 이미지 %,d장%s으로 가장 좋은 때를 골라 에폭 %.0f/%,d의 매개변수를 남깁니다."
                                + " 시험 손실은 %.3f(처방 없음 %.3f)입니다.%s",
                        validation,
                        wrong == 0 ? "" : "(그중 " + wrong + "장은 레이블이 틀림)",
                        epoch,
                        epochs,
                        loss,
                        plain,
                        limit.korean()));
    }

    private Words limit() {
        String most = String.format(Locale.ROOT, "%.2f", 100 * result.mostByStopping());
        return new Words(
                " No moment of stopping could add more than " + most + " points here: the plain run at its best, chosen"
                        + " by the test set itself, against its end. It saves time, not mistakes.",
                " 여기서는 언제 멈추어도 " + most
                        + " %p보다 더 올릴 수 없습니다. 처방 없는 학습에서 시험 데이터로 고른 가장 좋은 때와 끝의 차이입니다. 실수가 아니라 시간을 줄여 줍니다.");
    }

    /// What to type to use it.
    Words use() {
        Cure cure = result.cure();
        if (result.isPlain()) {
            return new Words(
                    "More images are the best cure: badak train learns all that there are.",
                    "이미지를 늘리는 것이 가장 좋은 처방입니다: badak train은 있는 이미지를 모두 배웁니다.");
        }
        String options = cure.stopsEarly()
                ? "--validation 0.1 --early-stopping 5 --watch validation-accuracy"
                : cure.dropout() > 0
                        ? "--layers \"dense 100, relu, dropout " + cure.dropout() + ", dense 10\""
                        : "--weight-decay " + FOR_ALL_IMAGES;
        return new Words("To use it: badak train " + options, "쓰는 법: badak train " + options);
    }
}
