package org.badak.bench;

import java.util.ArrayList;
import java.util.List;

/// What the command line asks for.
///
/// @param threads threads that compute, 1 to 1024
/// @param repetitions how often each figure is measured, its median counts; at least 1
/// @param workloads which are run, in this order
/// @param digits whether the generated digits are used even where MNIST is found
/// @param quick whether tiny sizes are used
/// @param json whether standard output carries JSON alone
/// @param help whether only the help is asked for
record Settings(
        int threads,
        int repetitions,
        List<String> workloads,
        boolean digits,
        boolean quick,
        boolean json,
        boolean help) {
    /// What can be asked for. W7 is for a process of its own and is left out unless named.
    static final List<String> WORKLOADS = List.of("W1", "W2", "W3", "W4", "W5", "W6", "W7");

    static final String HELP = """
            badak bench [OPTIONS] [WORKLOAD...]   runs W1 to W6, or the workloads named, in this process
              W1  training, 784-50-10, 10,000 steps        W4  inference, batches and single images
              W2  training, 784-1024-1024-10, Adam         W5  matrix products and the arithmetic peak
              W3  one numerical gradient                   W6  training, convolution of 30 filters, Adam
              W7  load MNIST, 600 steps, accuracies: time the process, and run nothing else in it
              --threads N   threads that compute; default: processors, at most 4
              --repeat N    repetitions of each figure, the median counts; default: 5
              --digits      generated digits even where MNIST is found
              --quick       tiny sizes, to see whether everything runs; the figures mean nothing
              --json        the table on standard error, JSON alone on standard output
            badak bench jmh [JMH OPTIONS] [REGULAR EXPRESSION]   runs the JMH benchmarks; jmh -h lists its options""";

    /// Copies the list.
    ///
    /// @throws IllegalArgumentException if a number is out of range or a workload is unknown
    Settings {
        workloads = List.copyOf(workloads);
        requireRange("--threads", threads, 1024);
        requireRange("--repeat", repetitions, 1000);
        for (String workload : workloads) {
            if (!WORKLOADS.contains(workload)) {
                throw new IllegalArgumentException(
                        "found '" + workload + "', expected an option or one of " + WORKLOADS + "; see --help");
            }
        }
    }

    /// @throws IllegalArgumentException if the arguments cannot be carried out; says which
    static Settings parse(String... arguments) {
        int threads = Math.min(Runtime.getRuntime().availableProcessors(), 4);
        int repetitions = 5;
        List<String> workloads = new ArrayList<>();
        boolean digits = false;
        boolean quick = false;
        boolean json = false;
        boolean help = false;
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--threads" -> threads = number(arguments, ++i);
                case "--repeat" -> repetitions = number(arguments, ++i);
                case "--digits" -> digits = true;
                case "--quick" -> quick = true;
                case "--json" -> json = true;
                case "-h", "--help" -> help = true;
                default -> workloads.add(arguments[i]);
            }
        }
        return new Settings(
                threads,
                repetitions,
                workloads.isEmpty() ? WORKLOADS.subList(0, 6) : workloads,
                digits,
                quick,
                json,
                help);
    }

    private static int number(String[] arguments, int position) {
        String text = position < arguments.length ? arguments[position] : "";
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException malformed) {
            throw new IllegalArgumentException(
                    arguments[position - 1] + ": expected a whole number, found '" + text + "'", malformed);
        }
    }

    private static void requireRange(String option, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(option + ": expected 1 to " + most + ", found " + value);
        }
    }
}
