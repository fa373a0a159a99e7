package org.badak.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.kernel.Update;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Rules that all optimizers share: slots, decay, clipping, ranges.
class OptimizerTest {
    private static final double LAMBDA = 0.1;
    private final Kernels kernels = new KernelChoice(KernelChoice.scalar(), "test").kernels(Precision.FLOAT64, 1);

    @AfterEach
    void close() {
        kernels.close();
    }

    static List<Optimizer> with(WeightDecay decay) {
        return List.of(
                new Sgd(0.1, decay),
                new Momentum(0.1, 0.9, false, decay),
                new Momentum(0.1, 0.9, true, decay),
                new AdaGrad(0.1, 1e-10, decay),
                new RmsProp(0.1, 0.99, 1e-8, decay),
                new Adam(0.1, 0.9, 0.999, 1e-8, false, decay),
                new Adam(0.1, 0.9, 0.999, 1e-8, true, decay),
                new AdaDelta(0.1, 0.9, 1e-6, decay),
                new NAdam(0.1, 0.9, 0.999, 1e-8, 0.004, decay));
    }

    static Stream<Optimizer> all() {
        return with(WeightDecay.NONE).stream();
    }

    @ParameterizedTest
    @MethodSource("all")
    void slotNamesAreDistinctWordsForFiles(Optimizer optimizer) {
        assertThat(optimizer.slotNames()).doesNotHaveDuplicates().allMatch(name -> name.matches("[a-z_]+"));
        assertThat(optimizer.slots()).isEqualTo(optimizer.slotNames().size());
    }

    @ParameterizedTest
    @MethodSource("all")
    void aGradientOfZeroMovesNothing(Optimizer optimizer) {
        assertThat(step(optimizer, 0.7, 0, true)).isEqualTo(0.7);
    }

    /// λp in the gradient: what the rule does without decay, given a gradient of g + λp.
    @Test
    void l2DecayIsAddedToTheGradientByEveryRule() {
        List<Optimizer> plain = with(WeightDecay.NONE);
        List<Optimizer> decaying = with(WeightDecay.l2(LAMBDA));
        for (int i = 0; i < plain.size(); i++) {
            assertThat(step(decaying.get(i), 0.7, 0.2, true))
                    .as(plain.get(i).toString())
                    .isCloseTo(step(plain.get(i), 0.7, 0.2 + LAMBDA * 0.7, true), within(1e-15));
        }
    }

    /// p·(1 − ηλ) before the step: what the rule does without decay, from a smaller parameter.
    @Test
    void decoupledDecayShrinksTheParameterBeforeEveryRule() {
        List<Optimizer> plain = with(WeightDecay.NONE);
        List<Optimizer> decaying = with(WeightDecay.decoupled(LAMBDA));
        for (int i = 0; i < plain.size(); i++) {
            assertThat(step(decaying.get(i), 0.7, 0.2, true))
                    .as(plain.get(i).toString())
                    .isCloseTo(step(plain.get(i), 0.7 * (1 - 0.1 * LAMBDA), 0.2, true), within(1e-15));
        }
    }

    @Test
    void biasesDecayOnlyIfAsked() {
        for (WeightDecay decay : List.of(WeightDecay.l2(LAMBDA), WeightDecay.decoupled(LAMBDA))) {
            assertThat(step(new Sgd(0.1, decay), 0.7, 0.2, false)).isEqualTo(step(new Sgd(0.1), 0.7, 0.2, false));
            assertThat(step(new Sgd(0.1, decay.withBiases()), 0.7, 0.2, false))
                    .isEqualTo(step(new Sgd(0.1, decay), 0.7, 0.2, true))
                    .isLessThan(step(new Sgd(0.1), 0.7, 0.2, false));
        }
    }

    @Test
    void clippingComesBeforeDecay() {
        Update update = new Update();
        update.plain(1);
        update.decay(LAMBDA, 1);
        update.clip(0.5, 0.3);
        Matrix p = Matrix.of(Precision.FLOAT64, new double[] {2, 2, 2});
        kernels.update(update, p, Matrix.of(Precision.FLOAT64, new double[] {0.4, 5, -5}), List.of());
        assertThat(p.get(0, 0)).isCloseTo(2 - (0.2 + 0.2), within(1e-15));
        assertThat(p.get(0, 1)).isCloseTo(2 - (0.3 + 0.2), within(1e-15));
        assertThat(p.get(0, 2)).isCloseTo(2 - (-0.3 + 0.2), within(1e-15));
    }

    @Test
    void clippingByNormScalesToTheBoundExactlyAndOnlyAboveIt() {
        Clipping clipping = Clipping.byNorm(2);
        assertThat(clipping.scale(2)).isEqualTo(1);
        assertThat(clipping.scale(1e-300)).isEqualTo(1);
        assertThat(clipping.scale(8)).isEqualTo(0.25);
        assertThat(Clipping.NONE.needsNorm()).isFalse();
        assertThat(Clipping.byValue(1).needsNorm()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN})
    void boundsOfClippingMustBePositive(double bound) {
        assertThatThrownBy(() -> Clipping.byNorm(bound))
                .hasMessageContaining("norm")
                .hasMessageContaining("" + bound);
        assertThatThrownBy(() -> Clipping.byValue(bound))
                .hasMessageContaining("value")
                .hasMessageContaining("" + bound);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1, 2, Double.NaN})
    void sharesMustBeBelowOne(double share) {
        assertThatThrownBy(() -> new Momentum(0.1, share, false, WeightDecay.NONE))
                .hasMessageContaining("momentum")
                .hasMessageContaining("found " + share);
        assertThatThrownBy(() -> new Adam(0.1, share, 0.9, 1e-8, false, WeightDecay.NONE))
                .hasMessageContaining("beta1");
        assertThatThrownBy(() -> new Adam(0.1, 0.9, share, 1e-8, false, WeightDecay.NONE))
                .hasMessageContaining("beta2");
        assertThatThrownBy(() -> new RmsProp(0.1, share, 1e-8, WeightDecay.NONE))
                .hasMessageContaining("alpha");
        assertThatThrownBy(() -> new AdaDelta(0.1, share, 1e-8, WeightDecay.NONE))
                .hasMessageContaining("rho");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
    void weightDecayMustNotBeNegative(double rate) {
        assertThatThrownBy(() -> WeightDecay.l2(rate)).hasMessageContaining("found " + rate);
    }

    @Test
    void adamWithDecoupledDecayIsAdamW() {
        assertThat(new Adam(0.1).name()).isEqualTo("adam");
        assertThat(new Adam(0.1, 0.9, 0.999, 1e-8, false, WeightDecay.l2(1)).name())
                .isEqualTo("adam");
        assertThat(new Adam(0.1, 0.9, 0.999, 1e-8, false, WeightDecay.decoupled(1)).name())
                .isEqualTo("adamw");
    }

    /// The bias corrections take the first step's length from the learning rate alone.
    @Test
    void firstStepOfAdamIsOfTheLearningRate() {
        for (double gradient : new double[] {1e-3, 1, 1e6}) {
            assertThat(step(new Adam(0.1), 0, gradient, true)).isCloseTo(-0.1, within(1e-5));
        }
    }

    @Test
    void nadamsRatesSettleAfterThousandsOfSteps() {
        Update update = new Update();
        new NAdam(0.002).prepare(update, 0.002, 1_000_000);
        assertThat(update.momentRate()).isCloseTo(0.002 * 0.9, within(1e-12));
        assertThat(update.gradientRate()).isCloseTo(0.002 * 0.1, within(1e-12));
    }

    private double step(Optimizer optimizer, double parameter, double gradient, boolean weight) {
        Matrix p = Matrix.of(Precision.FLOAT64, new double[] {parameter});
        List<Matrix> slots = optimizer.slotNames().stream()
                .map(name -> Matrix.zeros(Precision.FLOAT64, 1, 1))
                .toList();
        Update update = new Update();
        optimizer.prepare(update, optimizer.learningRate(), 1);
        optimizer.decay().prepare(update, optimizer.learningRate(), weight);
        kernels.update(update, p, Matrix.of(Precision.FLOAT64, new double[] {gradient}), slots);
        return p.get(0, 0);
    }

    @Test
    void powersAreThoseOfTheJdk() {
        assertThat(Optimizer.power(0.9, 0)).isEqualTo(1);
        assertThat(Optimizer.power(0.75, 3)).isEqualTo(0.421875);
        assertThat(Optimizer.power(0, 1)).isEqualTo(0);
        for (long n : new long[] {1, 2, 3, 7, 64, 1000, 12_345}) {
            for (double base : new double[] {0.9, 0.999, 0.9999}) {
                double expected = StrictMath.pow(base, (double) n);
                assertThat(Optimizer.power(base, n)).isCloseTo(expected, within(1e-12 * expected));
            }
        }
        assertThat(Optimizer.power(0.999, Long.MAX_VALUE)).isEqualTo(0);
    }
}
