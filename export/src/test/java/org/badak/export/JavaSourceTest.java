package org.badak.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.badak.catalog.Catalog;
import org.badak.catalog.Inputs;
import org.badak.catalog.SavedModel;
import org.badak.data.GeneratedDigits;
import org.badak.data.ImageDataset;
import org.badak.layer.CustomLayer;
import org.badak.layer.Frame;
import org.badak.layer.Layer;
import org.badak.layer.ParameterShape;
import org.badak.loss.Loss;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;
import org.badak.matrix.Shape;
import org.badak.model.Network;
import org.badak.model.Parameters;
import org.badak.model.Predictor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The exported class against [Predictor] on the scalar kernels, which are all there is on this class path: bit by bit.
class JavaSourceTest {
    private static final String ALL_LAYERS = "conv 4 3 stride:2 padding:1, batchnorm, relu, residual-start, conv 4 3"
            + " padding:1, tanh, residual-start, leaky-relu:0.1, residual-end, residual-end, maxpool 3 stride:2 padding:1,"
            + " avgpool 2 stride:1 padding:1, gelu, flatten, layernorm 1e-4, dropout 0.3, dense 7, silu, batchnorm, dense 3";

    @TempDir
    Path folder;

    @Test
    void theChaptersNetworkHasTheSameBitsInAJarBelow200Kilobytes() throws Exception {
        SavedModel model = new SavedModel(
                network(new Shape(1, 28, 28), "dense 50, sigmoid, dense 10", "softmax-cross-entropy"),
                random(network(new Shape(1, 28, 28), "dense 50, sigmoid, dense 10", "softmax-cross-entropy"), 1),
                28,
                28,
                IntStream.range(0, 10).mapToObj(Integer::toString).toList(),
                1,
                0,
                Map.of());
        Compiled compiled = Compiled.of(model, folder);
        assertThat(compiled.jarBytes()).isBetween(159_040, 200_000); // of random bits no coding saves any
        Predictor predictor = Predictor.of(model.network(), model.parameters());
        ImageDataset digits = GeneratedDigits.generate(1, 60, 1).train();
        for (int i = 0; i < digits.count(); i++) {
            byte[] image = Arrays.copyOfRange(digits.pixels(), 784 * i, 784 * (i + 1));
            float[] x = compiled.pixels(image);
            requireSame(compiled, predictor, x);
            assertThat(x[300]).isEqualTo((image[300] & 0xFF) / 255f);
        }
        assertThat(compiled.texts("CLASSES")).containsExactlyElementsOf(model.classNames());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "softmax-cross-entropy",
                "smoothed-cross-entropy:0.1",
                "weighted-cross-entropy:1,2,3",
                "delta-cross-entropy",
                "binary-cross-entropy",
                "huber:1",
                "mean-squared-error",
                "sum-of-squared-error"
            })
    void everyLayerAndLossHasTheSameBits(String loss) throws Exception {
        Network network = network(new Shape(2, 9, 11), ALL_LAYERS, loss);
        SavedModel model = model(network, random(network, 2), List.of("a", "b", "c"));
        Compiled compiled = Compiled.of(model, folder);
        Predictor predictor = Predictor.of(model.network(), model.parameters());
        Random random = new Random(3);
        for (int round = 0; round < 40; round++) {
            float[] x = new float[network.inputs()];
            for (int i = 0; i < x.length; i++) {
                x[i] = random.nextInt(3) == 0 ? 0 : (float) random.nextGaussian() * (1 << round % 8);
            }
            float[] before = x.clone();
            requireSame(compiled, predictor, x);
            assertThat(x).as("the input is not changed").isEqualTo(before);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"sigmoid", "relu", "tanh", "leaky-relu:0.3", "elu:1.5", "gelu", "gelu-tanh", "silu", "softplus"})
    void everyActivationHasTheSameBitsEverywhere(String activation) throws Exception {
        Network network = network(Shape.flat(5000), activation, "mean-squared-error");
        List<String> names =
                IntStream.range(0, 5000).mapToObj(Integer::toString).toList();
        Compiled compiled = Compiled.of(model(network, random(network, 1), names), folder);
        Predictor predictor = Predictor.of(network, random(network, 1));
        Random random = new Random(4);
        for (int round = 0; round < 20; round++) {
            float[] x = new float[5000];
            for (int i = 0; i < x.length; i++) {
                x[i] = round % 2 == 0 ? Float.intBitsToFloat(random.nextInt()) : (float) random.nextGaussian() * 10;
            }
            x[0] = Float.POSITIVE_INFINITY;
            x[1] = Float.NEGATIVE_INFINITY;
            x[2] = Float.NaN;
            x[3] = -0f;
            requireSame(compiled, predictor, x);
        }
    }

    @Test
    void float64ParametersAreRoundedAsAPredictorDoes() throws Exception {
        Network network = network(Shape.flat(5), "dense 4, tanh, dense 3", "softmax-cross-entropy");
        SavedModel model =
                model(network, network.initialise(Precision.FLOAT64, 7), List.of("\u00e4 \"b\"", "\\u0041\n", "다"));
        Compiled compiled = Compiled.of(model, folder);
        requireSame(compiled, Predictor.of(network, model.parameters()), new float[] {0.1f, -2, 3, 0, 1e-30f});
        assertThat(compiled.texts("CLASSES")).isEqualTo(model.classNames());
        assertThatThrownBy(() -> compiled.predict(new float[4])).rootCause().hasMessage("expected 5 numbers, found 4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1a", "class", "a b", "a.b", "List", "String"})
    void namesThatJavaDoesNotTakeAreTold(String name) {
        assertThatThrownBy(() -> new JavaSource("", name)).hasMessageContaining("class: found '" + name + "'");
        if (!name.matches("a\\.b|List|String|")) {
            assertThatThrownBy(() -> new JavaSource(name, "Net")).hasMessageContaining("package: found '" + name + "'");
        }
    }

    private static void requireSame(Compiled compiled, Predictor predictor, float[] x) throws Exception {
        float[] expected = new float[predictor.outputs()];
        predictor.predict(x, expected);
        assertThat(bits(compiled.predict(x))).isEqualTo(bits(expected));
        assertThat(compiled.classOf(x)).isEqualTo(predictor.classOf(x));
    }

    private static int[] bits(float[] numbers) {
        return IntStream.range(0, numbers.length)
                .map(i -> Float.floatToIntBits(numbers[i])) // all NaN are one
                .toArray();
    }

    private static Network network(Shape input, String layers, String loss) {
        List<Layer> all = new ArrayList<>(Catalog.layers(layers, Catalog.initialisation("he")));
        Loss minimised = Catalog.loss(loss);
        return new Network(input, all, minimised);
    }

    /// Parameters of which none is what it was made as; what must be positive is.
    private static Parameters random(Network network, long seed) {
        Parameters parameters = network.initialise(Precision.FLOAT32, seed);
        Random random = new Random(seed);
        for (Matrix tensor : parameters.tensors()) {
            for (int row = 0; row < tensor.rows(); row++) {
                for (int column = 0; column < tensor.columns(); column++) {
                    double spread = tensor.rows() > 1 ? 1 / Math.sqrt(tensor.rows()) : 1;
                    double value = random.nextGaussian() * spread;
                    tensor.set(row, column, tensor.get(row, column) == 1 ? Math.abs(value) : value);
                }
            }
        }
        return parameters;
    }

    private static SavedModel model(Network network, Parameters parameters, List<String> classes) {
        return new SavedModel(
                network, parameters, new Inputs.Features(network.input(), false), classes, 1, 0, Map.of());
    }

    @Test
    void aLayerOfOnesOwnIsNamed() {
        Network network = new Network(3, List.of(new Own()), Catalog.loss("softmax-cross-entropy"));
        SavedModel model = new SavedModel(
                network,
                network.initialise(Precision.FLOAT32, 1),
                new Inputs.Features(Shape.flat(3), false),
                List.of("a", "b", "c"),
                1,
                0,
                Map.of());

        assertThatThrownBy(() -> new JavaSource("", "Model").of(model, "here"))
                .hasMessageContaining("layer 0 (own)")
                .hasMessageContaining("cannot be exported");
    }

    private record Own() implements CustomLayer {
        @Override
        public String name() {
            return "own";
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
            frame.y().copyFrom(frame.x());
        }

        @Override
        public void backward(Frame frame) {
            frame.dx().copyFrom(frame.dy());
        }
    }
}
