package org.badak.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/// Ends and joints of schedules; their courses are in the goldens.
class ScheduleTest {
    @Test
    void constantIsTheBase() {
        assertThat(new Schedule.Constant().rate(0.3, 1_000_000)).isEqualTo(0.3);
    }

    @Test
    void fixedRateIsDeafToTheBase() {
        assertThat(new Schedule.Fixed(0.02).rate(0.3, 7)).isEqualTo(0.02);
        assertThatThrownBy(() -> new Schedule.Fixed(-1)).hasMessageContaining("found -1");
    }

    @Test
    void cosineStaysAtItsMinimum() {
        Schedule cosine = new Schedule.Cosine(10, 0.01);
        assertThat(cosine.rate(1, 0)).isEqualTo(1);
        assertThat(cosine.rate(1, 10)).isEqualTo(0.01);
        assertThat(cosine.rate(1, 1000)).isEqualTo(0.01);
    }

    @Test
    void oneCycleRisesToTheBaseAndEndsFarBelowItsStart() {
        Schedule cycle = new Schedule.OneCycle(101, 0.3, 25, 1e4);
        assertThat(cycle.rate(0.5, 0)).isCloseTo(0.02, within(1e-15));
        double top = 0;
        for (int step = 0; step <= 100; step++) {
            top = Math.max(top, cycle.rate(0.5, step));
        }
        assertThat(top).isCloseTo(0.5, within(1e-3)).isLessThanOrEqualTo(0.5);
        assertThat(cycle.rate(0.5, 100)).isCloseTo(2e-6, within(1e-18));
        assertThat(cycle.rate(0.5, 500)).isEqualTo(cycle.rate(0.5, 100));
    }

    @Test
    void warmUpLeadsToTheFirstRateOfWhatFollowsWhichThenBegins() {
        Schedule then = new Schedule.Stairs(3, 0.5);
        Schedule schedule = new Schedule.WarmUp(4, 0, then);
        assertThat(new double[] {schedule.rate(8, 0), schedule.rate(8, 1), schedule.rate(8, 2), schedule.rate(8, 3)})
                .containsExactly(0, 2, 4, 6);
        for (int step = 0; step < 20; step++) {
            assertThat(schedule.rate(8, 4 + step)).isEqualTo(then.rate(8, step));
        }
    }

    @Test
    void warmUpComposesWithAPlateau() {
        Schedule schedule = new Schedule.WarmUp(4, 0.5, ReduceOnPlateau.STANDARD);
        assertThat(schedule.plateau()).contains(ReduceOnPlateau.STANDARD);
        assertThat(schedule.rate(0.1, 0)).isEqualTo(0.05);
        assertThat(schedule.rate(0.1, 4)).isEqualTo(0.1);
        assertThat(new Schedule.Constant().plateau()).isEmpty();
    }

    @Test
    void sweepIsEvenInLogarithmsAndForgetsTheBase() {
        Schedule sweep = new Schedule.Sweep(1e-4, 1, 5);
        for (int step = 0; step < 5; step++) {
            assertThat(sweep.rate(77, step)).isCloseTo(Math.pow(10, step - 4), within(1e-12));
        }
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new Schedule.Stairs(0, 0.5)).hasMessageContaining("found 0");
        assertThatThrownBy(() -> new Schedule.Exponential(0)).hasMessageContaining("found 0.0");
        assertThatThrownBy(() -> new Schedule.Cosine(5, -1)).hasMessageContaining("found -1.0");
        assertThatThrownBy(() -> new Schedule.OneCycle(9, 1, 25, 1e4)).hasMessageContaining("found 1.0");
        assertThatThrownBy(() -> new Schedule.WarmUp(0, 0.1, new Schedule.Constant()))
                .hasMessageContaining("found 0");
        assertThatThrownBy(() -> new Schedule.WarmUp(5, 2, new Schedule.Constant()))
                .hasMessageContaining("found 2.0");
        assertThatThrownBy(() -> new Schedule.Sweep(0, 1, 5)).hasMessageContaining("found 0.0");
    }
}
