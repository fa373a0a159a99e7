package org.badak.testkit;

import java.util.ArrayList;
import java.util.List;
import org.badak.kernel.Kernels;
import org.badak.kernel.Philox;
import org.badak.kernel.Purpose;
import org.badak.layer.BufferShape;
import org.badak.layer.Frame;
import org.badak.layer.Layer;
import org.badak.layer.Mode;
import org.badak.layer.Moment;
import org.badak.layer.ParameterShape;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;
import org.badak.matrix.Shape;

/// One layer clamped on a bench: all its matrices filled with numbers that are the same each time, garbage in every
/// padding, and the loss Σ dyᵢⱼ·yᵢⱼ behind it, so that the true ∂loss/∂y is dy itself.
final class LayerBench {
    private final Layer layer;
    private final Matrix x;
    private final Matrix y;
    private final Matrix weights;
    private final Matrix dy;
    private final Matrix dx;
    private final List<Matrix> parameters;
    private final List<Matrix> gradients;
    private final Frame frame;

    LayerBench(Layer layer, Kernels kernels, int rows, Shape shape, boolean needsInputGradient, double garbage) {
        this.layer = layer;
        int inputs = shape.size();
        int outputs = layer.outputs(shape).size();
        Precision precision = kernels.precision();
        x = awayFromZero(filled(precision, rows, inputs, 1, garbage));
        y = filled(precision, rows, outputs, 2, garbage);
        weights = filled(precision, rows, outputs, 3, garbage);
        dy = filled(precision, rows, outputs, 3, garbage);
        dx = filled(precision, rows, inputs, 4, garbage);
        List<ParameterShape> shapes = layer.parameters(shape);
        parameters = shapes.stream()
                .map(each -> filled(precision, each.rows(), each.columns(), 5 + shapes.indexOf(each), garbage))
                .toList();
        gradients = shapes.stream()
                .map(each -> filled(precision, each.rows(), each.columns(), 50 + shapes.indexOf(each), garbage))
                .toList();
        List<BufferShape> sizes = layer.buffers(shape);
        List<Matrix> buffers = new ArrayList<>();
        for (int i = 0; i < sizes.size(); i++) {
            BufferShape size = sizes.get(i);
            buffers.add(filled(precision, size.rows(rows), size.columns(), 100 + i, garbage));
        }
        frame = new Frame(
                kernels,
                shape,
                x,
                y,
                dy,
                dx,
                needsInputGradient,
                parameters,
                gradients,
                List.copyOf(buffers),
                3,
                new Moment(Mode.LEARNING, 5));
    }

    Matrix x() {
        return x;
    }

    Matrix y() {
        return y;
    }

    Matrix dx() {
        return dx;
    }

    List<Matrix> parameters() {
        return parameters;
    }

    List<Matrix> gradients() {
        return gradients;
    }

    void forward() {
        layer.forward(frame);
    }

    /// Backward from the true dy, which an earlier pass may have overwritten.
    void backward() {
        dy.copyFrom(weights);
        layer.backward(frame);
    }

    double loss() {
        forward();
        double sum = 0;
        for (int row = 0; row < y.rows(); row++) {
            for (int column = 0; column < y.columns(); column++) {
                sum += weights.get(row, column) * y.get(row, column);
            }
        }
        return sum;
    }

    /// Central difference of the loss at one element of x or of a parameter.
    double slope(Matrix matrix, int row, int column, double h) {
        double value = matrix.get(row, column);
        matrix.set(row, column, value + h);
        double above = loss();
        matrix.set(row, column, value - h);
        double below = loss();
        matrix.set(row, column, value);
        return (above - below) / (2 * h);
    }

    /// How far the slopes at both sides of an element are apart, by differences over a step h.
    double bend(Matrix matrix, int row, int column, double h) {
        double value = matrix.get(row, column);
        matrix.set(row, column, value + h);
        double above = loss();
        matrix.set(row, column, value - h);
        double below = loss();
        matrix.set(row, column, value);
        return Math.abs(above - 2 * loss() + below) / h;
    }

    private static Matrix filled(Precision precision, int rows, int columns, int stream, double garbage) {
        Operand operand = Operand.blank(precision, rows, columns, Operand.Layout.LOOSE);
        operand.fillPadding(garbage);
        Matrix matrix = operand.matrix();
        Philox random = new Philox(31, Purpose.DATA, stream);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                matrix.set(row, column, 2 * random.uniform((long) row * columns + column) - 1);
            }
        }
        return matrix;
    }

    /// Kinks at zero are no place to take a numerical derivative.
    private static Matrix awayFromZero(Matrix matrix) {
        for (int row = 0; row < matrix.rows(); row++) {
            for (int column = 0; column < matrix.columns(); column++) {
                double value = matrix.get(row, column);
                matrix.set(row, column, value + Math.copySign(0.1, value));
            }
        }
        return matrix;
    }
}
