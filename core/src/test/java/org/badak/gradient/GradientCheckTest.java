package org.badak.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.badak.data.Batch;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
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
import org.badak.loss.Targets;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;
import org.badak.model.Network;
import org.badak.model.Parameters;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GradientCheckTest {
    private static final Kernels KERNELS = NumericalGradientTest.scalar(1);

    @AfterAll
    static void close() {
        KERNELS.close();
    }

    static List<Loss> losses() {
        return List.of(
                new SoftmaxCrossEntropy(), new DeltaCrossEntropy(), new SumOfSquaredError(), new MeanSquaredError());
    }

    @ParameterizedTest
    @MethodSource("losses")
    void correctLayersAreNeverAccused(Loss loss) {
        List<List<Layer>> stacks = new ArrayList<>();
        for (Layer activation : List.of(new Sigmoid(), new Tanh(), new Relu())) {
            stacks.add(List.of(dense(3), activation));
            stacks.add(List.of(dense(8), activation, dense(3)));
            stacks.add(List.of(dense(8), activation, dense(5), activation, dense(3)));
            stacks.add(List.of(activation, dense(1), activation, dense(3)));
        }
        int agreed = 0;
        for (List<Layer> layers : stacks) {
            for (int inputs : new int[] {1, 6}) {
                Network network = new Network(inputs, layers, loss);
                for (int seed = 1; seed <= 4; seed++) {
                    Parameters parameters = network.initialise(Precision.FLOAT64, seed);
                    NumericalGradientTest.biases(parameters);
                    for (int rows : new int[] {1, 8}) {
                        Batch batch = NumericalGradientTest.batch(network, rows, 0.2, seed % 2 == 0, seed);
                        GradientReport report = new GradientCheck(network, parameters, KERNELS).check(batch);

                        assertThat(report.tensors())
                                .as(network + " seed " + seed + "\n" + report.table())
                                .noneMatch(tensor -> tensor.verdict().accuses()
                                        || tensor.verdict() == Verdict.FLOAT32
                                        || tensor.verdict() == Verdict.DELTA_BIAS);
                        agreed += report.passed() ? 1 : 0;
                    }
                }
            }
        }
        assertThat(agreed).isGreaterThan(100); // of 192: a ReLU that is dead for the batch is rightly called vacuous
    }

    @Test
    void everyParameterOfTheChaptersNetworkIsChecked() {
        Network network = NumericalGradientTest.chapterNetwork();
        Parameters parameters = network.initialise(Precision.FLOAT64, 1);
        String before = parameters.sha256();
        Batch batch = NumericalGradientTest.batch(network, 10, 0.81, true, 3);

        GradientReport report = new GradientCheck(network, parameters, KERNELS).check(batch);

        assertThat(report.passed()).as(report.table()).isTrue();
        assertThat(report.count()).isEqualTo(39_760);
        assertThat(report.maxRelativeError()).isLessThan(1e-5).isPositive();
        assertThat(report.table()).contains("W1", "[784, 50]", "AGREES", "passed");
        assertThat(parameters.sha256()).isEqualTo(before);
    }

    @Test
    void worstElementIsNamedWithBothValues() {
        Network network = Network.of(
                6, new SoftmaxCrossEntropy(), new PlantedDense(5, PlantedDense.Fault.W_ONE_ELEMENT), dense(3));
        TensorReport tensor = PlantedFaultsTest.check(network).tensor("W1");

        assertThat(tensor.worstRow()).isEqualTo(2);
        assertThat(tensor.worstColumn()).isEqualTo(1);
        assertThat(tensor.wrong()).isEqualTo(1);
        assertThat(tensor.analytic() / tensor.numerical()).isBetween(1.0099, 1.0101);
        assertThat(tensor.maxRelativeError()).isBetween(0.0098, 0.01);
    }

    @Test
    void kinkIsSkippedAndCounted() {
        GradientReport report = atKink(200);

        assertThat(report.passed()).as(report.table()).isTrue();
        assertThat(report.kinks()).isEqualTo(2); // the weight and the bias of the one unit at zero
        assertThat(report.tensor("W1").kinks()).isEqualTo(1);
        assertThat(report.tensor("b1").kinks()).isEqualTo(1);
        assertThat(report.tensor("W1").explanation())
                .contains("the ReLU of layer 2, unit 0, goes from")
                .contains("row 0");
    }

    @Test
    void tooManyKinksFailTheCheckAndAccuseNobody() {
        GradientReport report = atKink(20);

        assertThat(report.passed()).isFalse();
        assertThat(report.tensor("W1").verdict()).isEqualTo(Verdict.KINK);
        assertThat(report.tensor("b1").verdict()).isEqualTo(Verdict.KINK);
        assertThat(report.tensors()).noneMatch(tensor -> tensor.verdict().accuses());
        assertThat(report.tensor("W1").explanation()).contains("more than may be skipped");
    }

    /// One input of 1, and unit 0 of a ReLU layer is 1e-5 above zero.
    private static GradientReport atKink(int units) {
        Network network = Network.of(1, new SoftmaxCrossEntropy(), dense(units), new Relu(), dense(2));
        Parameters parameters = network.initialise(Precision.FLOAT64, 3);
        Matrix w = parameters.tensor("W1");
        for (int unit = 0; unit < units; unit++) {
            w.set(0, unit, unit % 2 == 0 ? 0.5 : -0.5);
        }
        w.set(0, 0, 1e-5);
        Batch batch = new Batch(Matrix.of(Precision.FLOAT64, new double[] {1}), Targets.Labels.of(1));
        return new GradientCheck(network, parameters, KERNELS).check(batch);
    }

    @Test
    void kinkThatTheCheckCannotSeeIsPutDownToTheStep() {
        Network network = Network.of(
                1,
                new SoftmaxCrossEntropy(),
                dense(200),
                new PlantedActivation(PlantedActivation.Fault.RELU_RIGHT),
                dense(2));
        Parameters parameters = network.initialise(Precision.FLOAT64, 3);
        parameters.tensor("W1").set(0, 0, 5e-6);
        Batch batch = new Batch(Matrix.of(Precision.FLOAT64, new double[] {1}), Targets.Labels.of(1));

        GradientReport report = new GradientCheck(network, parameters, KERNELS).check(batch);

        assertThat(report.passed()).as(report.table()).isTrue();
        assertThat(report.tensor("W1").verdict()).isEqualTo(Verdict.STEP);
        assertThat(report.tensor("W1").explanation()).contains("agrees with h = 1.0E-6");
    }

    @Test
    void zeroInputsMakeAVacuousCheck() {
        Network network = Network.of(4, new SoftmaxCrossEntropy(), dense(5), new Sigmoid(), dense(3));
        Parameters parameters = network.initialise(Precision.FLOAT64, 3);
        Batch batch = new Batch(Matrix.zeros(Precision.FLOAT64, 3, 4), Targets.Labels.of(0, 1, 2));

        GradientReport report = new GradientCheck(network, parameters, KERNELS).check(batch);

        assertThat(report.passed()).isFalse();
        assertThat(report.tensor("W1").verdict()).isEqualTo(Verdict.VACUOUS);
        assertThat(report.tensor("b1").verdict()).isEqualTo(Verdict.AGREES);
    }

    @Test
    void roundingOfTheLossIsNoGradient() {
        Network network = Network.of(4, new SoftmaxCrossEntropy(), dense(5), new Sigmoid(), dense(3));
        Parameters parameters = PlantedFaultsTest.parameters(network);
        Matrix w2 = parameters.tensor("W2");
        for (int row = 0; row < w2.rows(); row++) { // all classes move alike, and the softmax does not see it
            w2.set(row, 1, w2.get(row, 0));
            w2.set(row, 2, w2.get(row, 0));
        }

        GradientReport report =
                new GradientCheck(network, parameters, KERNELS).check(PlantedFaultsTest.batch(network, 7));

        assertThat(report.tensor("W1").numerical()).isNotZero();
        assertThat(report.tensor("W1").verdict()).as(report.table()).isEqualTo(Verdict.VACUOUS);
        assertThat(report.tensor("W2").verdict()).isEqualTo(Verdict.AGREES);
    }

    @Test
    void deltaOfTheChaptersCrossEntropyIsNamed() {
        Network network = Network.of(2, new DeltaCrossEntropy(), dense(3));
        Parameters parameters = network.initialise(Precision.FLOAT64, 3);
        parameters.tensor("b1").set(0, 0, 12); // sure of class 0, y of the others about 6e-6
        Batch batch = new Batch(Matrix.of(Precision.FLOAT64, new double[] {0.3, -0.2}), Targets.Labels.of(2));

        GradientReport report = new GradientCheck(network, parameters, KERNELS).check(batch);

        assertThat(report.passed()).isFalse();
        assertThat(report.tensor("W1").verdict()).as(report.table()).isEqualTo(Verdict.DELTA_BIAS);
        assertThat(report.tensor("b1").explanation()).contains("δ/(y + δ)");
        assertThat(report.table()).contains("The loss has δ = 1.0E-7");
    }

    @Test
    void gradientInFloat32IsCalledThat() {
        Network network = Network.of(6, new SoftmaxCrossEntropy(), dense(5), new Sigmoid(), dense(3));
        Parameters wide = PlantedFaultsTest.parameters(network);
        Parameters narrow = wide.to(Precision.FLOAT32);
        try (Kernels kernels = new Kernels("scalar", KernelChoice.scalar().operations(Precision.FLOAT32), 1)) {
            Gradient backprop = new Backprop(network, narrow, kernels);

            GradientReport report =
                    new GradientCheck(network, wide, KERNELS).check(backprop, PlantedFaultsTest.batch(network, 7));

            assertThat(report.passed()).isFalse();
            assertThat(report.tensors()).allMatch(tensor -> tensor.verdict() == Verdict.FLOAT32);
        }
    }

    @Test
    void randomDirectionsPassCorrectLayersAndFindFaults() {
        Network right = Network.of(6, new SoftmaxCrossEntropy(), dense(5), new Sigmoid(), dense(3));
        Network faulty = Network.of(
                6,
                new SoftmaxCrossEntropy(),
                dense(5),
                new PlantedActivation(PlantedActivation.Fault.SIGMOID_Y_TIMES_1_PLUS_Y),
                dense(3));
        GradientReport passed = directions(right, 1);
        GradientReport failed = directions(faulty, 1);

        assertThat(passed.passed()).as(passed.table()).isTrue();
        assertThat(passed.maxRelativeError()).isLessThan(1e-6);
        assertThat(directions(right, 1)).isEqualTo(passed);
        assertThat(directions(right, 2)).isNotEqualTo(passed);
        assertThat(failed.tensor("W1").verdict()).as(failed.table()).isEqualTo(Verdict.WRONG_BACKWARD);
        assertThat(failed.tensor("b1").verdict()).isEqualTo(Verdict.WRONG_BACKWARD);
        assertThat(failed.tensor("W2").verdict()).isEqualTo(Verdict.AGREES);
    }

    @Test
    void directionsMustBePositive() {
        Network network = Network.of(2, new SoftmaxCrossEntropy(), dense(3));
        assertThatThrownBy(() -> new GradientCheck(network, PlantedFaultsTest.parameters(network), KERNELS)
                        .checkDirections(
                                new Backprop(network, PlantedFaultsTest.parameters(network), KERNELS),
                                PlantedFaultsTest.batch(network, 2),
                                1,
                                0))
                .hasMessageContaining("found 0");
    }

    private static GradientReport directions(Network network, long seed) {
        Parameters parameters = PlantedFaultsTest.parameters(network);
        return new GradientCheck(network, parameters, KERNELS)
                .checkDirections(
                        new Backprop(network, parameters, KERNELS), PlantedFaultsTest.batch(network, 7), seed, 5);
    }

    private static Layer dense(int units) {
        return new Dense(units, new Initialisation.Normal(0.7));
    }
}
