package org.badak.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.Stream;
import org.badak.data.Batch;
import org.badak.gradient.NumericalGradient.Evaluation;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.kernel.Philox;
import org.badak.kernel.Purpose;
import org.badak.layer.CustomLayer;
import org.badak.layer.Dense;
import org.badak.layer.Frame;
import org.badak.layer.Initialisation;
import org.badak.layer.Layer;
import org.badak.layer.ParameterShape;
import org.badak.layer.Relu;
import org.badak.layer.Sigmoid;
import org.badak.layer.Tanh;
import org.badak.loss.DeltaCrossEntropy;
import org.badak.loss.Loss;
import org.badak.loss.MeanSquaredError;
import org.badak.loss.SoftmaxCrossEntropy;
import org.badak.loss.SumOfSquaredError;
import org.badak.loss.Targets;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;
import org.badak.matrix.Shape;
import org.badak.model.Network;
import org.badak.model.Parameters;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumericalGradientTest {
    private static final Kernels KERNELS = scalar(1);
    private static final Initialisation WIDE = new Initialisation.Normal(0.7);

    /// Subtracts from every column its mean over the batch: rows influence one another.
    private record Centring() implements CustomLayer {
        @Override
        public String name() {
            return "centring";
        }

        @Override
        public Shape outputs(Shape inputs) {
            return inputs;
        }

        @Override
        public List<ParameterShape> parameters(Shape inputs) {
            return List.of();
        }

        @Override
        public void forward(Frame frame) {
            centre(frame.x(), frame.y());
        }

        @Override
        public void backward(Frame frame) {
            centre(frame.dy(), frame.dx());
        }

        private static void centre(Matrix from, Matrix to) {
            for (int column = 0; column < from.columns(); column++) {
                double sum = 0;
                for (int row = 0; row < from.rows(); row++) {
                    sum += from.get(row, column);
                }
                for (int row = 0; row < from.rows(); row++) {
                    to.set(row, column, from.get(row, column) - sum / from.rows());
                }
            }
        }
    }

    static Kernels scalar(int threads) {
        return new Kernels("scalar", KernelChoice.scalar().operations(Precision.FLOAT64), threads);
    }

    @AfterAll
    static void close() {
        KERNELS.close();
    }

    static Layer dense(int units) {
        return new Dense(units, WIDE);
    }

    /// A batch of which about `zeros` of the inputs are 0 and many of the others equal.
    static Batch batch(Network network, int rows, double zeros, boolean labels, long seed) {
        Philox random = new Philox(seed, Purpose.DATA, 0);
        Matrix x = Matrix.zeros(Precision.FLOAT64, rows, network.inputs());
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < x.columns(); column++) {
                long index = (long) row * x.columns() + column;
                double value = Math.floor(random.uniform(2 * index) * 40 - 19) / 20;
                x.set(row, column, random.uniform(2 * index + 1) < zeros ? 0 : value);
            }
        }
        int[] classes = new int[rows];
        Matrix values = Matrix.zeros(Precision.FLOAT64, rows, network.outputs());
        for (int row = 0; row < rows; row++) {
            classes[row] = random.below(1_000_000 + row, network.outputs());
            for (int column = 0; column < values.columns(); column++) {
                values.set(row, column, random.uniform(2_000_000 + (long) row * values.columns() + column));
            }
        }
        return new Batch(x, labels ? Targets.Labels.of(classes) : new Targets.Values(values));
    }

    static Stream<Arguments> smallNetworks() {
        Loss softmax = new SoftmaxCrossEntropy();
        return Stream.of(
                Arguments.of(Network.of(4, softmax, dense(3)), true),
                Arguments.of(Network.of(4, softmax, dense(5), new Sigmoid(), dense(3)), true),
                Arguments.of(Network.of(4, softmax, dense(5), new Tanh(), dense(3)), false),
                Arguments.of(Network.of(4, softmax, dense(5), new Relu(), dense(3)), true),
                Arguments.of(Network.of(4, softmax, dense(5), dense(6), dense(3)), true),
                Arguments.of(Network.of(4, softmax, dense(5), new Sigmoid(), dense(6), new Tanh(), dense(3)), true),
                Arguments.of(Network.of(4, softmax, dense(5), new Relu(), dense(6), new Relu(), dense(3)), true),
                Arguments.of(
                        Network.of(4, new DeltaCrossEntropy(), dense(5), new Tanh(), dense(6), new Tanh(), dense(3)),
                        true),
                Arguments.of(
                        Network.of(4, new SumOfSquaredError(), dense(5), new Sigmoid(), dense(3), new Sigmoid()), true),
                Arguments.of(
                        Network.of(
                                4, new MeanSquaredError(), new Tanh(), dense(5), new Tanh(), new Sigmoid(), dense(3)),
                        false),
                Arguments.of(Network.of(300, softmax, dense(5), new Sigmoid(), dense(3)), true),
                Arguments.of(Network.of(4, softmax, dense(5), new Centring(), new Sigmoid(), dense(3)), true),
                Arguments.of(
                        Network.of(4, softmax, dense(5), new Sigmoid(), dense(4), new Centring(), dense(3)), false));
    }

    @ParameterizedTest
    @MethodSource("smallNetworks")
    void structuredEqualsNaive(Network network, boolean labels) {
        Parameters parameters = network.initialise(Precision.FLOAT64, 7);
        biases(parameters);
        String before = parameters.sha256();
        NumericalGradient naive = new NumericalGradient(network, parameters, KERNELS, Evaluation.NAIVE, 1e-4);
        NumericalGradient structured = new NumericalGradient(network, parameters, KERNELS);
        for (int rows : new int[] {9, 1, 4}) {
            Batch batch = batch(network, rows, 0.4, labels, rows);

            assertThat(structured.compute(batch)).isEqualTo(naive.compute(batch));
            assertEqual(structured.result(), naive.result(), 1e-9);
        }
        assertThat(parameters.sha256()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(ints = {126, 127, 128, 129, 300})
    void rowsOfManyDistinctInputsAreCutIntoChunks(int inputs) {
        Network network = Network.of(inputs, new SoftmaxCrossEntropy(), dense(2), new Sigmoid(), dense(3));
        Parameters parameters = network.initialise(Precision.FLOAT64, 7);
        Batch batch = PlantedFaultsTest.batch(network, 3); // normal numbers, no two equal
        NumericalGradient naive = new NumericalGradient(network, parameters, KERNELS, Evaluation.NAIVE, 1e-4);
        NumericalGradient structured = new NumericalGradient(network, parameters, KERNELS);
        naive.compute(batch);
        structured.compute(batch);

        assertEqual(structured.result(), naive.result(), 1e-9);
    }

    /// Where weights or steps are large, e^(w·d) is not near 1 and is evaluated in another way.
    @ParameterizedTest
    @ValueSource(doubles = {0.003, 0.03, 0.3, 30})
    void stepsOfEverySizeAreTheNaiveOnes(double h) {
        for (double deviation : new double[] {0.1, 2, 50}) {
            Layer hidden = new Dense(6, new Initialisation.Normal(deviation));
            Layer last = new Dense(4, new Initialisation.Normal(deviation));
            Network network = Network.of(5, new SoftmaxCrossEntropy(), hidden, new Sigmoid(), last);
            Parameters parameters = network.initialise(Precision.FLOAT64, 7);
            biases(parameters);
            Batch batch = batch(network, 5, 0.4, true, 2);
            NumericalGradient naive = new NumericalGradient(network, parameters, KERNELS, Evaluation.NAIVE, h);
            NumericalGradient structured =
                    new NumericalGradient(network, parameters, KERNELS, Evaluation.STRUCTURED, h);
            double loss = naive.compute(batch);
            structured.compute(batch);

            assertEqual(structured.result(), naive.result(), 20 * Math.ulp(loss + deviation * h) / h);
        }
    }

    @Test
    void structuredEqualsBackpropOnTheChaptersNetwork() {
        Network network = chapterNetwork();
        Parameters parameters = network.initialise(Precision.FLOAT64, 1);
        Batch batch = batch(network, 30, 0.81, true, 3);
        NumericalGradient structured = new NumericalGradient(network, parameters, KERNELS);
        Backprop backprop = new Backprop(network, parameters, KERNELS);

        assertThat(structured.compute(batch)).isEqualTo(backprop.compute(batch));
        assertEqual(structured.result(), backprop.result(), 1e-8);
    }

    @Test
    void structuredEqualsNaiveOnASampleOfTheChaptersNetwork() {
        Network network = chapterNetwork();
        Parameters parameters = network.initialise(Precision.FLOAT64, 1);
        Batch batch = batch(network, 100, 0.81, true, 3);
        NumericalGradient structured = new NumericalGradient(network, parameters, KERNELS);
        structured.compute(batch);
        Philox random = new Philox(5, Purpose.GRADIENT_CHECK, 0);
        for (int sample = 0; sample < 60; sample++) {
            int row = random.below(2L * sample, 784);
            int column = random.below(2L * sample + 1, 50);

            double naive = new NumericalGradient(network, parameters, KERNELS, Evaluation.NAIVE, 1e-4)
                    .difference(batch, 0, row, column, 1e-4);
            assertThat(structured.result().tensor("W1").get(row, column)).isCloseTo(naive, within(1e-9));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 8})
    void threadsChangeNoBit(int threads) {
        Network network =
                Network.of(40, new SoftmaxCrossEntropy(), dense(30), new Sigmoid(), dense(20), new Tanh(), dense(5));
        Parameters parameters = network.initialise(Precision.FLOAT64, 1);
        Batch batch = batch(network, 12, 0.5, true, 3);
        NumericalGradient one = new NumericalGradient(network, parameters, KERNELS);
        one.compute(batch);
        try (Kernels many = scalar(threads)) {
            NumericalGradient several = new NumericalGradient(network, parameters, many);
            several.compute(batch);

            assertThat(several.result().sha256()).isEqualTo(one.result().sha256());
        }
    }

    @Test
    void warmedUpComputationAllocatesNothing() {
        Network network =
                Network.of(40, new SoftmaxCrossEntropy(), dense(30), new Sigmoid(), dense(20), new Relu(), dense(5));
        Parameters parameters = network.initialise(Precision.FLOAT64, 1);
        Batch batch = batch(network, 12, 0.5, true, 3);
        NumericalGradient gradient = new NumericalGradient(network, parameters, KERNELS);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 60; round++) { // the compiler must have seen that nothing escapes
            long before = threads.getCurrentThreadAllocatedBytes();
            gradient.compute(batch);
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }

        assertThat(least).isZero();
    }

    @Test
    void parametersAreRestoredIfALayerThrows() {
        int[] calls = {0};
        Layer failing = new CustomLayer() {
            @Override
            public String name() {
                return "failing";
            }

            @Override
            public Shape outputs(Shape inputs) {
                return inputs;
            }

            @Override
            public List<ParameterShape> parameters(Shape inputs) {
                return List.of();
            }

            @Override
            public void forward(Frame frame) {
                calls[0]++;
                if (calls[0] == 7) {
                    throw new IllegalStateException("planted");
                }
                frame.y().copyFrom(frame.x());
            }

            @Override
            public void backward(Frame frame) {
                throw new IllegalStateException("never called");
            }
        };
        Network network = Network.of(4, new SoftmaxCrossEntropy(), dense(3), failing);
        Parameters parameters = network.initialise(Precision.FLOAT64, 1);
        String before = parameters.sha256();
        NumericalGradient gradient = new NumericalGradient(network, parameters, KERNELS);

        assertThatThrownBy(() -> gradient.compute(batch(network, 3, 0, true, 1)))
                .hasMessage("planted");
        assertThat(parameters.sha256()).isEqualTo(before);
    }

    @Test
    void float32IsRefused() {
        Network network = Network.of(4, new SoftmaxCrossEntropy(), dense(3));
        Parameters parameters = network.initialise(Precision.FLOAT32, 1);

        assertThatThrownBy(() -> new NumericalGradient(network, parameters, KERNELS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("FLOAT32");
    }

    static Network chapterNetwork() {
        Initialisation small = new Initialisation.Normal(0.01);
        return Network.of(784, new SoftmaxCrossEntropy(), new Dense(50, small), new Sigmoid(), new Dense(10, small));
    }

    /// Biases start at zero; here they shall not.
    static void biases(Parameters parameters) {
        for (int i = 0; i < parameters.slots().size(); i++) {
            if (parameters.slots().get(i).shape().initialisation().isEmpty()) {
                WIDE.fill(parameters.tensor(i), new Philox(99, Purpose.GRADIENT_CHECK, i));
            }
        }
    }

    static void assertEqual(Parameters actual, Parameters expected, double tolerance) {
        for (int i = 0; i < expected.slots().size(); i++) {
            Matrix a = actual.tensor(i);
            Matrix e = expected.tensor(i);
            for (int row = 0; row < e.rows(); row++) {
                for (int column = 0; column < e.columns(); column++) {
                    assertThat(a.get(row, column))
                            .as(expected.slots().get(i).name() + "[" + row + ", " + column + "]")
                            .isCloseTo(e.get(row, column), within(tolerance));
                }
            }
        }
    }
}
