package org.badak.bench;

import java.util.Arrays;

/// Wall-clock times of repeated work.
final class Timing {
    private Timing() {}

    /// The middle value; of an even number the mean of the two in the middle.
    static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /// Seconds since a reading of [System#nanoTime].
    static double secondsSince(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    /// Seconds per call of warm code: warms up for three times `seconds` and at least ten calls, then takes the median
    /// of repetitions of as many calls as last `seconds`, at least one.
    static double secondsPerCall(Runnable work, double seconds, int repetitions) {
        int warm = 0;
        long start = System.nanoTime();
        while (warm < 10 || secondsSince(start) < 3 * seconds) {
            work.run();
            warm++;
        }
        long calibration = System.nanoTime();
        work.run();
        int calls = (int) Math.clamp(seconds / Math.max(secondsSince(calibration), 1e-7), 1, 1e7);
        double[] times = new double[repetitions];
        for (int i = 0; i < repetitions; i++) {
            long begin = System.nanoTime();
            for (int call = 0; call < calls; call++) {
                work.run();
            }
            times[i] = secondsSince(begin) / calls;
        }
        return median(times);
    }
}
