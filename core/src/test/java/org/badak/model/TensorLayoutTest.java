package org.badak.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.badak.catalog.Catalog;
import org.badak.data.DataException;
import org.badak.data.NpyArray;
import org.badak.data.NpzFile;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.kernel.Philox;
import org.badak.kernel.Purpose;
import org.badak.layer.Initialisation;
import org.badak.loss.SoftmaxCrossEntropy;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;
import org.badak.matrix.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TensorLayoutTest {
    private static final Shape IMAGE = new Shape(2, 5, 4);
    private static final Network NETWORK = new Network(
            IMAGE,
            Catalog.layers(
                    "conv 3 2, batchnorm, relu, layernorm, flatten, batchnorm, dense 6, tanh, layernorm, dense 4",
                    new Initialisation.He()),
            new SoftmaxCrossEntropy());

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void whatIsWrittenIsReadBackToTheBit(TensorLayout layout) throws IOException {
        for (Precision precision : Precision.values()) {
            Parameters parameters = parameters(precision);
            Map<String, NpyArray> arrays = layout.arrays(NETWORK, parameters);
            NpzFile.write(folder.resolve("p.npz"), arrays);
            TensorFile.writeArrays(folder.resolve("p.safetensors"), Map.of("made", "here"), arrays);
            TensorFile file = TensorFile.open(folder.resolve("p.safetensors"));
            Map<String, NpyArray> tensors = new LinkedHashMap<>();
            file.entries().forEach(entry -> tensors.put(entry.name(), file.array(entry)));

            for (Map<String, NpyArray> read : List.of(NpzFile.read(folder.resolve("p.npz")), tensors)) {
                assertThat(layout.parameters(NETWORK, precision, read, "file").sha256())
                        .isEqualTo(parameters.sha256());
            }
            assertThat(file.metadata()).containsEntry("made", "here");
        }
    }

    @Test
    void pytorchHasItsNamesAndShapes() {
        assertThat(described(TensorLayout.PYTORCH))
                .containsExactly(
                        "0.weight float64 (3, 2, 2, 2)",
                        "0.bias float64 (3,)",
                        "1.weight float64 (3,)",
                        "1.bias float64 (3,)",
                        "1.running_mean float64 (3,)",
                        "1.running_var float64 (3,)",
                        "3.weight float64 (3, 4, 3)",
                        "3.bias float64 (3, 4, 3)",
                        "5.weight float64 (36,)",
                        "5.bias float64 (36,)",
                        "5.running_mean float64 (36,)",
                        "5.running_var float64 (36,)",
                        "6.weight float64 (6, 36)",
                        "6.bias float64 (6,)",
                        "8.weight float64 (6,)",
                        "8.bias float64 (6,)",
                        "9.weight float64 (4, 6)",
                        "9.bias float64 (4,)");
    }

    @Test
    void kerasHasItsNamesAndShapes() {
        assertThat(described(TensorLayout.KERAS))
                .containsExactly(
                        "conv2d.kernel float64 (2, 2, 2, 3)",
                        "conv2d.bias float64 (3,)",
                        "batch_normalization.gamma float64 (3,)",
                        "batch_normalization.beta float64 (3,)",
                        "batch_normalization.moving_mean float64 (3,)",
                        "batch_normalization.moving_variance float64 (3,)",
                        "layer_normalization.gamma float64 (4, 3, 3)",
                        "layer_normalization.beta float64 (4, 3, 3)",
                        "batch_normalization_1.gamma float64 (36,)",
                        "batch_normalization_1.beta float64 (36,)",
                        "batch_normalization_1.moving_mean float64 (36,)",
                        "batch_normalization_1.moving_variance float64 (36,)",
                        "dense.kernel float64 (36, 6)",
                        "dense.bias float64 (6,)",
                        "layer_normalization_1.gamma float64 (6,)",
                        "layer_normalization_1.beta float64 (6,)",
                        "dense_1.kernel float64 (6, 4)",
                        "dense_1.bias float64 (4,)");
    }

    private static List<String> described(TensorLayout layout) {
        return layout.arrays(NETWORK, parameters(Precision.FLOAT64)).entrySet().stream()
                .map(array -> array.getKey() + " " + array.getValue())
                .toList();
    }

    /// With the channels last, as Keras computes it, in plain loops over the arrays of that layout
    /// alone.
    @Test
    void computedWithChannelsLastTheKerasTensorsGiveTheSameNumbers() {
        Parameters parameters = parameters(Precision.FLOAT64);
        Map<String, NpyArray> w = TensorLayout.KERAS.arrays(NETWORK, parameters);
        double[] image = new double[IMAGE.size()]; // [5, 4, 2]
        try (Kernels kernels = KernelChoice.current().kernels(Precision.FLOAT64, 1)) {
            Matrix x = kernels.zeros(1, IMAGE.size());
            for (int row = 0; row < 5; row++) {
                for (int column = 0; column < 4; column++) {
                    for (int channel = 0; channel < 2; channel++) {
                        double value = Math.sin(row * 7 + column * 3 + channel);
                        image[(row * 4 + column) * 2 + channel] = value;
                        x.set(0, (channel * 5 + row) * 4 + column, value);
                    }
                }
            }
            double[] maps = new double[4 * 3 * 3]; // [4, 3, 3]
            for (int row = 0; row < 4; row++) {
                for (int column = 0; column < 3; column++) {
                    for (int filter = 0; filter < 3; filter++) {
                        double sum = w.get("conv2d.bias").value(filter);
                        for (int k = 0; k < 2; k++) {
                            for (int l = 0; l < 2; l++) {
                                for (int channel = 0; channel < 2; channel++) {
                                    sum += w.get("conv2d.kernel").value(((k * 2 + l) * 2 + channel) * 3 + filter)
                                            * image[((row + k) * 4 + column + l) * 2 + channel];
                                }
                            }
                        }
                        int at = (row * 3 + column) * 3 + filter;
                        maps[at] = Math.max(0, batchNorm(w, "batch_normalization", filter, sum));
                    }
                }
            }
            double[] flat = layerNorm(w, "layer_normalization", maps);
            for (int i = 0; i < flat.length; i++) {
                flat[i] = batchNorm(w, "batch_normalization_1", i, flat[i]);
            }
            double[] hidden = dense(w, "dense", flat, 6);
            for (int i = 0; i < hidden.length; i++) {
                hidden[i] = Math.tanh(hidden[i]);
            }
            double[] outputs = dense(w, "dense_1", layerNorm(w, "layer_normalization_1", hidden), 4);

            Matrix expected =
                    Workspace.forInference(NETWORK, parameters, kernels).pass(x).forward();

            for (int i = 0; i < 4; i++) {
                assertThat(outputs[i]).isCloseTo(expected.get(0, i), within(1e-9));
            }
        }
    }

    private static double batchNorm(Map<String, NpyArray> w, String name, int i, double x) {
        double deviation = Math.sqrt(w.get(name + ".moving_variance").value(i) + 1e-5);
        return w.get(name + ".gamma").value(i)
                        * (x - w.get(name + ".moving_mean").value(i))
                        / deviation
                + w.get(name + ".beta").value(i);
    }

    private static double[] layerNorm(Map<String, NpyArray> w, String name, double[] x) {
        double mean = java.util.Arrays.stream(x).average().orElseThrow();
        double variance = java.util.Arrays.stream(x)
                .map(value -> (value - mean) * (value - mean))
                .average()
                .orElseThrow();
        double[] y = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            y[i] = w.get(name + ".gamma").value(i) * (x[i] - mean) / Math.sqrt(variance + 1e-5)
                    + w.get(name + ".beta").value(i);
        }
        return y;
    }

    private static double[] dense(Map<String, NpyArray> w, String name, double[] x, int units) {
        double[] y = new double[units];
        for (int unit = 0; unit < units; unit++) {
            y[unit] = w.get(name + ".bias").value(unit);
            for (int i = 0; i < x.length; i++) {
                y[unit] += x[i] * w.get(name + ".kernel").value(i * units + unit);
            }
        }
        return y;
    }

    @Test
    void tensorsThatDoNotFitAreTold() {
        Map<String, NpyArray> arrays =
                new HashMap<>(TensorLayout.PYTORCH.arrays(NETWORK, parameters(Precision.FLOAT32)));
        arrays.put("1.num_batches_tracked", NpyArray.of(new int[] {7}));
        assertThat(TensorLayout.PYTORCH.parameters(NETWORK, Precision.FLOAT32, arrays, "f"))
                .as("what is no parameter may be there")
                .isNotNull();

        arrays.put("6.weight", NpyArray.of(new float[6 * 36], 36, 6));
        assertThatThrownBy(() -> TensorLayout.PYTORCH.parameters(NETWORK, Precision.FLOAT32, arrays, "f"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("6.weight [36, 6]")
                .hasMessageContaining("6.weight [6, 36]");

        float[] numbers = new float[6 * 36];
        numbers[5] = Float.NaN;
        arrays.put("6.weight", NpyArray.of(numbers, 6, 36));
        assertThatThrownBy(() -> TensorLayout.PYTORCH.parameters(NETWORK, Precision.FLOAT32, arrays, "f"))
                .hasMessageContaining("NaN in 6.weight, element 5");

        arrays.remove("6.weight");
        assertThatThrownBy(() -> TensorLayout.PYTORCH.parameters(NETWORK, Precision.FLOAT32, arrays, "f"))
                .hasMessageContaining("no 6.weight among");
    }

    /// A number of its own in each place; positive, as variances are.
    private static Parameters parameters(Precision precision) {
        Parameters parameters = new Parameters(precision, NETWORK.slots());
        for (int i = 0; i < parameters.tensors().size(); i++) {
            Matrix tensor = parameters.tensor(i);
            Philox random = new Philox(3, Purpose.DATA, i);
            for (int row = 0; row < tensor.rows(); row++) {
                for (int column = 0; column < tensor.columns(); column++) {
                    tensor.set(row, column, 0.1 + random.uniform((long) row * tensor.columns() + column));
                }
            }
        }
        return parameters;
    }
}
