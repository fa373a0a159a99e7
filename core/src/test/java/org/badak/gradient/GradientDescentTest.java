package org.badak.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.badak.gradient.GradientDescent.Path;
import org.badak.gradient.GradientDescent.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GradientDescentTest {
    private static double bowl(double[] x) {
        return x[0] * x[0] + x[1] * x[1];
    }

    private static Path descend(double rate, int steps) {
        return new GradientDescent(rate, steps).descend(GradientDescentTest::bowl, -3, 4);
    }

    @Test
    void suitableRateConverges() {
        Path path = descend(0.1, 100);

        assertThat(path.point()[0]).isCloseTo(-6.1111e-10, within(5e-15));
        assertThat(path.point()[1]).isCloseTo(8.1481e-10, within(5e-15));
        assertThat(path.verdict()).isEqualTo(Verdict.CONVERGED);
        assertThat(path.points()).hasSize(101);
        assertThat(path.values()).hasSize(101);
        assertThat(path.points().getFirst()).containsExactly(-3, 4);
        assertThat(path.values()[0]).isEqualTo(25);
    }

    @Test
    void fewStepsAreStillMoving() {
        Path path = descend(0.1, 20);

        assertThat(path.point()[0]).isCloseTo(-0.0345876, within(5e-8));
        assertThat(path.point()[1]).isCloseTo(0.0461169, within(5e-8));
        assertThat(path.verdict()).isEqualTo(Verdict.STILL_MOVING);
    }

    @Test
    void largeRateDivergesToTheChaptersPoint() {
        Path path = descend(10, 100);

        assertThat(path.point()[0]).isCloseTo(-2.5898e13, within(5e8));
        assertThat(path.point()[1]).isCloseTo(-1.2952e12, within(5e7));
        assertThat(path.verdict()).isEqualTo(Verdict.DIVERGED);
        assertThat(path.explanation()).contains("diverged").contains("10.0");
    }

    @Test
    void smallRateHardlyMoves() {
        Path path = descend(1e-10, 100);

        assertThat(path.point()[0]).isCloseTo(-2.99999994, within(1e-12));
        assertThat(path.point()[1]).isCloseTo(3.99999992, within(1e-12));
        assertThat(path.verdict()).isEqualTo(Verdict.HARDLY_MOVED);
        assertThat(path.explanation()).contains("hardly moved");
    }

    @Test
    void rateOfOneJumpsToAndFro() {
        assertThat(descend(1, 100).verdict()).isEqualTo(Verdict.OSCILLATING);
    }

    @Test
    void stopsWhereNumbersEnd() {
        Path path = new GradientDescent(10, 1000).descend(x -> Math.exp(x[0]) + Math.exp(-x[0]), 2);

        assertThat(path.verdict()).isEqualTo(Verdict.DIVERGED);
        assertThat(path.points()).hasSizeLessThan(10);
    }

    @Test
    void nonFiniteStartIsSaid() {
        Path path = new GradientDescent(0.1, 10).descend(x -> Math.log(x[0]), -1);

        assertThat(path.verdict()).isEqualTo(Verdict.DIVERGED);
        assertThat(path.points()).hasSize(1);
        assertThat(path.explanation()).contains("NaN");
    }

    @Test
    void startIsNotChangedAndMinimumIsConverged() {
        double[] start = {0, 0};
        Path path = new GradientDescent(0.1, 5).descend(GradientDescentTest::bowl, start);

        assertThat(start).containsExactly(0, 0);
        assertThat(path.verdict()).isEqualTo(Verdict.CONVERGED);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void badRateIsRefused(double rate) {
        assertThatThrownBy(() -> new GradientDescent(rate, 1)).hasMessageContaining("found " + rate);
    }
}
