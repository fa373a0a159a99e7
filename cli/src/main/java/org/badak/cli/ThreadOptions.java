package org.badak.cli;

import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.matrix.Precision;
import picocli.CommandLine.Option;

/// The option that says how many threads compute, and the kernels that do.
final class ThreadOptions {
    private static final int MOST = 1024;
    private static final int MOST_BY_DEFAULT = 4; // steps of a hundred images are too short to share between more

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads that compute; the results do not depend on it. Default: processors, at most 4.")
    private int threads = byDefault();

    /// Made by picocli.
    ThreadOptions() {}

    static int byDefault() {
        return Math.min(Runtime.getRuntime().availableProcessors(), MOST_BY_DEFAULT);
    }

    /// The number of threads; also settles which kernels serve, so that a forced set that is missing is told before
    /// data is loaded.
    ///
    /// @throws UsageException unless it is 1 to 1024
    /// @throws IllegalStateException if a forced kernel set is missing
    int threads() {
        if (threads < 1 || threads > MOST) {
            throw UsageException.of("--threads", threads, "1 to " + MOST, "leave it out to use " + byDefault());
        }
        requireKernels();
        return threads;
    }

    private static void requireKernels() {
        KernelChoice choice = KernelChoice.current();
        assert !choice.reason().isEmpty() : choice;
    }

    /// Kernels on that many threads; to be closed.
    ///
    /// @throws IllegalStateException if a forced kernel set is missing
    Kernels kernels(Precision precision) {
        return KernelChoice.current().kernels(precision, threads());
    }
}
