package org.badak.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.spark.TaskContext;
import org.badak.gradient.LocalMean;
import org.badak.gradient.LocalRound;
import org.badak.gradient.ShardEngine;
import org.badak.gradient.ShardSum;
import org.badak.model.Parameters;
import org.badak.train.Checkpoints;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Executors that are killed at random moments, stragglers and speculation, many times over:
/// minutes, so only on demand, `-Dbadak.spark.proofs=true`. What it needs it says by its name.
class ProofsTest {
    private static final int KILLS = 20;
    private static final int STRAGGLING = 5;
    private static final int DRIVER_KILLS = 5;
    private static final int STEPS = 60;
    private static final double LONGEST_WAIT = 60; // seconds

    private final Random random = new Random(20);
    private double longest; // round, in seconds

    @Test
    @EnabledIfSystemProperty(named = "badak.spark.proofs", matches = "true")
    void killedExecutorsChangeNoBitNeedsMinutes() throws InterruptedException {
        String expected = Digits.PLAIN.inOneProcess(STEPS);
        SparkSettings settings = SparkSettings.of("local-cluster[2,1,512]").with("spark.executor.memory", "512m");
        AtomicInteger killed = new AtomicInteger();
        List<String> found = new ArrayList<>();
        try (SparkEngine engine = SparkEngine.start(Digits.PLAIN.work(), settings)) {
            Digits.PLAIN.by(engine, STEPS); // warm
            for (int run = 0; run < KILLS; run++) {
                double delay = random.nextDouble() * 1.5;
                int which = random.nextInt(2);
                Thread killer = Thread.startVirtualThread(() -> {
                    Sleep.seconds(delay);
                    List<ProcessHandle> running = Executors.running();
                    while (running.isEmpty()) {
                        Sleep.seconds(0.1);
                        running = Executors.running();
                    }
                    killed.addAndGet(running.get(which % running.size()).destroyForcibly() ? 1 : 0);
                });
                found.add(Digits.PLAIN.by(timed(engine), STEPS));
                killer.join();
            }
        }
        System.out.printf("%d executors killed, longest round %.1f s%n", killed.get(), longest);
        assertThat(killed.get()).isEqualTo(KILLS);
        assertThat(found).hasSize(KILLS).allMatch(expected::equals);
        assertThat(longest).isLessThan(LONGEST_WAIT);
    }

    @Test
    @EnabledIfSystemProperty(named = "badak.spark.proofs", matches = "true")
    void slowShardsAndSpeculationChangeNoBitNeedsMinutes() {
        String expected = Digits.PLAIN.inOneProcess(STEPS);
        SparkSettings settings = SparkSettings.of("local-cluster[2,1,512]")
                .with("spark.executor.memory", "512m")
                .with(
                        "spark.executor.extraClassPath",
                        Path.of("target", "test-classes").toAbsolutePath().toString())
                .with("spark.speculation", "true")
                .with("spark.speculation.interval", "50ms")
                .with("spark.speculation.multiplier", "1.5")
                .with("spark.speculation.minTaskRuntime", "50ms")
                .with("spark.speculation.quantile", "0.5");
        for (int run = 0; run < STRAGGLING; run++) {
            int slow = run;
            try (SparkEngine engine = SparkEngine.start(Digits.PLAIN.work(), settings, (round, shard) -> {
                boolean first = TaskContext.get().attemptNumber() == 0;
                if (first && shard == slow && round % 10 == 0) {
                    Sleep.seconds(3);
                }
            })) {
                assertThat(Digits.PLAIN.by(timed(engine), STEPS)).isEqualTo(expected);
            }
        }
        System.out.printf("%d runs with a slow shard, longest round %.1f s%n", STRAGGLING, longest);
        assertThat(longest).isLessThan(LONGEST_WAIT);
    }

    /// One, two and four executors over the same shards.
    @Test
    @EnabledIfSystemProperty(named = "badak.spark.proofs", matches = "true")
    void numberOfExecutorsChangesNoBitNeedsMinutes() {
        String expected = Digits.PLAIN.inOneProcess(STEPS);
        for (String master : List.of(
                "local[2]",
                "local-cluster[1,1,512]",
                "local-cluster[2,1,512]",
                "local-cluster[4,1,512]",
                "standalone[2,1,512]")) {
            SparkSettings settings = SparkSettings.of(master).with("spark.executor.memory", "512m");
            try (SparkEngine engine = SparkEngine.start(Digits.PLAIN.work(), settings)) {
                assertThat(Digits.PLAIN.by(timed(engine), STEPS)).as(master).isEqualTo(expected);
            }
        }
        System.out.printf("longest round %.1f s%n", longest);
    }

    /// A driver that is killed at a random step, five times over, and resumed each time from its newest checkpoint.
    @ParameterizedTest
    @ValueSource(ints = {0, 3})
    @EnabledIfSystemProperty(named = "badak.spark.proofs", matches = "true")
    void killedDriversEndInTheBitsOfOneThatWasNotNeedsMinutes(int localSteps, @TempDir Path folder) throws Exception {
        String expected = localSteps == 0
                ? Digits.PLAIN.inOneProcess(STEPS)
                : Digits.PLAIN.localInOneProcess(STEPS, localSteps).getFirst();
        Checkpoints checkpoints = new Checkpoints(folder);
        long reached = 0;
        int kills = 0;
        while (kills < DRIVER_KILLS) {
            Process driver = driver(folder, localSteps);
            long target = reached + 1 + random.nextInt((STEPS - (int) reached) / (DRIVER_KILLS - kills + 1));
            reached = awaitStep(driver, folder, target);
            driver.destroyForcibly().waitFor();
            kills++;
            assertThat(folder.resolve(Driver.RESULT))
                    .as("killed before it ended")
                    .doesNotExist();
            assertThat(checkpoints.newest().orElseThrow().checkpoint().step()).isGreaterThanOrEqualTo(target);
        }
        Process last = driver(folder, localSteps);
        assertThat(last.waitFor(Math.round(2 * LONGEST_WAIT), TimeUnit.SECONDS)).isTrue();
        System.out.printf("%d drivers killed, the last at step %d%n", kills, reached);
        assertThat(Files.readString(folder.resolve(Driver.RESULT))).isEqualTo(expected);
    }

    private static Process driver(Path folder, int localSteps) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-modules",
                        "jdk.incubator.vector",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Driver.class.getName(),
                        folder.toString(),
                        Integer.toString(STEPS),
                        Integer.toString(localSteps))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("driver.log").toFile())
                .start();
    }

    /// Waits until a driver has saved a step; answers which is the newest.
    private static long awaitStep(Process driver, Path folder, long step) throws IOException {
        long end = System.nanoTime() + (long) (LONGEST_WAIT * 2e9);
        while (true) {
            long newest;
            try (Stream<Path> files = Files.list(folder)) {
                newest = files.map(file -> String.valueOf(file.getFileName()))
                        .filter(name -> name.matches("checkpoint-[0-9]+\\.safetensors"))
                        .mapToLong(name -> Long.parseLong(name.replaceAll("[^0-9]", "")))
                        .max()
                        .orElse(0);
            }
            if (newest >= step) {
                return newest;
            }
            assertThat(driver.isAlive() && System.nanoTime() < end)
                    .as("the driver goes on: " + Files.readString(folder.resolve("driver.log")))
                    .isTrue();
            Sleep.seconds(0.005);
        }
    }

    private ShardEngine timed(SparkEngine engine) {
        return new ShardEngine() {
            @Override
            public String compute(Parameters parameters, long step, ShardSum sum) {
                String where = engine.compute(parameters, step, sum);
                longest = Math.max(longest, engine.latestRound().total());
                return where;
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
        };
    }
}
