package org.badak.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.layer.CustomLayer;
import org.badak.layer.Dense;
import org.badak.layer.Frame;
import org.badak.layer.Initialisation;
import org.badak.layer.Layer;
import org.badak.layer.ParameterShape;
import org.badak.layer.Sigmoid;
import org.badak.loss.SoftmaxCrossEntropy;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;
import org.badak.matrix.Shape;
import org.badak.matrix.ShapeException;
import org.junit.jupiter.api.Test;

class NetworkTest {
    private static final Initialisation SMALL = new Initialisation.Normal(0.01);

    /// A layer that takes an even number of inputs only, and halves it.
    private record Halving() implements CustomLayer {
        @Override
        public String name() {
            return "halving";
        }

        @Override
        public Shape outputs(Shape inputs) {
            if (inputs.size() % 2 != 0) {
                throw new ShapeException("expected an even number of inputs, found " + inputs);
            }
            return Shape.flat(inputs.size() / 2 - 1);
        }

        @Override
        public List<ParameterShape> parameters(Shape inputs) {
            return List.of();
        }

        @Override
        public void forward(Frame frame) {}

        @Override
        public void backward(Frame frame) {}
    }

    private static Network chapter() {
        return network(784, new Dense(50, SMALL), new Sigmoid(), new Dense(10, SMALL));
    }

    private static Network network(int inputs, Layer... layers) {
        return Network.of(inputs, new SoftmaxCrossEntropy(), layers);
    }

    @Test
    void chaptersNetworkHasThirtyNineThousandSevenHundredAndSixtyParameters() {
        assertThat(chapter().parameterCount()).isEqualTo(39_760);
        assertThat(chapter().outputs()).isEqualTo(10);
        assertThat(chapter().slots()).extracting(Slot::name).containsExactly("W1", "b1", "W2", "b2");
        assertThat(chapter().slots()).extracting(Slot::layer).containsExactly(0, 0, 2, 2);
        assertThat(chapter().slots())
                .extracting(slot -> slot.shape().rows() + " x " + slot.shape().columns())
                .containsExactly("784 x 50", "1 x 50", "50 x 10", "1 x 10");
    }

    @Test
    void slotsLieOneBehindTheOtherWithoutOverlap() {
        int end = 0;
        for (Slot slot : chapter().slots()) {
            assertThat(slot.offset()).isEqualTo(end);
            end += slot.shape().rows() * Matrix.paddedStride(slot.shape().columns());
        }
    }

    @Test
    void widthIsKnownAtEveryPosition() {
        assertThat(List.of(0, 1, 2, 3)).map(chapter()::width).containsExactly(784, 50, 50, 10);
    }

    @Test
    void networkWithoutInputsOrLayersIsRefused() {
        assertThatThrownBy(() -> network(0, new Sigmoid()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found 0");
        assertThatThrownBy(() -> network(3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least one layer");
    }

    @Test
    void layerThatCannotTakeItsInputsIsNamed() {
        assertThatThrownBy(() -> network(4, new Dense(5, SMALL), new Halving()))
                .isInstanceOf(ShapeException.class)
                .hasMessage("layer 1 (halving), inputs 5: expected an even number of inputs, found 5");
        assertThatThrownBy(() -> network(2, new Halving()))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("layer 0 (halving), inputs 2")
                .hasMessageContaining("found 0");
    }

    @Test
    void imagesAreVectorsToDenseLayersAndKeepTheirShapeInActivations() {
        Shape images = new Shape(2, 3, 5);
        Network network = Network.of(images, new SoftmaxCrossEntropy(), new Sigmoid(), new Dense(4, SMALL));
        assertThat(network.inputs()).isEqualTo(30);
        assertThat(List.of(0, 1, 2)).map(network::shape).containsExactly(images, images, Shape.flat(4));
        assertThat(network.summary()).isEqualTo("2x3x5 sigmoid - 4");
        assertThat(network.slots().getFirst().shape().rows()).isEqualTo(30);
    }

    @Test
    void layersAreCopiedSoThatTheNetworkNeverChanges() {
        assertThatThrownBy(() -> chapter().layers().add(new Sigmoid()))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThat(chapter()).isEqualTo(chapter());
    }

    @Test
    void initialisationIsAFunctionOfTheSeedAlone() {
        assertThat(chapter().initialise(Precision.FLOAT32, 1).sha256())
                .isEqualTo(chapter().initialise(Precision.FLOAT32, 1).sha256())
                .isNotEqualTo(chapter().initialise(Precision.FLOAT32, 2).sha256());
        Parameters parameters = chapter().initialise(Precision.FLOAT64, 1);
        assertThat(parameters.tensor("b1").toArray()[0]).containsOnly(0);
        assertThat(parameters.tensor("W1").get(0, 0))
                .isNotEqualTo(parameters.tensor("W2").get(0, 0));
        assertThat(parameters.to(Precision.FLOAT32).sha256())
                .isEqualTo(chapter().initialise(Precision.FLOAT32, 1).sha256());
    }

    @Test
    void summaryNamesWidthsAndActivations() {
        assertThat(chapter().summary()).isEqualTo("784 - 50 sigmoid - 10");
    }

    @Test
    void inputOfTheWrongWidthOrPrecisionIsRefused() {
        Network network = network(3, new Dense(2, SMALL));
        try (Kernels kernels = new KernelChoice(KernelChoice.scalar(), "test").kernels(Precision.FLOAT64, 1)) {
            Parameters parameters = network.initialise(Precision.FLOAT64, 1);
            Workspace workspace = Workspace.forInference(network, parameters, kernels);
            assertThatThrownBy(() -> workspace.pass(kernels.zeros(1, 4)))
                    .isInstanceOf(ShapeException.class)
                    .hasMessage("columns of x: expected 3, found 4");
            assertThatThrownBy(() -> workspace.pass(Matrix.zeros(Precision.FLOAT32, 1, 3)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("FLOAT32");
            assertThatThrownBy(() -> Workspace.forInference(network, parameters.to(Precision.FLOAT32), kernels))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("FLOAT32");
            assertThatThrownBy(() -> workspace.pass(kernels.zeros(1, 3)).backward())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("inference");
        }
    }

    @Test
    void passesOfAllBatchSizesGiveWhatTheyGiveAlone() {
        Network network = network(3, new Dense(4, new Initialisation.Xavier()), new Sigmoid(), new Dense(2, SMALL));
        try (Kernels kernels = new KernelChoice(KernelChoice.scalar(), "test").kernels(Precision.FLOAT64, 1)) {
            Parameters parameters = network.initialise(Precision.FLOAT64, 1);
            Workspace shared = Workspace.forInference(network, parameters, kernels);
            for (int rows : new int[] {2, 5, 1, 0, 30, 2, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 2}) {
                Matrix x = kernels.zeros(rows, 3);
                for (int row = 0; row < rows; row++) {
                    x.set(row, row % 3, 1 + row);
                }
                Workspace alone = Workspace.forInference(network, parameters, kernels);
                assertThat(shared.pass(x).forward().toArray())
                        .isDeepEqualTo(alone.pass(x).forward().toArray());
                assertThat(shared.pass(x)).isSameAs(shared.pass(x));
            }
        }
    }
}
