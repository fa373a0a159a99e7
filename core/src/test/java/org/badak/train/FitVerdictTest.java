package org.badak.train;

import static org.assertj.core.api.Assertions.assertThat;

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

    private static Evaluation reading(double train, double test) {
        return new Evaluation(10_000, 16.67, train, test, 0.1, 0.2, 3);
    }
}
