package org.badak.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.kernel.Philox;
import org.badak.kernel.Purpose;
import org.badak.layer.Dense;
import org.badak.layer.Initialisation;
import org.badak.layer.Relu;
import org.badak.layer.Sigmoid;
import org.badak.loss.SoftmaxCrossEntropy;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;
import org.badak.matrix.ShapeException;
import org.junit.jupiter.api.Test;

class PredictorTest {
    private static final int INPUTS = 45;
    private static final int ROWS = 300;
    private static final Initialisation XAVIER = new Initialisation.Xavier();
    private static final Network NETWORK = Network.of(
            INPUTS,
            new SoftmaxCrossEntropy(),
            new Dense(50, XAVIER),
            new Sigmoid(),
            new Dense(20, XAVIER),
            new Relu(),
            new Dense(7, XAVIER));

    private final Parameters parameters = NETWORK.initialise(Precision.FLOAT32, 1);
    private final Predictor predictor = Predictor.of(NETWORK, parameters);
    private final float[] examples = examples();

    @Test
    void predictsWhatTheNetworkDoes() {
        float[] found = predict(ROWS);
        int[] classes = new int[ROWS];
        predictor.classesOf(examples, ROWS, classes);
        try (Kernels kernels = KernelChoice.current().kernels(Precision.FLOAT32, 1)) {
            Matrix x = kernels.zeros(ROWS, INPUTS);
            for (int i = 0; i < examples.length; i++) {
                x.set(i / INPUTS, i % INPUTS, examples[i]);
            }
            Matrix outputs =
                    Workspace.forInference(NETWORK, parameters, kernels).pass(x).forward();
            kernels.softmax(outputs, outputs);
            for (int row = 0; row < ROWS; row++) {
                assertThat(classes[row]).isEqualTo(Kernels.argMax(outputs, row));
                for (int j = 0; j < 7; j++) {
                    assertThat(found[row * 7 + j]).isEqualTo((float) outputs.get(row, j));
                }
            }
        }
    }

    @Test
    void oneExampleGivesTheBitsOfItsRowInABatch() {
        for (int rows : new int[] {1, 2, 31, 32, 33, 300}) {
            float[] batch = predict(rows);
            for (int row = 0; row < rows; row++) {
                float[] x = Arrays.copyOfRange(examples, row * INPUTS, (row + 1) * INPUTS);
                float[] single = new float[7];
                predictor.predict(x, single);
                assertThat(single).isEqualTo(Arrays.copyOfRange(batch, row * 7, (row + 1) * 7));
            }
        }
    }

    @Test
    void eightThreadsAtOnceGetTheBitsOfOne() throws Exception {
        float[] expected = predict(ROWS);
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Callable<Boolean>> calls = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                int row = i * 7 % ROWS;
                calls.add(
                        i % 8 == 0
                                ? () -> Arrays.equals(predict(ROWS), expected)
                                : () -> Arrays.equals(single(row), Arrays.copyOfRange(expected, row * 7, row * 7 + 7)));
            }
            for (Future<Boolean> same : threads.invokeAll(calls)) {
                assertThat(same.get()).isTrue();
            }
        }
    }

    @Test
    void staysAsItWasWhenTheSourceChanges() {
        float[] before = predict(3);
        for (Matrix tensor : parameters.tensors()) {
            tensor.set(0, 0, 1e9);
        }
        assertThat(predict(3)).isEqualTo(before);
    }

    @Test
    void takesParametersOfAnyPrecision() {
        Predictor fromDoubles = Predictor.of(NETWORK, parameters.to(Precision.FLOAT64));
        float[] found = new float[3 * 7];
        fromDoubles.predict(Arrays.copyOf(examples, 3 * INPUTS), 3, found);
        assertThat(found).isEqualTo(predict(3));
    }

    @Test
    void refusesArraysOfAnotherLength() {
        float[] x = new float[INPUTS];
        assertThatThrownBy(() -> predictor.predict(new float[44], new float[7]))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("1 x 45 inputs")
                .hasMessageContaining("found an array of 44");
        assertThatThrownBy(() -> predictor.classOf(new float[46]))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("found an array of 46");
        assertThatThrownBy(() -> predictor.predict(x, new float[8]))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("1 x 7 results")
                .hasMessageContaining("found an array of 8");
        assertThatThrownBy(() -> predictor.classesOf(x, 2, new int[2]))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("2 x 45 inputs");
        assertThatThrownBy(() -> predictor.predict(x, -1, new float[0])).isInstanceOf(ShapeException.class);
    }

    private float[] predict(int rows) {
        float[] result = new float[rows * 7];
        predictor.predict(Arrays.copyOf(examples, rows * INPUTS), rows, result);
        return result;
    }

    private float[] single(int row) {
        float[] result = new float[7];
        predictor.predict(Arrays.copyOfRange(examples, row * INPUTS, (row + 1) * INPUTS), result);
        return result;
    }

    private static float[] examples() {
        float[] values = new float[ROWS * INPUTS];
        Philox random = new Philox(3, Purpose.DATA, 0);
        for (int i = 0; i < values.length; i++) {
            double value = random.uniform(i);
            values[i] = value < 0.6 ? 0 : (float) value;
        }
        return values;
    }
}
