package org.badak.simd;

import static org.assertj.core.api.Assertions.assertThat;

import org.badak.kernel.KernelChoice;
import org.badak.layer.Dense;
import org.badak.layer.Initialisation;
import org.badak.layer.Layer;
import org.badak.layer.Relu;
import org.badak.layer.Sigmoid;
import org.badak.layer.Tanh;
import org.badak.loss.DeltaCrossEntropy;
import org.badak.loss.Loss;
import org.badak.loss.MeanSquaredError;
import org.badak.loss.SoftmaxCrossEntropy;
import org.badak.loss.SumOfSquaredError;
import org.badak.testkit.LayerContract;
import org.badak.testkit.LossContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Layers and losses keep their contracts on the SIMD kernels, which are the chosen ones where this module is present.
class SimdLayersTest {
    @Test
    void simdIsChosenWithoutAnyFlagWhereItDoesNotObject() {
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

        @Override
        protected double gradientTolerance() {
            return 1e-4; // the gradient is that of the loss without delta
        }
    }

    @Nested
    class SumOfSquaredErrorLoss extends LossContract {
        @Override
        protected Loss loss() {
            return new SumOfSquaredError();
        }
    }

    @Nested
    class MeanSquaredErrorLoss extends LossContract {
        @Override
        protected Loss loss() {
            return new MeanSquaredError();
        }
    }
}
