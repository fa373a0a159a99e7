package org.badak.bench.jmh;

import java.util.concurrent.TimeUnit;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.matrix.Matrix;
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

/// float32 operations that touch each number once: activations, loss, update. The secondary figures are 10⁹ elements
/// and 10⁹ bytes, read and written, per second.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ElementwiseBenchmark {
    private static final int ROWS = 100;

    /// Columns of the matrices, which have 100 rows; the default is the chapter's hidden layer.
    @Param({"50", "1024"})
    public int columns = 1;

    /// Threads that compute.
    @Param({"1", "2"})
    public int threads = 1;

    private Kernels kernels = KernelChoice.current().kernels(Precision.FLOAT32, 1);
    private Matrix x = kernels.zeros(0, 0);
    private Matrix y = x;
    private Matrix sums = x;
    private final int[] labels = new int[ROWS];
    private final double[] rowLosses = new double[ROWS];

    /// The secondary figures.
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Traffic {
        /// 10⁹ elements of the result.
        public double gigaelement;
        /// 10⁹ bytes of matrices read and written.
        public double gigabyte;

        private void add(Matrix matrix, int passes) {
            double elements = (double) matrix.rows() * matrix.columns();
            gigaelement += elements / 1e9;
            gigabyte += passes * matrix.precision().bytes() * elements / 1e9;
        }
    }

    /// Makes the matrices and starts the threads.
    @Setup(Level.Trial)
    public void open() {
        kernels.close();
        kernels = KernelChoice.current().kernels(Precision.FLOAT32, threads);
        x = kernels.zeros(ROWS, columns);
        y = kernels.zeros(ROWS, columns);
        sums = kernels.zeros(1, columns);
        for (int row = 0; row < ROWS; row++) {
            labels[row] = row % columns;
            for (int column = 0; column < columns; column++) {
                x.set(row, column, Math.sin(row * 31 + column));
            }
        }
    }

    /// Stops the threads.
    @TearDown(Level.Trial)
    public void close() {
        kernels.close();
    }

    /// The sigmoid: reads x, writes y.
    @Benchmark
    public void sigmoid(Traffic traffic) {
        kernels.sigmoid(x, y);
        traffic.add(y, 2);
    }

    /// The rectifier: reads x, writes y.
    @Benchmark
    public void relu(Traffic traffic) {
        kernels.relu(x, y);
        traffic.add(y, 2);
    }

    /// Softmax with cross-entropy: reads x, writes the gradient.
    @Benchmark
    public double softmaxCrossEntropy(Traffic traffic) {
        traffic.add(y, 2);
        return kernels.softmaxCrossEntropy(x, labels, y, rowLosses);
    }

    /// The update of plain SGD: reads x and y, writes y.
    @Benchmark
    public void addScaled(Traffic traffic) {
        kernels.addScaled(-1e-9, x, y);
        traffic.add(y, 3);
    }

    /// The gradient of a bias: reads x.
    @Benchmark
    public void columnSums(Traffic traffic) {
        kernels.columnSums(x, sums);
        traffic.add(x, 1);
    }
}
