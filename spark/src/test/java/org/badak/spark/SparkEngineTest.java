package org.badak.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.badak.gradient.EngineException;
import org.badak.gradient.LocalMean;
import org.badak.gradient.LocalRound;
import org.badak.gradient.ShardEngine;
import org.badak.gradient.ShardSum;
import org.badak.gradient.ShardWork;
import org.badak.gradient.Shards;
import org.badak.layer.CustomLayer;
import org.badak.layer.Dense;
import org.badak.layer.Frame;
import org.badak.layer.Initialisation;
import org.badak.layer.ParameterShape;
import org.badak.loss.SoftmaxCrossEntropy;
import org.badak.matrix.Shape;
import org.badak.model.Network;
import org.badak.model.Parameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The engine in this very process and on executors that are processes of their own.
class SparkEngineTest {
    @Test
    void serviceStartsTheEngineFromSettings() {
        ShardEngine engine = new SparkEngineProvider()
                .start(Digits.PLAIN.work(), Map.of("master", "local[1]", "spark.task.maxFailures", "2"), note -> {});
        try (engine) {
            assertThat(Digits.PLAIN.by(engine, 3)).isEqualTo(Digits.PLAIN.inOneProcess(3));
        }
    }

    @Test
    void executorKilledInTheMiddleChangesNoBit() {
        try (SparkEngine engine = SparkEngine.start(
                Digits.PLAIN.work(),
                SparkSettings.of("local-cluster[2,1,512]").with("spark.executor.memory", "512m"))) {
            assertThat(Executors.running()).hasSize(2);
            ShardEngine killing = new Killing(engine, 4);
            assertThat(Digits.PLAIN.by(killing, 10)).isEqualTo(Digits.PLAIN.inOneProcess(10));
        }
        assertThat(Executors.lasting()).isEmpty();
    }

    @Test
    void executorsThatNeverComeAreWaitedForUntilTheDeadline() {
        SparkSettings nowhere = new SparkSettings(
                "spark://127.0.0.1:9",
                SparkSettings.of("local").home(),
                2,
                Duration.ofSeconds(1),
                Duration.ofSeconds(5),
                Map.of(),
                false);
        assertThatThrownBy(() -> SparkEngine.start(Digits.PLAIN.work(), nowhere))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("its executors did not come")
                .hasMessageContaining("where:    spark://127.0.0.1:9")
                .hasMessageContaining("no master: Connection refused")
                .hasMessageContaining("at least 2 executors")
                .hasMessageContaining("--start-timeout");
    }

    @ParameterizedTest
    @ValueSource(strings = {"locale[2]", "local[two]", "local-cluster[0,1,1024]", "spark://", "standalone[2]"})
    void masterThatIsNoneIsRefused(String master) {
        assertThatThrownBy(() -> SparkSettings.of(master))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("found:    " + master);
    }

    @Test
    void layerOfAUsersOwnIsRefusedByName() {
        Network network = Network.of(
                Shape.flat(784), new SoftmaxCrossEntropy(), new Own(), new Dense(10, new Initialisation.Xavier()));
        ShardWork plain = Digits.PLAIN.work();
        ShardWork own = new ShardWork(network, plain.examples(), plain.sampler(), 20, List.of(), new Shards(2), 1);
        assertThatThrownBy(() -> SentWork.of(own))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("layer my-layer");
    }

    /// Kills an executor when a round begins, without waiting for its end: tasks are sent to it, or
    /// run there, as chance has it.
    private record Killing(ShardEngine engine, long round) implements ShardEngine {
        @Override
        public String compute(Parameters parameters, long step, ShardSum sum) {
            if (step == round) {
                Executors.running().getFirst().destroyForcibly();
            }
            return engine.compute(parameters, step, sum);
        }

        @Override
        public void advance(LocalRound round, List<Parameters> state, LocalMean mean) {
            engine.advance(round, state, mean);
        }

        @Override
        public String place() {
            return engine.place();
        }

        @Override
        public void close() {
            engine.close();
        }
    }

    private static final class Own implements CustomLayer {
        @Override
        public String name() {
            return "my-layer";
        }

        @Override
        public Shape outputs(Shape inputs) {
            return inputs;
        }

        @Override
        public List<ParameterShape> parameters(Shape inputs) {
            return List.of();
        }

        @Override
        public void forward(Frame frame) {
            frame.y().copyFrom(frame.x());
        }

        @Override
        public void backward(Frame frame) {
            frame.dx().copyFrom(frame.dy());
        }
    }
}
