package org.badak.bench;

import java.io.PrintStream;
import org.badak.data.DataException;
import org.badak.data.DataLocations;
import org.badak.data.DataSplit;
import org.badak.data.GeneratedDigits;
import org.badak.data.Json;
import org.badak.data.MnistSource;
import org.badak.kernel.KernelChoice;
import org.badak.train.Rehearsal;

/// Runs the workloads in this process and prints a table and, as the last line, a JSON object. Exit codes as those of
/// `badak`: 0 ok, 1 failed, 2 usage.
public final class Main {
    private Main() {}

    /// Runs the workloads that the arguments name and ends the process.
    public static void main(String[] arguments) {
        System.exit(run(arguments, System.out, System.err));
    }

    static int run(String[] arguments, PrintStream out, PrintStream err) {
        Settings settings;
        try {
            settings = Settings.parse(arguments);
        } catch (IllegalArgumentException mistake) {
            err.println("badak bench: " + mistake.getMessage());
            return 2;
        }
        if (settings.help()) {
            out.println(Settings.HELP);
            return 0;
        }
        if (settings.workloads()
                .getFirst()
                .equals("W7")) { // a process that trains from its start, as `badak train` does
            Rehearsal.begin();
        }
        try {
            Results results = measure(settings, settings.quick() ? Sizes.quick() : Sizes.full(), data(settings));
            (settings.json() ? err : out).println(results.table());
            out.println(results.json());
            return 0;
        } catch (DataException | IllegalStateException failure) {
            err.println("badak bench: " + failure.getMessage());
            return 1;
        }
    }

    static Results measure(Settings settings, Sizes sizes, DataSplit data) {
        Results results = new Results();
        KernelChoice choice = KernelChoice.current();
        results.put("engine", Json.of("Badak"));
        results.put("version", Json.of("JDK " + Runtime.version()));
        results.put("kernels", Json.of(choice.set().name() + ", " + choice.set().description()));
        results.put("threads", Json.of(settings.threads()));
        results.put("data", Json.of(data.origin()));
        results.note("JDK " + Runtime.version() + ", kernels " + choice.set().name() + " ("
                + choice.set().description() + "), threads " + settings.threads());
        results.note("Data: " + data.origin());
        int threads = settings.threads();
        int repetitions = settings.repetitions();
        for (String workload : settings.workloads()) {
            switch (workload) {
                case "W1" -> TrainingWorkload.run(data, threads, repetitions, sizes, results);
                case "W2" -> AdamWorkload.run(data, threads, repetitions, sizes, results);
                case "W3" -> NumericalGradientWorkload.run(data, threads, repetitions, sizes, results);
                case "W4" -> InferenceWorkload.run(data, threads, repetitions, sizes, results);
                case "W5" -> ProductWorkload.run(threads, repetitions, sizes, results);
                case "W6" -> ConvolutionWorkload.run(data, threads, repetitions, sizes, results);
                case "W7" -> FirstEpochWorkload.run(data, threads, sizes, results);
                default -> throw new IllegalStateException("no such workload: " + workload);
            }
        }
        return results;
    }

    private static DataSplit data(Settings settings) {
        MnistSource mnist = MnistSource.mnist();
        DataLocations locations = DataLocations.ofEnvironment();
        return !settings.digits() && mnist.find(locations).isPresent()
                ? mnist.load(locations)
                : settings.quick() ? GeneratedDigits.generate(1, 600, 200) : GeneratedDigits.generate(1);
    }
}
