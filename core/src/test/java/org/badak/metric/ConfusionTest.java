package org.badak.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ConfusionTest {
    /// true 0 0 0 1 1 2, predicted 0 0 1 1 2 2
    private static Confusion example() {
        Confusion confusion = new Confusion(3);
        int[] truth = {0, 0, 0, 1, 1, 2};
        int[] predicted = {0, 0, 1, 1, 2, 2};
        for (int i = 0; i < truth.length; i++) {
            confusion.add(truth[i], predicted[i]);
        }
        return confusion;
    }

    @Test
    void countsTruthInRowsAndPredictionsInColumns() {
        assertThat(example().table()).isDeepEqualTo(new long[][] {{2, 1, 0}, {0, 1, 1}, {0, 0, 1}});
        assertThat(example().total()).isEqualTo(6);
        assertThat(example().support(0)).isEqualTo(3);
        assertThat(example().predicted(1)).isEqualTo(2);
    }

    @Test
    void precisionRecallAndF1AreThoseComputedByHand() {
        Confusion confusion = example();
        assertThat(confusion.accuracy()).isEqualTo(4 / 6.0);
        assertThat(confusion.precision(0)).isEqualTo(1);
        assertThat(confusion.recall(0)).isEqualTo(2 / 3.0);
        assertThat(confusion.f1(0)).isEqualTo(0.8);
        assertThat(confusion.f1(1)).isEqualTo(0.5);
        assertThat(confusion.f1(2)).isEqualTo(2 / 3.0);
        assertThat(confusion.macroF1()).isCloseTo((0.8 + 0.5 + 2 / 3.0) / 3, within(1e-15));
        assertThat(confusion.weightedF1()).isCloseTo((3 * 0.8 + 2 * 0.5 + 2 / 3.0) / 6, within(1e-15));
        assertThat(confusion.macroPrecision()).isCloseTo((1 + 0.5 + 0.5) / 3, within(1e-15));
        assertThat(confusion.weightedPrecision()).isCloseTo((3 + 2 * 0.5 + 0.5) / 6, within(1e-15));
        assertThat(confusion.weightedRecall()).isCloseTo(confusion.accuracy(), within(1e-15));
        assertThat(confusion.balancedAccuracy()).isCloseTo((2 / 3.0 + 0.5 + 1) / 3, within(1e-15));
    }

    @Test
    void aClassThatWasNeverPredictedHasNoPrecisionButCountsAsZeroInMeans() {
        Confusion confusion = new Confusion(3); // class 2 is nowhere
        confusion.add(0, 0);
        confusion.add(1, 0);
        assertThat(confusion.precision(1)).isNaN();
        assertThat(confusion.f1(1)).isZero();
        assertThat(confusion.f1(2)).isNaN();
        assertThat(confusion.macroPrecision()).isEqualTo(0.25);
        assertThat(confusion.macroF1()).isCloseTo(1 / 3.0, within(1e-15)); // (2/3 + 0) / 2
    }

    @Test
    void nothingCountedIsNotANumber() {
        assertThat(new Confusion(2).accuracy()).isNaN();
        assertThat(new Confusion(2).macroF1()).isNaN();
        assertThat(new Confusion(2).weightedF1()).isNaN();
    }

    @Test
    void refusesClassesThatAreNotThere() {
        assertThatThrownBy(() -> new Confusion(2).add(2, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("confusion: expected classes 0 to 1, found true 2 and predicted 0");
        assertThatThrownBy(() -> new Confusion(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
