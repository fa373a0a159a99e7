package org.badak.goldens;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;
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

/// Every optimizer and every schedule of the reference values.
class OptimizerGoldensTest {
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
    void everyOptimizerMovesParametersAsTheReferenceDoes(Precision precision) {
        List<Golden> goldens = Golden.cases("optimizers", 11);
        assertThat(goldens).extracting(Golden::name).containsExactlyInAnyOrderElementsOf(OPTIMIZERS.keySet());
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
    void everyScheduleHasTheReferencesRates() {
        List<Golden> goldens = Golden.cases("schedules", 5);
        assertThat(goldens).extracting(Golden::name).containsExactlyInAnyOrderElementsOf(SCHEDULES.keySet());
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

    private static Matrix rows(Matrix matrix, int... rows) {
        double[][] all = matrix.toArray();
        return Matrix.of(
                matrix.precision(), IntStream.of(rows).mapToObj(row -> all[row]).toArray(double[][]::new));
    }

    private static Kernels kernels(Precision precision) {
        return KernelChoice.current().kernels(precision, 1);
    }
}
