package org.badak.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.badak.data.ArrayExamples;
import org.badak.data.Batch;
import org.badak.data.Sampler;
import org.badak.data.Storage;
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
import org.badak.optimizer.Goal;
import org.badak.optimizer.Sgd;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The contract of early stopping, a test per sentence.
class EarlyStoppingTest {
    private static final Network NETWORK =
            Network.of(2, new SoftmaxCrossEntropy(), new Dense(3, new Initialisation.Normal(1)));

    private final Kernels kernels = new KernelChoice(KernelChoice.scalar(), "test").kernels(Precision.FLOAT64, 1);
    private final Parameters parameters = NETWORK.initialise(Precision.FLOAT64, 1);

    @AfterEach
    void close() {
        kernels.close();
    }

    @Test
    void improvementIsStrictAndByMoreThanTheMargin() {
        EarlyStopping less = new EarlyStopping(parameters, Goal.MINIMUM, 100, 0.25);
        assertThat(improvements(less, 1, 0.75, 0.5, 0.5, 0.25, 0.125)).containsExactly(0, 2, 5);
        EarlyStopping more = new EarlyStopping(parameters, Goal.MAXIMUM, 100, 0.25);
        assertThat(improvements(more, 0, 0.25, 0.5, 0.5, 0.75, 1)).containsExactly(0, 2, 5);
        EarlyStopping bare = new EarlyStopping(parameters, Goal.MINIMUM, 100, 0);
        assertThat(improvements(bare, 1, 1, 0.5, 0.5)).containsExactly(0, 2);
    }

    @Test
    void firstValueAlwaysImproves() {
        for (Goal goal : Goal.values()) {
            for (double value : new double[] {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 0, 1e300}) {
                EarlyStopping rule = new EarlyStopping(parameters, goal, 1, 1e9);
                assertThat(rule.evaluated(0, value)).isFalse();
                assertThat(rule.state()).isEqualTo(new EarlyStopping.State(value, 0, 0));
            }
        }
    }

    @Test
    void notANumberNeverImproves() {
        EarlyStopping rule = new EarlyStopping(parameters, Goal.MAXIMUM, 100, 0);
        assertThat(improvements(rule, Double.NaN, 0.5, Double.NaN, 0.75)).containsExactly(1, 3);
        EarlyStopping never = new EarlyStopping(parameters, Goal.MINIMUM, 2, 0);
        assertThat(never.evaluated(0, Double.NaN)).isFalse();
        assertThat(never.evaluated(1, Double.NaN)).isTrue();
        String before = parameters.sha256();
        never.restore();
        assertThat(parameters.sha256()).isEqualTo(before);
    }

    @Test
    void directionFollowsTheMetric() {
        for (Metric metric : Metric.values()) {
            assertThat(metric.goal())
                    .as(metric.label())
                    .isEqualTo(metric.label().endsWith("loss") ? Goal.MINIMUM : Goal.MAXIMUM);
        }
    }

    @Test
    void patienceCountsEvaluationsWithoutImprovementAndStopsWhenReached() {
        EarlyStopping rule = new EarlyStopping(parameters, Goal.MINIMUM, 3, 0);
        double[] values = {5, 6, 6, 4, 5, 5, 5, 5};
        List<Boolean> stops = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            stops.add(rule.evaluated(i, values[i]));
        }
        assertThat(stops).containsExactly(false, false, false, false, false, false, true, true);
        assertThat(rule.state()).isEqualTo(new EarlyStopping.State(4, 3, 3));
    }

    @Test
    void trainerStopsWhenPatienceIsReachedAndRestoresTheBest() {
        List<String> seen = new ArrayList<>();
        Trainer trainer = worsening(Integer.MAX_VALUE, seen)
                .stopEarly(new EarlyStopping(parameters, Metric.TEST_LOSS.goal(), 2, 0))
                .watch(Metric.TEST_LOSS);
        List<Evaluation> readings = run(trainer, 100);
        int best = best(readings);
        assertThat(best).isPositive();
        assertThat(readings).hasSize(best + 3);
        assertThat(trainer.endedEarly()).isTrue();
        assertThat(trainer.steps()).isEqualTo(readings.getLast().step());
        assertThat(parameters.sha256()).isEqualTo(seen.get(best)).isNotEqualTo(seen.getLast());
    }

    @Test
    void bestIsRestoredWhenTheStepsRunOut() {
        List<String> seen = new ArrayList<>();
        Trainer trainer = watching(worsening(Integer.MAX_VALUE, seen));
        List<Evaluation> readings = run(trainer, 40);
        assertThat(trainer.endedEarly()).isFalse();
        assertThat(trainer.steps()).isEqualTo(40);
        assertThat(parameters.sha256()).isEqualTo(seen.get(best(readings))).isNotEqualTo(seen.getLast());
    }

    @Test
    void bestIsRestoredWhenTheUserStops() {
        List<String> seen = new ArrayList<>();
        Trainer trainer = watching(worsening(Integer.MAX_VALUE, seen));
        trainer.listen(new TrainingListener() {
            @Override
            public void step(long step, double loss) {
                if (step == 31) {
                    trainer.stop();
                }
            }

            @Override
            public void evaluated(Evaluation evaluation) {}
        });
        List<Evaluation> readings = run(trainer, 100);
        assertThat(trainer.steps()).isEqualTo(31);
        assertThat(parameters.sha256()).isEqualTo(seen.get(best(readings))).isNotEqualTo(seen.getLast());
    }

    @Test
    void bestIsRestoredWhenTrainingFails() {
        List<String> seen = new ArrayList<>();
        EarlyStopping rule = EarlyStopping.never(parameters, Goal.MINIMUM);
        Trainer trainer = worsening(33, seen).stopEarly(rule).watch(Metric.TEST_LOSS);
        assertThatThrownBy(() -> run(trainer, 100)).isInstanceOf(TrainingException.class);
        assertThat(parameters.sha256())
                .isEqualTo(seen.get((int) rule.state().bestStep() / 2))
                .isNotEqualTo(seen.getLast());
    }

    @Test
    void bestAndPatienceGoOnInAnotherRun() {
        EarlyStopping first = new EarlyStopping(parameters, Goal.MINIMUM, 3, 0);
        first.evaluated(0, 1);
        String best = parameters.sha256();
        parameters.tensor(0).set(0, 0, 7);
        first.evaluated(1, 2);
        first.evaluated(2, 2);
        EarlyStopping second = new EarlyStopping(parameters, Goal.MINIMUM, 3, 0);
        second.resume(first.state(), first.best());
        assertThat(second.evaluated(3, 1)).isTrue();
        second.restore();
        assertThat(parameters.sha256()).isEqualTo(best);
    }

    @Test
    void bestAndPatienceArePartOfACheckpoint(@TempDir Path folder) throws IOException {
        EarlyStopping rule = new EarlyStopping(parameters, Metric.TEST_LOSS.goal(), 3, 0);
        Trainer trainer = worsening(Integer.MAX_VALUE, new ArrayList<>())
                .watch(Metric.TEST_LOSS)
                .stopEarly(rule);
        rule.evaluated(0, 1);
        String best = parameters.sha256();
        parameters.tensor(0).set(0, 0, 7);
        rule.evaluated(1, 2);
        rule.evaluated(2, Double.NaN);
        Path file = folder.resolve("checkpoint");
        CheckpointFile.write(Storage.DISK, file, Checkpoint.of(trainer));

        EarlyStopping fresh = new EarlyStopping(parameters, Metric.TEST_LOSS.goal(), 3, 0);
        Trainer another = worsening(Integer.MAX_VALUE, new ArrayList<>())
                .watch(Metric.TEST_LOSS)
                .stopEarly(fresh);
        another.resume(CheckpointFile.read(file));
        assertThat(fresh.state()).isEqualTo(new EarlyStopping.State(1, 0, 2));
        assertThat(fresh.evaluated(3, 1)).isTrue();
        fresh.restore();
        assertThat(parameters.sha256()).isEqualTo(best);
    }

    @Test
    void validationPartIsReadAndCanBeWatched() {
        Evaluator few = new Evaluator(NETWORK, parameters, kernels, examples(0.5));
        Trainer trainer = worsening(Integer.MAX_VALUE, new ArrayList<>());
        assertThat(run(trainer, 1).getFirst().validationLoss()).isNaN();
        Evaluator.Score score = few.score();
        trainer.validate(few)
                .watch(Metric.VALIDATION_LOSS)
                .stopEarly(EarlyStopping.never(parameters, Metric.VALIDATION_LOSS.goal()));
        List<Evaluation> readings = run(trainer, 4);
        assertThat(readings.getFirst().step()).isEqualTo(2);
        Trainer without = watching(worsening(1, new ArrayList<>())).watch(Metric.VALIDATION_ACCURACY);
        assertThatThrownBy(() -> run(without, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("validation-accuracy");
        assertThat(score.loss()).isFinite();
        assertThat(readings.getFirst().validationLoss()).isFinite();
    }

    @Test
    void numbersWithoutSenseAreRefused() {
        assertThatThrownBy(() -> new EarlyStopping(parameters, Goal.MINIMUM, 0, 0))
                .hasMessageContaining("patience: expected at least 1 evaluation, found 0");
        for (double margin : new double[] {-0.5, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> new EarlyStopping(parameters, Goal.MINIMUM, 1, margin))
                    .hasMessageContaining("found " + margin);
        }
    }

    /// Learns for 20 steps and unlearns after them; notes the parameters' hash at every evaluation.
    private Trainer worsening(int failing, List<String> seen) {
        Backprop backprop = new Backprop(NETWORK, parameters, kernels);
        Gradient turning = new Gradient() {
            private int calls;

            @Override
            public String name() {
                return "turning";
            }

            @Override
            public double compute(Batch batch) {
                double loss = backprop.compute(batch);
                calls++;
                if (calls > 20) {
                    for (Matrix tensor : backprop.result().tensors()) {
                        for (int row = 0; row < tensor.rows(); row++) {
                            for (int column = 0; column < tensor.columns(); column++) {
                                tensor.set(row, column, -tensor.get(row, column));
                            }
                        }
                    }
                }
                return calls >= failing ? Double.NaN : loss;
            }

            @Override
            public Parameters result() {
                return backprop.result();
            }

            @Override
            public String firstNonFinite() {
                return "";
            }
        };
        return new Trainer(
                        NETWORK,
                        parameters,
                        turning,
                        new Sgd(0.1),
                        new Sampler.Shuffle(10, 5, 1),
                        kernels,
                        examples(1),
                        5)
                .listen(new TrainingListener() {
                    @Override
                    public void step(long step, double loss) {}

                    @Override
                    public void evaluated(Evaluation evaluation) {
                        seen.add(parameters.sha256());
                    }
                });
    }

    private Trainer watching(Trainer trainer) {
        return trainer.stopEarly(EarlyStopping.never(parameters, Goal.MINIMUM)).watch(Metric.TEST_LOSS);
    }

    private List<Evaluation> run(Trainer trainer, long steps) {
        Evaluator all = new Evaluator(NETWORK, parameters, kernels, examples(1));
        return trainer.run(steps, all, all);
    }

    private static int best(List<Evaluation> readings) {
        int best = 0;
        for (int i = 1; i < readings.size(); i++) {
            best = readings.get(i).testLoss() < readings.get(best).testLoss() ? i : best;
        }
        return best;
    }

    /// The numbers of the evaluations that the rule takes for improvements.
    private static List<Integer> improvements(EarlyStopping rule, double... values) {
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            rule.evaluated(i, values[i]);
            if (rule.state().waited() == 0) {
                found.add(i);
            }
        }
        return found;
    }

    private static ArrayExamples examples(double scale) {
        Matrix x = Matrix.zeros(Precision.FLOAT64, 10, 2);
        int[] labels = new int[10];
        for (int i = 0; i < 10; i++) {
            labels[i] = i % 3;
            x.set(i, 0, scale * Math.cos(i % 3) * (1 + 0.1 * i));
            x.set(i, 1, scale * Math.sin(2 * (i % 3)) * (1 + 0.1 * i));
        }
        return new ArrayExamples("few", x, labels, 3);
    }
}
