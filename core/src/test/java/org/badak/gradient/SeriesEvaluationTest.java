package org.badak.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.badak.data.Batch;
import org.badak.gradient.NumericalGradient.Evaluation;
import org.badak.kernel.Kernels;
import org.badak.layer.Dense;
import org.badak.layer.Initialisation;
import org.badak.layer.Layer;
import org.badak.layer.Relu;
import org.badak.layer.Sigmoid;
import org.badak.layer.Tanh;
import org.badak.loss.SoftmaxCrossEntropy;
import org.badak.loss.SumOfSquaredError;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;
import org.badak.model.Network;
import org.badak.model.Parameters;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SeriesEvaluationTest {
    private static final Kernels KERNELS = NumericalGradientTest.scalar(1);

    @AfterAll
    static void close() {
        KERNELS.close();
    }

    static Stream<Arguments> networksAndSteps() {
        List<Arguments> cases = new ArrayList<>();
        for (double deviation : new double[] {0.1, 1, 5, 20}) {
            for (double h : new double[] {1e-4, 1e-3, 1e-2, 1e-1}) {
                for (int shape = 0; shape < SHAPES; shape++) {
                    cases.add(Arguments.of(shape, deviation, h));
                }
            }
        }
        return cases.stream();
    }

    private static final int SHAPES = 6;

    private static Network network(int shape, double deviation) {
        Layer hidden = new Dense(5, new Initialisation.Normal(deviation));
        Layer last = new Dense(4, new Initialisation.Normal(deviation));
        Layer[] layers = switch (shape) {
            case 0 -> new Layer[] {hidden, new Sigmoid(), last};
            case 1 -> new Layer[] {hidden, new Tanh(), last};
            case 2 -> new Layer[] {hidden, new Sigmoid(), new Tanh(), last};
            case 3 -> new Layer[] {hidden, last};
            case 4 -> new Layer[] {last};
            default -> new Layer[] {new Relu(), hidden, new Tanh(), new Sigmoid(), last};
        };
        return Network.of(6, new SoftmaxCrossEntropy(), layers);
    }

    /// The literal differences, themselves wrong by their rounding, stand for the truth.
    @ParameterizedTest
    @MethodSource("networksAndSteps")
    void errorIsAtMostTheBound(int shape, double deviation, double h) {
        Deviation found = deviation(shape, deviation, h);

        assertThat(found.error()).isLessThanOrEqualTo(found.bound() + found.rounding());
    }

    private record Deviation(double error, double bound, double rounding) {}

    private static Deviation deviation(int shape, double deviation, double h) {
        Network network = network(shape, deviation);
        Parameters parameters = network.initialise(Precision.FLOAT64, 11);
        NumericalGradientTest.biases(parameters);
        Batch batch = NumericalGradientTest.batch(network, 7, 0.3, shape % 2 == 0, 5);
        NumericalGradient series =
                new NumericalGradient(network, parameters, KERNELS, Evaluation.SERIES, h, 0, Double.POSITIVE_INFINITY);
        NumericalGradient literal = new NumericalGradient(network, parameters, KERNELS, Evaluation.STRUCTURED, h);
        double loss = literal.compute(batch);
        series.compute(batch);
        SeriesReport report = series.series();
        assertThat(report.units()).isEqualTo(shape == 4 ? 4 : 9);
        double scores = 1 + loss + 10 * deviation * deviation;
        return new Deviation(
                largestDifference(series.result(), literal.result()),
                report.bound(),
                4 * Math.ulp(scores) / h + 1e-14 * scores);
    }

    /// Where truncation is far above rounding, the bound is not far above the error.
    @Test
    void boundIsNotVacuous() {
        int compared = 0;
        double worst = 0;
        for (int shape = 0; shape < SHAPES; shape++) {
            for (double deviation : new double[] {0.1, 1}) {
                for (double h : new double[] {1e-2, 1e-1}) {
                    Deviation found = deviation(shape, deviation, h);
                    if (found.error() > 100 * found.rounding()) {
                        compared++;
                        worst = Math.max(worst, found.bound() / found.error());
                    }
                }
            }
        }
        assertThat(compared).isGreaterThan(5);
        assertThat(worst).isBetween(1.0, 1000.0);
    }

    @Test
    void chaptersNetworkIsCoveredWithABoundFarBelowRounding() {
        Network network = NumericalGradientTest.chapterNetwork();
        Parameters parameters = network.initialise(Precision.FLOAT64, 1);
        Batch batch = NumericalGradientTest.batch(network, 30, 0.81, true, 3);
        NumericalGradient literal = new NumericalGradient(network, parameters, KERNELS);
        NumericalGradient series =
                new NumericalGradient(network, parameters, KERNELS, Evaluation.SERIES, NumericalDifferentiation.STEP);

        assertThat(series.compute(batch)).isEqualTo(literal.compute(batch));
        assertThat(largestDifference(series.result(), literal.result())).isLessThan(2e-11);
        assertThat(series.series().bound()).isBetween(1e-25, 1e-15);
        assertThat(series.series().literalUnits()).isZero();
        assertThat(series.name()).isEqualTo("numerical-series");
    }

    /// Back-propagation lacks the term with h²; with h = 0.01 it is seen.
    @Test
    void thirdOrderIsIncluded() {
        Network network = network(0, 1);
        Parameters parameters = network.initialise(Precision.FLOAT64, 11);
        Batch batch = NumericalGradientTest.batch(network, 7, 0.3, true, 5);
        NumericalGradient literal = new NumericalGradient(network, parameters, KERNELS, Evaluation.STRUCTURED, 0.01);
        NumericalGradient series = new NumericalGradient(network, parameters, KERNELS, Evaluation.SERIES, 0.01, 0, 1);
        Backprop backprop = new Backprop(network, parameters, KERNELS);
        literal.compute(batch);
        series.compute(batch);
        backprop.compute(batch);

        double without = largestDifference(backprop.result(), literal.result());
        assertThat(largestDifference(series.result(), literal.result())).isLessThan(without / 1000);
    }

    @Test
    void unitsAboveTheToleranceAreEvaluatedLiterallyAndCounted() {
        Network network = network(0, 2);
        Parameters parameters = network.initialise(Precision.FLOAT64, 11);
        Batch batch = NumericalGradientTest.batch(network, 7, 0.3, true, 5);
        NumericalGradient literal = new NumericalGradient(network, parameters, KERNELS, Evaluation.STRUCTURED, 0.01);
        literal.compute(batch);
        double largest = deviation(0, 2, 0.01).bound();
        assertThat(largest).isBetween(1e-12, 1e-6);
        int before = 0;
        int partly = 0;
        for (double tolerance : new double[] {largest, largest / 2, largest / 10, largest / 100, 0}) {
            NumericalGradient series =
                    new NumericalGradient(network, parameters, KERNELS, Evaluation.SERIES, 0.01, 0, tolerance);
            series.compute(batch);
            SeriesReport report = series.series();

            assertThat(report.units()).isEqualTo(9);
            assertThat(report.bound()).isLessThanOrEqualTo(tolerance);
            assertThat(report.literalUnits()).isGreaterThanOrEqualTo(before);
            assertThat(equalColumns(series.result(), literal.result())).isEqualTo(report.literalUnits());
            before = report.literalUnits();
            partly += before > 0 && before < 9 ? 1 : 0;
        }
        assertThat(before).isEqualTo(9);
        assertThat(partly).isPositive();
    }

    @Test
    void weightsBeyondAllBoundsAreEvaluatedLiterally() {
        Network network = network(0, 20);
        Parameters parameters = network.initialise(Precision.FLOAT64, 11);
        Batch batch = NumericalGradientTest.batch(network, 7, 0.3, true, 5);
        NumericalGradient literal = new NumericalGradient(network, parameters, KERNELS, Evaluation.STRUCTURED, 0.1);
        NumericalGradient series = new NumericalGradient(network, parameters, KERNELS, Evaluation.SERIES, 0.1);
        literal.compute(batch);
        series.compute(batch);

        assertThat(series.series().tolerance()).isEqualTo(1e-11);
        assertThat(series.series().literalUnits()).isPositive();
        assertThat(largestDifference(series.result(), literal.result())).isLessThan(1e-10);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 8})
    void threadsChangeNoBit(int threads) {
        Network network = network(0, 1);
        Parameters parameters = network.initialise(Precision.FLOAT64, 11);
        Batch batch = NumericalGradientTest.batch(network, 13, 0.3, true, 5);
        NumericalGradient one = new NumericalGradient(network, parameters, KERNELS, Evaluation.SERIES, 1e-4);
        one.compute(batch);
        try (Kernels many = NumericalGradientTest.scalar(threads)) {
            NumericalGradient several = new NumericalGradient(network, parameters, many, Evaluation.SERIES, 1e-4);
            several.compute(batch);

            assertThat(several.result().sha256()).isEqualTo(one.result().sha256());
        }
    }

    @Test
    void whatTheSeriesDoesNotCoverIsRefusedByName() {
        Layer dense = new Dense(3, new Initialisation.Normal(1));
        assertRefused(Network.of(4, new SumOfSquaredError(), dense), "loss sum-of-squared-error");
        assertRefused(Network.of(4, new SoftmaxCrossEntropy(), dense, new Relu(), dense), "layer 2 (relu)");
        assertRefused(
                Network.of(4, new SoftmaxCrossEntropy(), dense, new Sigmoid(), dense, new Sigmoid(), dense),
                "layer 5 (dense)");
        assertRefused(Network.of(4, new SoftmaxCrossEntropy(), dense, new Tanh()), "layer 2 (tanh) at the end");
    }

    private static void assertRefused(Network network, String what) {
        Parameters parameters = network.initialise(Precision.FLOAT64, 1);
        assertThatThrownBy(() -> new NumericalGradient(network, parameters, KERNELS, Evaluation.SERIES, 1e-4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(what)
                .hasMessageContaining("structured");
    }

    @Test
    void onlyTheSeriesHasAReport() {
        Network network = network(0, 1);
        Parameters parameters = network.initialise(Precision.FLOAT64, 1);
        NumericalGradient gradient = new NumericalGradient(network, parameters, KERNELS);

        assertThatThrownBy(gradient::series)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("numerical");
    }

    /// What [Jet] rests on: |σ⁽ᵏ⁾| ≤ σ′.
    @Test
    void polynomialsOfTheSigmoidsDerivativesAreAtMostOne() {
        for (int i = 0; i <= 100_000; i++) {
            double s = i / 100_000.0;
            assertThat(Math.abs(1 - 2 * s)).isLessThanOrEqualTo(1);
            assertThat(Math.abs(1 - 6 * s + 6 * s * s)).isLessThanOrEqualTo(1);
            assertThat(Math.abs(1 - 14 * s + 36 * s * s - 24 * s * s * s)).isLessThanOrEqualTo(1 + 1e-14);
            assertThat(Math.abs(1 - 30 * s + 150 * s * s - 240 * s * s * s + 120 * s * s * s * s))
                    .isLessThanOrEqualTo(1 + 1e-13);
        }
    }

    private static double largestDifference(Parameters a, Parameters b) {
        double largest = 0;
        for (int i = 0; i < a.slots().size(); i++) {
            Matrix x = a.tensor(i);
            for (int row = 0; row < x.rows(); row++) {
                for (int column = 0; column < x.columns(); column++) {
                    double difference =
                            Math.abs(x.get(row, column) - b.tensor(i).get(row, column));
                    largest = Math.max(largest, difference);
                }
            }
        }
        return largest;
    }

    /// How many columns of the weight matrices are the same to the bit.
    private static int equalColumns(Parameters a, Parameters b) {
        int equal = 0;
        for (String name : new String[] {"W1", "W2"}) {
            Matrix x = a.tensor(name);
            Matrix y = b.tensor(name);
            for (int column = 0; column < x.columns(); column++) {
                boolean same = true;
                for (int row = 0; row < x.rows(); row++) {
                    same &= x.get(row, column) == y.get(row, column);
                }
                equal += same ? 1 : 0;
            }
        }
        return equal;
    }
}
