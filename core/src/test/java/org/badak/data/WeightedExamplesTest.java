package org.badak.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.badak.gradient.Backprop;
import org.badak.gradient.Gradient;
import org.badak.gradient.NumericalGradient;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.layer.Dense;
import org.badak.layer.Initialisation;
import org.badak.layer.Tanh;
import org.badak.loss.BinaryCrossEntropy;
import org.badak.loss.Huber;
import org.badak.loss.Loss;
import org.badak.loss.MeanSquaredError;
import org.badak.loss.SmoothedCrossEntropy;
import org.badak.loss.SoftmaxCrossEntropy;
import org.badak.loss.SumOfSquaredError;
import org.badak.loss.Targets;
import org.badak.loss.WeightedCrossEntropy;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;
import org.badak.matrix.ShapeException;
import org.badak.model.Network;
import org.badak.model.Parameters;
import org.badak.model.Pass;
import org.badak.model.Workspace;
import org.badak.train.Evaluator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WeightedExamplesTest {
    private final Kernels kernels = KernelChoice.current().kernels(Precision.FLOAT64, 1);

    static Stream<Loss> losses() {
        return Stream.of(
                new SoftmaxCrossEntropy(),
                new SmoothedCrossEntropy(0.1),
                new WeightedCrossEntropy(List.of(0.5, 2.0, 1.0)),
                new BinaryCrossEntropy(),
                new Huber(0.5),
                new MeanSquaredError(),
                new SumOfSquaredError());
    }

    @AfterEach
    void close() {
        kernels.close();
    }

    @Test
    void theLossIsTheWeightedMeanOfTheRowLosses() {
        // y = x, t = one-hot: half the squared distance is 1/2, 2 and 9/2
        Network network = new Network(2, List.of(new Dense(2, new Initialisation.Xavier())), new SumOfSquaredError());
        Parameters parameters = network.initialise(Precision.FLOAT64, 1);
        parameters.tensor(0).copyFrom(Matrix.of(Precision.FLOAT64, new double[] {1, 0}, new double[] {0, 1}));
        Matrix x = Matrix.of(Precision.FLOAT64, new double[] {2, 0}, new double[] {0, 3}, new double[] {1, 3});
        Batch batch = new Batch(x, Targets.Labels.of(0, 1, 0), new double[] {1, 3, 4});
        Backprop gradient = new Backprop(network, parameters, kernels);
        double loss = gradient.compute(batch);

        assertThat(loss).isEqualTo((1 * 0.5 + 3 * 2 + 4 * 4.5) / 8);
        // dE/db = sum of w (y - t) / sum of w
        assertThat(gradient.result().tensor(1).get(0, 0)).isEqualTo(1 * 1 / 8.0);
        assertThat(gradient.result().tensor(1).get(0, 1)).isEqualTo((3 * 2 + 4 * 3) / 8.0);
    }

    @ParameterizedTest
    @MethodSource("losses")
    void allGradientsOfWeightedRowsAgree(Loss loss) {
        Network network = network(loss);
        Parameters parameters = network.initialise(Precision.FLOAT64, 3);
        Batch batch = new Batch(points(5), Targets.Labels.of(0, 1, 2, 1, 0), new double[] {1, 0.25, 3, 0, 2});
        Gradient backprop = new Backprop(network, parameters, kernels);
        double expected = backprop.compute(batch);
        for (NumericalGradient.Evaluation evaluation :
                List.of(NumericalGradient.Evaluation.NAIVE, NumericalGradient.Evaluation.STRUCTURED)) {
            NumericalGradient numerical = new NumericalGradient(network, parameters, kernels, evaluation, 1e-4);
            assertThat(numerical.compute(batch)).isEqualTo(expected);
            for (int i = 0; i < parameters.tensors().size(); i++) {
                Matrix a = backprop.result().tensor(i);
                Matrix n = numerical.result().tensor(i);
                for (int row = 0; row < a.rows(); row++) {
                    for (int column = 0; column < a.columns(); column++) {
                        assertThat(n.get(row, column)).isCloseTo(a.get(row, column), within(1e-7));
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("losses")
    void aWholeWeightIsARowThatComesSoManyTimes(Loss loss) {
        Network network = network(loss);
        Parameters parameters = network.initialise(Precision.FLOAT64, 3);
        Matrix x = points(3);
        Batch weighted = new Batch(x, Targets.Labels.of(0, 1, 2), new double[] {1, 3, 2});
        Matrix repeated = kernels.zeros(6, 2);
        int[] from = {0, 1, 1, 1, 2, 2};
        for (int row = 0; row < from.length; row++) {
            repeated.set(row, 0, x.get(from[row], 0));
            repeated.set(row, 1, x.get(from[row], 1));
        }
        Gradient first = new Backprop(network, parameters, kernels);
        Gradient second = new Backprop(network, parameters, kernels);

        assertThat(first.compute(weighted))
                .isCloseTo(second.compute(new Batch(repeated, Targets.Labels.of(from))), within(1e-14));
        for (int i = 0; i < parameters.tensors().size(); i++) {
            Matrix a = first.result().tensor(i);
            Matrix b = second.result().tensor(i);
            for (int row = 0; row < a.rows(); row++) {
                for (int column = 0; column < a.columns(); column++) {
                    assertThat(a.get(row, column)).isCloseTo(b.get(row, column), within(1e-14));
                }
            }
        }
    }

    @Test
    void weightsOfOneChangeNoBit() {
        Network network = network(new SoftmaxCrossEntropy());
        Parameters parameters = network.initialise(Precision.FLOAT64, 3);
        Workspace workspace = Workspace.forInference(network, parameters, kernels);
        Batch equal = new Batch(points(3), Targets.Labels.of(0, 1, 2));
        Batch ones = new Batch(equal.x(), equal.targets(), new double[] {1, 1, 1});
        Pass pass = workspace.pass(equal.x());
        pass.forward();

        assertThat(pass.loss(ones)).isEqualTo(pass.loss(equal));
    }

    @Test
    void lossAndAccuracyOverASetAreByWeight() {
        Network network = network(new SoftmaxCrossEntropy());
        Parameters parameters = network.initialise(Precision.FLOAT64, 3);
        int count = 1100; // three batches of the evaluator
        int[] labels = new int[count];
        double[] weights = new double[count];
        for (int i = 0; i < count; i++) {
            labels[i] = i * i % 3;
            weights[i] = i % 7;
        }
        Examples plain = new ArrayExamples("points", points(count), labels, 3);
        Examples weighted = new WeightedExamples(plain, weights);
        double[] losses = new double[count];
        boolean[] right = new boolean[count];
        new Evaluator(network, parameters, kernels, plain).predictions((index, label, predictions, row) -> {
            losses[index] = -Math.log(predictions.get(row, label));
            right[index] = Kernels.argMax(predictions, row) == label;
        });
        double loss = 0;
        double correct = 0;
        double total = 0;
        for (int i = 0; i < count; i++) {
            loss += weights[i] * losses[i];
            correct += right[i] ? weights[i] : 0;
            total += weights[i];
        }
        Evaluator.Score score = new Evaluator(network, parameters, kernels, weighted).score();

        assertThat(score.loss()).isCloseTo(loss / total, within(1e-12));
        assertThat(score.accuracy())
                .isCloseTo(correct / total, within(1e-12))
                .isNotEqualTo(1.0 * score.correct() / count);
    }

    @Test
    void balancedClassesCountTheSameTogether() {
        Examples examples = new ArrayExamples("four", Matrix.zeros(Precision.FLOAT64, 4, 1), new int[] {0, 0, 0, 2}, 3);
        WeightedExamples balanced = WeightedExamples.balanced(examples);

        assertThat(balanced.weights()).containsExactly(4 / 6.0, 4 / 6.0, 4 / 6.0, 2);
        assertThat(new WeightedExamples(balanced, new double[] {3, 1, 1, 1}).weight(0))
                .isEqualTo(3 * 4 / 6.0);
    }

    @Test
    void theHashKnowsTheWeights() {
        Examples examples = new ArrayExamples("two", Matrix.zeros(Precision.FLOAT64, 2, 1), new int[] {0, 1}, 2);
        Examples one = new WeightedExamples(examples, new double[] {1, 2});

        assertThat(one.sha256(kernels))
                .isEqualTo(new WeightedExamples(examples, new double[] {1, 2}).sha256(kernels))
                .isNotEqualTo(new WeightedExamples(examples, new double[] {2, 1}).sha256(kernels))
                .isNotEqualTo(examples.sha256(kernels));
    }

    @Test
    void weightsOutOfRangeAreTold() {
        Examples examples = new ArrayExamples("two", Matrix.zeros(Precision.FLOAT64, 2, 1), new int[] {0, 1}, 2);
        assertThatThrownBy(() -> new WeightedExamples(examples, new double[] {1, -0.5}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("example 1")
                .hasMessageContaining("-0.5");
        assertThatThrownBy(() -> new WeightedExamples(examples, new double[] {1, Double.POSITIVE_INFINITY}))
                .hasMessageContaining("Infinity");
        assertThatThrownBy(() -> new WeightedExamples(examples, new double[2])).hasMessageContaining("above 0");
        assertThatThrownBy(() -> new WeightedExamples(examples, new double[3])).isInstanceOf(ShapeException.class);
    }

    private static Network network(Loss loss) {
        Initialisation start = new Initialisation.Xavier();
        return new Network(2, List.of(new Dense(4, start), new Tanh(), new Dense(3, start)), loss);
    }

    private static Matrix points(int count) {
        Matrix x = Matrix.zeros(Precision.FLOAT64, count, 2);
        for (int i = 0; i < count; i++) {
            x.set(i, 0, Math.sin(3 * i));
            x.set(i, 1, Math.cos(2 * i + 1));
        }
        return x;
    }
}
