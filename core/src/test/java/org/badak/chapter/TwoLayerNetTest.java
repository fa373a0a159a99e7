package org.badak.chapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import org.badak.data.Batch;
import org.badak.data.BatchLoader;
import org.badak.data.DataSplit;
import org.badak.data.GeneratedDigits;
import org.badak.data.Sampler;
import org.badak.gradient.NumericalDifferentiation;
import org.badak.gradient.NumericalGradient.Evaluation;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.kernel.Philox;
import org.badak.kernel.Purpose;
import org.badak.loss.LossFunctions;
import org.badak.loss.Targets;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;
import org.badak.matrix.ShapeException;
import org.junit.jupiter.api.Test;

class TwoLayerNetTest {
    private static final int[] LABELS = {2, 0, 1, 2, 2, 1};
    private static final double[][] X = inputs(LABELS.length, 5);

    private final TwoLayerNet net = new TwoLayerNet(5, 4, 3, 0.8, 3);

    @Test
    void parametersHaveTheChaptersNamesAndShapes() {
        Map<String, Matrix> params = new TwoLayerNet(784, 50, 10).params();
        assertThat(params.keySet()).containsExactly("W1", "b1", "W2", "b2");
        assertThat(params.values().stream().map(Matrix::shape))
                .containsExactly("[784, 50]", "[1, 50]", "[50, 10]", "[1, 10]");
        assertThat(params.values()).extracting(Matrix::precision).containsOnly(Precision.FLOAT64);
        assertThat(flat(params.get("b1"))).containsOnly(0);
        assertThat(flat(params.get("b2"))).containsOnly(0);
        double[] w = flat(params.get("W1"));
        assertThat(Math.sqrt(Arrays.stream(w).map(v -> v * v).average().orElseThrow()))
                .isCloseTo(0.01, within(0.0002)); // 39,200 numbers: a standard error of 0.4 %
    }

    /// The chapter's formulas, written out with plain loops.
    @Test
    void predictAndLossAreTheChaptersFormulas() {
        double[][] y = net.predict(X);
        double loss = 0;
        for (int row = 0; row < X.length; row++) {
            double[] z1 = affine(X[row], net.params().get("W1"), net.params().get("b1"));
            for (int j = 0; j < z1.length; j++) {
                z1[j] = 1 / (1 + Math.exp(-z1[j]));
            }
            double[] expected = LossFunctions.softmax(
                    affine(z1, net.params().get("W2"), net.params().get("b2")));
            assertThat(y[row]).containsExactly(expected, within(1e-14));
            loss -= Math.log(expected[LABELS[row]]) / X.length;
        }
        assertThat(net.loss(X, LABELS)).isCloseTo(loss, within(1e-14));
        assertThat(LossFunctions.crossEntropyError(y, LABELS)).isCloseTo(loss, within(1e-6)); // but for δ
    }

    @Test
    void rowsOfPredictionsSumToOne() {
        double[][] many = inputs(1201, 5); // three blocks
        double[][] y = net.predict(many);
        assertThat(y).hasDimensions(1201, 3);
        for (double[] row : y) {
            assertThat(Arrays.stream(row).sum()).isCloseTo(1, within(1e-14));
        }
        assertThat(y[1200]).isEqualTo(net.predict(new double[][] {many[1200]})[0]);
    }

    @Test
    void accuracyIsTheShareOfRowsPredictedRight() {
        double[][] y = net.predict(X);
        int[] right = new int[X.length];
        for (int row = 0; row < X.length; row++) {
            for (int j = 1; j < 3; j++) {
                right[row] = y[row][j] > y[row][right[row]] ? j : right[row];
            }
        }
        int[] twoWrong = right.clone();
        twoWrong[0] = (right[0] + 1) % 3;
        twoWrong[5] = (right[5] + 2) % 3;
        assertThat(net.accuracy(X, right)).isEqualTo(1);
        assertThat(net.accuracy(X, twoWrong)).isEqualTo(4.0 / 6);
        assertThat(net.accuracy(X, oneHot(twoWrong, 3))).isEqualTo(4.0 / 6);
    }

    @Test
    void oneHotRowsAndLabelsAreTheSameTargets() {
        double[][] t = oneHot(LABELS, 3);
        assertThat(net.loss(X, t)).isCloseTo(net.loss(X, LABELS), within(1e-15));
        assertThat(net.accuracy(X, t)).isEqualTo(net.accuracy(X, LABELS));
        assertAllClose(net.gradient(X, t), net.gradient(X, LABELS), 1e-15);
        assertAllClose(net.numericalGradient(X, t), net.numericalGradient(X, LABELS), 1e-11);
    }

    @Test
    void numericalGradientIsTheGradient() {
        assertAllClose(net.numericalGradient(X, LABELS), net.gradient(X, LABELS), 1e-9);
        Matrix x = Matrix.of(Precision.FLOAT64, X);
        assertAllClose(
                net.numericalGradient(x, Targets.Labels.of(LABELS), Evaluation.NAIVE), net.gradient(X, LABELS), 1e-9);
    }

    @Test
    void numericalGradientIsTheGradientOfTheChaptersNetwork() {
        TwoLayerNet chapter = new TwoLayerNet(784, 50, 10);
        double[][] x = inputs(3, 784);
        int[] t = {7, 2, 1};
        Map<String, Matrix> gradient = chapter.gradient(x, t);
        assertThat(Arrays.stream(flat(gradient.get("W1"))).map(Math::abs).max().orElseThrow())
                .isGreaterThan(1e-4);
        assertAllClose(chapter.numericalGradient(x, t), gradient, 1e-9);
    }

    /// The chapter's own way: `numerical_gradient(loss_W, params['W2'])`.
    @Test
    void aParameterMayBeMovedFromOutside() {
        Matrix dW2 = NumericalDifferentiation.gradient(
                moved -> net.loss(X, LABELS), net.params().get("W2"));
        assertThat(flat(dW2)).containsExactly(flat(net.gradient(X, LABELS).get("W2")), within(1e-9));
    }

    @Test
    void gradientsAreTheCallersOwn() {
        Map<String, Matrix> first = net.gradient(X, LABELS);
        double[] before = flat(first.get("W1"));
        net.update(first, 0.5);
        net.gradient(X, LABELS);
        assertThat(flat(first.get("W1"))).isEqualTo(before);
    }

    @Test
    void updateTakesALearningRateTimesTheGradient() {
        double before = net.params().get("W2").get(1, 2);
        Map<String, Matrix> gradient = net.gradient(X, LABELS);
        net.update(gradient, 0.5);
        assertThat(net.params().get("W2").get(1, 2))
                .isCloseTo(before - 0.5 * gradient.get("W2").get(1, 2), within(1e-15));
        Map<String, Matrix> alien = Map.of("W1", gradient.get("W1"));
        assertThatThrownBy(() -> net.update(alien, 0.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("gradients: expected [W1, b1, W2, b2], found [W1]");
    }

    @Test
    void trainingByTheChaptersLoopLearns() {
        DataSplit digits = GeneratedDigits.generate(1, 500, 200);
        TwoLayerNet small = new TwoLayerNet(784, 20, 10, 0.1, 1);
        try (Kernels kernels = KernelChoice.current().kernels(Precision.FLOAT64, 1)) {
            Sampler sampler = new Sampler.Replacement(500, 50, 1);
            BatchLoader loader = new BatchLoader(digits.train(), kernels, 50, true);
            int[] indices = new int[50];
            double before = small.accuracy(digits.test());
            for (int i = 0; i < 200; i++) {
                Batch batch = loader.load(indices, 0, sampler.draw(i, indices));
                small.update(small.gradient(batch.x(), batch.targets()), 0.5);
            }
            assertThat(before).isLessThan(0.4);
            assertThat(small.accuracy(digits.test())).isGreaterThan(0.7);
        }
    }

    @Test
    void sameSeedGivesTheSameNetwork() {
        TwoLayerNet same = new TwoLayerNet(5, 4, 3, 0.8, 3);
        TwoLayerNet other = new TwoLayerNet(5, 4, 3, 0.8, 4);
        assertThat(same.parameters().sha256()).isEqualTo(net.parameters().sha256());
        assertThat(other.parameters().sha256()).isNotEqualTo(net.parameters().sha256());
        assertThat(new TwoLayerNet(5, 4, 3).parameters().sha256())
                .isEqualTo(new TwoLayerNet(5, 4, 3, 0.01).parameters().sha256())
                .isEqualTo(new TwoLayerNet(5, 4, 3, 0.01, 1).parameters().sha256());
    }

    @Test
    void wrongShapesAndLabelsAreTold() {
        assertThatThrownBy(() -> net.predict(new double[][] {{1, 2, 3, 4, 5}, {1, 2, 3}}))
                .isInstanceOf(ShapeException.class)
                .hasMessage("columns of x at row 1: expected 5, found 3");
        assertThatThrownBy(() -> net.loss(new double[2][4], new int[2]))
                .isInstanceOf(ShapeException.class)
                .hasMessage("columns of x: expected 5, found 4");
        assertThatThrownBy(() -> net.gradient(X, new int[5]))
                .isInstanceOf(ShapeException.class)
                .hasMessage("rows of targets: expected 6, found 5");
        assertThatThrownBy(() -> net.numericalGradient(X, new double[6][4]))
                .isInstanceOf(ShapeException.class)
                .hasMessage("columns of targets: expected 3, found 4");
        assertThatThrownBy(() -> net.accuracy(X, new int[] {0, 1, 2, 3, 0, 0}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("label at row 3: expected 0 to 2, found 3");
        assertThatThrownBy(() -> net.accuracy(new double[0][5], new int[0]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 1 row");
        assertThatThrownBy(() -> new TwoLayerNet(5, 4, 3, -0.1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-0.1");
    }

    private static double[] affine(double[] x, Matrix w, Matrix b) {
        double[] y = new double[w.columns()];
        for (int j = 0; j < y.length; j++) {
            y[j] = b.get(0, j);
            for (int i = 0; i < x.length; i++) {
                y[j] += x[i] * w.get(i, j);
            }
        }
        return y;
    }

    private static double[][] inputs(int rows, int columns) {
        Philox random = new Philox(5, Purpose.SAMPLING, 0);
        double[][] x = new double[rows][columns];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                double value = random.uniform((long) row * columns + column);
                x[row][column] = value < 0.3 ? 0 : value; // zeros, as in images
            }
        }
        return x;
    }

    private static double[][] oneHot(int[] labels, int classes) {
        double[][] t = new double[labels.length][classes];
        for (int row = 0; row < labels.length; row++) {
            t[row][labels[row]] = 1;
        }
        return t;
    }

    private static double[] flat(Matrix matrix) {
        return Arrays.stream(matrix.toArray()).flatMapToDouble(Arrays::stream).toArray();
    }

    private static void assertAllClose(Map<String, Matrix> actual, Map<String, Matrix> expected, double tolerance) {
        assertThat(actual.keySet()).containsExactly("W1", "b1", "W2", "b2");
        expected.forEach((name, matrix) ->
                assertThat(flat(actual.get(name))).as(name).containsExactly(flat(matrix), within(tolerance)));
    }
}
