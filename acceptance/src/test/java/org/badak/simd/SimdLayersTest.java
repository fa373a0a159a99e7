package org.badak.simd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.badak.kernel.KernelChoice;
import org.badak.layer.AvgPool;
import org.badak.layer.BatchNorm;
import org.badak.layer.Conv2d;
import org.badak.layer.Dense;
import org.badak.layer.Dropout;
import org.badak.layer.Elu;
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
import org.badak.loss.BinaryCrossEntropy;
import org.badak.loss.DeltaCrossEntropy;
import org.badak.loss.Huber;
import org.badak.loss.Loss;
import org.badak.loss.MeanSquaredError;
import org.badak.loss.SmoothedCrossEntropy;
import org.badak.loss.SoftmaxCrossEntropy;
import org.badak.loss.SumOfSquaredError;
import org.badak.loss.WeightedCrossEntropy;
import org.badak.matrix.Shape;
import org.badak.testkit.LayerContract;
import org.badak.testkit.LossContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Layers and losses keep their contracts on the SIMD kernels, which are the chosen ones where this module is present.
class SimdLayersTest {
    @Test
    void simdIsChosenWhereItDoesNotObject() {
        String objection = new SimdKernels().objection();
        assertThat(KernelChoice.current().set().name()).isEqualTo(objection.isEmpty() ? "simd" : "scalar");
        assertThat(KernelChoice.current().reason()).contains(objection);
    }

    @Nested
    class DenseLayer extends LayerContract {
        @Override
        protected Layer layer() {
            return new Dense(20, new Initialisation.He());
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
    class ConvolutionLayer extends LayerContract {
        @Override
        protected Layer layer() {
            return new Conv2d(6, 3, 1, 1, new Initialisation.He());
        }

        @Override
        protected List<Shape> shapes() {
            return List.of(new Shape(1, 3, 3), new Shape(2, 5, 8), new Shape(1, 16, 16));
        }
    }

    @Nested
    class ConvolutionLayerWithStride extends LayerContract {
        @Override
        protected Layer layer() {
            return new Conv2d(33, 5, 2, 0, new Initialisation.He());
        }

        @Override
        protected List<Shape> shapes() {
            return List.of(new Shape(2, 9, 12));
        }
    }

    @Nested
    class MaxPoolLayer extends LayerContract {
        @Override
        protected Layer layer() {
            return new MaxPool(2);
        }

        @Override
        protected List<Shape> shapes() {
            return List.of(new Shape(3, 5, 8), new Shape(2, 4, 34), new Shape(1, 24, 24));
        }
    }

    @Nested
    class AveragePoolLayer extends LayerContract {
        @Override
        protected Layer layer() {
            return new AvgPool(3, 2, 1);
        }

        @Override
        protected List<Shape> shapes() {
            return List.of(new Shape(3, 5, 8));
        }
    }

    @Nested
    class SoftmaxCrossEntropyLoss extends LossContract {
        @Override
        protected Loss loss() {
            return new SoftmaxCrossEntropy();
        }
    }

    @Nested
    class DeltaCrossEntropyLoss extends LossContract {
        @Override
        protected Loss loss() {
            return new DeltaCrossEntropy();
        }

        /// The gradient is that of the loss without δ, see [DeltaCrossEntropy]; how far that is from its own another
        /// test tells.
        @Override
        protected Loss differentiated() {
            return new SoftmaxCrossEntropy();
        }
    }

    @Nested
    class SumOfSquaredErrorLoss extends LossContract {
        @Override
        protected Loss loss() {
            return new SumOfSquaredError();
        }

        @Override
        protected double largest() {
            return 1e18; // its square is finite in float32 too
        }
    }

    @Nested
    class MeanSquaredErrorLoss extends LossContract {
        @Override
        protected Loss loss() {
            return new MeanSquaredError();
        }

        @Override
        protected double largest() {
            return 1e18; // its square is finite in float32 too
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

    @Nested
    class SmoothedCrossEntropyLoss extends LossContract {
        @Override
        protected Loss loss() {
            return new SmoothedCrossEntropy(0.1);
        }
    }

    @Nested
    class BinaryCrossEntropyLoss extends LossContract {
        @Override
        protected Loss loss() {
            return new BinaryCrossEntropy();
        }
    }

    @Nested
    class HuberLoss extends LossContract {
        @Override
        protected Loss loss() {
            return new Huber(0.3);
        }
    }

    @Nested
    class WeightedCrossEntropyLoss extends LossContract {
        @Override
        protected Loss loss() {
            return new WeightedCrossEntropy(List.of(1.0, 0.5, 3.0, 0.25, 2.0, 1.5, 0.1, 4.0, 1.0, 0.75));
        }

        @Override
        protected List<Integer> widths() {
            return List.of(10);
        }
    }
}
