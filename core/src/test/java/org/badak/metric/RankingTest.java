package org.badak.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class RankingTest {
    @Test
    void areaIsTheShareOfPairsInTheRightOrder() {
        // positives .35 .8, negatives .1 .4: three of four pairs are in order
        assertThat(Ranking.rocAuc(new double[] {.1, .4, .35, .8}, new boolean[] {false, false, true, true}))
                .isEqualTo(0.75);
        assertThat(Ranking.rocAuc(new double[] {1, 1, 1}, new boolean[] {true, false, true}))
                .isEqualTo(0.5);
    }

    @Test
    void areaAgreesWithCountingAllPairsWhateverTheTies() {
        Random random = new Random(4);
        for (int round = 0; round < 50; round++) {
            int count = 2 + random.nextInt(60);
            double[] scores = new double[count];
            boolean[] positive = new boolean[count];
            for (int i = 0; i < count; i++) {
                scores[i] = random.nextInt(8) / 8.0 - 0.5;
                positive[i] = random.nextBoolean();
            }
            positive[0] = true;
            positive[1] = false;
            double pairs = 0;
            double ordered = 0;
            for (int i = 0; i < count; i++) {
                for (int j = 0; j < count; j++) {
                    if (positive[i] && !positive[j]) {
                        pairs++;
                        ordered += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
                    }
                }
            }
            assertThat(Ranking.rocAuc(scores, positive)).isCloseTo(ordered / pairs, within(1e-14));
        }
    }

    @Test
    void areaOfOneClassOnlyIsNotANumber() {
        assertThat(Ranking.rocAuc(new double[] {1, 2}, new boolean[] {true, true}))
                .isNaN();
        assertThatThrownBy(() -> Ranking.rocAuc(new double[] {Double.NaN, 1}, new boolean[] {true, false}))
                .hasMessageContaining("NaN");
    }

    @Test
    void areaOfSeveralClassesIsTheMeanOfOneAgainstTheRest() {
        double[][] p = {{.7, .2, .1}, {.3, .5, .2}, {.2, .2, .6}, {.5, .3, .2}};
        int[] labels = {0, 1, 2, 1};
        // class 0: .7 above all: 1; class 1: .5 and .3 above .2 .2: 1; class 2: 1
        assertThat(Ranking.rocAuc(p, labels)).isEqualTo(1);
        assertThat(Ranking.rocAuc(new double[][] {{.9, .1}, {.6, .4}, {.65, .35}, {.2, .8}}, new int[] {0, 0, 1, 1}))
                .isEqualTo(0.75);
    }

    @Test
    void logLossIsTheMeanOfTheTrueClassesLogarithms() {
        double[][] p = {{.5, .5}, {.25, .75}};
        assertThat(Ranking.logLoss(p, new int[] {0, 1})).isCloseTo(-(Math.log(.5) + Math.log(.75)) / 2, within(1e-15));
    }

    @Test
    void logLossTakesAProbabilityBelowTheLeastNormalFloatForThatOne() {
        double most = 126 * Math.log(2); // −ln 2⁻¹²⁶
        for (double p : new double[] {0, Double.MIN_VALUE, 1e-300, 1.1e-38, 0x1p-126}) {
            assertThat(Ranking.logLoss(new double[][] {{p, 1 - p}}, new int[] {0}))
                    .as("p = %s", p)
                    .isCloseTo(most, within(1e-12));
        }
        assertThat(Ranking.logLoss(new double[][] {{0x1p-125, 1}}, new int[] {0}))
                .isCloseTo(125 * Math.log(2), within(1e-12));
    }

    @Test
    void topKCountsTheTrueClassAmongTheFirst() {
        double[][] p = {{.5, .3, .2}, {.2, .3, .5}, {.4, .4, .2}};
        int[] labels = {1, 0, 1};
        assertThat(Ranking.topK(p, labels, 1)).isZero();
        assertThat(Ranking.topK(p, labels, 2)).isCloseTo(2 / 3.0, within(1e-15));
        assertThat(Ranking.topK(p, labels, 3)).isEqualTo(1);
    }
}
