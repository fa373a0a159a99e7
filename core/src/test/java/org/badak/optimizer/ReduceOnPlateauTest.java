package org.badak.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.badak.optimizer.ReduceOnPlateau.State;
import org.junit.jupiter.api.Test;

/// The semantics of plateaus, sentence by sentence.
class ReduceOnPlateauTest {
    private static final ReduceOnPlateau EVERY_SECOND = new ReduceOnPlateau(0.5, 2, 0, 0, 0);

    @Test
    void defaultsAreFactorATenthPatienceTenMarginOneTenThousandthNoCooldownNoMinimum() {
        assertThat(ReduceOnPlateau.STANDARD).isEqualTo(new ReduceOnPlateau(0.1, 10, 1e-4, 0, 0));
    }

    @Test
    void improvementIsStrictByMoreThanTheMargin() {
        assertThat(Goal.MINIMUM.improves(0.75, 1, 0.25)).isFalse();
        assertThat(Goal.MINIMUM.improves(0.7499, 1, 0.25)).isTrue();
        assertThat(Goal.MAXIMUM.improves(1.25, 1, 0.25)).isFalse();
        assertThat(Goal.MAXIMUM.improves(1.2501, 1, 0.25)).isTrue();
        assertThat(Goal.MINIMUM.improves(1, 1, 0)).isFalse();
        assertThat(Goal.MAXIMUM.improves(1, 1, 0)).isFalse();
    }

    @Test
    void firstValueAlwaysImprovesAndNaNNever() {
        for (Goal goal : Goal.values()) {
            assertThat(goal.improves(1e300, Double.NaN, 1)).isTrue();
            assertThat(goal.improves(Double.NEGATIVE_INFINITY, Double.NaN, 1)).isTrue();
            assertThat(goal.improves(Double.NaN, Double.NaN, 0)).isFalse();
            assertThat(goal.improves(Double.NaN, 1, 0)).isFalse();
        }
        assertThat(EVERY_SECOND.next(State.start(1), Double.NaN, Goal.MINIMUM))
                .isEqualTo(new State(1, Double.NaN, 1, 0));
    }

    @Test
    void rateFallsWhenPatienceIsReached() {
        assertThat(rates(EVERY_SECOND, Goal.MINIMUM, 1, 1, 1, 1, 1, 1)).containsExactly(1.0, 1.0, 0.5, 0.5, 0.25, 0.25);
    }

    @Test
    void anImprovementStartsWaitingAnew() {
        assertThat(rates(EVERY_SECOND, Goal.MINIMUM, 5, 5, 4, 4, 3, 3, 3))
                .containsExactly(1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.5);
    }

    @Test
    void directionFollowsTheMetric() {
        assertThat(rates(EVERY_SECOND, Goal.MAXIMUM, 1, 2, 3, 4)).containsExactly(1.0, 1.0, 1.0, 1.0);
        assertThat(rates(EVERY_SECOND, Goal.MINIMUM, 1, 2, 3, 4)).containsExactly(1.0, 1.0, 0.5, 0.5);
    }

    @Test
    void nothingIsWaitedDuringACooldown() {
        ReduceOnPlateau cooling = new ReduceOnPlateau(0.5, 2, 0, 3, 0);
        // reduced at the third; the next two are cool, the one after ends the cooldown and counts, as in Keras
        assertThat(rates(cooling, Goal.MINIMUM, 1, 1, 1, 1, 1, 1, 1, 1))
                .containsExactly(1.0, 1.0, 0.5, 0.5, 0.5, 0.5, 0.25, 0.25);
        assertThat(rates(new ReduceOnPlateau(0.5, 1, 0, 2, 0), Goal.MINIMUM, 1, 1, 1, 1, 1, 1))
                .containsExactly(1.0, 0.5, 0.5, 0.25, 0.25, 0.125);
    }

    @Test
    void bestIsKeptDuringACooldown() {
        State state = new ReduceOnPlateau(0.5, 1, 0, 5, 0).next(new State(1, 3, 0, 4), 2, Goal.MINIMUM);
        assertThat(state).isEqualTo(new State(1, 2, 0, 3));
    }

    @Test
    void rateNeverFallsBelowTheMinimum() {
        ReduceOnPlateau bounded = new ReduceOnPlateau(0.1, 1, 0, 0, 0.05);
        assertThat(rates(bounded, Goal.MINIMUM, 1, 1, 1, 1)).containsExactly(1.0, 0.1, 0.05, 0.05);
    }

    @Test
    void goingOnFromAStateIsAsIfNothingHadHappened() {
        double[] values = {3, 2, 2, 2, 2, 1, 1, 1};
        State whole = State.start(1);
        for (double value : values) {
            whole = EVERY_SECOND.next(whole, value, Goal.MINIMUM);
        }
        State resumed = State.start(1);
        for (double value : values) {
            resumed = new State(resumed.rate(), resumed.best(), resumed.waited(), resumed.cooling());
            resumed = EVERY_SECOND.next(resumed, value, Goal.MINIMUM);
        }
        assertThat(resumed).isEqualTo(whole);
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new ReduceOnPlateau(1, 1, 0, 0, 0))
                .hasMessageContaining("factor")
                .hasMessageContaining("found 1.0");
        assertThatThrownBy(() -> new ReduceOnPlateau(0.5, 0, 0, 0, 0))
                .hasMessageContaining("patience")
                .hasMessageContaining("found 0");
        assertThatThrownBy(() -> new ReduceOnPlateau(0.5, 1, -1, 0, 0)).hasMessageContaining("found -1.0");
    }

    private static List<Double> rates(ReduceOnPlateau rule, Goal goal, double... values) {
        List<Double> rates = new ArrayList<>();
        State state = State.start(1);
        for (double value : values) {
            state = rule.next(state, value, goal);
            rates.add(state.rate());
        }
        return rates;
    }
}
