package org.badak.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ClassificationTest {
    private static final double[][] PROBABILITIES = {
        {.6, .2, .1, .1}, {.1, .2, .3, .4}, {.25, .25, .25, .25}, {.4, .3, .2, .1}
    };

    @Test
    void answersAreTheHighestScoresAndTheFirstOfEquals() {
        Classification found = Classification.of(PROBABILITIES, new int[] {0, 3, 0, 2}, 4);
        assertThat(found.confusion().correct()).isEqualTo(3);
        assertThat(found.confusion().count(2, 0)).isEqualTo(1);
        assertThat(found.k()).isEqualTo(3);
        assertThat(found.topK()).isEqualTo(1);
        assertThat(Classification.of(PROBABILITIES, new int[] {0, 0, 3, 3}, 4).topK())
                .as("the true class comes last in three")
                .isEqualTo(0.25);
    }

    @Test
    void logLossIsTheMeanOfTheLogarithms() {
        Classification found = Classification.of(PROBABILITIES, new int[] {0, 3, 1, 2}, 4);
        double expected = -(Math.log(.6) + Math.log(.4) + Math.log(.25) + Math.log(.2)) / 4;
        assertThat(found.logLoss()).isCloseTo(expected, within(1e-12));
    }

    @Test
    void scoresThatAreNoProbabilitiesHaveNoLogLoss() {
        double[][] negative = {{1.5, -0.5}, {0.2, 0.8}};
        double[][] unequal = {{0.9, 0.8}, {0.2, 0.8}}; // sigmoids, each for itself
        for (double[][] scores : new double[][][] {negative, unequal}) {
            Classification found = Classification.of(scores, new int[] {0, 1}, 2);
            assertThat(found.logLoss()).isNaN();
            assertThat(found.confusion().accuracy()).isEqualTo(1);
            assertThat(found.k()).isEqualTo(2);
        }
    }

    @Test
    void areaIsTheMeanOfEachClassAgainstTheOthers() {
        int[] labels = {0, 3, 1, 2};
        assertThat(Classification.of(PROBABILITIES, labels, 4).rocAuc())
                .isEqualTo(Ranking.rocAuc(PROBABILITIES, labels));
    }

    @Test
    void aScoreThatIsNoNumberLeavesTheConfusionAlone() {
        Classification found = Classification.of(new double[][] {{Double.NaN, 1}, {0, 1}}, new int[] {1, 1}, 2);
        assertThat(found.confusion().total()).isEqualTo(2);
        assertThat(found.topK()).isNaN();
        assertThat(found.logLoss()).isNaN();
        assertThat(found.rocAuc()).isNaN();
    }

    @Test
    void sizesThatDoNotAgreeAreTold() {
        assertThatThrownBy(() -> Classification.of(PROBABILITIES, new int[3], 4))
                .hasMessageContaining("3 labels and 4 examples");
        assertThatThrownBy(() -> Classification.of(PROBABILITIES, new int[4], 5))
                .hasMessageContaining("example 0: expected 5 scores, one for each class, found 4");
        assertThatThrownBy(() -> Classification.of(PROBABILITIES, new int[] {0, 0, 0, 4}, 4))
                .hasMessageContaining("found true 4");
    }
}
