package org.badak.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.badak.augment.Elastic;
import org.badak.augment.Rotation;
import org.badak.augment.Scaling;
import org.badak.augment.Shift;
import org.badak.data.ArrayExamples;
import org.badak.data.Examples;
import org.badak.data.GeneratedDigits;
import org.badak.data.Sampler;
import org.badak.gradient.Backprop;
import org.badak.gradient.LocalSgd;
import org.badak.gradient.ProcessEngine;
import org.badak.gradient.ShardWork;
import org.badak.gradient.ShardedGradient;
import org.badak.gradient.Shards;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.kernel.Philox;
import org.badak.kernel.Purpose;
import org.badak.layer.Dense;
import org.badak.layer.Initialisation;
import org.badak.layer.Relu;
import org.badak.layer.Sigmoid;
import org.badak.layer.Tanh;
import org.badak.loss.DeltaCrossEntropy;
import org.badak.loss.Loss;
import org.badak.loss.MeanSquaredError;
import org.badak.loss.SoftmaxCrossEntropy;
import org.badak.loss.SumOfSquaredError;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;
import org.badak.model.Network;
import org.badak.model.Parameters;
import org.badak.model.Predictor;
import org.badak.optimizer.AdaDelta;
import org.badak.optimizer.AdaGrad;
import org.badak.optimizer.Adam;
import org.badak.optimizer.Clipping;
import org.badak.optimizer.Momentum;
import org.badak.optimizer.NAdam;
import org.badak.optimizer.Optimizer;
import org.badak.optimizer.RmsProp;
import org.badak.optimizer.Schedule;
import org.badak.optimizer.Sgd;
import org.badak.optimizer.WeightDecay;
import org.badak.train.Evaluator;
import org.badak.train.Trainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What training owes on the chosen kernels: no allocation once warm, and the bits of one scalar thread with any number
/// of
/// threads. Extend it in a module that brings kernels of its own.
public abstract class TrainingContract {
    private static final Initialisation SMALL = new Initialisation.Normal(0.01);
    private static final int EXAMPLES = 256;
    private static final int FEW = 23; // of a batch, where the update counts and not the gradient; 256 = 11·23 + 3
    private static final Map<Precision, Examples> PIXELS =
            Map.of(Precision.FLOAT32, examples(Precision.FLOAT32), Precision.FLOAT64, examples(Precision.FLOAT64));
    private static final WeightDecay DECAY = WeightDecay.l2(1e-3);
    private static final List<Optimizer> OPTIMIZERS = List.of(
            new Sgd(0.1, DECAY),
            new Momentum(0.01, 0.9, false, DECAY),
            new Momentum(0.01, 0.9, true, WeightDecay.NONE),
            new AdaGrad(0.01, 1e-10, DECAY),
            new RmsProp(0.01, 0.99, 1e-8, DECAY),
            new Adam(0.01),
            new Adam(0.01, 0.9, 0.999, 1e-8, true, WeightDecay.decoupled(0.01)),
            new AdaDelta(1, 0.9, 1e-6, DECAY),
            new NAdam(0.002));

    public static Stream<Arguments> warmSteps() {
        return Stream.of(1, 2)
                .flatMap(threads -> Stream.of(
                        Arguments.of(threads, chapter(), new Sampler.Replacement(EXAMPLES, 100, 1)),
                        Arguments.of(
                                threads, deep(new SoftmaxCrossEntropy()), new Sampler.Replacement(EXAMPLES, 32, 1)),
                        // 256 = 2·100 + 56: two sizes of batch
                        Arguments.of(threads, deep(new SumOfSquaredError()), new Sampler.Shuffle(EXAMPLES, 100, 1)),
                        Arguments.of(threads, deep(new MeanSquaredError()), new Sampler.Shuffle(EXAMPLES, 64, 1)),
                        Arguments.of(threads, deep(new DeltaCrossEntropy()), new Sampler.Replacement(EXAMPLES, 7, 1))));
    }

    @ParameterizedTest
    @MethodSource("warmSteps")
    public void warmStepAllocatesNothingOnAnyThread(int threads, Network network, Sampler sampler) {
        try (Kernels kernels = KernelChoice.current().kernels(Precision.FLOAT32, threads)) {
            Trainer trainer = trainer(network, network.initialise(Precision.FLOAT32, 1), kernels, sampler);
            assertThat(AllocationProbe.bytesPerRun(trainer::step, 60)).isZero();
        }
    }

    @Test
    public void warmStepOfEveryOptimizerAllocatesNothingWhateverScheduleAndClipping() {
        for (Optimizer optimizer : OPTIMIZERS) {
            try (Kernels kernels = KernelChoice.current().kernels(Precision.FLOAT32, 2)) {
                Trainer trainer = trainer(
                        chapter(),
                        chapter().initialise(Precision.FLOAT32, 1),
                        kernels,
                        new Sampler.Replacement(EXAMPLES, FEW, 1),
                        optimizer);
                assertThat(AllocationProbe.bytesPerRun(trainer::step, 60))
                        .as(optimizer.toString())
                        .isZero();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    public void parametersDoNotDependOnThreadsOrKernelsByEveryOptimizer(Precision precision) {
        for (Optimizer optimizer : OPTIMIZERS) {
            String expected = hashAfterSteps(chapter(), KernelChoice.scalar().name(), precision, 1, optimizer, FEW);
            for (int threads : new int[] {1, 2, 3}) {
                String chosen = KernelChoice.current().set().name();
                assertThat(hashAfterSteps(chapter(), chosen, precision, threads, optimizer, FEW))
                        .as("%s, %s kernels, %d threads", optimizer, chosen, threads)
                        .isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    public void warmStepInShardsAllocatesNothingOnAnyThread(int threads) {
        try (Kernels kernels = KernelChoice.current().kernels(Precision.FLOAT32, threads)) {
            Trainer trainer = inShards(24, chapter().initialise(Precision.FLOAT32, 1), kernels);
            assertThat(AllocationProbe.bytesPerRun(trainer::step, 60)).isZero();
        }
    }

    /// Trains with kernels on a number of threads, and gives the hash of the parameters.
    private interface Training {
        String hash(KernelChoice choice, int threads);
    }

    /// The chosen kernels on each number of threads give the hash of the scalar ones on one.
    private static void requireSameHash(String what, Training training, int... threadCounts) {
        String expected = training.hash(new KernelChoice(KernelChoice.scalar(), "for comparison"), 1);
        for (int threads : threadCounts) {
            assertThat(training.hash(KernelChoice.current(), threads))
                    .as("%s, %d threads", what, threads)
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @EnumSource
    public void parametersLearnedInShardsDoNotDependOnThreadsOrKernels(Precision precision) {
        for (int shards : new int[] {1, 3, 8}) {
            requireSameHash(
                    shards + " shards", (choice, threads) -> hashInShards(shards, choice, precision, threads), 1, 2, 3);
        }
    }

    private static String hashInShards(int shards, KernelChoice choice, Precision precision, int threads) {
        try (Kernels kernels = choice.kernels(precision, threads)) {
            Parameters parameters = chapter().initialise(precision, 5);
            Trainer trainer = inShards(shards, parameters, kernels);
            for (int i = 0; i < 12; i++) {
                trainer.step();
            }
            return parameters.sha256();
        }
    }

    @ParameterizedTest
    @EnumSource
    public void parametersLearnedByLocalStepsDoNotDependOnThreadsOrKernels(Precision precision) {
        requireSameHash("local steps", (choice, threads) -> hashByLocalSteps(choice, precision, threads), 1, 2, 3);
    }

    /// Of 7 steps an epoch, in rounds of 3, 3 and 1; 256 = 6·40 + 16: two sizes of batch.
    private static String hashByLocalSteps(KernelChoice choice, Precision precision, int threads) {
        try (Kernels kernels = choice.kernels(precision, threads)) {
            Parameters parameters = chapter().initialise(precision, 5);
            Sampler sampler = new Sampler.Shuffle(EXAMPLES, 40, 5);
            ShardWork work = new ShardWork(chapter(), pixels(precision), sampler, 40, List.of(), new Shards(4), 5);
            LocalSgd local = new LocalSgd(work.shards(), 3, new ProcessEngine(work, kernels), kernels);
            Trainer trainer = new Trainer(
                    chapter(),
                    parameters,
                    local,
                    new Momentum(0.05, 0.9, false, DECAY),
                    sampler,
                    kernels,
                    pixels(precision),
                    40);
            Evaluator few = new Evaluator(
                    chapter(),
                    parameters,
                    kernels,
                    GeneratedDigits.generate(1, 10, 1).train());
            trainer.run(12, few, few);
            return parameters.sha256();
        }
    }

    /// 256 = 2·100 + 56: two sizes of batch.
    private static Trainer inShards(int shards, Parameters parameters, Kernels kernels) {
        return new Trainer(
                chapter(),
                parameters,
                new ShardedGradient(new Shards(shards), chapter(), parameters, kernels, 5),
                new Sgd(0.1),
                new Sampler.Shuffle(EXAMPLES, 100, 5),
                kernels,
                pixels(kernels.precision()),
                100);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    public void warmStepOnChangedImagesAllocatesNothingOnAnyThread(int threads) {
        try (Kernels kernels = KernelChoice.current().kernels(Precision.FLOAT32, threads)) {
            Trainer trainer = augmenting(chapter().initialise(Precision.FLOAT32, 1), kernels);
            assertThat(AllocationProbe.bytesPerRun(trainer::step, 10)).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    public void parametersLearnedFromChangedImagesDoNotDependOnThreadsOrKernels(Precision precision) {
        requireSameHash(
                "changed images", (choice, threads) -> hashAfterChanges(choice, precision, threads), 1, 2, 3, 8);
    }

    private static String hashAfterChanges(KernelChoice choice, Precision precision, int threads) {
        try (Kernels kernels = choice.kernels(precision, threads)) {
            Parameters parameters = chapter().initialise(precision, 5);
            Trainer trainer = augmenting(parameters, kernels);
            for (int i = 0; i < 12; i++) {
                trainer.step();
            }
            return parameters.sha256();
        }
    }

    /// Trains on digits that are changed by every augmentation; 130 = 100 + 30: two sizes of batch.
    private static Trainer augmenting(Parameters parameters, Kernels kernels) {
        return new Trainer(
                        chapter(),
                        parameters,
                        new Backprop(chapter(), parameters, kernels),
                        new Sgd(0.1),
                        new Sampler.Shuffle(130, 100, 5),
                        kernels,
                        GeneratedDigits.generate(1, 130, 1).train(),
                        100)
                .augment(List.of(new Shift(2), new Rotation(15), new Scaling(0.1), new Elastic(34, 4)), 5);
    }

    @Test
    public void warmPredictionAllocatesNothing() {
        Network network = deep(new SoftmaxCrossEntropy());
        Predictor predictor = Predictor.of(network, network.initialise(Precision.FLOAT32, 1));
        float[] x = new float[784];
        float[] batch = new float[200 * 784];
        float[] probabilities = new float[10];
        int[] classes = new int[200];
        assertThat(AllocationProbe.bytesPerRun(
                        () -> {
                            predictor.predict(x, probabilities);
                            predictor.classesOf(batch, 200, classes);
                        },
                        60))
                .isZero();
    }

    @ParameterizedTest
    @EnumSource
    public void parametersDoNotDependOnThreadsOrKernels(Precision precision) {
        for (Network network : List.of(chapter(), deep(new SoftmaxCrossEntropy()))) {
            String expected = hashAfterSteps(network, KernelChoice.scalar().name(), precision, 1);
            for (int threads : new int[] {1, 2, 3, 4, 8}) {
                String chosen = KernelChoice.current().set().name();
                assertThat(hashAfterSteps(network, chosen, precision, threads))
                        .as("%s, %s kernels, %d threads", network.summary(), chosen, threads)
                        .isEqualTo(expected);
            }
        }
    }

    private static String hashAfterSteps(Network network, String set, Precision precision, int threads) {
        return hashAfterSteps(network, set, precision, threads, new Sgd(0.1), 100);
    }

    private static String hashAfterSteps(
            Network network, String set, Precision precision, int threads, Optimizer optimizer, int batch) {
        KernelChoice choice = set.equals("scalar")
                ? new KernelChoice(KernelChoice.scalar(), "for comparison")
                : KernelChoice.current();
        try (Kernels kernels = choice.kernels(precision, threads)) {
            Parameters parameters = network.initialise(precision, 5);
            Trainer trainer = trainer(network, parameters, kernels, new Sampler.Shuffle(EXAMPLES, batch, 5), optimizer);
            for (int i = 0; i < 12; i++) {
                trainer.step();
            }
            return parameters.sha256();
        }
    }

    private static Trainer trainer(Network network, Parameters parameters, Kernels kernels, Sampler sampler) {
        return trainer(network, parameters, kernels, sampler, new Sgd(0.1));
    }

    /// Plain gradient descent as the chapter has it; all others with a schedule and clipping.
    private static Trainer trainer(
            Network network, Parameters parameters, Kernels kernels, Sampler sampler, Optimizer optimizer) {
        Backprop backprop = new Backprop(network, parameters, kernels);
        Trainer trainer = new Trainer(
                network, parameters, backprop, optimizer, sampler, kernels, pixels(kernels.precision()), 100);
        return optimizer.equals(new Sgd(0.1))
                ? trainer
                : trainer.schedule(new Schedule.WarmUp(5, 0.1, new Schedule.Cosine(100, 0)))
                        .clip(new Clipping(0.5, 0.1));
    }

    private static Network chapter() {
        return Network.of(784, new SoftmaxCrossEntropy(), new Dense(50, SMALL), new Sigmoid(), new Dense(10, SMALL));
    }

    /// Three weight matrices of different shapes, so that scratch memory must serve them all.
    private static Network deep(Loss loss) {
        Initialisation xavier = new Initialisation.Xavier();
        return Network.of(
                784,
                loss,
                new Dense(50, xavier),
                new Relu(),
                new Dense(30, xavier),
                new Tanh(),
                new Dense(20, xavier),
                new Sigmoid(),
                new Dense(10, xavier));
    }

    private static Examples pixels(Precision precision) {
        return Objects.requireNonNull(PIXELS.get(precision));
    }

    private static Examples examples(Precision precision) {
        Matrix x = Matrix.zeros(precision, EXAMPLES, 784);
        int[] labels = new int[EXAMPLES];
        Philox random = new Philox(3, Purpose.DATA, 0);
        for (int row = 0; row < EXAMPLES; row++) {
            labels[row] = row % 10;
            for (int column = 0; column < 784; column++) {
                double value = random.uniform(row * 784L + column);
                x.set(row, column, value < 0.8 ? 0 : value);
            }
        }
        return new ArrayExamples("random pixels", x, labels, 10);
    }
}
