package org.badak.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.badak.data.ArrayExamples;
import org.badak.data.Batch;
import org.badak.data.BatchLoader;
import org.badak.data.Examples;
import org.badak.data.Sampler;
import org.badak.gradient.Backprop;
import org.badak.gradient.Gradient;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.kernel.Philox;
import org.badak.kernel.Purpose;
import org.badak.layer.BatchNorm;
import org.badak.layer.Dense;
import org.badak.layer.Flatten;
import org.badak.layer.Initialisation;
import org.badak.layer.Sigmoid;
import org.badak.loss.SoftmaxCrossEntropy;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;
import org.badak.matrix.Shape;
import org.badak.model.Network;
import org.badak.model.Parameters;
import org.badak.optimizer.Sgd;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainerTest {
    private static final Network NETWORK = Network.of(
            2,
            new SoftmaxCrossEntropy(),
            new Dense(4, new Initialisation.Xavier()),
            new Sigmoid(),
            new Dense(3, new Initialisation.Xavier()));

    private final Kernels kernels = new KernelChoice(KernelChoice.scalar(), "test").kernels(Precision.FLOAT32, 1);
    private final Parameters parameters = NETWORK.initialise(Precision.FLOAT32, 1);

    @AfterEach
    void close() {
        kernels.close();
    }

    @Test
    void chaptersConfigurationReadsAccuracyAtTheStartOfSeventeenEpochsAndAtTheEnd() {
        Examples train = examples(60_000);
        Trainer trainer = trainer(new Sampler.Replacement(60_000, 100, 1), train, 100, 0.1);
        List<Evaluation> readings = trainer.run(10_000, evaluator(train), evaluator(examples(1000)));

        assertThat(readings).hasSize(18);
        assertThat(readings.subList(0, 17))
                .extracting(Evaluation::step)
                .isEqualTo(
                        LongStream.range(0, 17).mapToObj(epoch -> epoch * 600).toList());
        assertThat(readings.subList(0, 17))
                .extracting(Evaluation::epoch)
                .isEqualTo(LongStream.range(0, 17)
                        .mapToObj(epoch -> (double) epoch)
                        .toList());
        assertThat(readings.getLast().step()).isEqualTo(10_000);
        assertThat(readings.getFirst().trainAccuracy()).isBetween(0.2, 0.5);
        assertThat(readings.getLast().trainAccuracy()).isGreaterThan(0.95);
        assertThat(readings.getLast().testAccuracy()).isGreaterThan(0.95);
        assertThat(readings.getLast().trainLoss())
                .isLessThan(readings.getFirst().trainLoss());
        assertThat(readings).extracting(Evaluation::seconds).isSorted();
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 96, 7, 300}) // 300 examples: dividing, not dividing, whole
    void everyEpochOfAShuffledRunIsReadWhetherTheBatchDividesOrNot(int batch) {
        Examples train = examples(300);
        Sampler sampler = new Sampler.Shuffle(300, batch, 1);
        Trainer trainer = trainer(sampler, train, batch, 0.1);
        List<Evaluation> readings = trainer.run(3 * sampler.stepsPerEpoch(), evaluator(train), evaluator(train));
        assertThat(readings).extracting(Evaluation::epoch).containsExactly(0.0, 1.0, 2.0, 3.0);
    }

    @Test
    void listenersHearEveryStepAndEveryReadingInOrder() {
        List<String> heard = new ArrayList<>();
        Examples train = examples(30);
        Trainer trainer = trainer(new Sampler.Shuffle(30, 20, 1), train, 20, 0.1)
                .listen(new TrainingListener() {
                    @Override
                    public void step(long step, double loss) {
                        assertThat(loss).isPositive();
                        heard.add("step " + step);
                    }

                    @Override
                    public void evaluated(Evaluation evaluation) {
                        heard.add("evaluated " + evaluation.step());
                    }
                });
        trainer.run(3, evaluator(train), evaluator(train));
        assertThat(heard).containsExactly("evaluated 0", "step 1", "step 2", "evaluated 2", "step 3", "evaluated 3");
        assertThat(trainer.steps()).isEqualTo(3);
    }

    @Test
    void stepMovesParametersAgainstTheGradient() {
        Examples train = examples(40);
        Parameters before = parameters.to(Precision.FLOAT32);
        Backprop backprop = new Backprop(NETWORK, before, kernels);
        Trainer trainer = trainer(new Sampler.Shuffle(40, 40, 1), train, 40, 0.5);
        double loss = trainer.step();
        int[] indices = new int[40];
        new Sampler.Shuffle(40, 40, 1).draw(0, indices);
        double same = backprop.compute(new BatchLoader(train, kernels, 40).load(indices, 0, 40));
        assertThat(loss).isEqualTo(same);
        for (int i = 0; i < before.tensors().size(); i++) {
            Matrix old = before.tensor(i);
            for (int row = 0; row < old.rows(); row++) {
                for (int column = 0; column < old.columns(); column++) {
                    assertThat(parameters.tensor(i).get(row, column))
                            .isEqualTo(Math.fma(
                                    -0.5f, (float) backprop.result().tensor(i).get(row, column), (float)
                                            old.get(row, column)));
                }
            }
        }
    }

    @Test
    void divergenceStopsWithStepLayerValueAndLearningRateAndLeavesParametersAsBeforeTheStep() {
        Examples train = examples(30);
        Trainer trainer = trainer(new Sampler.Replacement(30, 10, 1), train, 10, 3e38);
        List<String> hashes = new ArrayList<>(List.of(parameters.sha256()));
        TrainingException thrown = catchThrowableOfType(TrainingException.class, () -> {
            for (int i = 0; i < 100; i++) {
                trainer.step();
                hashes.add(parameters.sha256());
            }
        });
        assertThat(thrown.step()).isEqualTo(hashes.size()).isGreaterThan(1);
        assertThat(parameters.sha256()).isEqualTo(hashes.getLast());
        assertThat(trainer.steps()).isEqualTo(hashes.size() - 1L);
        assertThat(thrown)
                .hasMessageContaining("step " + thrown.step())
                .hasMessageContaining("batch of 10")
                .hasMessageMatching(
                        "(?s).*first in layer \\d \\((dense|sigmoid)\\): (NaN|-?Infinity) at row \\d+, column \\d.*")
                .hasMessageContaining("learning rate 3.0E38")
                .hasMessageContaining("2 - 4 sigmoid - 3");
    }

    @Test
    void inputThatIsNotFiniteIsNamed() {
        Matrix x = Matrix.zeros(Precision.FLOAT32, 5, 2);
        x.set(3, 1, Double.NaN);
        Examples train = new ArrayExamples("broken", x, new int[5], 3);
        Trainer trainer = trainer(new Sampler.Shuffle(5, 5, 1), train, 5, 0.1);
        assertThatThrownBy(trainer::step)
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("first in input: NaN at row")
                .hasMessageContaining("column 1");
    }

    @Test
    void gradientThatIsNotFiniteEndsTheRunBeforeAnythingMoves() {
        Examples train = examples(10);
        Parameters result = parameters.like();
        result.tensor("W2").set(3, 2, Double.POSITIVE_INFINITY);
        Gradient overflowing = new Gradient() {
            @Override
            public String name() {
                return "overflowing";
            }

            @Override
            public double compute(Batch batch) {
                return 3.5;
            }

            @Override
            public Parameters result() {
                return result;
            }

            @Override
            public String firstNonFinite() {
                return "";
            }
        };
        Trainer trainer = new Trainer(
                NETWORK, parameters, overflowing, new Sgd(0.1), new Sampler.Shuffle(10, 5, 1), kernels, train, 5);
        String before = parameters.sha256();
        assertThatThrownBy(trainer::step)
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("step 1")
                .hasMessageContaining("is 3.5, but the gradient of W2 has elements that are not finite")
                .hasMessageContaining("learning rate 0.1");
        assertThat(parameters.sha256()).isEqualTo(before);
    }

    @Test
    void batchOfOneIsRefusedBeforeTheFirstStepWhereANumberIsNormalisedOverIt() {
        Network normalised = Network.of(
                2,
                new SoftmaxCrossEntropy(),
                new Dense(4, new Initialisation.Xavier()),
                new BatchNorm(),
                new Dense(3, new Initialisation.Xavier()));
        Network pictures = new Network(
                new Shape(1, 2, 2),
                List.of(new BatchNorm(), new Flatten(), new Dense(3, new Initialisation.Xavier())),
                new SoftmaxCrossEntropy());
        assertThatThrownBy(() -> Trainer.requireBatch(normalised, new Sampler.Replacement(11, 1, 1), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected at least 2, found 1, and layer 1 (batchnorm)");
        assertThatThrownBy(() -> Trainer.requireBatch(normalised, new Sampler.Shuffle(11, 5, 1), 5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found 5, which leaves one example for the last batch of an epoch, and layer 1");
        Trainer.requireBatch(normalised, new Sampler.Shuffle(12, 5, 1), 5);
        Trainer.requireBatch(normalised, new Sampler.Replacement(11, 5, 1), 5);
        Trainer.requireBatch(pictures, new Sampler.Shuffle(11, 5, 1), 5); // four pixels of one image
        Trainer.requireBatch(NETWORK, new Sampler.Shuffle(11, 1, 1), 1);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -5})
    void runOfLessThanOneStepIsRefused(long steps) {
        Examples train = examples(10);
        Trainer trainer = trainer(new Sampler.Shuffle(10, 5, 1), train, 5, 0.1);
        assertThatThrownBy(() -> trainer.run(steps, evaluator(train), evaluator(train)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found " + steps);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void learningRateMustBePositiveAndFinite(double rate) {
        assertThatThrownBy(() -> new Sgd(rate))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("learning rate")
                .hasMessageContaining("found " + rate);
    }

    @Test
    void evaluatorCountsEveryExampleOnceWhateverTheNumber() {
        for (int count : new int[] {1, 2, 499, 500, 501, 1003}) {
            Examples set = examples(count);
            Evaluator.Score score = evaluator(set).score();
            int[] correct = {0, 0};
            double[] loss = {0};
            evaluator(set).predictions((index, label, predictions, row) -> {
                assertThat(index).isEqualTo(correct[1]);
                assertThat(label).isEqualTo(set.label(index));
                correct[0] += Kernels.argMax(predictions, row) == label ? 1 : 0;
                correct[1]++;
                loss[0] -= Math.log(predictions.get(row, label)) / count;
            });
            assertThat(correct[1]).isEqualTo(count).isEqualTo(score.count());
            assertThat(score.correct()).isEqualTo(correct[0]);
            assertThat(score.loss()).isCloseTo(loss[0], within(1e-5));
            assertThat(score.accuracy()).isEqualTo((double) correct[0] / count);
        }
    }

    private Trainer trainer(Sampler sampler, Examples train, int batch, double rate) {
        Backprop backprop = new Backprop(NETWORK, parameters, kernels);
        return new Trainer(NETWORK, parameters, backprop, new Sgd(rate), sampler, kernels, train, batch);
    }

    private Evaluator evaluator(Examples examples) {
        return new Evaluator(NETWORK, parameters, kernels, examples);
    }

    /// Points around three places, one per class.
    private static Examples examples(int count) {
        Matrix x = Matrix.zeros(Precision.FLOAT32, count, 2);
        int[] labels = new int[count];
        Philox random = new Philox(2, Purpose.DATA, count);
        for (int i = 0; i < count; i++) {
            labels[i] = random.below(3L * i, 3);
            double angle = labels[i] * 2 * Math.PI / 3;
            x.set(i, 0, 2 * Math.cos(angle) + 0.3 * random.normal(3L * i + 1));
            x.set(i, 1, 2 * Math.sin(angle) + 0.3 * random.normal(3L * i + 2));
        }
        return new ArrayExamples("three clouds", x, labels, 3);
    }
}
