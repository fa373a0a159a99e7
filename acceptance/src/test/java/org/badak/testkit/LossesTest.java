package org.badak.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.badak.catalog.Catalog;
import org.badak.catalog.Named;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.loss.BinaryCrossEntropy;
import org.badak.loss.DeltaCrossEntropy;
import org.badak.loss.Huber;
import org.badak.loss.Loss;
import org.badak.loss.MeanSquaredError;
import org.badak.loss.SmoothedCrossEntropy;
import org.badak.loss.SoftmaxCrossEntropy;
import org.badak.loss.SumOfSquaredError;
import org.badak.loss.Targets;
import org.badak.loss.WeightedCrossEntropy;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Every loss of core keeps the contract.
class LossesTest {
    @Test
    void everyLossOfTheCatalogIsTestedHere() throws ReflectiveOperationException {
        List<String> tested = new ArrayList<>();
        for (Class<?> nested : LossesTest.class.getDeclaredClasses()) {
            LossContract contract = (LossContract)
                    nested.getDeclaredConstructor(LossesTest.class).newInstance(this);
            tested.add(contract.loss().name());
        }
        assertThat(tested).containsAll(Named.names(Catalog.LOSSES));
    }

    @Test
    void deltaMovesItsLossLittleFromTheOneThatItsGradientIsOf() {
        double[] z = {0.3, -2.7, 1.1};
        try (Kernels kernels = KernelChoice.current().kernels(Precision.FLOAT64, 1)) {
            Matrix gradient = kernels.zeros(1, 3);
            Targets target = Targets.Labels.of(1);
            new DeltaCrossEntropy().evaluate(kernels, Matrix.of(Precision.FLOAT64, z), target, gradient, new double[1]);
            double y = Math.exp(z[1]) / (Math.exp(z[0]) + Math.exp(z[1]) + Math.exp(z[2]));
            double h = 1e-5;
            double[] losses = new double[2];
            for (int side = 0; side < 2; side++) {
                double[] moved = z.clone();
                moved[1] += side == 0 ? h : -h;
                losses[side] = new DeltaCrossEntropy()
                        .evaluate(
                                kernels,
                                Matrix.of(Precision.FLOAT64, moved),
                                target,
                                kernels.zeros(1, 3),
                                new double[1]);
            }
            double bias = 1e-7 / (y + 1e-7); // relative
            double own = (losses[0] - losses[1]) / (2 * h);
            assertThat(own / gradient.get(0, 1)).isCloseTo(1 - bias, within(bias / 10));
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
