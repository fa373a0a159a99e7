package org.badak.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.badak.kernel.Kernels;
import org.badak.loss.DeltaCrossEntropy;
import org.badak.loss.Targets;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;
import org.junit.jupiter.api.Test;

class DeltaCrossEntropyGradientTest {
    @Test
    void gradientHoldsForTargetsThatDoNotSumToOne() {
        Matrix z = Matrix.of(Precision.FLOAT64, new double[] {0.3, -0.7, 1.1});
        Targets targets = new Targets.Values(Matrix.of(Precision.FLOAT64, new double[] {0.5, 0.2, 0.9}));
        Matrix gradient = Matrix.zeros(Precision.FLOAT64, 1, 3);
        try (Kernels kernels = NumericalGradientTest.scalar(1)) {
            Matrix scratch = Matrix.zeros(Precision.FLOAT64, 1, 3);
            Matrix numerical = NumericalDifferentiation.gradient(
                    at -> new DeltaCrossEntropy().evaluate(kernels, at, targets, scratch, new double[1]), z);
            new DeltaCrossEntropy().evaluate(kernels, z, targets, gradient, new double[1]);

            for (int column = 0; column < 3; column++) {
                assertThat(gradient.get(0, column)).isCloseTo(numerical.get(0, column), within(2e-6)); // δ's bias
            }
        }
    }
}
