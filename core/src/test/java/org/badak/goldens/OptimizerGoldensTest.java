package org.badak.goldens;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.badak.data.Batch;
import org.badak.gradient.Backprop;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.layer.Dense;
import org.badak.layer.Initialisation;
import org.badak.layer.Relu;
import org.badak.layer.Tanh;
import org.badak.loss.MeanSquaredError;
import org.badak.loss.SoftmaxCrossEntropy;
import org.badak.loss.Targets;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;
import org.badak.model.Network;
import org.badak.model.Parameters;
import org.badak.optimizer.AdaDelta;
import org.badak.optimizer.AdaGrad;
import org.badak.optimizer.Adam;
import org.badak.optimizer.Momentum;
import org.badak.optimizer.NAdam;
import org.badak.optimizer.Optimizer;
import org.badak.optimizer.RmsProp;
import org.badak.optimizer.Schedule;
import org.badak.optimizer.Sgd;
import org.badak.optimizer.WeightDecay;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Optimizers, schedules and whole training runs against PyTorch's figures.
class OptimizerGoldensTest {
    private static final Initialisation ANY = new Initialisation.Xavier();

    private static final Map<String, Optimizer> OPTIMIZERS = Map.ofEntries(
            Map.entry("sgd_lr0.1", new Sgd(0.1)),
            Map.entry("sgd_lr0.1_wd0.01", new Sgd(0.1, WeightDecay.l2(0.01))),
            Map.entry("momentum_lr0.01_m0.9", new Momentum(0.01, 0.9, false, WeightDecay.NONE)),
            Map.entry("nesterov_lr0.01_m0.9", new Momentum(0.01, 0.9, true, WeightDecay.NONE)),
            Map.entry("adagrad_lr0.01_eps1e-10", new AdaGrad(0.01, 1e-10, WeightDecay.NONE)),
            Map.entry("rmsprop_lr0.01_a0.99_eps1e-8", new RmsProp(0.01, 0.99, 1e-8, WeightDecay.NONE)),
            Map.entry("adam_lr0.001", new Adam(0.001)),
            Map.entry("adam_lr0.001_amsgrad", new Adam(0.001, 0.9, 0.999, 1e-8, true, WeightDecay.NONE)),
            Map.entry("adamw_lr0.001_wd0.01", new Adam(0.001, 0.9, 0.999, 1e-8, false, WeightDecay.decoupled(0.01))),
            Map.entry("adadelta_lr1.0", new AdaDelta(1, 0.9, 1e-6, WeightDecay.NONE)),
            Map.entry("nadam_lr0.002", new NAdam(0.002)));

    private static final Map<String, Schedule> SCHEDULES = Map.of(
            "step_10_0.5", new Schedule.Stairs(10, 0.5),
            "exponential_0.95", new Schedule.Exponential(0.95),
            "cosine_T40_min0.001", new Schedule.Cosine(40, 0.001),
            "one_cycle_max0.5_40", new Schedule.OneCycle(41, 0.3, 25, 1e4),
            "linear_warmup_5", new Schedule.WarmUp(5, 0.1, new Schedule.Constant()));

    @ParameterizedTest
    @EnumSource
    void everyOptimizerMovesParametersAsTheReferenceDoes(Precision precision) throws IOException {
        List<Golden> goldens = Golden.cases("optimizers", "");
        assertThat(goldens).hasSize(OPTIMIZERS.size());
        for (Golden golden : goldens) {
            Optimizer optimizer = OPTIMIZERS.get(golden.name());
            Matrix parameter = golden.matrix("start", precision);
            Matrix gradients = golden.matrix("gradients", precision);
            Matrix expected = golden.matrix("after_each_step", Precision.FLOAT64);
            List<Matrix> slots = new ArrayList<>();
            for (int i = 0; i < optimizer.slots(); i++) {
                slots.add(Matrix.zeros(precision, 1, parameter.columns()));
            }
            try (Kernels kernels = kernels(precision)) {
                for (int step = 0; step < expected.rows(); step++) {
                    optimizer.update(kernels, parameter, rows(gradients, step), slots, step + 1);
                    Golden.assertMatrix(golden.name() + ", step " + (step + 1), rows(expected, step), parameter, 1);
                }
            }
        }
    }

    @Test
    void everyScheduleHasTheReferencesRates() throws IOException {
        List<Golden> goldens = Golden.cases("schedules", "");
        assertThat(goldens).hasSize(SCHEDULES.size());
        for (Golden golden : goldens) {
            Schedule schedule = SCHEDULES.get(golden.name());
            double base = golden.name().startsWith("one_cycle") ? 0.5 : golden.number("base_lr");
            Matrix rates = golden.matrix("lr_at_step", Precision.FLOAT64);
            for (int step = 0; step < rates.columns(); step++) {
                Golden.assertNumber(
                        golden.name() + ", step " + step,
                        rates.get(0, step),
                        schedule.rate(base, step),
                        Precision.FLOAT64);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void trainingByAdamGoesAsTheReferencesStepByStep(Precision precision) throws IOException {
        Network network = Network.of(
                12,
                new SoftmaxCrossEntropy(),
                new Dense(16, ANY),
                new Relu(),
                new Dense(8, ANY),
                new Relu(),
                new Dense(4, ANY));
        train("mlp_12_16_8_4_relu_ce_adam", network, new Adam(0.01), precision);
    }

    @ParameterizedTest
    @EnumSource
    void trainingByMomentumWithDecayGoesAsTheReferencesStepByStep(Precision precision) throws IOException {
        Network network = Network.of(6, new MeanSquaredError(), new Dense(10, ANY), new Tanh(), new Dense(2, ANY));
        Optimizer momentum = new Momentum(0.05, 0.9, false, WeightDecay.l2(1e-3).withBiases());
        train("mlp_6_10_2_tanh_mse_momentum_wd", network, momentum, precision);
    }

    private static void train(String name, Network network, Optimizer optimizer, Precision precision)
            throws IOException {
        Golden golden = Golden.cases("training", name).getFirst();
        Parameters parameters = new Parameters(precision, network.slots());
        for (int i = 0; i < parameters.tensors().size(); i++) {
            parameters.tensor(i).copyFrom(Golden.matrix(golden.list("initial").get(i), precision));
        }
        Matrix x = golden.matrix("x", precision);
        boolean labels = network.loss() instanceof SoftmaxCrossEntropy;
        int[] classes = labels ? golden.integers("t") : new int[0];
        Matrix values = labels ? x : golden.matrix("t", precision);
        List<Parameters> memory = new ArrayList<>();
        for (int i = 0; i < optimizer.slots(); i++) {
            memory.add(parameters.like());
        }
        try (Kernels kernels = kernels(precision)) {
            Backprop backprop = new Backprop(network, parameters, kernels);
            for (int step = 0; step < golden.list("batches").size(); step++) {
                int[] drawn = Golden.integers(golden.list("batches").get(step));
                Targets targets = labels
                        ? Targets.Labels.of(
                                IntStream.of(drawn).map(index -> classes[index]).toArray())
                        : new Targets.Values(rows(values, drawn));
                double loss = backprop.compute(new Batch(rows(x, drawn), targets));
                Golden.assertNumber(
                        "loss of step " + (step + 1),
                        Golden.number(golden.list("loss_each_step").get(step)),
                        loss,
                        precision);
                for (int i = 0; i < parameters.tensors().size(); i++) {
                    int position = i;
                    List<Matrix> slots =
                            memory.stream().map(each -> each.tensor(position)).toList();
                    optimizer.update(
                            kernels, parameters.tensor(i), backprop.result().tensor(i), slots, step + 1);
                }
            }
        }
        for (int i = 0; i < parameters.tensors().size(); i++) {
            Golden.assertMatrix(
                    name + ": " + parameters.slots().get(i).name() + " at the end",
                    Golden.matrix(golden.list("final").get(i), Precision.FLOAT64),
                    parameters.tensor(i),
                    1);
        }
    }

    private static Matrix rows(Matrix matrix, int... rows) {
        double[][] all = matrix.toArray();
        return Matrix.of(
                matrix.precision(), IntStream.of(rows).mapToObj(row -> all[row]).toArray(double[][]::new));
    }

    private static Kernels kernels(Precision precision) {
        return KernelChoice.current().kernels(precision, 1);
    }
}
