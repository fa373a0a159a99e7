package org.badak.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.layer.Layer;
import org.badak.layer.ParameterShape;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;
import org.badak.matrix.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What a layer owes: a record without numbers inside; outputs as wide as it says; a backward pass that agrees with
/// central differences in float64 within 1e-7, for its input and for every parameter; gradients overwritten, not added
/// to; nothing
/// else written; padding without influence; the same bits from the scalar and from the chosen kernels, with any number
/// of threads; and no allocation once warm.
///
/// ```java
/// class ReluTest extends LayerContract {
///     @Override
///     protected Layer layer() {
///         return new Relu();
///     }
/// }
/// ```
///
/// Inputs are at least 0.1 away from 0, where some layers have a kink. A layer that has kinks elsewhere says so by
/// [#hasKinks].
public abstract class LayerContract {
    private static final double H = 1e-5;
    private static final int ROWS = 5;
    private static final double SMOOTH = 1e-7;
    private static final double KINKED = 1e-5;
    private static final double MAY_BE_SKIPPED = 0.01;
    private static final double CLOSER = 64; // times smaller, the step that tells a kink from a wrong gradient
    private static final double ROUNDING = 4 * 0x1p-52; // of a loss, relative

    /// A new instance of the layer under test, always with the same settings.
    protected abstract Layer layer();

    /// Input widths to be tested; widths around a vector's lanes by default.
    protected List<Integer> inputs() {
        return List.of(1, 3, 8, 17, 33);
    }

    /// Input shapes to be tested; vectors of the widths of [#inputs] by default.
    protected List<Shape> shapes() {
        return inputs().stream().map(Shape::flat).toList();
    }

    /// Whether some slopes may be taken across a kink, where a central difference says nothing: then those are skipped,
    /// which must be at most 1 % of all, and the others held within 1e-5 in place of 1e-7. False by default.
    protected boolean hasKinks() {
        return false;
    }

    /// How long a pass may go on allocating before it is said to; ten seconds by default.
    protected Duration patience() {
        return AllocationProbe.PATIENCE;
    }

    @Test
    public void layerIsARecordThatPassesDoNotChange() {
        Layer layer = layer();
        String before = layer.toString();
        withKernels(Precision.FLOAT64, 1, kernels -> {
            LayerBench bench = new LayerBench(layer, kernels, ROWS, shapes().getFirst(), true, 0);
            bench.forward();
            bench.backward();
        });
        assertThat(layer.getClass().isRecord())
                .as("%s is a record", layer.getClass())
                .isTrue();
        assertThat(layer).isEqualTo(layer()).hasSameHashCodeAs(layer()).hasToString(before);
    }

    @Test
    public void layerHasANameInLowerCase() {
        assertThat(layer().name()).matches("[a-z][a-z0-9-]*");
    }

    @Test
    public void outputsAndParametersHaveShapesThatDependOnTheInputsAlone() {
        for (Shape inputs : shapes()) {
            assertThat(layer().outputs(inputs)).isEqualTo(layer().outputs(inputs));
            assertThat(layer().parameters(inputs)).isEqualTo(layer().parameters(inputs));
            for (ParameterShape shape : layer().parameters(inputs)) {
                assertThat(shape.rows()).isPositive();
                assertThat(shape.columns()).isPositive();
                assertThat(shape.symbol()).matches("[A-Za-z]+");
            }
        }
    }

    @Test
    public void backwardMatchesNumericalGradient() {
        withKernels(Precision.FLOAT64, 1, kernels -> {
            int slopes = 0;
            int skipped = 0;
            for (Shape inputs : shapes()) {
                LayerBench bench = new LayerBench(layer(), kernels, ROWS, inputs, true, Double.NaN);
                bench.forward();
                bench.backward();
                slopes += bench.x().rows() * bench.x().columns();
                skipped += requireSlopes(bench, "dx", bench.x(), bench.dx());
                for (int i = 0; i < bench.parameters().size(); i++) {
                    if (!layer().parameters(inputs).get(i).trainable()) {
                        continue;
                    }
                    String symbol = layer().parameters(inputs).get(i).symbol();
                    Matrix parameter = bench.parameters().get(i);
                    slopes += parameter.rows() * parameter.columns();
                    skipped += requireSlopes(
                            bench, "d" + symbol, parameter, bench.gradients().get(i));
                }
            }
            assertThat(skipped).as("slopes skipped at kinks, of %d", slopes).isLessThanOrEqualTo((int)
                    (MAY_BE_SKIPPED * slopes));
        });
    }

    @ParameterizedTest
    @EnumSource
    public void forwardWritesNothingButItsOutput(Precision precision) {
        withKernels(precision, 1, kernels -> {
            for (Shape inputs : shapes()) {
                LayerBench bench = new LayerBench(layer(), kernels, ROWS, inputs, true, Double.NaN);
                LayerBench untouched = new LayerBench(layer(), kernels, ROWS, inputs, true, Double.NaN);
                bench.forward();
                Operand.requireSame("x after forward", untouched.x(), bench.x());
                requireAllSame("parameters after forward", untouched.parameters(), bench.parameters());
                requireAllSame(
                        "gradients after forward",
                        trainable(layer(), inputs, untouched.gradients()),
                        trainable(layer(), inputs, bench.gradients()));
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    public void backwardOverwritesGradientsAndLeavesInputOutputAndParameters(Precision precision) {
        withKernels(precision, 1, kernels -> {
            for (Shape inputs : shapes()) {
                LayerBench once = passed(layer(), kernels, inputs, true, Double.NaN);
                LayerBench forward = new LayerBench(layer(), kernels, ROWS, inputs, true, Double.NaN);
                forward.forward();
                Operand.requireSame("x after backward", forward.x(), once.x());
                Operand.requireSame("y after backward", forward.y(), once.y());
                requireAllSame("parameters after backward", forward.parameters(), once.parameters());

                LayerBench twice = passed(layer(), kernels, inputs, true, Double.NaN);
                twice.forward();
                twice.backward();
                requireAllSame("results of a second pass", results(once), results(twice));
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    public void gradientsOfParametersAreTheSameWhereNobodyReadsTheInputGradient(Precision precision) {
        withKernels(precision, 1, kernels -> {
            for (Shape inputs : shapes()) {
                requireAllSame(
                        "gradients without dx",
                        passed(layer(), kernels, inputs, true, 0).gradients(),
                        passed(layer(), kernels, inputs, false, 0).gradients());
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    public void paddingHasNoInfluence(Precision precision) {
        withKernels(precision, 1, kernels -> {
            for (Shape inputs : shapes()) {
                List<Matrix> clean = results(passed(layer(), kernels, inputs, true, 0));
                for (double garbage : new double[] {Double.NaN, 1e30, Double.NEGATIVE_INFINITY}) {
                    requireAllSame(
                            "padding " + garbage, clean, results(passed(layer(), kernels, inputs, true, garbage)));
                }
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    public void chosenKernelsAndAnyNumberOfThreadsGiveTheBitsOfOneScalarThread(Precision precision) {
        for (Shape inputs : shapes()) {
            List<Matrix> expected = new ArrayList<>();
            try (Kernels scalar = new Kernels("scalar", KernelChoice.scalar().operations(precision), 1)) {
                expected.addAll(results(large(layer(), scalar, inputs)));
            }
            for (int threads : new int[] {1, 2, 3, 8}) {
                withKernels(
                        precision,
                        threads,
                        kernels -> requireAllSame(
                                kernels.name() + ", " + threads + " threads",
                                expected,
                                results(large(layer(), kernels, inputs))));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    public void warmPassAllocatesNothing(Precision precision) {
        withKernels(precision, 2, kernels -> {
            LayerBench bench = new LayerBench(layer(), kernels, 64, shapes().getLast(), true, 0);
            Runnable pass = () -> {
                bench.forward();
                bench.backward();
            };
            assertThat(AllocationProbe.bytesPerRun(pass, 50, patience()))
                    .as("bytes per pass")
                    .isZero();
        });
    }

    private static LayerBench passed(
            Layer layer, Kernels kernels, Shape inputs, boolean needsInputGradient, double garbage) {
        LayerBench bench = new LayerBench(layer, kernels, ROWS, inputs, needsInputGradient, garbage);
        bench.forward();
        bench.backward();
        return bench;
    }

    /// So many rows that the work is shared among threads: fewer where a row has many outputs.
    private static LayerBench large(Layer layer, Kernels kernels, Shape inputs) {
        int rows = 20_000 / Math.max(inputs.size(), layer.outputs(inputs).size() / 4) + 3;
        LayerBench bench = new LayerBench(layer, kernels, rows, inputs, true, Double.NaN);
        bench.forward();
        bench.backward();
        return bench;
    }

    private static List<Matrix> results(LayerBench bench) {
        List<Matrix> results = new ArrayList<>(List.of(bench.y(), bench.dx()));
        results.addAll(bench.gradients());
        return results;
    }

    /// Without the tensors whose next value forward leaves there.
    private static List<Matrix> trainable(Layer layer, Shape inputs, List<Matrix> gradients) {
        List<Matrix> trainable = new ArrayList<>();
        for (int i = 0; i < gradients.size(); i++) {
            if (layer.parameters(inputs).get(i).trainable()) {
                trainable.add(gradients.get(i));
            }
        }
        return trainable;
    }

    private static void requireAllSame(String what, List<Matrix> expected, List<Matrix> found) {
        for (int i = 0; i < expected.size(); i++) {
            Operand.requireSame(what, expected.get(i), found.get(i));
        }
    }

    /// Each within its tolerance, relative to the slope or to the largest one of the matrix up to 1.
    ///
    /// @return how many were skipped
    private int requireSlopes(LayerBench bench, String name, Matrix of, Matrix gradient) {
        double[][] numerical = new double[of.rows()][of.columns()];
        double largest = 0;
        for (int row = 0; row < of.rows(); row++) {
            for (int column = 0; column < of.columns(); column++) {
                numerical[row][column] = bench.slope(of, row, column, H);
                largest = Math.max(largest, Math.abs(numerical[row][column]));
            }
        }
        double rounding = ROUNDING * Math.abs(bench.loss()) / H;
        int skipped = 0;
        for (int row = 0; row < of.rows(); row++) {
            for (int column = 0; column < of.columns(); column++) {
                double slope = numerical[row][column];
                double scale = Math.max(Math.min(1, largest), Math.abs(slope));
                double tolerance = (hasKinks() ? KINKED : SMOOTH) * scale + rounding;
                boolean agrees = Math.abs(gradient.get(row, column) - slope) <= tolerance;
                if (!agrees && hasKinks() && isKink(bench, of, row, column, gradient.get(row, column), scale)) {
                    skipped++;
                    continue;
                }
                assertThat(gradient.get(row, column))
                        .as("%s[%d, %d]", name, row, column)
                        .isCloseTo(slope, within(tolerance));
            }
        }
        return skipped;
    }

    /// Whether a kink lies within h: a much smaller step then agrees with the gradient, or the slopes at both sides are
    /// as far apart at that step as at h; where a layer is smooth they draw nearer as h does.
    private static boolean isKink(LayerBench bench, Matrix of, int row, int column, double gradient, double scale) {
        double near = H / CLOSER;
        double rounding = ROUNDING * Math.abs(bench.loss()) / near;
        boolean agreesNearby = Math.abs(bench.slope(of, row, column, near) - gradient) <= KINKED * scale + rounding;
        double step = bench.bend(of, row, column, H);
        double nearer = bench.bend(of, row, column, near);
        return agreesNearby || step > KINKED * scale + rounding && nearer > step / 2;
    }

    private static void withKernels(Precision precision, int threads, Consumer<Kernels> test) {
        try (Kernels kernels = KernelChoice.current().kernels(precision, threads)) {
            test.accept(kernels);
        }
    }
}
