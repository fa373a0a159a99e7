package org.badak.testkit;

import java.util.List;
import org.badak.loss.BinaryCrossEntropy;
import org.badak.loss.DeltaCrossEntropy;
import org.badak.loss.Huber;
import org.badak.loss.Loss;
import org.badak.loss.MeanSquaredError;
import org.badak.loss.SmoothedCrossEntropy;
import org.badak.loss.SoftmaxCrossEntropy;
import org.badak.loss.SumOfSquaredError;
import org.badak.loss.WeightedCrossEntropy;
import org.junit.jupiter.api.Nested;

/// Every loss of core keeps the contract.
class LossesTest {
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

        /// The gradient is that of the loss without δ: δ/(y + δ) away, for y around 0.005 about 2e-5.
        @Override
        protected double gradientTolerance() {
            return 1e-4;
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
