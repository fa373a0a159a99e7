package org.badak.goldens;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.layer.AvgPool;
import org.badak.layer.Conv2d;
import org.badak.layer.Frame;
import org.badak.layer.Initialisation;
import org.badak.layer.Layer;
import org.badak.layer.MaxPool;
import org.badak.layer.ParameterShape;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;
import org.badak.matrix.Shape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Convolution and pooling against another system's figures, in both precisions.
class ImageGoldensTest {
    @ParameterizedTest
    @EnumSource
    void convolutionIsTheReferences(Precision precision) throws IOException {
        for (Golden golden : Golden.cases("image-layers", "conv2d")) {
            int filters = golden.shape("y").channels();
            int size = golden.inner("params").shape("W").height();
            int stride = (int) golden.inner("config").number("stride");
            int padding = (int) golden.inner("config").number("padding");
            Layer layer = new Conv2d(filters, size, stride, padding, new Initialisation.He());
            Matrix w = transposed(golden.inner("params").images("W", precision));
            Matrix b = golden.inner("params").matrix("b", precision);
            check(golden, layer, List.of(w, b), precision);
        }
    }

    @ParameterizedTest
    @EnumSource
    void poolingIsTheReferences(Precision precision) throws IOException {
        for (Golden golden : Golden.cases("image-layers", "max_pool2d")) {
            Golden config = golden.inner("config");
            int size = (int) config.number("kernel");
            Layer pool = new MaxPool(size, (int) config.number("stride"), (int) config.number("padding"));
            check(golden, pool, List.of(), precision);
        }
        for (Golden golden : Golden.cases("image-layers", "avg_pool2d")) {
            Golden config = golden.inner("config");
            int size = (int) config.number("kernel");
            Layer pool = new AvgPool(size, (int) config.number("stride"), (int) config.number("padding"));
            check(golden, pool, List.of(), precision);
        }
    }

    private static void check(Golden golden, Layer layer, List<Matrix> parameters, Precision precision) {
        Shape shape = golden.shape("x");
        Matrix x = golden.images("x", precision);
        Matrix y = Matrix.zeros(precision, x.rows(), layer.outputs(shape).size());
        Matrix dx = Matrix.zeros(precision, x.rows(), x.columns());
        List<Matrix> gradients = new ArrayList<>();
        for (ParameterShape each : layer.parameters(shape)) {
            gradients.add(Matrix.zeros(precision, each.rows(), each.columns()));
        }
        assertThat(layer.outputs(shape)).as(golden.name()).isEqualTo(golden.shape("y"));
        try (Kernels kernels = KernelChoice.current().kernels(precision, 2)) {
            Matrix dy = golden.images("dy", precision);
            Frame frame = new Frame(kernels, shape, x, y, dy, dx, true, parameters, gradients);
            layer.forward(frame);
            assertImages(golden, "y", y);
            layer.backward(frame);
            assertImages(golden, "dx", dx);
            if (!parameters.isEmpty()) {
                assertImages(golden.inner("dparams"), "W", transposed(gradients.getFirst()));
                golden.inner("dparams").assertMatrix("b", gradients.getLast(), 1);
            }
        }
    }

    private static void assertImages(Golden golden, String member, Matrix actual) {
        Golden.assertMatrix(golden.name() + ": " + member, golden.images(member, Precision.FLOAT64), actual, 1);
    }

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
