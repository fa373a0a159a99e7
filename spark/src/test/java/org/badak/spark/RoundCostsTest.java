package org.badak.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.badak.gradient.EngineGradient;
import org.badak.gradient.LocalRound;
import org.badak.gradient.LocalSgd;
import org.badak.gradient.ShardWork;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.matrix.Precision;
import org.badak.model.Parameters;
import org.badak.optimizer.Clipping;
import org.badak.optimizer.Sgd;
import org.badak.train.Trainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/// What a round costs on executors that are processes of this machine, for docs/scaling.md: on
/// demand, `-Dbadak.spark.costs=true -Dbadak.test.jit=`, on a machine that does nothing else.
class RoundCostsTest {
    private static final int WARM = 25;
    private static final int ROUNDS = 25;

    @Test
    @EnabledIfSystemProperty(named = "badak.spark.costs", matches = "true")
    void roundsAreTimedNeedsAnIdleMachine() {
        System.out.println("| parameters | shards | round, ms | send, ms | compute, ms | rest, ms |");
        for (String layers : List.of(
                "dense 50, sigmoid, dense 10",
                "dense 1024, relu, dense 1024, relu, dense 10",
                "dense 3000, relu, dense 2500, relu, dense 10")) {
            row(new Digits(layers, "softmax-cross-entropy", "", false, 100, 2));
        }
        row(new Digits("dense 50, sigmoid, dense 10", "softmax-cross-entropy", "", false, 100, 8));
    }

    /// Rounds of local steps of the chapter's network on one Spark, one number of steps after the other.
    @Test
    @EnabledIfSystemProperty(named = "badak.spark.costs", matches = "true")
    void roundsOfLocalStepsAreTimedNeedsAnIdleMachine() {
        Digits training = new Digits("dense 50, sigmoid, dense 10", "softmax-cross-entropy", "", false, 100, 2);
        System.out.println("| steps a round | round, ms | compute, ms | a step, ms |");
        try (SparkEngine engine = SparkEngine.start(training.work(), SparkSettings.of("local-cluster[2,1,1024]"));
                Kernels kernels = KernelChoice.current().kernels(Precision.FLOAT32, 1)) {
            for (int steps : new int[] {1, 10, 100}) {
                LocalSgd local = new LocalSgd(training.work().shards(), steps, engine, kernels);
                List<RoundCost> costs = new ArrayList<>();
                List<Parameters> state = List.of(training.initialised());
                for (int round = 0; round < WARM + ROUNDS; round++) {
                    double[] rates = new double[steps];
                    Arrays.fill(rates, 0.1);
                    LocalRound begun = new LocalRound((long) round * steps, rates, new Sgd(0.1), Clipping.NONE);
                    local.advance(begun, state);
                    costs.add(engine.latestRound());
                }
                List<RoundCost> warm = costs.subList(WARM, costs.size());
                double total = median(warm, RoundCost::total);
                System.out.printf(
                        Locale.ROOT,
                        "| %d | %.1f | %.1f | %.2f |%n",
                        steps,
                        total * 1e3,
                        median(warm, RoundCost::compute) * 1e3,
                        total * 1e3 / steps);
                assertThat(total).isPositive();
            }
        }
    }

    private static void row(Digits training) {
        SparkSettings settings = SparkSettings.of("local-cluster[2,1,1024]");
        ShardWork work = training.work();
        try (SparkEngine engine = SparkEngine.start(work, settings);
                Kernels kernels = KernelChoice.current().kernels(Precision.FLOAT32, 1)) {
            Parameters parameters = work.network().initialise(Precision.FLOAT32, 1);
            Trainer trainer = new Trainer(
                    work.network(),
                    parameters,
                    new EngineGradient(work.shards(), engine, parameters, kernels),
                    new Sgd(0.1),
                    training.work().sampler(),
                    kernels,
                    work.examples(),
                    work.batch());
            List<RoundCost> costs = new ArrayList<>();
            for (int step = 0; step < WARM + ROUNDS; step++) {
                trainer.step();
                costs.add(engine.latestRound());
            }
            List<RoundCost> warm = costs.subList(WARM, costs.size());
            double total = median(warm, RoundCost::total);
            double send = median(warm, RoundCost::send);
            double compute = median(warm, RoundCost::compute);
            System.out.printf(
                    Locale.ROOT,
                    "| %d | %d | %.1f | %.1f | %.1f | %.1f |%n",
                    parameters.count(),
                    training.shards(),
                    total * 1e3,
                    send * 1e3,
                    compute * 1e3,
                    (total - send - compute) * 1e3);
            assertThat(total).isGreaterThan(compute);
        }
    }

    private static double median(List<RoundCost> costs, ToDoubleFunction<RoundCost> part) {
        return costs.stream()
                .sorted(Comparator.comparingDouble(part))
                .skip(costs.size() / 2)
                .mapToDouble(part)
                .findFirst()
                .orElseThrow();
    }
}
