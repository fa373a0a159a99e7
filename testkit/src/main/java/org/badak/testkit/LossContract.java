package org.badak.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.Consumer;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.kernel.Philox;
import org.badak.kernel.Purpose;
import org.badak.loss.Loss;
import org.badak.loss.Targets;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What a loss owes: a record without numbers inside; the mean of the row losses; a gradient that agrees with central
/// differences in float64 within 1e-7 of the value, or of 1/rows where that is more; labels and their one-hot rows
/// alike; outputs left as they were; padding without influence;
/// the same bits from all kernels and numbers of threads; finite losses and gradients for outputs of any finite size;
/// and no allocation once warm.
public abstract class LossContract {
    private static final double H = 1e-5;
    private static final double TOLERANCE = 1e-7;
    private static final int EXTREMES = 5;
    private static final List<Integer> WIDTHS = List.of(1, 2, 3, 8, 10, 17, 33);

    /// A new instance of the loss under test, always with the same settings.
    protected abstract Loss loss();

    /// The loss whose derivative the gradient is: this one, unless it says why it is another's.
    protected Loss differentiated() {
        return loss();
    }

    /// How many outputs are tried; one of them must be 10.
    protected List<Integer> widths() {
        return WIDTHS;
    }

    /// The largest size of outputs whose loss must be finite: those that are squared can be too large for that.
    protected double largest() {
        return Float.MAX_VALUE;
    }

    /// A loss, what it was computed from and what came out.
    private record Run(Matrix outputs, Matrix gradient, double[] rowLosses, double value) {}

    @Test
    public void lossIsARecordWithANameInLowerCase() {
        assertThat(loss().getClass().isRecord())
                .as("%s is a record", loss().getClass())
                .isTrue();
        assertThat(loss()).isEqualTo(loss());
        assertThat(loss().name()).matches("[a-z][a-z0-9-]*");
    }

    @Test
    public void gradientMatchesNumericalGradient() {
        withKernels(Precision.FLOAT64, 1, kernels -> {
            for (int width : widths()) {
                int rows = 4;
                for (Targets targets : List.of(labels(rows, width), soft(Precision.FLOAT64, rows, width))) {
                    Matrix outputs = outputs(Precision.FLOAT64, rows, width, Double.NaN);
                    Run run = run(kernels, outputs, targets);
                    for (int row = 0; row < rows; row++) {
                        for (int column = 0; column < width; column++) {
                            double numerical = slope(kernels, outputs, targets, row, column);
                            double scale = Math.max(1.0 / rows, Math.abs(numerical));
                            assertThat(run.gradient.get(row, column))
                                    .as("gradient[%d, %d] of %d outputs", row, column, width)
                                    .isCloseTo(numerical, within(TOLERANCE * scale));
                        }
                    }
                }
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    public void lossIsTheMeanOfTheRowLossesInAscendingOrder(Precision precision) {
        withKernels(precision, 1, kernels -> {
            for (int rows : new int[] {1, 2, 7, 100}) {
                Run run = run(kernels, outputs(precision, rows, 10, 0), labels(rows, 10));
                double sum = 0;
                for (int row = 0; row < rows; row++) {
                    sum += run.rowLosses[row];
                }
                assertThat(run.value).isEqualTo(sum / rows).isPositive();
            }
        });
    }

    @Test
    public void batchIsTheWeightedMeanOfItsRowsOnTheirOwn() {
        withKernels(Precision.FLOAT64, 1, kernels -> {
            Run all = run(kernels, outputs(Precision.FLOAT64, 5, 10, 0), labels(5, 10));
            for (int row = 0; row < 5; row++) {
                Matrix one = kernels.zeros(1, 10);
                for (int column = 0; column < 10; column++) {
                    one.set(0, column, all.outputs.get(row, column));
                }
                Targets.Labels label = Targets.Labels.of(label(row, 10));
                Run alone = run(kernels, one, label);
                double share = loss().totalWeight(label) * 5 / loss().totalWeight(labels(5, 10)); // 1 if all weigh 1
                assertThat(all.rowLosses[row])
                        .isCloseTo(alone.value * share, within(share == 1 ? 0 : 1e-15 * alone.value));
                for (int column = 0; column < 10; column++) {
                    assertThat(all.gradient.get(row, column))
                            .isCloseTo(alone.gradient.get(0, column) * share / 5, within(1e-15));
                }
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    public void labelsAndTheirOneHotRowsAreAlike(Precision precision) {
        withKernels(precision, 1, kernels -> {
            for (int width : widths()) {
                Targets.Labels labels = labels(6, width);
                Run byLabels = run(kernels, outputs(precision, 6, width, 0), labels);
                Run byRows = run(kernels, outputs(precision, 6, width, 0), labels.oneHot(precision, width));
                requireSame("one-hot against labels", byLabels, byRows);
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    public void outputsStayAsTheyWereAndPaddingHasNoInfluence(Precision precision) {
        withKernels(precision, 1, kernels -> {
            for (int width : widths()) {
                Run clean = run(kernels, outputs(precision, 6, width, 0), labels(6, width));
                Operand.requireSame("outputs", outputs(precision, 6, width, 0), clean.outputs);
                for (double garbage : new double[] {Double.NaN, 1e30, Double.NEGATIVE_INFINITY}) {
                    Run dirty = run(kernels, outputs(precision, 6, width, garbage), labels(6, width));
                    requireSame("padding " + garbage, clean, dirty);
                }
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    public void chosenKernelsAndAnyNumberOfThreadsGiveTheBitsOfOneScalarThread(Precision precision) {
        int rows = 1003;
        for (Targets targets : List.of(labels(rows, 10), soft(precision, rows, 10))) {
            try (Kernels scalar = new Kernels("scalar", KernelChoice.scalar().operations(precision), 1)) {
                Run expected = run(scalar, outputs(precision, rows, 10, 0), targets);
                for (int threads : new int[] {1, 2, 3, 8}) {
                    withKernels(
                            precision,
                            threads,
                            kernels -> requireSame(
                                    kernels.name() + ", " + threads + " threads",
                                    expected,
                                    run(kernels, outputs(precision, rows, 10, 0), targets)));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    public void lossAndGradientAreFiniteForFiniteOutputsOfAnySize(Precision precision) {
        withKernels(precision, 1, kernels -> {
            for (double size : new double[] {0, 1, 88, 89, 104, 709, 746, 1e4, 1e18, 1e38, Float.MAX_VALUE}) {
                for (int width : widths()) {
                    for (int sign : new int[] {1, -1}) {
                        Matrix outputs = extremes(precision, width, sign * Math.min(size, largest()));
                        for (Targets targets : List.of(
                                labels(EXTREMES, width),
                                labels(EXTREMES, width).oneHot(precision, width),
                                soft(precision, EXTREMES, width))) {
                            requireFinite(kernels, outputs, targets, width + " outputs of " + sign * size);
                        }
                    }
                }
            }
        });
    }

    private void requireFinite(Kernels kernels, Matrix outputs, Targets targets, String what) {
        Run run = run(kernels, outputs, targets);
        Matrix predictions = kernels.zeros(outputs.rows(), outputs.columns());
        loss().predict(kernels, outputs, predictions);

        assertThat(run.value).as("%s: loss", what).isFinite();
        for (int row = 0; row < outputs.rows(); row++) {
            assertThat(run.rowLosses[row]).as("%s: loss of row %d", what, row).isFinite();
            for (int column = 0; column < outputs.columns(); column++) {
                assertThat(run.gradient.get(row, column))
                        .as("%s: gradient[%d, %d]", what, row, column)
                        .isFinite();
                assertThat(predictions.get(row, column))
                        .as("%s: prediction[%d, %d]", what, row, column)
                        .isFinite();
            }
        }
    }

    /// Rows of outputs of one size: all alike, of alternating sign, one alone, all but one.
    private static Matrix extremes(Precision precision, int width, double size) {
        Matrix outputs = Matrix.zeros(precision, EXTREMES, width);
        for (int column = 0; column < width; column++) {
            outputs.set(0, column, size);
            outputs.set(1, column, column % 2 == 0 ? size : -size);
            outputs.set(2, column, column == 0 ? size : 0);
            outputs.set(3, column, column == width - 1 ? -size : size);
            outputs.set(4, column, column == width / 2 ? size : -size);
        }
        return outputs;
    }

    @ParameterizedTest
    @EnumSource
    public void predictionsMayOverwriteOutputs(Precision precision) {
        withKernels(precision, 1, kernels -> {
            Matrix outputs = outputs(precision, 5, 10, Double.NaN);
            Matrix apart = kernels.zeros(5, 10);
            loss().predict(kernels, outputs, apart);
            loss().predict(kernels, outputs, outputs);
            Operand.requireSame("predictions in place", apart, outputs);
        });
    }

    @ParameterizedTest
    @EnumSource
    public void warmEvaluationAllocatesNothing(Precision precision) {
        withKernels(precision, 2, kernels -> {
            for (Targets targets : List.of(labels(100, 10), soft(precision, 100, 10))) {
                Loss loss = loss();
                Matrix outputs = outputs(precision, 100, 10, 0);
                Matrix gradient = kernels.zeros(100, 10);
                double[] rowLosses = new double[100];
                Runnable evaluation = () -> loss.evaluate(kernels, outputs, targets, gradient, rowLosses);
                assertThat(AllocationProbe.bytesPerRun(evaluation, 100))
                        .as("bytes per evaluation, %s", targets.getClass().getSimpleName())
                        .isZero();
            }
        });
    }

    private Run run(Kernels kernels, Matrix outputs, Targets targets) {
        return run(loss(), kernels, outputs, targets);
    }

    private static Run run(Loss loss, Kernels kernels, Matrix outputs, Targets targets) {
        Matrix gradient = outputs(kernels.precision(), outputs.rows(), outputs.columns(), Double.NaN);
        double[] rowLosses = new double[outputs.rows()];
        double value = loss.evaluate(kernels, outputs, targets, gradient, rowLosses);
        return new Run(outputs, gradient, rowLosses, value);
    }

    private double slope(Kernels kernels, Matrix outputs, Targets targets, int row, int column) {
        double value = outputs.get(row, column);
        outputs.set(row, column, value + H);
        double above = run(differentiated(), kernels, outputs, targets).value;
        outputs.set(row, column, value - H);
        double below = run(differentiated(), kernels, outputs, targets).value;
        outputs.set(row, column, value);
        return (above - below) / (2 * H);
    }

    private static void requireSame(String what, Run expected, Run found) {
        assertThat(found.value).as(what).isEqualTo(expected.value);
        assertThat(found.rowLosses).as(what).isEqualTo(expected.rowLosses);
        Operand.requireSame(what, expected.gradient, found.gradient);
    }

    private static Matrix outputs(Precision precision, int rows, int columns, double garbage) {
        return Operand.of(precision, rows, columns, Operand.Layout.LOOSE, Operand.Values.ORDINARY, 1)
                .copy(garbage)
                .matrix();
    }

    private static int label(int row, int classes) {
        return row * 7 % classes;
    }

    private static Targets.Labels labels(int rows, int classes) {
        int[] labels = new int[rows];
        for (int row = 0; row < rows; row++) {
            labels[row] = label(row, classes);
        }
        return Targets.Labels.of(labels);
    }

    /// Distributions without zeros.
    private static Targets soft(Precision precision, int rows, int classes) {
        Matrix matrix = Matrix.zeros(precision, rows, classes);
        Philox random = new Philox(33, Purpose.DATA, 0);
        for (int row = 0; row < rows; row++) {
            double sum = 0;
            for (int column = 0; column < classes; column++) {
                matrix.set(row, column, 0.05 + random.uniform((long) row * classes + column));
                sum += matrix.get(row, column);
            }
            for (int column = 0; column < classes; column++) {
                matrix.set(row, column, matrix.get(row, column) / sum);
            }
        }
        return new Targets.Values(matrix);
    }

    private static void withKernels(Precision precision, int threads, Consumer<Kernels> test) {
        try (Kernels kernels = KernelChoice.current().kernels(precision, threads)) {
            test.accept(kernels);
        }
    }
}
