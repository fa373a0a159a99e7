package org.badak.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ExtrapolationTest {
    @Test
    void extrapolationIsFarBetterThanOneDifference() {
        double[] places = {-3, -0.5, 0, 0.1, 1, 2.5, 7};
        for (double x : places) {
            assertThat(Extrapolation.of(Math::exp, x).value()).isCloseTo(Math.exp(x), within(1e-11 * Math.exp(x)));
            assertThat(Extrapolation.of(Math::sin, x).value()).isCloseTo(Math.cos(x), within(1e-11));
            assertThat(Extrapolation.of(z -> 0.01 * z * z + 0.1 * z, x).value())
                    .isCloseTo(0.02 * x + 0.1, within(1e-14));
        }
    }

    @Test
    void errorIsEstimated() {
        Extrapolation smooth = Extrapolation.of(Math::exp, 1);
        assertThat(Math.abs(smooth.value() - Math.E)).isLessThan(Math.max(1e-14, 10 * smooth.error()));
        assertThat(Extrapolation.of(z -> Double.NaN, 1).error()).isInfinite();
    }
}
