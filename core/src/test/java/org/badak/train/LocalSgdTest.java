package org.badak.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.badak.augment.Augmentation;
import org.badak.catalog.Augmentations;
import org.badak.catalog.Catalog;
import org.badak.catalog.Named;
import org.badak.catalog.Optimizers;
import org.badak.data.Batch;
import org.badak.data.BatchLoader;
import org.badak.data.DataException;
import org.badak.data.Dataset;
import org.badak.data.Examples;
import org.badak.data.GeneratedDigits;
import org.badak.data.Sampler;
import org.badak.data.WeightedExamples;
import org.badak.gradient.Backprop;
import org.badak.gradient.Learning;
import org.badak.gradient.LocalMean;
import org.badak.gradient.LocalRound;
import org.badak.gradient.LocalSgd;
import org.badak.gradient.LocalSteps;
import org.badak.gradient.LocalWorker;
import org.badak.gradient.ProcessEngine;
import org.badak.gradient.ShardEngine;
import org.badak.gradient.ShardSum;
import org.badak.gradient.ShardWork;
import org.badak.gradient.ShardWorker;
import org.badak.gradient.ShardedGradient;
import org.badak.gradient.Shards;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.layer.Initialisation;
import org.badak.loss.SoftmaxCrossEntropy;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;
import org.badak.model.Network;
import org.badak.model.Parameters;
import org.badak.optimizer.Clipping;
import org.badak.optimizer.Optimizer;
import org.badak.optimizer.Schedule;
import org.badak.optimizer.Sgd;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Several steps of every shard between two averages, as a trainer takes them.
class LocalSgdTest {
    private static final Dataset TRAIN = GeneratedDigits.generate(3, 130, 1).train();
    private static final Dataset FEW = TRAIN.select(new int[] {1, 5, 9});
    private static final int BATCH = 20; // 7 steps an epoch, the last of 10 examples
    private static final long SEED = 6;
    private static final int STEPS = 17;
    private static final String DRAWING = "dense 9, batchnorm, relu, dropout 0.3, dense 10";
    private static final Kernels SINGLES = KernelChoice.current().kernels(Precision.FLOAT32, 1);
    private static final Kernels DOUBLES = KernelChoice.current().kernels(Precision.FLOAT64, 1);

    @AfterAll
    static void close() {
        SINGLES.close();
        DOUBLES.close();
    }

    /// A training, made anew each time.
    private static final class Run {
        final Network network;
        final Parameters parameters;
        final Kernels kernels;
        final ShardWork work;
        final Examples examples;
        final List<Double> losses = new ArrayList<>();
        private final List<Augmentation> changes;

        Run(String layers, Kernels kernels, Examples examples, int shards, String changed) {
            network = new Network(
                    TRAIN.shape(), Catalog.layers(layers, new Initialisation.Xavier()), new SoftmaxCrossEntropy());
            parameters = network.initialise(kernels.precision(), SEED);
            this.kernels = kernels;
            this.examples = examples;
            changes = changed.isEmpty() ? List.of() : Augmentations.augmentations(changed);
            work = new ShardWork(network, examples, sampler(), BATCH, changes, new Shards(shards), SEED);
        }

        static Run plain(int shards) {
            return new Run("dense 9, tanh, dense 10", SINGLES, TRAIN, shards, "");
        }

        Sampler sampler() {
            return new Sampler.Shuffle(TRAIN.count(), BATCH, SEED + 1);
        }

        Backprop backprop() {
            return new Backprop(network, parameters, kernels, SEED);
        }

        LocalSgd local(int steps) {
            return local(steps, new ProcessEngine(work, kernels));
        }

        LocalSgd local(int steps, ShardEngine engine) {
            return new LocalSgd(work.shards(), steps, engine, kernels);
        }

        Trainer trainer(Learning learning, Optimizer optimizer) {
            Trainer trainer =
                    new Trainer(network, parameters, learning, optimizer, sampler(), kernels, examples, BATCH);
            if (!changes.isEmpty()) {
                trainer.augment(changes, SEED);
            }
            return trainer.listen(new TrainingListener() {
                @Override
                public void step(long step, double loss) {
                    losses.add(loss);
                    assertThat(step).isEqualTo(losses.size());
                }
            });
        }

        List<Double> go(Trainer trainer, long steps) {
            Evaluator few = new Evaluator(network, parameters, kernels, FEW);
            return trainer.run(steps, few, few).stream()
                    .flatMap(each -> Stream.of((double) each.step(), each.testLoss(), each.testAccuracy()))
                    .toList();
        }

        /// Hashes of parameters and the optimizer's memory.
        List<String> hashes(Trainer trainer) {
            return Stream.concat(Stream.of(parameters), trainer.memory().stream())
                    .map(Parameters::sha256)
                    .toList();
        }
    }

    /// Computes the shards of every round in another order, again, and with others of an older round.
    private static final class Unruly implements ShardEngine {
        private final ShardWork work;
        private final Kernels kernels;
        private final Random random = new Random(4);
        final List<String> rounds = new ArrayList<>();
        int counted;

        Unruly(ShardWork work, Kernels kernels) {
            this.work = work;
            this.kernels = kernels;
        }

        @Override
        public String compute(Parameters parameters, long step, ShardSum sum) {
            throw new UnsupportedOperationException("no gradients");
        }

        @Override
        public void advance(LocalRound round, List<Parameters> state, LocalMean mean) {
            rounds.add(round.first() + "+" + round.steps());
            List<Integer> order = new ArrayList<>();
            for (int shard = 0; shard < work.shards().count(); shard++) {
                order.add(shard);
                order.add(shard);
            }
            Collections.shuffle(order, random);
            for (int shard : order) {
                Parameters own = state.getFirst().like();
                LocalWorker worker = new LocalWorker(new ShardWorker(work, own, kernels), round.optimizer(), kernels);
                List<Parameters> lent = worker.state(round.optimizer());
                assertThat(mean.add(
                                round.first() - 1,
                                shard,
                                new LocalSteps(new int[0], new double[0], new double[0], ""),
                                lent))
                        .as("of an older round")
                        .isFalse();
                for (int i = 0; i < lent.size(); i++) {
                    lent.get(i).copyFrom(state.get(i));
                }
                counted += mean.add(round.first(), shard, worker.advance(round, shard), lent) ? 1 : 0;
                lent.forEach(each -> each.tensors().forEach(kernels::clear)); // lent for the call alone
            }
        }

        @Override
        public String place() {
            return "nowhere";
        }

        @Override
        public void close() {}
    }

    static Stream<String> optimizers() {
        return Stream.concat(
                Optimizers.OPTIMIZERS.stream().map(Named::name),
                Stream.of("adam:amsgrad=true", "momentum:weight-decay=0.01"));
    }

    /// With draws of dropout and augmentation, batch normalisation, clipping, a schedule, and a last batch of an epoch
    /// that is smaller.
    @ParameterizedTest
    @MethodSource("optimizers")
    void oneShardTakesTheStepsOfBackpropToTheBit(String name) {
        Run whole = new Run(DRAWING, SINGLES, WeightedExamples.balanced(TRAIN), 1, "shift 1, rotate 10");
        Trainer expected = whole.trainer(whole.backprop(), Optimizers.optimizer(name))
                .schedule(new Schedule.Cosine(STEPS, 0))
                .clip(Clipping.byNorm(1));
        List<Double> readings = whole.go(expected, STEPS);
        for (int steps : new int[] {1, 3, 7}) {
            Run run = new Run(DRAWING, SINGLES, WeightedExamples.balanced(TRAIN), 1, "shift 1, rotate 10");
            Trainer trainer = run.trainer(run.local(steps), Optimizers.optimizer(name))
                    .schedule(new Schedule.Cosine(STEPS, 0))
                    .clip(Clipping.byNorm(1));
            assertThat(run.go(trainer, STEPS)).as("%d steps a round", steps).isEqualTo(readings);
            assertThat(run.losses).isEqualTo(whole.losses).hasSize(STEPS);
            assertThat(run.hashes(trainer)).isEqualTo(whole.hashes(expected));
            assertThat(trainer.examplesLearned()).isEqualTo(expected.examplesLearned());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "sgd:weight-decay=0.01, 12", // the last batch has 10 rows, fewer than shards
        "momentum, 12",
        "nesterov, 3"
    })
    void roundsOfOneStepAreStepsOfTheGradientInShards(String name, int shards) {
        String layers = shards == 3 ? DRAWING : "dense 9, dropout 0.3, tanh, dense 10";
        Run sharded = new Run(layers, DOUBLES, WeightedExamples.balanced(TRAIN), shards, "");
        Trainer expected = sharded.trainer(
                new ShardedGradient(new Shards(shards), sharded.network, sharded.parameters, DOUBLES, SEED),
                Optimizers.optimizer(name));
        sharded.go(expected, STEPS);
        Run run = new Run(layers, DOUBLES, WeightedExamples.balanced(TRAIN), shards, "");
        Trainer trainer = run.trainer(run.local(1), Optimizers.optimizer(name));
        run.go(trainer, STEPS);
        requireClose(run.parameters, sharded.parameters, 1e-12);
        for (int i = 0; i < STEPS; i++) {
            assertThat(run.losses.get(i)).isCloseTo(sharded.losses.get(i), within(1e-12));
        }
        assertThat(trainer.configuration())
                .containsEntry("gradient", "backprop in " + shards + " shards, averaged every step");
    }

    /// Written again, plainly: which steps, from which parameters on, and what every shard weighs.
    @ParameterizedTest
    @CsvSource({
        "3, 3, '0+3 3+3 6+1 7+3 10+3 13+1 14+3'",
        "12, 7, '0+7 7+7 14+3'" // the last batch of an epoch leaves shards without a row
    })
    void shardsStepAloneFromTheMeanOfTheRoundBefore(int shards, int steps, String rounds) {
        Examples examples = WeightedExamples.balanced(TRAIN);
        Schedule schedule = new Schedule.Exponential(0.9);
        Run run = new Run("dense 9, tanh, dense 10", DOUBLES, examples, shards, "");
        run.go(run.trainer(run.local(steps), new Sgd(0.3)).schedule(schedule), STEPS);
        Run plain = new Run("dense 9, tanh, dense 10", DOUBLES, examples, shards, "");
        Sampler sampler = plain.sampler();
        BatchLoader loader = new BatchLoader(examples, DOUBLES, BATCH);
        int[] indices = new int[BATCH];
        for (String round : rounds.split(" ")) {
            int begin = Integer.parseInt(round.split("\\+")[0]);
            int end = begin + Integer.parseInt(round.split("\\+")[1]);
            Parameters start = plain.parameters.to(Precision.FLOAT64);
            Parameters sum = start.like();
            double whole = 0;
            for (int shard = 0; shard < shards; shard++) {
                plain.parameters.copyFrom(start);
                double weight = 0;
                for (int step = begin; step < end; step++) {
                    int rows = sampler.draw(step, indices);
                    int first = rows * shard / shards;
                    int count = rows * (shard + 1) / shards - first;
                    if (count == 0) {
                        continue;
                    }
                    Batch part = loader.load(indices, first, count);
                    Backprop backprop = plain.backprop();
                    backprop.compute(part);
                    add(plain.parameters, -0.3 * Math.pow(0.9, step), backprop.result());
                    weight += Arrays.stream(part.weights()).limit(part.rows()).sum();
                }
                add(sum, weight, plain.parameters);
                whole += weight;
            }
            plain.parameters.copyFrom(start.like());
            add(plain.parameters, 1 / whole, sum);
        }
        requireClose(run.parameters, plain.parameters, 1e-12);
    }

    private static void add(Parameters target, double factor, Parameters source) {
        for (int i = 0; i < target.tensors().size(); i++) {
            Matrix sum = target.tensor(i);
            for (int row = 0; row < sum.rows(); row++) {
                for (int column = 0; column < sum.columns(); column++) {
                    sum.set(
                            row,
                            column,
                            sum.get(row, column) + factor * source.tensor(i).get(row, column));
                }
            }
        }
    }

    private static void requireClose(Parameters found, Parameters expected, double tolerance) {
        for (int i = 0; i < expected.tensors().size(); i++) {
            Matrix matrix = expected.tensor(i);
            for (int row = 0; row < matrix.rows(); row++) {
                for (int column = 0; column < matrix.columns(); column++) {
                    assertThat(found.tensor(i).get(row, column))
                            .as("%s[%d][%d]", expected.slots().get(i).name(), row, column)
                            .isCloseTo(matrix.get(row, column), within(tolerance));
                }
            }
        }
    }

    @Test
    void anyOrderWithAnyDuplicatesAndStragglersGivesTheSameBits() {
        Run orderly = new Run(DRAWING, SINGLES, WeightedExamples.balanced(TRAIN), 6, "shift 1");
        Trainer expected = orderly.trainer(orderly.local(4), Optimizers.optimizer("adam"));
        orderly.go(expected, STEPS);
        Run run = new Run(DRAWING, SINGLES, WeightedExamples.balanced(TRAIN), 6, "shift 1");
        Unruly unruly = new Unruly(run.work, SINGLES);
        Trainer trainer = run.trainer(run.local(4, unruly), Optimizers.optimizer("adam"));
        run.go(trainer, STEPS);
        assertThat(run.hashes(trainer)).isEqualTo(orderly.hashes(expected));
        assertThat(run.losses).isEqualTo(orderly.losses);
        assertThat(unruly.counted).isEqualTo(6 * unruly.rounds.size());
        assertThat(unruly.rounds).containsExactly("0+4", "4+3", "7+4", "11+3", "14+3");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void threadsChangeNoBit(int threads) {
        List<String> hashes = new ArrayList<>();
        for (int count : new int[] {1, threads}) {
            try (Kernels kernels = KernelChoice.current().kernels(Precision.FLOAT32, count)) {
                Run run = new Run("dense 300, batchnorm, relu, dense 200, relu, dense 10", kernels, TRAIN, 2, "");
                Trainer trainer = run.trainer(run.local(3), Optimizers.optimizer("adam"));
                run.go(trainer, 8);
                hashes.addAll(run.hashes(trainer));
            }
        }
        assertThat(hashes.subList(0, 3)).isEqualTo(hashes.subList(3, 6));
    }

    @Test
    void interruptedRunEndsInTheSameBits() {
        Run whole = new Run(DRAWING, SINGLES, TRAIN, 3, "");
        Trainer uninterrupted = whole.trainer(whole.local(4), Optimizers.optimizer("momentum"));
        List<Double> readings = whole.go(uninterrupted, STEPS);
        for (int stop : new int[] {4, 6, 7, 11, 13, 14, 15, 17}) { // 6, 13 and 15 are within a round
            Run first = new Run(DRAWING, SINGLES, TRAIN, 3, "");
            Trainer stopped = first.trainer(first.local(4), Optimizers.optimizer("momentum"));
            stopped.listen(new TrainingListener() {
                @Override
                public void step(long step, double loss) {
                    if (step == stop) {
                        stopped.stop();
                    }
                }
            });
            first.go(stopped, STEPS);
            Checkpoint checkpoint = Checkpoint.of(stopped);
            assertThat(checkpoint.step()).isBetween((long) stop, stop + 3L);
            Run second = new Run(DRAWING, SINGLES, TRAIN, 3, "");
            second.losses.addAll(first.losses);
            Trainer resumed = second.trainer(second.local(4), Optimizers.optimizer("momentum"));
            resumed.resume(checkpoint);
            List<Double> rest = second.go(resumed, STEPS - resumed.steps());
            assertThat(second.hashes(resumed)).as("stopped at %d", stop).isEqualTo(whole.hashes(uninterrupted));
            assertThat(second.losses).isEqualTo(whole.losses);
            assertThat(rest)
                    .endsWith(readings.get(readings.size() - 3), readings.get(readings.size() - 2), readings.getLast());
        }
    }

    @Test
    void checkpointsAreSavedBetweenRounds(@TempDir Path folder) {
        Run run = Run.plain(3);
        Trainer trainer = run.trainer(run.local(4), new Sgd(0.1));
        List<Long> saved = new ArrayList<>();
        trainer.listen(new TrainingListener() {
            @Override
            public void checkpointed(long step, Path file) {
                saved.add(step);
            }
        });
        Checkpoints checkpoints = new Checkpoints(folder);
        trainer.listen(new Autosave(trainer, checkpoints, Rhythm.parse("5")));
        run.go(trainer, STEPS); // rounds end at 4, 7, 11, 14 and 17
        assertThat(saved).containsExactly(7L, 11L, 17L);
        assertThat(checkpoints.newest().orElseThrow().checkpoint().step()).isEqualTo(17);
    }

    @Test
    void runThatEndedWithinARoundIsNotTrainedFurther() {
        Run first = Run.plain(2);
        Trainer ended = first.trainer(first.local(4), new Sgd(0.1));
        first.go(ended, 6);
        Run second = Run.plain(2);
        second.losses.addAll(first.losses);
        Trainer resumed = second.trainer(second.local(4), new Sgd(0.1));
        resumed.resume(Checkpoint.of(ended));
        assertThatThrownBy(() -> second.go(resumed, 8))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("within a round of local steps")
                .hasMessageContaining("checkpoint of step 6")
                .hasMessageContaining("a multiple of the 4 steps");
        resumed.resume(Checkpoint.of(ended));
        second.go(resumed, 0); // its last evaluation can be done again
        assertThat(second.parameters.sha256()).isEqualTo(first.parameters.sha256());
        Run other = Run.plain(2);
        assertThatThrownBy(() -> other.trainer(other.local(3), new Sgd(0.1)).resume(Checkpoint.of(ended)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("averaged every 3 steps")
                .hasMessageContaining("averaged every 4 steps");
    }

    @Test
    void divergenceNamesTheStepAndLeavesWhatTheRoundBeganWith() {
        Run run = new Run("dense 9, relu, dense 10", SINGLES, TRAIN, 3, "");
        Trainer trainer = run.trainer(run.local(4), new Sgd(1e37));
        String before = run.parameters.sha256();
        List<Long> told = new ArrayList<>();
        trainer.listen(new TrainingListener() {
            @Override
            public void diverged(TrainingException failure) {
                told.add(failure.step());
            }
        });
        assertThatThrownBy(() -> run.go(trainer, STEPS))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("training diverged at step 2: the loss of 6 examples is")
                .hasMessageContaining("shard 0")
                .hasMessageContaining("Parameters are as before step 1, with which its round began");
        assertThat(told).containsExactly(2L);
        assertThat(run.parameters.sha256()).isEqualTo(before);
        assertThat(trainer.steps()).isZero();
        assertThat(run.losses).isEmpty();
    }

    @Test
    void roundInWhichNothingWeighsAnythingChangesNothing() {
        double[] weights = new double[TRAIN.count()];
        Sampler draws = Run.plain(2).sampler();
        int[] last = new int[BATCH];
        int rows = draws.draw(6, last);
        weights[last[rows - 1]] = 1; // in the round of step 6 alone
        Run run = new Run("dense 9, batchnorm, dense 10", SINGLES, new WeightedExamples(TRAIN, weights), 2, "");
        Trainer trainer = run.trainer(run.local(3), Optimizers.optimizer("momentum:weight-decay=0.1"));
        List<String> before = run.hashes(trainer);
        run.go(trainer, 6);
        assertThat(run.hashes(trainer)).isEqualTo(before);
        assertThat(run.losses).containsOnly(0.0).hasSize(6);
        Run further = new Run("dense 9, batchnorm, dense 10", SINGLES, new WeightedExamples(TRAIN, weights), 2, "");
        further.go(further.trainer(further.local(3), Optimizers.optimizer("momentum")), 7);
        assertThat(further.parameters.sha256()).isNotEqualTo(before.getFirst());
    }

    @Test
    void roundsThatCannotBeAreRefused() {
        Run run = Run.plain(2);
        assertThatThrownBy(() -> run.local(0)).hasMessageContaining("expected 1 to 1000000, found 0");
        assertThatThrownBy(() -> run.trainer(run.local(8), new Sgd(0.1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most the 7 steps of an epoch")
                .hasMessageContaining("found 8");
    }

    @Test
    void roundsEndWhereTheyAlwaysDoWhereverTheyBegin() {
        Run run = Run.plain(2);
        Unruly unruly = new Unruly(run.work, SINGLES);
        Trainer trainer = run.trainer(run.local(4, unruly), new Sgd(0.1));
        run.go(trainer, 2);
        run.go(trainer, 7);
        assertThat(unruly.rounds).containsExactly("0+2", "2+2", "4+3", "7+2");
    }

    @Test
    void singleStepsAreRoundsOfOne() {
        Run steps = Run.plain(3);
        Trainer trainer = steps.trainer(steps.local(4), new Sgd(0.1));
        double loss = trainer.step() + trainer.step();
        Run rounds = Run.plain(3);
        rounds.go(rounds.trainer(rounds.local(1), new Sgd(0.1)), 2);
        assertThat(steps.parameters.sha256()).isEqualTo(rounds.parameters.sha256());
        assertThat(loss).isEqualTo(rounds.losses.get(0) + rounds.losses.get(1));
    }

    @Test
    void learnsDigits() {
        Run run = new Run("dense 20, tanh, dense 10", SINGLES, TRAIN, 4, "");
        Trainer trainer = run.trainer(run.local(7), new Sgd(0.3));
        run.go(trainer, 7 * 30);
        assertThat(new Evaluator(run.network, run.parameters, SINGLES, TRAIN)
                        .score()
                        .accuracy())
                .isGreaterThan(0.95);
    }
}
