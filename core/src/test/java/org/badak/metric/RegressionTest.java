package org.badak.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RegressionTest {
    @Test
    void metricsAreThoseComputedByHand() {
        Regression metrics = Regression.of(new double[] {2.5, 0, 2, 8}, new double[] {3, -0.5, 2, 7});
        assertThat(metrics.meanSquaredError()).isEqualTo(0.375);
        assertThat(metrics.meanAbsoluteError()).isEqualTo(0.5);
        assertThat(metrics.rootMeanSquaredError()).isEqualTo(Math.sqrt(0.375));
        assertThat(metrics.r2()).isCloseTo(1 - 1.5 / 29.1875, within(1e-15));
    }

    @Test
    void theMeanAsPredictionIsWorthNothing() {
        assertThat(Regression.of(new double[] {2, 2, 2}, new double[] {1, 2, 3}).r2())
                .isZero();
        assertThat(Regression.of(new double[] {1, 2}, new double[] {5, 5}).r2()).isNaN();
    }

    @Test
    void equalTargetsLeaveNothingToExplainWhateverTheirRounding() {
        double[] targets = {0.1, 0.1, 0.1}; // their sum divided by 3 is not 0.1
        assertThat((0.1 + 0.1 + 0.1) / 3).isNotEqualTo(0.1);
        assertThat(Regression.of(new double[] {0.1, 0.2, 0.3}, targets).r2()).isNaN();
    }

    @Test
    void refusesNothingAndUnequalLengths() {
        assertThatThrownBy(() -> Regression.of(new double[0], new double[0])).hasMessageContaining("at least one");
        assertThatThrownBy(() -> Regression.of(new double[1], new double[2])).hasMessageContaining("found 1 and 2");
    }
}
