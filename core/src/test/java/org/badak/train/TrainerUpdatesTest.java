package org.badak.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.OptionalDouble;
import org.badak.data.ArrayExamples;
import org.badak.data.Batch;
import org.badak.data.Sampler;
import org.badak.gradient.Backprop;
import org.badak.gradient.Gradient;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.layer.Dense;
import org.badak.layer.Initialisation;
import org.badak.loss.SoftmaxCrossEntropy;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;
import org.badak.model.Network;
import org.badak.model.Parameters;
import org.badak.optimizer.Adam;
import org.badak.optimizer.Clipping;
import org.badak.optimizer.Momentum;
import org.badak.optimizer.Optimizer;
import org.badak.optimizer.ReduceOnPlateau;
import org.badak.optimizer.Schedule;
import org.badak.optimizer.Sgd;
import org.badak.optimizer.WeightDecay;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What the trainer does with schedules, clipping, decay and slots.
class TrainerUpdatesTest {
    private static final Network NETWORK =
            Network.of(2, new SoftmaxCrossEntropy(), new Dense(3, new Initialisation.Normal(1)));

    private final Kernels kernels = new KernelChoice(KernelChoice.scalar(), "test").kernels(Precision.FLOAT64, 1);
    private final Parameters parameters = NETWORK.initialise(Precision.FLOAT64, 1);

    @AfterEach
    void close() {
        kernels.close();
    }

    /// A gradient that is the same at every step: all elements of W1 and b1, 9 in all, have one value.
    private final class Fixed implements Gradient {
        private final Parameters result = parameters.like();

        Fixed(double value) {
            for (Matrix tensor : result.tensors()) {
                for (int row = 0; row < tensor.rows(); row++) {
                    for (int column = 0; column < tensor.columns(); column++) {
                        tensor.set(row, column, value);
                    }
                }
            }
        }

        @Override
        public String name() {
            return "fixed";
        }

        @Override
        public double compute(Batch batch) {
            return 1;
        }

        @Override
        public Parameters result() {
            return result;
        }

        @Override
        public String firstNonFinite() {
            return "";
        }
    }

    @Test
    void rateOfEveryStepIsTheSchedules() {
        Schedule stairs = new Schedule.Stairs(2, 0.5);
        Trainer trainer = trainer(new Fixed(1), new Sgd(0.25)).schedule(stairs);
        for (int step = 0; step < 6; step++) {
            double before = parameters.tensor(0).get(0, 0);
            assertThat(trainer.learningRate()).isEqualTo(stairs.rate(0.25, step));
            trainer.step();
            assertThat(before - parameters.tensor(0).get(0, 0)).isCloseTo(stairs.rate(0.25, step), within(1e-15));
        }
    }

    @Test
    void normIsThatOfAllGradientsTogether() {
        Parameters before = parameters.to(Precision.FLOAT64);
        trainer(new Fixed(-2), new Sgd(1)).clip(Clipping.byNorm(3)).step(); // norm √9·2 = 6, halved
        assertMoved(before, 1);
    }

    @Test
    void gradientWithinTheBoundIsLeftAlone() {
        Parameters before = parameters.to(Precision.FLOAT64);
        trainer(new Fixed(-2), new Sgd(1)).clip(Clipping.byNorm(6)).step();
        assertMoved(before, 2);
    }

    @Test
    void elementsAreBoundedAfterTheNorm() {
        Parameters before = parameters.to(Precision.FLOAT64);
        trainer(new Fixed(-2), new Sgd(1)).clip(new Clipping(3, 0.25)).step();
        assertMoved(before, 0.25);
    }

    @Test
    void normThatIsNotFiniteIsAnErrorAndNothingMoves() {
        String before = parameters.sha256();
        Trainer trainer = trainer(new Fixed(1e200), new Sgd(0.5)).clip(Clipping.byNorm(1));
        assertThatThrownBy(trainer::step)
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("step 1")
                .hasMessageContaining("norm of the gradient is Infinity")
                .hasMessageContaining("learning rate 0.5");
        assertThat(parameters.sha256()).isEqualTo(before);
        assertThat(trainer.steps()).isZero();
    }

    @Test
    void weightsDecayAndBiasesOnlyIfAsked() {
        Parameters before = parameters.to(Precision.FLOAT64);
        before.tensor("b1").set(0, 0, 8);
        parameters.copyFrom(before);
        trainer(new Fixed(0), new Sgd(0.5, WeightDecay.l2(0.5))).step();
        assertThat(parameters.tensor("W1").get(1, 1))
                .isEqualTo(0.75 * before.tensor("W1").get(1, 1));
        assertThat(parameters.tensor("b1").get(0, 0)).isEqualTo(8);
        trainer(new Fixed(0), new Sgd(0.5, WeightDecay.l2(0.5).withBiases())).step();
        assertThat(parameters.tensor("b1").get(0, 0)).isEqualTo(6);
    }

    @Test
    void memoryHasANamedTensorForEverySlotOfEveryParameter() {
        Trainer trainer = trainer(new Fixed(2), new Momentum(0.1, 0.5, false, WeightDecay.NONE));
        trainer.step();
        trainer.step();
        assertThat(trainer.memory()).hasSize(1);
        assertThat(trainer.memory().getFirst().tensor("W1").get(1, 2)).isEqualTo(3); // 0.5·2 + 2
        assertThat(trainer.memory().getFirst().tensor("b1").get(0, 0)).isEqualTo(3);
        assertThat(trainer(new Fixed(1), new Adam(0.1)).memory()).hasSize(2);
    }

    @Test
    void plateauLowersTheRateAfterEvaluationsWithoutImprovement() {
        ReduceOnPlateau rule = new ReduceOnPlateau(0.5, 1, 0, 0, 0);
        Trainer trainer = trainer(new Fixed(0), new Sgd(0.25)).schedule(rule); // nothing moves, nothing improves
        Evaluator all = new Evaluator(NETWORK, parameters, kernels, examples());
        trainer.run(6, all, all); // 2 steps an epoch: evaluated at 0, 2, 4 and at the end
        assertThat(trainer.plateau().rate()).isEqualTo(0.25 / 8);
        assertThat(trainer.learningRate()).isEqualTo(0.25 / 8);
        Trainer resumed = trainer(new Fixed(0), new Sgd(0.25)).schedule(rule);
        resumed.resume(Checkpoint.of(trainer));
        assertThat(resumed.learningRate()).isEqualTo(0.25 / 8);
    }

    @Test
    void plateauWatchesTheMetricItIsTold() {
        Evaluation reading = new Evaluation(1, 1, 0.1, 0.2, 0.3, 0.4, 0);
        assertThat(Arrays.stream(Metric.values()).map(metric -> metric.of(reading)))
                .containsExactly(0.3, 0.4, 0.1, 0.2, Double.NaN, Double.NaN);
        assertThat(Metric.TEST_LOSS.label()).isEqualTo("test-loss");
    }

    @Test
    void sweepSuggestsTheSteepestPlaceOfWhatItSaw() {
        Backprop backprop = new Backprop(NETWORK, parameters, kernels);
        RateSweep sweep = RateSweep.of(trainer(backprop, new Sgd(0.1)), new Schedule.Sweep(1e-6, 1e6, 300));
        assertThat(sweep.rates()).hasSameSizeAs(sweep.losses()).isSorted();
        assertThat(sweep.suggestion()).isPresent();
        assertThat(sweep.suggestion().getAsDouble()).isBetween(1e-4, sweep.rateOfLeastLoss());
        assertThat(sweep.explanation()).contains("falls fastest");
    }

    @Test
    void sweepEndsWhereTrainingDiverges() {
        Fixed fixed = new Fixed(1);
        Gradient overflowing = new Gradient() {
            private int calls;

            @Override
            public String name() {
                return "overflowing";
            }

            @Override
            public double compute(Batch batch) {
                calls++;
                return calls > 7 ? Double.NaN : 1;
            }

            @Override
            public Parameters result() {
                return fixed.result();
            }

            @Override
            public String firstNonFinite() {
                return "";
            }
        };
        RateSweep sweep = RateSweep.of(trainer(overflowing, new Sgd(1)), new Schedule.Sweep(1e-6, 1, 100));
        assertThat(sweep.diverged()).isTrue();
        assertThat(sweep.rates()).hasSize(7);
        assertThat(sweep.explanation()).contains("diverged near rate");
    }

    @Test
    void sweepChoosesBySlopeAgainstTheLogarithm() {
        double[] rates = {1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1, 10, 100};
        double[] losses = {5, 5, 5, 5, 4, 2, 1, 1.5, 9};
        assertThat(RateSweep.of(rates, losses, losses, true).suggestion()).isEqualTo(OptionalDouble.of(1e-2));
        double[] near = {1, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.7, 1.8};
        RateSweep close = RateSweep.of(near, losses, losses, true);
        assertThat(close.steepest()).isEqualTo(1.4);
        assertThat(close.suggestion().getAsDouble()).isEqualTo(0.16, within(1e-15));
        double[] flat = {5, 5, 5, 5, 5, 5, 5, 5, 5};
        RateSweep none = RateSweep.of(rates, flat, flat, false);
        assertThat(none.suggestion()).isEmpty();
        assertThat(none.explanation()).contains("No suggestion", "did not diverge");
    }

    private void assertMoved(Parameters before, double by) {
        for (int i = 0; i < before.tensors().size(); i++) {
            assertThat(parameters.tensor(i).get(0, 2) - before.tensor(i).get(0, 2))
                    .isCloseTo(by, within(1e-15));
        }
    }

    private Trainer trainer(Gradient gradient, Optimizer optimizer) {
        return new Trainer(
                NETWORK, parameters, gradient, optimizer, new Sampler.Shuffle(10, 5, 1), kernels, examples(), 5);
    }

    private static ArrayExamples examples() {
        Matrix x = Matrix.zeros(Precision.FLOAT64, 10, 2);
        int[] labels = new int[10];
        for (int i = 0; i < 10; i++) {
            labels[i] = i % 3;
            x.set(i, 0, Math.cos(i % 3) * (1 + 0.1 * i));
            x.set(i, 1, Math.sin(2 * (i % 3)) * (1 + 0.1 * i));
        }
        return new ArrayExamples("few", x, labels, 3);
    }
}
