package org.badak.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.badak.data.Batch;
import org.badak.kernel.Kernels;
import org.badak.kernel.Philox;
import org.badak.kernel.Purpose;
import org.badak.layer.Dense;
import org.badak.layer.Initialisation;
import org.badak.layer.Layer;
import org.badak.layer.Sigmoid;
import org.badak.layer.Tanh;
import org.badak.loss.SoftmaxCrossEntropy;
import org.badak.loss.Targets;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;
import org.badak.model.Network;
import org.badak.model.Parameters;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Backward passes with a fault planted in each: the check must find it, name its kind, and accuse nothing behind it.
class PlantedFaultsTest {
    private static final Kernels KERNELS = NumericalGradientTest.scalar(1);
    private static final Initialisation WIDE = new Initialisation.Normal(0.7);
    private static final int ROWS = 7;

    /// A fault, where it must show first (counted from the loss), and as what.
    record Case(Object fault, String tensor, Verdict verdict, String words, Network network) {
        @Override
        public String toString() {
            return fault + " shows in " + tensor + " as " + verdict;
        }
    }

    @AfterAll
    static void close() {
        KERNELS.close();
    }

    private static Case inFirst(PlantedDense.Fault fault, String tensor, Verdict verdict, String words) {
        return new Case(fault, tensor, verdict, words, network(new PlantedDense(5, fault), new Tanh(), dense(3)));
    }

    private static Case inSecond(PlantedDense.Fault fault, String tensor, Verdict verdict, String words) {
        Network network = network(dense(5), new Sigmoid(), new PlantedDense(5, fault), new Tanh(), dense(3));
        return new Case(fault, tensor, verdict, words, network);
    }

    private static Case between(PlantedActivation.Fault fault, Verdict verdict, String words) {
        return new Case(fault, "b1", verdict, words, network(dense(5), new PlantedActivation(fault), dense(3)));
    }

    static Stream<Case> faultyLayers() {
        List<Case> cases = new ArrayList<>();
        cases.add(inFirst(PlantedDense.Fault.W_SIGN, "W1", Verdict.WRONG_SIGN, "negative"));
        cases.add(inFirst(PlantedDense.Fault.B_SIGN, "b1", Verdict.WRONG_SIGN, "negative"));
        cases.add(inSecond(PlantedDense.Fault.DX_SIGN, "b1", Verdict.WRONG_SIGN, "negative"));
        cases.add(inFirst(PlantedDense.Fault.W_SUM_IN_PLACE_OF_MEAN, "W1", Verdict.WRONG_FACTOR, "1/N is missing"));
        cases.add(inFirst(PlantedDense.Fault.B_MEAN_TWICE, "b1", Verdict.WRONG_FACTOR, "taken twice"));
        cases.add(inFirst(PlantedDense.Fault.W_TWICE, "W1", Verdict.WRONG_FACTOR, "2.00000 times"));
        cases.add(inFirst(PlantedDense.Fault.W_TRANSPOSED, "W1", Verdict.TRANSPOSED, "exchanged"));
        cases.add(inSecond(PlantedDense.Fault.W_TRANSPOSED, "W2", Verdict.TRANSPOSED, "exchanged"));
        cases.add(inSecond(
                PlantedDense.Fault.DX_BY_W_IN_PLACE_OF_ITS_TRANSPOSE, "b1", Verdict.WRONG_BACKWARD, "whatever h"));
        cases.add(inFirst(PlantedDense.Fault.W_OFF_BY_ONE_ROW, "W1", Verdict.SHIFTED, "one row"));
        cases.add(inFirst(PlantedDense.Fault.W_LAST_ROW_SKIPPED, "W1", Verdict.PARTLY_ZERO, "the last row, 5"));
        cases.add(inFirst(PlantedDense.Fault.W_LAST_COLUMN_SKIPPED, "W1", Verdict.PARTLY_ZERO, "the last column, 4"));
        cases.add(inFirst(PlantedDense.Fault.W_ONE_ELEMENT, "W1", Verdict.PARTLY_WRONG, "element [2, 1]"));
        cases.add(inFirst(PlantedDense.Fault.W_DEAD_COLUMN, "W1", Verdict.PARTLY_ZERO, "column 1"));
        cases.add(inFirst(PlantedDense.Fault.W_NEVER_WRITTEN, "W1", Verdict.ALL_ZERO, "never written"));
        cases.add(inFirst(PlantedDense.Fault.B_NEVER_WRITTEN, "b1", Verdict.ALL_ZERO, "never written"));
        cases.add(inFirst(PlantedDense.Fault.B_OF_THE_LAST_EXAMPLE_ONLY, "b1", Verdict.WRONG_BACKWARD, "whatever h"));
        cases.add(inFirst(PlantedDense.Fault.W_WITHOUT_THE_LAST_EXAMPLE, "W1", Verdict.WRONG_BACKWARD, "whatever h"));
        cases.add(inFirst(PlantedDense.Fault.B_OFFSET, "b1", Verdict.OFFSET, "constant 0.1"));
        cases.add(inSecond(PlantedDense.Fault.W_BY_PRE_ACTIVATIONS, "W2", Verdict.WRONG_BACKWARD, "whatever h"));
        cases.add(inFirst(PlantedDense.Fault.W_ADDED_TO, "W1", Verdict.NOT_REPEATABLE, "must overwrite"));
        cases.add(inFirst(PlantedDense.Fault.B_ADDED_TO, "b1", Verdict.NOT_REPEATABLE, "must overwrite"));
        cases.add(inFirst(PlantedDense.Fault.W_NOT_A_NUMBER, "W1", Verdict.NOT_FINITE, "not a number"));
        cases.add(inFirst(PlantedDense.Fault.B_OFF_BY_ONE_COLUMN, "b1", Verdict.SHIFTED, "one column"));
        cases.add(inFirst(PlantedDense.Fault.W_ROW_DOUBLED, "W1", Verdict.PARTLY_WRONG, "row 2"));
        cases.add(inSecond(PlantedDense.Fault.DX_WITHOUT_THE_LAST_UNIT, "b1", Verdict.WRONG_BACKWARD, "whatever h"));
        cases.add(inFirst(PlantedDense.Fault.FORWARD_IN_FLOAT32, "W1", Verdict.FLOAT32, "float32"));
        cases.add(between(PlantedActivation.Fault.SIGMOID_WITHOUT_DERIVATIVE, Verdict.WRONG_BACKWARD, "whatever h"));
        cases.add(between(PlantedActivation.Fault.SIGMOID_Y_TIMES_1_PLUS_Y, Verdict.WRONG_BACKWARD, "whatever h"));
        cases.add(
                between(PlantedActivation.Fault.SIGMOID_DERIVATIVE_OF_THE_INPUT, Verdict.WRONG_BACKWARD, "whatever h"));
        cases.add(between(PlantedActivation.Fault.SIGMOID_HALVED, Verdict.WRONG_FACTOR, "0.500000 times"));
        cases.add(between(PlantedActivation.Fault.SIGMOID_SIGN, Verdict.WRONG_SIGN, "negative"));
        cases.add(between(PlantedActivation.Fault.TANH_SQUARE_MISSING, Verdict.WRONG_BACKWARD, "whatever h"));
        cases.add(between(PlantedActivation.Fault.TANH_1_PLUS_Y_SQUARED, Verdict.WRONG_BACKWARD, "whatever h"));
        cases.add(between(PlantedActivation.Fault.TANH_DERIVATIVE_OF_SIGMOID, Verdict.WRONG_BACKWARD, "whatever h"));
        cases.add(between(PlantedActivation.Fault.RELU_PASSES_EVERYTHING, Verdict.WRONG_BACKWARD, "whatever h"));
        cases.add(between(PlantedActivation.Fault.RELU_LEAKS_BELOW_ZERO, Verdict.WRONG_BACKWARD, "whatever h"));
        cases.add(between(PlantedActivation.Fault.RELU_MASK_OF_DY, Verdict.WRONG_BACKWARD, "whatever h"));
        cases.add(between(PlantedActivation.Fault.RELU_MASK_UPSIDE_DOWN, Verdict.WRONG_BACKWARD, "whatever h"));
        return cases.stream();
    }

    @ParameterizedTest
    @MethodSource("faultyLayers")
    void faultInALayerIsFoundAndNamed(Case planted) {
        GradientReport report = check(planted.network);
        TensorReport tensor = report.tensor(planted.tensor);

        assertThat(report.passed()).as(report.table()).isFalse();
        assertThat(tensor.verdict()).as(report.table()).isEqualTo(planted.verdict);
        assertThat(tensor.explanation()).contains(planted.words);
        assertThat(report.table()).contains("NOT passed").contains(planted.verdict.name());
        int layer = layerOf(planted.network, planted.tensor);
        for (TensorReport other : report.tensors()) {
            if (layerOf(planted.network, other.name()) > layer) {
                assertThat(other.verdict()).as(report.table()).isEqualTo(Verdict.AGREES);
            }
        }
    }

    @Test
    void everyPlantedFaultIsTried() {
        Set<Object> tried = new HashSet<>(faultyLayers().map(Case::fault).toList());
        Set<Object> all = new HashSet<>(List.of(PlantedDense.Fault.values()));
        all.addAll(List.of(PlantedActivation.Fault.values()));
        all.removeIf(fault -> fault.toString().endsWith("RIGHT") || fault == PlantedDense.Fault.NONE);

        assertThat(tried).isEqualTo(all).hasSizeGreaterThanOrEqualTo(30);
    }

    @ParameterizedTest
    @EnumSource
    void faultInAGradientIsFoundAndNamed(PlantedGradient.Fault fault) {
        Network network = network(dense(5), new Sigmoid(), dense(3));
        Parameters parameters = parameters(network);
        Gradient planted = new PlantedGradient(new Backprop(network, parameters, KERNELS), fault);
        GradientReport report = new GradientCheck(network, parameters, KERNELS).check(planted, batch(network, ROWS));
        Verdict expected = switch (fault) {
            case NONE, LOSS_IS_A_SUM -> Verdict.AGREES;
            case STALE, ADDED_TO, RANDOM -> Verdict.NOT_REPEATABLE;
            case TRUNCATED_TO_FLOAT32 -> Verdict.FLOAT32;
            case TIMES_LEARNING_RATE -> Verdict.WRONG_FACTOR;
            case CLIPPED -> Verdict.WRONG_BACKWARD;
        };

        assertThat(report.passed()).as(report.table()).isEqualTo(fault == PlantedGradient.Fault.NONE);
        assertThat(report.tensor("W1").verdict()).as(report.table()).isEqualTo(expected);
        switch (fault) {
            case STALE -> assertThat(report.tensor("W1").explanation()).contains("stale");
            case ADDED_TO -> assertThat(report.tensor("W1").explanation()).contains("must overwrite");
            case RANDOM -> assertThat(report.tensor("W1").explanation()).contains("random");
            case LOSS_IS_A_SUM -> assertThat(report.table()).contains("losses differ");
            default -> assertThat(report.lossesAgree()).isTrue();
        }
    }

    @Test
    void sameLayersWithoutFaultPass() {
        for (PlantedActivation.Fault right : List.of(
                PlantedActivation.Fault.SIGMOID_RIGHT,
                PlantedActivation.Fault.TANH_RIGHT,
                PlantedActivation.Fault.RELU_RIGHT)) {
            Network network = network(
                    new PlantedDense(5, PlantedDense.Fault.NONE),
                    new PlantedActivation(right),
                    new PlantedDense(3, PlantedDense.Fault.NONE));
            GradientReport report = check(network);

            assertThat(report.passed()).as(report.table()).isTrue();
            assertThat(report.tensors()).allMatch(tensor -> tensor.verdict() == Verdict.AGREES);
        }
    }

    @Test
    void suspectIsTheLayerThatHandsBackTheWrongGradient() {
        GradientReport report = check(inSecond(PlantedDense.Fault.DX_SIGN, "b1", Verdict.WRONG_SIGN, "").network);

        assertThat(report.notes()).anyMatch(note -> note.contains("up to the dx of layer 3 (planted-dense)"));
    }

    private static Network network(Layer... layers) {
        return Network.of(6, new SoftmaxCrossEntropy(), layers);
    }

    private static Layer dense(int units) {
        return new Dense(units, WIDE);
    }

    private static int layerOf(Network network, String tensor) {
        return network.slots().stream()
                .filter(slot -> slot.name().equals(tensor))
                .findFirst()
                .orElseThrow()
                .layer();
    }

    static GradientReport check(Network network) {
        return new GradientCheck(network, parameters(network), KERNELS).check(batch(network, ROWS));
    }

    static Parameters parameters(Network network) {
        Parameters parameters = network.initialise(Precision.FLOAT64, 11);
        NumericalGradientTest.biases(parameters);
        return parameters;
    }

    /// Normal numbers and random labels.
    static Batch batch(Network network, int rows) {
        Philox random = new Philox(21, Purpose.DATA, 0);
        Matrix x = Matrix.zeros(Precision.FLOAT64, rows, network.inputs());
        int[] labels = new int[rows];
        for (int row = 0; row < rows; row++) {
            labels[row] = random.below(5_000 + row, network.outputs());
            for (int column = 0; column < x.columns(); column++) {
                x.set(row, column, random.normal((long) row * x.columns() + column));
            }
        }
        return new Batch(x, Targets.Labels.of(labels));
    }
}
