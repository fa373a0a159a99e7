package org.badak.goldens;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.badak.data.Batch;
import org.badak.gradient.Backprop;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.layer.Dense;
import org.badak.layer.Initialisation;
import org.badak.layer.Relu;
import org.badak.layer.Sigmoid;
import org.badak.layer.Tanh;
import org.badak.loss.MeanSquaredError;
import org.badak.loss.SoftmaxCrossEntropy;
import org.badak.loss.Targets;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;
import org.badak.model.Network;
import org.badak.model.Parameters;
import org.badak.optimizer.Adam;
import org.badak.optimizer.Momentum;
import org.badak.optimizer.Optimizer;
import org.badak.optimizer.Sgd;
import org.badak.optimizer.WeightDecay;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every training run of the reference values, step by step and to the last parameter, in both precisions.
class TrainingGoldensTest {
    private static final Initialisation ANY = new Initialisation.Xavier();

    private record Setting(Network network, Optimizer optimizer) {}

    static Stream<Arguments> cases() {
        return Golden.inBothPrecisions("training", 3);
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("cases")
    void trainingGoesAsTheReferencesStepByStep(Golden golden, Precision precision) {
        Setting setting = setting(golden);
        Network network = setting.network;
        Parameters parameters = new Parameters(precision, network.slots());
        for (int i = 0; i < parameters.tensors().size(); i++) {
            parameters.tensor(i).copyFrom(Golden.matrix(golden.list("initial").get(i), precision));
        }
        List<Parameters> memory = new ArrayList<>();
        for (int i = 0; i < setting.optimizer.slots(); i++) {
            memory.add(parameters.like());
        }
        int steps = golden.list("batches").size();
        assertThat(steps).isPositive().isEqualTo(golden.list("loss_each_step").size());
        try (Kernels kernels = KernelChoice.current().kernels(precision, 1)) {
            Backprop backprop = new Backprop(network, parameters, kernels);
            for (int step = 0; step < steps; step++) {
                double loss = backprop.compute(batch(golden, step, precision));
                Golden.assertNumber(
                        "loss of step " + (step + 1),
                        Golden.number(golden.list("loss_each_step").get(step)),
                        loss,
                        precision);
                for (int i = 0; i < parameters.tensors().size(); i++) {
                    int position = i;
                    List<Matrix> slots =
                            memory.stream().map(each -> each.tensor(position)).toList();
                    setting.optimizer.update(
                            kernels, parameters.tensor(i), backprop.result().tensor(i), slots, step + 1);
                }
            }
        }
        for (int i = 0; i < parameters.tensors().size(); i++) {
            Golden.assertMatrix(
                    golden.name() + ": " + parameters.slots().get(i).name() + " at the end",
                    Golden.matrix(golden.list("final").get(i), Precision.FLOAT64),
                    parameters.tensor(i),
                    1);
        }
    }

    private static Setting setting(Golden golden) {
        return switch (golden.name()) {
            case "mlp_8_5_3_sigmoid_ce_sgd0.1" ->
                new Setting(
                        Network.of(8, new SoftmaxCrossEntropy(), new Dense(5, ANY), new Sigmoid(), new Dense(3, ANY)),
                        new Sgd(0.1));
            case "mlp_12_16_8_4_relu_ce_adam" ->
                new Setting(
                        Network.of(
                                12,
                                new SoftmaxCrossEntropy(),
                                new Dense(16, ANY),
                                new Relu(),
                                new Dense(8, ANY),
                                new Relu(),
                                new Dense(4, ANY)),
                        new Adam(0.01));
            case "mlp_6_10_2_tanh_mse_momentum_wd" ->
                new Setting(
                        Network.of(6, new MeanSquaredError(), new Dense(10, ANY), new Tanh(), new Dense(2, ANY)),
                        new Momentum(0.05, 0.9, false, WeightDecay.l2(1e-3).withBiases()));
            default -> throw golden.unknown();
        };
    }

    private static Batch batch(Golden golden, int step, Precision precision) {
        int[] drawn = Golden.integers(golden.list("batches").get(step));
        Matrix x = rows(golden.matrix("x", precision), drawn);
        if (golden.name().contains("_ce_")) {
            int[] t = golden.integers("t");
            return new Batch(
                    x,
                    Targets.Labels.of(IntStream.of(drawn).map(index -> t[index]).toArray()));
        }
        return new Batch(x, new Targets.Values(rows(golden.matrix("t", precision), drawn)));
    }

    private static Matrix rows(Matrix matrix, int... rows) {
        double[][] all = matrix.toArray();
        return Matrix.of(
                matrix.precision(), IntStream.of(rows).mapToObj(row -> all[row]).toArray(double[][]::new));
    }
}
