package org.badak.chapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.badak.gradient.NumericalDifferentiation;
import org.badak.kernel.Kernels;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;
import org.badak.matrix.ShapeException;
import org.junit.jupiter.api.Test;

/// The figures of §5 of the study note, and what the class promises beside them.
class SimpleNetTest {
    private static final double[] X = {0.6, 0.9};
    private static final double[] T = {0, 0, 1};

    private final SimpleNet net =
            new SimpleNet(new double[][] {{0.47355232, 0.9977393, 0.84668094}, {0.85557411, 0.03563661, 0.69422093}});

    @Test
    void predictsTheChaptersScores() {
        double[] p = net.predict(X);
        assertThat(p).containsExactly(new double[] {1.054148091, 0.630716529, 1.132807401}, within(1e-9));
        assertThat(Kernels.argMax(Matrix.of(Precision.FLOAT64, p), 0)).isEqualTo(2);
    }

    @Test
    void lossIsTheChapters() {
        assertThat(net.loss(X, T)).isCloseTo(0.9280682857864075, within(1e-15));
    }

    @Test
    void gradientIsTheChapters() {
        Matrix dW = NumericalDifferentiation.gradient(moved -> net.loss(X, T), net.w());
        assertThat(dW.toArray()[0]).containsExactly(new double[] {0.21924757, 0.14356243, -0.36281000}, within(1e-7));
        assertThat(dW.toArray()[1]).containsExactly(new double[] {0.32887136, 0.21534364, -0.54421500}, within(1e-7));
    }

    @Test
    void sameSeedGivesTheSameWeights() {
        assertThat(new SimpleNet(7).w().toArray())
                .isDeepEqualTo(new SimpleNet(7).w().toArray());
        assertThat(new SimpleNet(7).predict(X)).isNotEqualTo(new SimpleNet(8).predict(X));
    }

    @Test
    void wrongShapesAreTold() {
        assertThatThrownBy(() -> new SimpleNet(new double[3][3]))
                .isInstanceOf(ShapeException.class)
                .hasMessage("rows of W: expected 2, found 3");
        assertThatThrownBy(() -> new SimpleNet(new double[][] {{1, 2, 3}, {4}}))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("row 1 of W: expected 3, found 1");
        assertThatThrownBy(() -> net.predict(1, 2, 3))
                .isInstanceOf(ShapeException.class)
                .hasMessage("length of x: expected 2, found 3");
        assertThatThrownBy(() -> net.loss(X, new double[2]))
                .isInstanceOf(ShapeException.class)
                .hasMessage("length of t: expected 3, found 2");
    }
}
