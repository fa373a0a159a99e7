package org.badak.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FitVerdictTest {
    @ParameterizedTest
    @CsvSource({
        "0.0986, 0.0958, 60000, 10000, LEARNED_NOTHING",
        "0.1500, 0.1500, 60000, 10000, GENERALISES",
        "0.9471, 0.9465, 60000, 10000, GENERALISES",
        "0.9699, 0.9500, 60000, 10000, GENERALISES",
        "0.9701, 0.9500, 60000, 10000, SLIGHTLY_OVERFITTED",
        "0.9900, 0.9401, 60000, 10000, SLIGHTLY_OVERFITTED",
        "1.0000, 0.7600, 300, 10000, OVERFITTED",
        "1.0000, 0.9400, 100, 50, GENERALISES", // 6 points on 50 images are within two standard errors
        "0.9000, 0.9500, 1000, 1000, GENERALISES",
    })
    void verdictFollowsTheGap(double train, double test, int trainCount, int testCount, FitVerdict expected) {
        assertThat(FitVerdict.of(reading(train, test), trainCount, testCount, 10))
                .isEqualTo(expected);
    }

    @Test
    void sentenceHasTheFiguresInBothLanguages() {
        for (FitVerdict verdict : FitVerdict.values()) {
            String english = verdict.sentence(reading(1, 0.765), Locale.ENGLISH);
            String korean = verdict.sentence(reading(1, 0.765), Locale.KOREAN);
            assertThat(english)
                    .contains("training 100.00 %", "test 76.50 %", "gap 23.50 points")
                    .matches("\\p{ASCII}*");
            assertThat(korean).contains("훈련 100.00 %", "시험 76.50 %", "23.50 %p");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1.50, 0.90, 0.79, 0.79, UNDERFITTED", // still falls by an eighth
        "1.50, 0.90, 0.85, 0.79, GENERALISES", // by less than a tenth: this is as good as it gets
        "1.50, 0.60, 0.50, 0.79, GENERALISES", // below a quarter of ln 10, 0.576
        "1.50, 0.90, 0.79, 0.69, OVERFITTED", // a gap is told first
    })
    void trainingThatEndsTooSoonIsUnderfitted(
            double first, double third, double last, double test, FitVerdict expected) {
        List<Evaluation> run = List.of(loss(0, 2.3), loss(25, first), loss(75, third), loss(90, 0.8), loss(100, last));
        Evaluation kept = new Evaluation(100, 4, 0.8, test, last, last, 1);
        assertThat(FitVerdict.of(run, kept, 10_000, 10_000, 10)).isEqualTo(expected);
    }

    @Test
    void ofTwoClassesLessThanThreeQuartersIsLearntAllTheSame() {
        assertThat(FitVerdict.of(reading(0.72, 0.71), 600, 150, 2)).isEqualTo(FitVerdict.GENERALISES);
        assertThat(FitVerdict.of(reading(0.52, 0.51), 600, 150, 2)).isEqualTo(FitVerdict.LEARNED_NOTHING);
    }

    @Test
    void aRunOfOneEpochIsJudgedAgainstItsStart() {
        List<Evaluation> run = List.of(loss(0, 2.3), loss(600, 0.86));
        assertThat(FitVerdict.of(run, run.getLast(), 60_000, 10_000, 10)).isEqualTo(FitVerdict.UNDERFITTED);
    }

    @ParameterizedTest
    @CsvSource({
        "2.01, 2.01, DIVERGED",
        "1.90, 1.90, LEARNED_NOTHING",
        "0.95, 0.95, LEARNED_NOTHING",
        "0.20, 0.2199, GENERALISES",
        "0.20, 0.2201, SLIGHTLY_OVERFITTED",
        "0.20, 0.2501, OVERFITTED",
        "0.20, 0.10, GENERALISES",
    })
    void numbersAreJudgedByR2(double train, double unseen, FitVerdict expected) {
        Evaluation kept = new Evaluation(100, 4, Double.NaN, Double.NaN, train, unseen, 1);
        ErrorGap gap = new ErrorGap(train, unseen, 1_000_000, 1_000_000);
        assertThat(FitVerdict.of(List.of(kept), kept, gap)).isEqualTo(expected);
        assertThat(expected.sentence(gap, Locale.ENGLISH)).contains("training R2", "test R2", "gap");
    }

    @ParameterizedTest
    @CsvSource({"0.40, 0.30, UNDERFITTED", "0.33, 0.30, GENERALISES", "0.40, 0.24, GENERALISES"})
    void numbersThatStillGetBetterAreUnderfitted(double third, double last, FitVerdict expected) {
        Evaluation kept = new Evaluation(100, 4, Double.NaN, Double.NaN, last, last, 1);
        List<Evaluation> run = List.of(loss(0, 1), loss(75, third), kept);
        assertThat(FitVerdict.of(run, kept, new ErrorGap(last, last, 1000, 1000)))
                .isEqualTo(expected);
    }

    private static Evaluation loss(long step, double loss) {
        return new Evaluation(step, step / 25.0, 0.8, 0.8, loss, loss, 1);
    }

    private static Evaluation reading(double train, double test) {
        return new Evaluation(10_000, 16.67, train, test, 0.1, 0.2, 3);
    }
}
