package org.badak.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.layer.CustomLayer;
import org.badak.layer.Frame;
import org.badak.layer.Layer;
import org.badak.layer.ParameterShape;
import org.badak.loss.DeltaCrossEntropy;
import org.badak.loss.Loss;
import org.badak.matrix.FloatMatrix;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;
import org.badak.matrix.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The contracts find what is wrong with broken layers and losses.
@SuppressWarnings("JUnitMethodInvoked") // the contracts' own tests are what is tested
class LayerContractTest {
    /// y = x², in loops of its own, with something done wrong.
    private record Square(Consumer<Frame> forwardFault, Consumer<Frame> backwardFault) implements CustomLayer {
        @Override
        public String name() {
            return "square";
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
            each(frame, (row, column) -> {
                double x = frame.x().get(row, column);
                frame.y().set(row, column, x * x);
            });
            forwardFault.accept(frame);
        }

        @Override
        public void backward(Frame frame) {
            each(
                    frame,
                    (row, column) -> frame.dx()
                            .set(
                                    row,
                                    column,
                                    2 * frame.x().get(row, column) * frame.dy().get(row, column)));
            backwardFault.accept(frame);
        }
    }

    private interface Place {
        void at(int row, int column);
    }

    private static void nothing(Frame frame) {}

    private static void each(Frame frame, Place place) {
        for (int row = 0; row < frame.x().rows(); row++) {
            for (int column = 0; column < frame.x().columns(); column++) {
                place.at(row, column);
            }
        }
    }

    static final class Tested extends LayerContract {
        private final Layer layer;

        Tested(Layer layer) {
            this.layer = layer;
        }

        @Override
        protected Layer layer() {
            return layer;
        }

        @Override
        protected Duration patience() {
            return Duration.ofMillis(200); // enough to see that something is allocated
        }
    }

    static final class Delta extends LossContract {
        @Override
        protected Loss loss() {
            return new DeltaCrossEntropy();
        }
    }

    static Stream<Arguments> faults() {
        LayerContract wrongSlope = new Tested(new Square(
                LayerContractTest::nothing,
                frame -> frame.dx().set(0, 0, frame.dx().get(0, 0) * 1.001)));
        LayerContract changesInput =
                new Tested(new Square(frame -> frame.x().set(0, 0, 0.5), LayerContractTest::nothing));
        LayerContract changesOutput = new Tested(
                new Square(LayerContractTest::nothing, frame -> frame.y().set(0, 0, 0.5)));
        LayerContract readsPadding = new Tested(new Square(
                frame -> frame.y().set(0, 0, frame.y().get(0, 0) + padding(frame.x())), LayerContractTest::nothing));
        LayerContract allocates = new Tested(new Square(
                LayerContractTest::nothing,
                frame -> frame.dx()
                        .copyFrom(Matrix.of(frame.dx().precision(), frame.dx().toArray()))));
        LayerContract dependsOnThreads = new Tested(new Square(
                LayerContractTest::nothing,
                frame -> frame.dx().set(0, 0, frame.kernels().threads())));
        double[] memory = {0};
        LayerContract remembers = new Tested(
                new Square(LayerContractTest::nothing, frame -> frame.dx().set(0, 0, memory[0]++)));
        return Stream.of(
                fault(wrongSlope, LayerContract::backwardMatchesNumericalGradient, "dx[0, 0]"),
                fault(changesInput, c -> c.forwardWritesNothingButItsOutput(Precision.FLOAT64), "x after forward"),
                fault(
                        changesOutput,
                        c -> c.backwardOverwritesGradientsAndLeavesInputOutputAndParameters(Precision.FLOAT64),
                        "y after backward"),
                fault(
                        remembers,
                        c -> c.backwardOverwritesGradientsAndLeavesInputOutputAndParameters(Precision.FLOAT32),
                        "second pass"),
                fault(readsPadding, c -> c.paddingHasNoInfluence(Precision.FLOAT32), "padding"),
                fault(
                        dependsOnThreads,
                        c -> c.chosenKernelsAndAnyNumberOfThreadsGiveTheBitsOfOneScalarThread(Precision.FLOAT32),
                        "2 threads"),
                fault(allocates, c -> c.warmPassAllocatesNothing(Precision.FLOAT32), "bytes per pass"));
    }

    private static Arguments fault(LayerContract contract, Consumer<LayerContract> test, String message) {
        Executable run = () -> test.accept(contract);
        return Arguments.of(message, run);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void brokenLayerIsFound(String message, Executable test) {
        assertThatThrownBy(test::execute).isInstanceOf(AssertionError.class).hasMessageContaining(message);
    }

    @Test
    void layerThatIsNoRecordIsFound() {
        Square square = new Square(LayerContractTest::nothing, LayerContractTest::nothing);
        CustomLayer layer = new CustomLayer() {
            @Override
            public String name() {
                return square.name();
            }

            @Override
            public Shape outputs(Shape inputs) {
                return square.outputs(inputs);
            }

            @Override
            public List<ParameterShape> parameters(Shape inputs) {
                return square.parameters(inputs);
            }

            @Override
            public void forward(Frame frame) {
                square.forward(frame);
            }

            @Override
            public void backward(Frame frame) {
                square.backward(frame);
            }
        };
        assertThatThrownBy(new Tested(layer)::layerIsARecordThatPassesDoNotChange)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("is a record");
    }

    /// dy/dx = 1 below a place and 2 from there on; with a width, y falls back to x whenever x has gone so far: a saw.
    private record Bent(double at, double width) implements CustomLayer {
        @Override
        public String name() {
            return "bent";
        }

        @Override
        public Shape outputs(Shape inputs) {
            return inputs;
        }

        @Override
        public List<ParameterShape> parameters(Shape inputs) {
            return List.of();
        }

        private double above(double x) {
            return x < at ? 0 : x - at - (width == 0 ? 0 : Math.floor((x - at) / width) * width);
        }

        @Override
        public void forward(Frame frame) {
            each(frame, (row, column) -> {
                double x = frame.x().get(row, column);
                frame.y().set(row, column, x + above(x));
            });
        }

        @Override
        public void backward(Frame frame) {
            each(
                    frame,
                    (row, column) -> frame.dx()
                            .set(
                                    row,
                                    column,
                                    (frame.x().get(row, column) < at ? 1 : 2)
                                            * frame.dy().get(row, column)));
        }
    }

    static final class Kinked extends LayerContract {
        private final Layer layer;
        private final boolean hasKinks;

        Kinked(Layer layer, boolean hasKinks) {
            this.layer = layer;
            this.hasKinks = hasKinks;
        }

        @Override
        protected Layer layer() {
            return layer;
        }

        @Override
        protected boolean hasKinks() {
            return hasKinks;
        }
    }

    @Test
    void fewSlopesAcrossKinksMayBeSkippedByWhoSaysSo() {
        double someInput = anInput();
        for (double within : new double[] {0, 3e-6, -3e-6}) {
            Bent bent = new Bent(someInput + within, 0);
            new Kinked(bent, true).backwardMatchesNumericalGradient();
            assertThatThrownBy(new Kinked(bent, false)::backwardMatchesNumericalGradient)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("dx[");
        }
    }

    @Test
    void manyKinksAreTooMany() {
        assertThatThrownBy(new Kinked(new Bent(-2, 3e-6), true)::backwardMatchesNumericalGradient)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("slopes skipped at kinks, of 310");
    }

    @Test
    void kinksAreNoExcuseForAWrongSlope() {
        Layer wrong = new Square(
                LayerContractTest::nothing,
                frame -> frame.dx().set(0, 0, frame.dx().get(0, 0) * 1.001));
        assertThatThrownBy(new Kinked(wrong, true)::backwardMatchesNumericalGradient)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("dx[0, 0]");
    }

    private static double anInput() {
        try (Kernels kernels = KernelChoice.current().kernels(Precision.FLOAT64, 1)) {
            Layer layer = new Square(LayerContractTest::nothing, LayerContractTest::nothing);
            return new LayerBench(layer, kernels, 5, Shape.flat(8), true, 0).x().get(2, 3);
        }
    }

    @Test
    void biasOfDeltaInTheGradientIsFound() {
        assertThatThrownBy(new Delta()::gradientMatchesNumericalGradient)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("gradient[");
    }

    private static double padding(Matrix matrix) {
        return matrix instanceof FloatMatrix floats ? floats.data()[floats.offset() + floats.columns()] : 0;
    }
}
