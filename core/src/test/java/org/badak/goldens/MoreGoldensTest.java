package org.badak.goldens;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.badak.data.Json;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.layer.BatchNorm;
import org.badak.layer.BufferShape;
import org.badak.layer.Elu;
import org.badak.layer.Frame;
import org.badak.layer.Gelu;
import org.badak.layer.GeluTanh;
import org.badak.layer.Layer;
import org.badak.layer.LayerNorm;
import org.badak.layer.LeakyRelu;
import org.badak.layer.Mode;
import org.badak.layer.Moment;
import org.badak.layer.ParameterShape;
import org.badak.layer.Silu;
import org.badak.layer.Softplus;
import org.badak.loss.BinaryCrossEntropy;
import org.badak.loss.Huber;
import org.badak.loss.Loss;
import org.badak.loss.SmoothedCrossEntropy;
import org.badak.loss.Targets;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;
import org.badak.matrix.Shape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Further activations, normalisation and losses against another system's figures, in both precisions.
class MoreGoldensTest {
    @ParameterizedTest
    @EnumSource
    void activationsAreTheReferences(Precision precision) throws IOException {
        assertLayer("leaky_relu_0.01", new LeakyRelu(0.01), precision);
        assertLayer("elu_1.0", new Elu(1), precision);
        assertLayer("gelu_erf", new Gelu(), precision);
        assertLayer("gelu_tanh", new GeluTanh(), precision);
        assertLayer("silu", new Silu(), precision);
        assertLayer("softplus", new Softplus(), precision);
    }

    @ParameterizedTest
    @EnumSource
    void normalisationIsTheReferences(Precision precision) throws IOException {
        assertLayer("layer_norm", new LayerNorm(1e-5), precision);
        assertLayer("batch_norm", new BatchNorm(0.1, 1e-5), precision);
    }

    @ParameterizedTest
    @EnumSource
    void lossesAreTheReferences(Precision precision) throws IOException {
        for (Golden golden : Golden.cases("more-losses", "huber_delta1")) {
            assertLoss(golden, new Huber(1), "y", new Targets.Values(golden.matrix("t", precision)), precision);
        }
        for (Golden golden : Golden.cases("more-losses", "binary_cross_entropy_logits")) {
            Targets t = new Targets.Values(golden.matrix("t", precision));
            assertLoss(golden, new BinaryCrossEntropy(), "logits", t, precision);
        }
        for (Golden golden : Golden.cases("more-losses", "softmax_cross_entropy_smoothing")) {
            Targets t = Targets.Labels.of(golden.integers("labels"));
            assertLoss(golden, new SmoothedCrossEntropy(golden.number("smoothing")), "logits", t, precision);
        }
    }

    private static void assertLoss(Golden golden, Loss loss, String outputs, Targets targets, Precision precision) {
        Matrix z = golden.matrix(outputs, precision);
        Matrix gradient = Matrix.zeros(precision, z.rows(), z.columns());
        try (Kernels kernels = KernelChoice.current().kernels(precision, 1)) {
            double value = loss.evaluate(kernels, z, targets, gradient, new double[z.rows()]);
            Golden.assertNumber(golden.name() + ": loss", golden.number("loss"), value, precision);
            golden.assertMatrix("d" + outputs, gradient, 1);
        }
    }

    private static void assertLayer(String cases, Layer layer, Precision precision) throws IOException {
        for (Golden golden : Golden.cases("more-layers", cases)) {
            Json input = golden.member("x");
            Shape shape = shape(input);
            Matrix x = flat(input, precision);
            Matrix y = Matrix.zeros(precision, x.rows(), x.columns());
            Matrix dx = Matrix.zeros(precision, x.rows(), x.columns());
            boolean learning = !cases.equals("batch_norm") || golden.name().endsWith("train");
            List<Matrix> parameters = new ArrayList<>();
            List<Matrix> gradients = new ArrayList<>();
            for (ParameterShape each : layer.parameters(shape)) {
                parameters.add(
                        each.trainable()
                                ? golden.inner("params").matrix(each.symbol(), precision)
                                : golden.inner("config").matrix(running(each) + "_before", precision));
                gradients.add(Matrix.zeros(precision, each.rows(), each.columns()));
            }
            List<Matrix> buffers = new ArrayList<>();
            for (BufferShape each : layer.buffers(shape)) {
                buffers.add(Matrix.zeros(precision, each.rows(x.rows()), each.columns()));
            }
            try (Kernels kernels = KernelChoice.current().kernels(precision, 1)) {
                Frame frame = new Frame(
                        kernels,
                        shape,
                        x,
                        y,
                        flat(golden.member("dy"), precision),
                        dx,
                        true,
                        parameters,
                        gradients,
                        buffers,
                        0,
                        new Moment(learning ? Mode.LEARNING : Mode.INFERENCE, 0));
                layer.forward(frame);
                assertFlat(golden, "y", y);
                layer.backward(frame);
                assertFlat(golden, "dx", dx);
                for (int i = 0; i < gradients.size(); i++) {
                    ParameterShape each = layer.parameters(shape).get(i);
                    if (each.trainable()) {
                        golden.inner("dparams").assertMatrix(each.symbol(), gradients.get(i), 1);
                    } else if (learning) {
                        golden.assertMatrix(running(each) + "_after", gradients.get(i), 1);
                    }
                }
            }
        }
    }

    private static String running(ParameterShape shape) {
        return shape.symbol().equals("mean") ? "running_mean" : "running_var";
    }

    private static void assertFlat(Golden golden, String member, Matrix found) {
        Matrix expected = flat(golden.member(member), Precision.FLOAT64);
        Golden.assertMatrix(golden.name() + ": " + member, expected, found, 1);
    }

    /// Images lie in a row channel by channel.
    private static Matrix flat(Json batch, Precision precision) {
        return Matrix.of(
                precision,
                Golden.items(batch).stream()
                        .map(row -> numbers(row).stream()
                                .mapToDouble(Golden::number)
                                .toArray())
                        .toArray(double[][]::new));
    }

    private static List<Json> numbers(Json json) {
        return json instanceof Json.Items(List<Json> items)
                ? items.stream().flatMap(each -> numbers(each).stream()).toList()
                : List.of(json);
    }

    private static Shape shape(Json batch) {
        List<Json> example = Golden.items(Golden.items(batch).getFirst());
        if (!(example.getFirst() instanceof Json.Items(List<Json> rows))) {
            return Shape.flat(example.size());
        }
        return new Shape(
                example.size(), rows.size(), Golden.items(rows.getFirst()).size());
    }
}
