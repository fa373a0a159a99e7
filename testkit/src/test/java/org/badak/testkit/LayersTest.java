package org.badak.testkit;

import java.util.List;
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
import org.badak.layer.Sigmoid;
import org.badak.layer.Silu;
import org.badak.layer.Softplus;
import org.badak.layer.Tanh;
import org.badak.matrix.Shape;
import org.junit.jupiter.api.Nested;

/// Every layer of core keeps the contract.
class LayersTest {
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
