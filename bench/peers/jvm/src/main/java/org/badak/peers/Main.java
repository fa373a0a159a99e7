package org.badak.peers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.badak.data.Json;

/// Runs the workloads in one peer and prints their JSON line, with the keys of `badak bench`.
public final class Main {
    private static final Object[][] PRODUCTS = { // those of org.badak.bench.Product
        {"1024x1024x1024", "plain", 1024, 1024, 1024},
        {"2048x2048x2048", "plain", 2048, 2048, 2048},
        {"100x784x50", "plain", 100, 784, 50},
        {"784x100x50 left transposed", "left", 784, 100, 50},
        {"100x50x784 right transposed", "right", 100, 50, 784},
    };

    private final Settings settings;
    private final Engine engine;
    private final Images train;
    private final Images test;
    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(1);
    private final Map<String, Json> figures = new LinkedHashMap<>();

    private Main(Settings settings, Engine engine, Images train, Images test) {
        this.settings = settings;
        this.engine = engine;
        this.train = train;
        this.test = test;
    }

    /// Runs and ends the process: 0 ok, 1 failed, 2 usage.
    public static void main(String[] arguments) {
        Settings settings;
        try {
            settings = Settings.parse(arguments);
        } catch (IllegalArgumentException mistake) {
            System.err.println("peers: " + mistake.getMessage());
            System.exit(2);
            return;
        }
        Images.Both data = Images.load();
        try (Engine engine = settings.engine().equals("djl")
                ? new DjlEngine(data.train(), data.test())
                : new Dl4jEngine(data.train(), data.test())) {
            new Main(settings, engine, data.train(), data.test()).run();
        }
        System.exit(0); // native thread pools would keep the process alive
    }

    private void run() {
        figures.put("engine", Json.of(engine.name()));
        figures.put("version", Json.of(engine.version()));
        figures.put("threads", Json.of(settings.threads()));
        for (String workload : settings.workloads()) {
            switch (workload) {
                case "W1" -> chapter();
                case "W2" -> rate("W2_images_per_second", Engine.Kind.WIDE, 120);
                case "W4" -> inference();
                case "W5" -> products();
                case "W6" -> rate("W6_images_per_second", Engine.Kind.IMAGES, 120);
                default -> firstEpoch();
            }
        }
        System.out.println(new Json.Members(figures));
    }

    private int steps(int full) {
        return settings.quick() ? 10 : full;
    }

    /// Seconds of this many steps on batches drawn with replacement.
    private double steps(Engine.Kind kind, int steps) {
        int[] batch = new int[kind.batch];
        long start = System.nanoTime();
        for (int step = 0; step < steps; step++) {
            for (int i = 0; i < batch.length; i++) {
                batch[i] = random.nextInt(train.count());
            }
            engine.step(batch);
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private void chapter() {
        engine.begin(Engine.Kind.CHAPTER);
        steps(Engine.Kind.CHAPTER, steps(1_000));
        double[] seconds = new double[settings.repetitions()];
        for (int i = 0; i < seconds.length; i++) {
            engine.begin(Engine.Kind.CHAPTER);
            seconds[i] = steps(Engine.Kind.CHAPTER, steps(10_000));
        }
        figures.put("W1_seconds_warm", Json.of(median(seconds)));
        figures.put("W1_test_accuracy", Json.of(testAccuracy()));
    }

    private void rate(String key, Engine.Kind kind, int steps) {
        engine.begin(kind);
        steps(kind, steps(steps / 4));
        double[] rates = new double[settings.repetitions()];
        for (int i = 0; i < rates.length; i++) {
            rates[i] = (double) steps(steps) * kind.batch / steps(kind, steps(steps));
        }
        figures.put(key, Json.of(median(rates)));
    }

    private void inference() {
        engine.begin(Engine.Kind.CHAPTER);
        double seconds = secondsPerCall(() -> {
            for (int first = 0; first < test.count(); first += 1000) {
                engine.testClasses(first, first + 1000);
            }
        });
        figures.put("W4_images_per_second", Json.of(test.count() / seconds));
        double[] readings = new double[settings.quick() ? 20 : 20_000];
        for (int pass = 0; pass < 2; pass++) {
            for (int i = 0; i < readings.length; i++) {
                int image = i % test.count();
                long start = System.nanoTime();
                engine.testClasses(image, image + 1);
                readings[i] = (System.nanoTime() - start) / 1e3;
            }
        }
        figures.put("W4_single_us", Json.of(median(readings)));
    }

    private void products() {
        List<Json> rows = new ArrayList<>();
        for (Object[] shape : PRODUCTS) {
            int m = (int) shape[2];
            int k = (int) shape[3];
            int n = (int) shape[4];
            if (settings.quick() && m > 1000) {
                continue;
            }
            double seconds = secondsPerCall(engine.product((String) shape[1], m, k, n));
            Map<String, Json> row = new LinkedHashMap<>();
            row.put("shape", Json.of((String) shape[0]));
            row.put("gflops", Json.of(2e-9 * m * k * n / seconds));
            rows.add(new Json.Members(row));
        }
        figures.put("W5", new Json.Items(rows));
    }

    private void firstEpoch() {
        engine.begin(Engine.Kind.CHAPTER);
        steps(Engine.Kind.CHAPTER, steps(600));
        int correct = 0;
        for (int first = 0; first < train.count(); first += 1000) {
            correct += matches(engine.trainClasses(first, first + 1000), train.labels(), first);
        }
        figures.put("W7_train_accuracy", Json.of((double) correct / train.count()));
        figures.put("W7_test_accuracy", Json.of(testAccuracy()));
    }

    private double testAccuracy() {
        int correct = 0;
        for (int first = 0; first < test.count(); first += 1000) {
            correct += matches(engine.testClasses(first, first + 1000), test.labels(), first);
        }
        return (double) correct / test.count();
    }

    private static int matches(int[] found, int[] labels, int first) {
        int count = 0;
        for (int i = 0; i < found.length; i++) {
            count += found[i] == labels[first + i] ? 1 : 0;
        }
        return count;
    }

    /// As org.badak.bench.Timing: warm-up, then the median of repetitions of many calls.
    private double secondsPerCall(Runnable work) {
        double seconds = settings.quick() ? 0.002 : 0.2;
        long start = System.nanoTime();
        for (int warm = 0; warm < 10 || System.nanoTime() - start < 3e9 * seconds; warm++) {
            work.run();
        }
        long one = System.nanoTime();
        work.run();
        int calls = (int) Math.max(1, seconds * 1e9 / Math.max(System.nanoTime() - one, 100));
        double[] times = new double[settings.repetitions()];
        for (int i = 0; i < times.length; i++) {
            long begin = System.nanoTime();
            for (int call = 0; call < calls; call++) {
                work.run();
            }
            times[i] = (System.nanoTime() - begin) / 1e9 / calls;
        }
        return median(times);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }
}
