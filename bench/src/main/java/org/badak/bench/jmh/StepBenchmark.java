package org.badak.bench.jmh;

import java.util.concurrent.TimeUnit;
import org.badak.bench.ChapterNetwork;
import org.badak.bench.DenseExamples;
import org.badak.data.Examples;
import org.badak.data.GeneratedDigits;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.matrix.Precision;
import org.badak.train.Trainer;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// One training step of the chapter's network on generated digits, so that no data are needed. The secondary figure
/// `gigaflop` counts the products of a dense step, also where zeros are skipped: it is the speed a dense step would
/// have to have to be as quick.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class StepBenchmark {
    // x·W1, x'·dy1 and h·W2, h'·dy2, dy2·W2': two operations per term
    private static final double GIGAFLOP = 2e-9 * ChapterNetwork.BATCH * (2 * 784 * 50 + 3 * 50 * 10);

    /// Whether batches are dense, or sparse as the data's density suggests.
    @Param({"false", "true"})
    public boolean dense = false;

    /// Threads that compute.
    @Param({"1", "2"})
    public int threads = 1;

    private final Examples digits = GeneratedDigits.generate(1, 6_000, 100).train();
    private Kernels kernels = KernelChoice.current().kernels(Precision.FLOAT32, 1);
    private Trainer trainer = ChapterNetwork.trainer(digits, kernels);

    /// The secondary figure.
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Arithmetic {
        /// 10⁹ floating-point operations of dense steps.
        public double gigaflop;
    }

    /// Makes the trainer and starts the threads.
    @Setup(Level.Trial)
    public void open() {
        kernels.close();
        kernels = KernelChoice.current().kernels(Precision.FLOAT32, threads);
        trainer = ChapterNetwork.trainer(dense ? new DenseExamples(digits) : digits, kernels);
    }

    /// Stops the threads.
    @TearDown(Level.Trial)
    public void close() {
        kernels.close();
    }

    /// One step: batch, gradient, update.
    @Benchmark
    public double step(Arithmetic arithmetic) {
        arithmetic.gigaflop += GIGAFLOP;
        return trainer.step();
    }
}
