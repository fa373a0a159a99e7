package org.badak.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;
import org.junit.jupiter.api.Test;

class WeightedCrossEntropyTest {
    private static final WeightedCrossEntropy LOSS = new WeightedCrossEntropy(List.of(1.0, 3.0));
    private static final double LN2 = Math.log(2);

    /// On paper: softmax is (1/2, 1/2) and (3/4, 1/4), the rows lose ln 2 and ln 4, and weigh 1 and 3.
    @Test
    void lossIsDividedByTheSumOfTheWeights() {
        Matrix z = matrix(new double[][] {{0, 0}, {Math.log(3), 0}});
        Matrix gradient = Matrix.zeros(Precision.FLOAT64, 2, 2);
        assertThat(evaluate(z, Targets.Labels.of(0, 1), gradient)).isCloseTo((LN2 + 3 * 2 * LN2) / 4, within(1e-15));
        assertThat(gradient.get(0, 0)).isCloseTo(-0.5 / 4, within(1e-15));
        assertThat(gradient.get(0, 1)).isCloseTo(0.5 / 4, within(1e-15));
        assertThat(gradient.get(1, 0)).isCloseTo(3 * 0.75 / 4, within(1e-15));
        assertThat(gradient.get(1, 1)).isCloseTo(-3 * 0.75 / 4, within(1e-15));
    }

    @Test
    void rowOfTwiceTheTargetCountsAsTwoRows() {
        Matrix gradient = Matrix.zeros(Precision.FLOAT64, 2, 2);
        double weighted = evaluate(
                matrix(new double[][] {{0.3, -0.2}, {1, 0.5}}),
                new Targets.Values(matrix(new double[][] {{2, 0}, {0, 1}})),
                gradient);
        Matrix repeated = Matrix.zeros(Precision.FLOAT64, 3, 2);
        double twice = evaluate(
                matrix(new double[][] {{0.3, -0.2}, {0.3, -0.2}, {1, 0.5}}), Targets.Labels.of(0, 0, 1), repeated);
        assertThat(weighted).isCloseTo(twice, within(1e-15));
        for (int column = 0; column < 2; column++) {
            assertThat(gradient.get(0, column))
                    .isCloseTo(repeated.get(0, column) + repeated.get(1, column), within(1e-15));
            assertThat(gradient.get(1, column)).isCloseTo(repeated.get(2, column), within(1e-15));
        }
    }

    @Test
    void batchWithoutWeightLosesNothing() {
        WeightedCrossEntropy loss = new WeightedCrossEntropy(List.of(0.0, 1.0));
        Matrix gradient = Matrix.zeros(Precision.FLOAT64, 1, 2);
        gradient.set(0, 1, 7);
        try (Kernels kernels = KernelChoice.current().kernels(Precision.FLOAT64, 1)) {
            assertThat(loss.evaluate(
                            kernels, matrix(new double[][] {{1, 2}}), Targets.Labels.of(0), gradient, new double[1]))
                    .isZero();
        }
        assertThat(gradient.get(0, 0)).isZero();
        assertThat(gradient.get(0, 1)).isZero();
    }

    private static double evaluate(Matrix z, Targets targets, Matrix gradient) {
        try (Kernels kernels = KernelChoice.current().kernels(Precision.FLOAT64, 1)) {
            return LOSS.evaluate(kernels, z, targets, gradient, new double[z.rows()]);
        }
    }

    private static Matrix matrix(double[][] rows) {
        return Matrix.of(Precision.FLOAT64, rows);
    }
}
