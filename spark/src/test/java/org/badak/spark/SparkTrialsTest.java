package org.badak.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.badak.gradient.EngineException;
import org.badak.tune.TrialEngine;
import org.junit.jupiter.api.Test;

/// Trials as tasks of Spark, in this very process.
class SparkTrialsTest {
    private static final byte[] TWICE = {2};

    @Test
    void trialsAreCarriedOutSideBySideAndAgainWhereTheyFail() throws Exception {
        try (TrialEngine engine = new SparkTrialsProvider()
                        .start(new Doubling(), TWICE, Map.of("master", "local[3,2]"), note -> {});
                ExecutorService threads = Executors.newFixedThreadPool(3)) {
            assertThat(engine.parallel()).isEqualTo(3);
            assertThat(engine.place()).contains("Spark 4.2.0", "local[3,2]");
            List<Future<String>> answers = IntStream.range(0, 12)
                    .mapToObj(i -> threads.submit(() -> engine.run("trial " + i + " ")))
                    .toList();
            for (int i = 0; i < answers.size(); i++) {
                assertThat(answers.get(i).get()).isEqualTo(("trial " + i + " ").repeat(2));
            }
            assertThat(engine.run("torn")).isEqualTo("torntorn");
            assertThatThrownBy(() -> engine.run("bad"))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("a trial could not be carried out")
                    .hasMessageContaining("no disk for bad");
            Future<String> stopped = threads.submit(() -> engine.run("slow"));
            Sleep.seconds(0.5);
            engine.stop();
            assertThatThrownBy(stopped::get).hasMessageContaining("a trial could not be carried out");
        }
    }

    @Test
    void trialThatIsLateIsCancelledAndSaysWhatWasWaitedFor() {
        SparkSettings hurried = SparkSettings.of("local[2]").within(Duration.ofSeconds(1));
        try (TrialEngine engine = SparkTrials.start(new Doubling(), TWICE, hurried)) {
            assertThatThrownBy(() -> engine.run("slow"))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("a trial was not finished in time")
                    .hasMessageContaining("no result after 1 s")
                    .hasMessageContaining("--round-timeout");
            assertThat(engine.run("quick")).isEqualTo("quickquick");
        }
    }
}
