package org.badak.bench.jmh;

import java.util.concurrent.TimeUnit;
import org.badak.bench.Product;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.matrix.Precision;
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

/// float32 matrix products in all three forms; the secondary figure `gigaflop` is 10⁹ floating-point operations per
/// second.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ProductBenchmark {
    /// Rows, inner and columns; any others may be given with -p.
    @Param({"100x784x50", "784x100x50", "100x50x784", "1024x1024x1024"})
    public String shape = "1x1x1";

    /// Which operand is stored transposed.
    @Param
    public Product.Form form = Product.Form.PLAIN;

    /// Threads that compute.
    @Param({"1", "2"})
    public int threads = 1;

    private Kernels kernels = KernelChoice.current().kernels(Precision.FLOAT32, 1);
    private Runnable work = () -> {};
    private double gigaflopPerCall;

    /// The secondary figure.
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Arithmetic {
        /// 10⁹ floating-point operations done.
        public double gigaflop;
    }

    /// Makes the matrices and starts the threads.
    @Setup(Level.Trial)
    public void open() {
        String[] sizes = shape.split("x");
        Product product = new Product(
                shape, form, Integer.parseInt(sizes[0]), Integer.parseInt(sizes[1]), Integer.parseInt(sizes[2]));
        kernels.close();
        kernels = KernelChoice.current().kernels(Precision.FLOAT32, threads);
        work = product.work(kernels);
        gigaflopPerCall = product.flop() / 1e9;
    }

    /// Stops the threads.
    @TearDown(Level.Trial)
    public void close() {
        kernels.close();
    }

    /// One product.
    @Benchmark
    public void product(Arithmetic arithmetic) {
        work.run();
        arithmetic.gigaflop += gigaflopPerCall;
    }
}
