package org.badak.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.badak.catalog.Catalog;
import org.badak.catalog.LayerKind;
import org.badak.catalog.Named;
import org.badak.data.Batch;
import org.badak.gradient.Backprop;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.layer.AvgPool;
import org.badak.layer.BatchNorm;
import org.badak.layer.Conv2d;
import org.badak.layer.Dense;
import org.badak.layer.Dropout;
import org.badak.layer.Elu;
import org.badak.layer.Flatten;
import org.badak.layer.Gelu;
import org.badak.layer.GeluTanh;
import org.badak.layer.Initialisation;
import org.badak.layer.Layer;
import org.badak.layer.LayerNorm;
import org.badak.layer.LeakyRelu;
import org.badak.layer.MaxPool;
import org.badak.layer.Relu;
import org.badak.layer.ResidualEnd;
import org.badak.layer.ResidualStart;
import org.badak.layer.Sigmoid;
import org.badak.layer.Silu;
import org.badak.layer.Softplus;
import org.badak.layer.Tanh;
import org.badak.loss.SoftmaxCrossEntropy;
import org.badak.loss.Targets;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;
import org.badak.matrix.Shape;
import org.badak.model.Network;
import org.badak.model.Parameters;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Every layer of core keeps the contract.
class LayersTest {
    private static final double H = 1e-5;

    @Test
    void everyLayerOfTheCatalogIsTestedHere() throws ReflectiveOperationException {
        List<String> tested = new ArrayList<>();
        for (Class<?> nested : LayersTest.class.getDeclaredClasses()) {
            LayerContract contract = (LayerContract)
                    nested.getDeclaredConstructor(LayersTest.class).newInstance(this);
            tested.add(contract.layer().name());
        }
        residual().layers().forEach(layer -> tested.add(layer.name()));
        assertThat(tested)
                .containsAll(Named.names(Catalog.ACTIVATIONS))
                .containsAll(Catalog.LAYERS.stream().map(LayerKind::name).toList());
    }

    /// A residual block's two ends work together, so they are tested in a network.
    private static Network residual() {
        Initialisation xavier = new Initialisation.Xavier();
        return Network.of(
                4,
                new SoftmaxCrossEntropy(),
                new Dense(5, xavier),
                new ResidualStart(),
                new Dense(5, xavier),
                new Tanh(),
                new ResidualEnd(),
                new Dense(3, xavier));
    }

    @Test
    void backwardOfAResidualBlockMatchesNumericalGradient() {
        Parameters parameters = residual().initialise(Precision.FLOAT64, 3);
        Matrix x = Operand.of(Precision.FLOAT64, 6, 4, Operand.Layout.LOOSE, Operand.Values.ORDINARY, 1)
                .copy(Double.NaN)
                .matrix();
        Batch batch = new Batch(x, Targets.Labels.of(0, 1, 2, 2, 1, 0));
        try (Kernels kernels = KernelChoice.current().kernels(Precision.FLOAT64, 1)) {
            Backprop backprop = new Backprop(residual(), parameters, kernels);
            backprop.compute(batch);
            Parameters gradients = backprop.result().to(Precision.FLOAT64);
            for (int tensor = 0; tensor < parameters.tensors().size(); tensor++) {
                Matrix of = parameters.tensor(tensor);
                for (int row = 0; row < of.rows(); row++) {
                    for (int column = 0; column < of.columns(); column++) {
                        double value = of.get(row, column);
                        of.set(row, column, value + H);
                        double above = backprop.compute(batch);
                        of.set(row, column, value - H);
                        double below = backprop.compute(batch);
                        of.set(row, column, value);
                        assertThat(gradients.tensor(tensor).get(row, column))
                                .as("%s[%d, %d]", parameters.slots().get(tensor).name(), row, column)
                                .isCloseTo((above - below) / (2 * H), within(1e-8));
                    }
                }
            }
        }
    }

    @Nested
    class DenseOfOneUnit extends LayerContract {
        @Override
        protected Layer layer() {
            return new Dense(1, new Initialisation.Xavier());
        }
    }

    @Nested
    class DenseOfTwentyUnits extends LayerContract {
        @Override
        protected Layer layer() {
            return new Dense(20, new Initialisation.Normal(0.01));
        }

        @Override
        protected List<Integer> inputs() {
            return List.of(1, 15, 16, 49);
        }
    }

    @Nested
    class SigmoidLayer extends LayerContract {
        @Override
        protected Layer layer() {
            return new Sigmoid();
        }
    }

    @Nested
    class ReluLayer extends LayerContract {
        @Override
        protected Layer layer() {
            return new Relu();
        }
    }

    @Nested
    class TanhLayer extends LayerContract {
        @Override
        protected Layer layer() {
            return new Tanh();
        }
    }

    @Nested
    class ConvolutionOfThreeByThree extends LayerContract {
        @Override
        protected Layer layer() {
            return new Conv2d(3, 3, new Initialisation.He());
        }

        @Override
        protected List<Shape> shapes() {
            return List.of(new Shape(1, 3, 3), new Shape(2, 5, 8), new Shape(3, 6, 5));
        }
    }

    @Nested
    class ConvolutionWithStrideAndPadding extends LayerContract {
        @Override
        protected Layer layer() {
            return new Conv2d(17, 3, 2, 2, new Initialisation.Normal(0.3));
        }

        @Override
        protected List<Shape> shapes() {
            return List.of(new Shape(1, 1, 1), new Shape(2, 7, 4), new Shape(1, 18, 9));
        }
    }

    @Nested
    class ConvolutionOfOnePixel extends LayerContract {
        @Override
        protected Layer layer() {
            return new Conv2d(5, 1, new Initialisation.He());
        }

        @Override
        protected List<Shape> shapes() {
            return List.of(new Shape(4, 1, 1), new Shape(3, 4, 4));
        }
    }

    @Nested
    class MaxPoolOfTwoByTwo extends LayerContract {
        @Override
        protected Layer layer() {
            return new MaxPool(2);
        }

        @Override
        protected List<Shape> shapes() {
            return List.of(new Shape(1, 2, 2), new Shape(3, 5, 8), new Shape(2, 6, 33));
        }
    }

    @Nested
    class MaxPoolWithOverlapAndPadding extends LayerContract {
        @Override
        protected Layer layer() {
            return new MaxPool(3, 2, 1);
        }

        @Override
        protected List<Shape> shapes() {
            return List.of(new Shape(1, 1, 1), new Shape(2, 7, 6));
        }
    }

    @Nested
    class AveragePoolOfTwoByTwo extends LayerContract {
        @Override
        protected Layer layer() {
            return new AvgPool(2);
        }

        @Override
        protected List<Shape> shapes() {
            return List.of(new Shape(1, 2, 2), new Shape(3, 5, 8));
        }
    }

    @Nested
    class AveragePoolWithOverlapAndPadding extends LayerContract {
        @Override
        protected Layer layer() {
            return new AvgPool(3, 1, 1);
        }

        @Override
        protected List<Shape> shapes() {
            return List.of(new Shape(1, 1, 1), new Shape(2, 7, 6));
        }
    }

    @Nested
    class FlattenLayer extends LayerContract {
        @Override
        protected Layer layer() {
            return new Flatten();
        }

        @Override
        protected List<Shape> shapes() {
            return List.of(new Shape(1, 1, 1), new Shape(3, 5, 7));
        }
    }

    @Nested
    class LeakyReluLayer extends LayerContract {
        @Override
        protected Layer layer() {
            return new LeakyRelu(0.01);
        }
    }

    @Nested
    class EluLayer extends LayerContract {
        @Override
        protected Layer layer() {
            return new Elu(0.7);
        }
    }

    @Nested
    class GeluLayer extends LayerContract {
        @Override
        protected Layer layer() {
            return new Gelu();
        }
    }

    @Nested
    class GeluTanhLayer extends LayerContract {
        @Override
        protected Layer layer() {
            return new GeluTanh();
        }
    }

    @Nested
    class SiluLayer extends LayerContract {
        @Override
        protected Layer layer() {
            return new Silu();
        }
    }

    @Nested
    class SoftplusLayer extends LayerContract {
        @Override
        protected Layer layer() {
            return new Softplus();
        }
    }

    @Nested
    class DropoutLayer extends LayerContract {
        @Override
        protected Layer layer() {
            return new Dropout(0.3);
        }
    }

    @Nested
    class LayerNormLayer extends LayerContract {
        @Override
        protected Layer layer() {
            return new LayerNorm();
        }

        @Override
        protected List<Integer> inputs() {
            return List.of(3, 8, 17, 33); // one number is its own mean
        }
    }

    @Nested
    class BatchNormLayer extends LayerContract {
        @Override
        protected Layer layer() {
            return new BatchNorm();
        }
    }

    @Nested
    class BatchNormOfImages extends LayerContract {
        @Override
        protected Layer layer() {
            return new BatchNorm(0.3, 1e-3);
        }

        @Override
        protected List<Shape> shapes() {
            return List.of(new Shape(1, 3, 5), new Shape(3, 2, 2), new Shape(2, 4, 3));
        }
    }
}
