package org.badak.testkit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.badak.kernel.Activation;
import org.badak.kernel.Kernels;
import org.badak.kernel.Update;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;
import org.badak.testkit.Operand.Layout;
import org.badak.testkit.Operand.Values;

/// Every public operation of [Kernels] once, on fresh operands that are the same each time; and what came out of it.
final class KernelCalls {
    private final Kernels kernels;
    private final int rows;
    private final int inner;
    private final int columns;
    private final Values values;
    private final List<String> names = new ArrayList<>();
    private final List<Matrix> results = new ArrayList<>();
    private final Map<Shape, Operand> garbage = new HashMap<>();

    private record Shape(int rows, int columns) {}

    private KernelCalls(Kernels kernels, int rows, int inner, int columns, Values values) {
        this.kernels = kernels;
        this.rows = rows;
        this.inner = inner;
        this.columns = columns;
        this.values = values;
        run();
    }

    /// Calls all operations.
    static KernelCalls of(Kernels kernels, int rows, int inner, int columns, Values values) {
        return new KernelCalls(kernels, rows, inner, columns, values);
    }

    /// Throws unless all results have the bits of the others.
    void requireSame(String what, KernelCalls expected) {
        if (!names.equals(expected.names)) {
            throw new AssertionError(what + ": expected calls " + expected.names + ", found " + names);
        }
        for (int i = 0; i < names.size(); i++) {
            Operand.requireSame(what + ", " + names.get(i), expected.results.get(i), results.get(i));
        }
    }

    private void run() {
        Matrix x = matrix(rows, inner, 1);
        Matrix w = matrix(inner, columns, 2);
        Matrix b = matrix(1, columns, 3);
        Matrix y = result("affine", rows, columns);
        kernels.affine(x, w, b, y);
        kernels.multiply(x, w, result("multiply", rows, columns));
        Matrix dy = matrix(rows, columns, 4);
        kernels.multiplyLeftTransposed(x, dy, result("multiplyLeftTransposed", inner, columns));
        kernels.multiplyRightTransposed(dy, w, result("multiplyRightTransposed", rows, inner));
        kernels.columnSums(dy, result("columnSums", 1, columns));
        kernels.sigmoid(y, result("sigmoid", rows, columns));
        kernels.sigmoidGradient(y, dy, result("sigmoidGradient", rows, columns));
        kernels.relu(y, result("relu", rows, columns));
        kernels.reluGradient(y, dy, result("reluGradient", rows, columns));
        kernels.tanh(y, result("tanh", rows, columns));
        kernels.tanhGradient(y, dy, result("tanhGradient", rows, columns));
        for (Activation f : Activation.values()) {
            kernels.activate(f, 0.3, y, result(f.toString(), rows, columns));
            kernels.activationGradient(f, 0.3, y, dy, result(f + " gradient", rows, columns));
        }
        kernels.dropoutMask(7, 2, 1L << 32, 0, 0.4, result("dropoutMask", rows, columns));
        kernels.multiplyElements(y, dy, result("multiplyElements", rows, columns));
        kernels.softmax(y, result("softmax", rows, columns));
        kernels.clear(result("clear", rows, columns));
        Matrix scaled = result("scale", rows, columns);
        scaled.copyFrom(dy);
        kernels.scale(scaled, 1.0 / 3);
        Matrix added = result("addScaled", rows, columns);
        added.copyFrom(y);
        kernels.addScaled(-0.1, dy, added);
        kernels.outerSum(b, 0, b, 0, x, rows - 1, 0.3, result("outerSum", columns, inner));
        kernels.affineColumns(x, dy, b, result("affineColumns", columns, inner));
        updates(dy);
        losses(y);
        lossesOfColumns(y);
        pixels();
    }

    private void updates(Matrix gradient) {
        Update update = new Update();
        update.moments(true, 0.9, 0.999, 3.1, 1e-8, 0.01, 0.003);
        update.clip(0.75, 0.9);
        update.decay(0.01, 0.999);
        List<Matrix> slots = List.of(
                result("first slot", rows, columns),
                result("second slot", rows, columns),
                result("third slot", rows, columns));
        kernels.update(update, result("update", rows, columns), gradient, slots);
        numbers("sumOfSquares", kernels.sumOfSquares(gradient), new double[0]);
    }

    private void losses(Matrix y) {
        int[] labels = new int[rows];
        Matrix targets = kernels.zeros(rows, columns);
        for (int row = 0; row < rows; row++) {
            labels[row] = row * 7 % columns;
            targets.set(row, labels[row], 0.75);
            targets.set(row, row * 3 % columns, 0.25);
        }
        double[] losses = new double[rows];
        Matrix byLabels = result("softmaxCrossEntropy, labels", rows, columns);
        numbers("its losses", kernels.softmaxCrossEntropy(y, labels, byLabels, losses), losses);
        Matrix byTargets = result("softmaxCrossEntropy, targets", rows, columns);
        numbers("its losses", kernels.softmaxCrossEntropy(y, targets, byTargets, losses), losses);
        Matrix bySquares = result("squaredError", rows, columns);
        numbers("its losses", kernels.squaredError(y, targets, 0.5, bySquares, losses), losses);
        numbers("its losses by labels", kernels.squaredError(y, labels, 0.5, bySquares, losses), losses);
        numbers("countCorrect", kernels.countCorrect(y, labels), losses);
    }

    /// y stands for [classes, columns].
    private void lossesOfColumns(Matrix y) {
        Matrix t = matrix(2, rows, 6);
        kernels.softmaxCrossEntropyColumns(y, t, 1, result("softmaxCrossEntropyColumns", 1, columns));
        kernels.deltaCrossEntropyColumns(y, t, 1, 1e-7, result("deltaCrossEntropyColumns", 1, columns));
        kernels.squaredErrorColumns(y, t, 1, 0.5, result("squaredErrorColumns", 1, columns));
    }

    private void pixels() {
        byte[] source = new byte[rows * inner];
        int[] indices = new int[rows + 1];
        for (int i = 0; i < source.length; i++) {
            source[i] = (byte) (i * 31);
        }
        for (int i = 1; i <= rows; i++) {
            indices[i] = i * 13 % rows;
        }
        kernels.pixels(source, indices, 1, result("pixels", rows, inner));
    }

    private Matrix matrix(int height, int width, int stream) {
        return Operand.of(kernels.precision(), height, width, Layout.LOOSE, values, stream)
                .matrix();
    }

    private Matrix result(String name, int height, int width) {
        Matrix matrix = garbage.computeIfAbsent(
                        new Shape(height, width),
                        shape -> Operand.of(kernels.precision(), height, width, Layout.TIGHT, Values.EXTREME, 9))
                .copy(Double.NaN)
                .matrix();
        names.add(name);
        results.add(matrix);
        return matrix;
    }

    private void numbers(String name, double number, double[] others) {
        double[] all = new double[others.length + 1];
        all[0] = number;
        System.arraycopy(others, 0, all, 1, others.length);
        names.add(name);
        results.add(Matrix.of(Precision.FLOAT64, all));
    }
}
