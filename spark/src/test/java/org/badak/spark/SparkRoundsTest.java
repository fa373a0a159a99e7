package org.badak.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.badak.gradient.EngineException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Rounds on one Spark in this very process, which all tests share: to start one takes seconds.
class SparkRoundsTest {
    private static final int STEPS = 12;
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final SparkContexts.Started SPARK = SparkContexts.started(SparkSettings.of("local[2]"), List.of());

    @AfterAll
    static void close() {
        SPARK.close();
    }

    private static SparkEngine on(Digits training, Duration deadline, ShardTask.Before before) {
        return SparkEngine.on(SPARK.context(), training.work(), deadline, before);
    }

    static Stream<Digits> trainings() {
        return Stream.of(
                Digits.PLAIN,
                // dropout, batch normalisation and augmentation; 130 = 6·20 + 10: two sizes of shards
                new Digits(
                        "dense 9, batchnorm, relu, dropout 0.3, dense 10",
                        "softmax-cross-entropy",
                        "shift 1, rotate 10",
                        false,
                        20,
                        4),
                new Digits("dense 9, tanh, dense 10", "smoothed-cross-entropy:0.1", "", true, 20, 3),
                // more shards than rows in the last batch of an epoch: 130 = 2·60 + 10
                new Digits("conv 2 5, relu, maxpool 2, flatten, dense 10", "softmax-cross-entropy", "", false, 60, 16));
    }

    @ParameterizedTest
    @MethodSource("trainings")
    void localTasksGiveTheBitsOfOneProcess(Digits training) {
        try (SparkEngine engine = on(training, MINUTE, ShardTask.Before.NOTHING)) {
            assertThat(training.by(engine, STEPS)).isEqualTo(training.inOneProcess(STEPS));
            assertThat(training.localBy(engine, STEPS, 3)).isEqualTo(training.localInOneProcess(STEPS, 3));
            assertThat(training.by(engine, 2))
                    .as("gradients after rounds of local steps")
                    .isEqualTo(training.inOneProcess(2));
            assertThat(engine.place()).contains("Spark 4.2.0", "local[2]");
            assertThat(engine.latestRound().total())
                    .isGreaterThanOrEqualTo(engine.latestRound().compute())
                    .isPositive();
        }
    }

    @Test
    void roundThatIsLateIsCancelledAndSaysWhatWasWaitedFor() {
        try (SparkEngine engine = on(Digits.PLAIN, Duration.ofSeconds(1), (round, shard) -> {
            if (round == 2 && shard == 3) {
                Sleep.seconds(30);
            }
        })) {
            long start = System.nanoTime();
            assertThatThrownBy(() -> Digits.PLAIN.by(engine, 5))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("round 2 was not finished in time")
                    .hasMessageContaining("all 5 shards after 1 s")
                    .hasMessageContaining("--round-timeout");
            assertThat((System.nanoTime() - start) / 1e9).isLessThan(20);
        }
    }

    @Test
    void taskThatFailsAlwaysSaysWhy() {
        try (SparkEngine engine = on(Digits.PLAIN, MINUTE, (round, shard) -> {
            if (shard == 1) {
                throw new IllegalStateException("no disk");
            }
        })) {
            assertThatThrownBy(() -> Digits.PLAIN.by(engine, 5))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("round 0 could not be computed")
                    .hasMessageContaining("no disk");
        }
    }
}
