package org.badak.peers;

import java.util.ArrayList;
import java.util.List;

/// The command line: `djl|dl4j [--threads N] [--repeat N] [--quick] [WORKLOAD…]`.
///
/// @param engine `djl` or `dl4j`
/// @param workloads of W1 W2 W4 W5 W6 W7
/// @param threads only reported: libraries take theirs from OMP_NUM_THREADS and the like, which `run` sets
record Settings(String engine, List<String> workloads, int threads, int repetitions, boolean quick) {
    private static final List<String> KNOWN = List.of("W1", "W2", "W4", "W5", "W6", "W7");

    static Settings parse(String[] arguments) {
        if (arguments.length == 0 || !List.of("djl", "dl4j").contains(arguments[0])) {
            throw new IllegalArgumentException("expected djl or dl4j first");
        }
        List<String> workloads = new ArrayList<>();
        int threads = 2;
        int repetitions = 1;
        boolean quick = false;
        for (int i = 1; i < arguments.length; i++) {
            String word = arguments[i];
            switch (word) {
                case "--threads" -> threads = number(word, arguments, ++i);
                case "--repeat" -> repetitions = number(word, arguments, ++i);
                case "--quick" -> quick = true;
                default -> {
                    if (!KNOWN.contains(word)) {
                        throw new IllegalArgumentException("found '" + word + "', expected --threads N, --repeat N,"
                                + " --quick or one of " + String.join(", ", KNOWN));
                    }
                    workloads.add(word);
                }
            }
        }
        return new Settings(
                arguments[0], workloads.isEmpty() ? KNOWN.subList(0, 5) : workloads, threads, repetitions, quick);
    }

    private static int number(String option, String[] arguments, int position) {
        try {
            int value = position < arguments.length ? Integer.parseInt(arguments[position]) : 0;
            if (value >= 1) {
                return value;
            }
        } catch (NumberFormatException mistake) {
            // said below
        }
        throw new IllegalArgumentException(option + ": expected a number from 1 up");
    }

    /// A property that `run` passes on.
    static String property(String name) {
        return System.getProperty(name, "unknown");
    }
}
