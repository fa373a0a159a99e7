package org.badak.goldens;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.layer.AvgPool;
import org.badak.layer.BatchNorm;
import org.badak.layer.BufferShape;
import org.badak.layer.Conv2d;
import org.badak.layer.Dense;
import org.badak.layer.Elu;
import org.badak.layer.Frame;
import org.badak.layer.Gelu;
import org.badak.layer.GeluTanh;
import org.badak.layer.Initialisation;
import org.badak.layer.Layer;
import org.badak.layer.LayerNorm;
import org.badak.layer.LeakyRelu;
import org.badak.layer.MaxPool;
import org.badak.layer.Mode;
import org.badak.layer.Moment;
import org.badak.layer.ParameterShape;
import org.badak.layer.Relu;
import org.badak.layer.Sigmoid;
import org.badak.layer.Silu;
import org.badak.layer.Softplus;
import org.badak.layer.Tanh;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;
import org.badak.matrix.Shape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every layer of the reference values, in both precisions.
class LayerGoldensTest {
    static Stream<Arguments> cases() {
        return Golden.inBothPrecisions("layers", 29);
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("cases")
    void outputsAndGradientsAreTheReferences(Golden golden, Precision precision) {
        try (Kernels kernels = KernelChoice.current().kernels(precision, 2)) {
            switch (golden.name()) {
                case "softmax" -> checkSoftmax(golden, kernels);
                case "log_softmax" -> checkLogSoftmax(golden, kernels);
                default -> check(golden, layer(golden), kernels);
            }
        }
    }

    private static Layer layer(Golden golden) {
        String name = golden.name().replaceFirst("_n\\d.*|_\\d+x\\d.*|_train|_eval", "");
        return switch (name) {
            case "dense" -> new Dense(golden.matrix("y", Precision.FLOAT64).columns(), new Initialisation.Xavier());
            case "conv2d" -> {
                int size = golden.inner("params").shape("W").height();
                yield new Conv2d(
                        golden.shape("y").channels(),
                        size,
                        config(golden, "stride"),
                        config(golden, "padding"),
                        new Initialisation.He());
            }
            case "max_pool2d" ->
                new MaxPool(config(golden, "kernel"), config(golden, "stride"), config(golden, "padding"));
            case "avg_pool2d" ->
                new AvgPool(config(golden, "kernel"), config(golden, "stride"), config(golden, "padding"));
            case "sigmoid" -> new Sigmoid();
            case "tanh" -> new Tanh();
            case "relu" -> new Relu();
            case "leaky_relu_0.01" -> new LeakyRelu(0.01);
            case "elu_1.0" -> new Elu(1);
            case "gelu_erf" -> new Gelu();
            case "gelu_tanh" -> new GeluTanh();
            case "silu" -> new Silu();
            case "softplus" -> new Softplus();
            case "layer_norm_eps1e-5" -> new LayerNorm(1e-5);
            case "batch_norm1d", "batch_norm2d" -> new BatchNorm(0.1, 1e-5);
            default -> throw golden.unknown();
        };
    }

    private static int config(Golden golden, String member) {
        return (int) golden.inner("config").number(member);
    }

    private static void check(Golden golden, Layer layer, Kernels kernels) {
        Precision precision = kernels.precision();
        Shape shape = golden.shape("x");
        assertThat(layer.outputs(shape)).as(golden.name()).isEqualTo(golden.shape("y"));
        Matrix x = golden.examples("x", precision);
        Matrix y = kernels.zeros(x.rows(), layer.outputs(shape).size());
        Matrix dx = kernels.zeros(x.rows(), x.columns());
        boolean learning = !golden.name().endsWith("eval");
        List<ParameterShape> shapes = layer.parameters(shape);
        List<Matrix> parameters = shapes.stream()
                .map(each -> parameter(golden, layer, each, precision))
                .toList();
        List<Matrix> gradients = shapes.stream()
                .map(each -> kernels.zeros(each.rows(), each.columns()))
                .toList();
        List<Matrix> buffers = new ArrayList<>();
        for (BufferShape each : layer.buffers(shape)) {
            buffers.add(kernels.zeros(each.rows(x.rows()), each.columns()));
        }
        Frame frame = new Frame(
                kernels,
                shape,
                x,
                y,
                golden.examples("dy", precision),
                dx,
                true,
                parameters,
                gradients,
                buffers,
                0,
                new Moment(learning ? Mode.LEARNING : Mode.INFERENCE, 0));
        layer.forward(frame);
        golden.assertExamples("y", y);
        layer.backward(frame);
        golden.assertExamples("dx", dx);
        for (int i = 0; i < gradients.size(); i++) {
            ParameterShape each = shapes.get(i);
            if (layer instanceof Conv2d && each.weight()) {
                golden.inner("dparams").assertExamples(each.symbol(), transposed(gradients.get(i)));
            } else if (each.trainable()) {
                golden.inner("dparams").assertMatrix(each.symbol(), gradients.get(i), 1);
            } else if (learning) {
                golden.assertMatrix(running(each) + "_after", gradients.get(i), 1);
            } else {
                golden.assertMatrix(running(each) + "_after", parameters.get(i), 1);
            }
        }
    }

    private static Matrix parameter(Golden golden, Layer layer, ParameterShape shape, Precision precision) {
        if (!shape.trainable()) {
            return golden.inner("config").matrix(running(shape) + "_before", precision);
        }
        Golden parameters = golden.inner("params");
        return layer instanceof Conv2d && shape.weight()
                ? transposed(parameters.examples(shape.symbol(), precision))
                : parameters.matrix(shape.symbol(), precision);
    }

    private static String running(ParameterShape shape) {
        return shape.symbol().equals("mean") ? "running_mean" : "running_var";
    }

    /// Softmax is no layer here, but its kernel and the gradient of its fusion with cross-entropy, p·Σt − t over the
    /// batch, are held: with t = p·dy that is the negative of dx = p·(dy − Σ p·dy).
    private static void checkSoftmax(Golden golden, Kernels kernels) {
        Matrix z = golden.matrix("x", kernels.precision());
        Matrix p = kernels.zeros(z.rows(), z.columns());
        kernels.softmax(z, p);
        golden.assertMatrix("y", p, 1);
        kernels.multiplyElements(p, golden.matrix("dy", kernels.precision()), p);
        golden.assertMatrix("dx", fusedGradient(kernels, z, p), -z.rows());
    }

    /// Likewise with t = dy, for dx = dy − p·Σ dy.
    private static void checkLogSoftmax(Golden golden, Kernels kernels) {
        Matrix z = golden.matrix("x", kernels.precision());
        Matrix y = kernels.zeros(z.rows(), z.columns());
        double[] sums = new double[z.rows()];
        kernels.softmax(z, y, sums);
        for (int row = 0; row < z.rows(); row++) {
            for (int column = 0; column < z.columns(); column++) {
                y.set(row, column, z.get(row, column) - sums[row]);
            }
        }
        golden.assertMatrix("y", y, 1);
        golden.assertMatrix("dx", fusedGradient(kernels, z, golden.matrix("dy", kernels.precision())), -z.rows());
    }

    private static Matrix fusedGradient(Kernels kernels, Matrix z, Matrix t) {
        Matrix dz = kernels.zeros(z.rows(), z.columns());
        kernels.softmaxCrossEntropy(z, t, dz, new double[z.rows()]);
        return dz;
    }

    /// A convolution's weights stand in columns here, in rows there.
    private static Matrix transposed(Matrix matrix) {
        Matrix result = Matrix.zeros(matrix.precision(), matrix.columns(), matrix.rows());
        for (int row = 0; row < matrix.rows(); row++) {
            for (int column = 0; column < matrix.columns(); column++) {
                result.set(column, row, matrix.get(row, column));
            }
        }
        return result;
    }
}
