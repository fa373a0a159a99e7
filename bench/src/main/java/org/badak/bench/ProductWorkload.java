package org.badak.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.badak.data.Json;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.kernel.Workers;
import org.badak.matrix.Precision;
import org.badak.simd.ArithmeticPeak;

/// W5: float32 matrix products, against the arithmetic peak of as many threads measured in the same run, before each
/// product and at the end; the highest reading counts, because what disturbs only lowers it.
final class ProductWorkload {
    private ProductWorkload() {}

    static void run(int threads, int repetitions, Sizes sizes, Results results) {
        List<Double> speeds = new ArrayList<>();
        double peak = 0;
        try (Kernels kernels = KernelChoice.current().kernels(Precision.FLOAT32, threads);
                Workers workers = new Workers(threads)) {
            peak(workers, 3 * sizes.seconds()); // warm-up
            for (Product product : sizes.products()) {
                peak = Math.max(peak, peak(workers, sizes.seconds()));
                double seconds = Timing.secondsPerCall(product.work(kernels), sizes.seconds(), repetitions);
                speeds.add(product.flop() / seconds / 1e9);
            }
            peak = Math.max(peak, peak(workers, sizes.seconds()));
        }
        List<Json> rows = new ArrayList<>();
        for (int i = 0; i < speeds.size(); i++) {
            String shape = sizes.products().get(i).shape();
            Map<String, Json> row = new LinkedHashMap<>();
            row.put("shape", Json.of(shape));
            row.put("gflops", Json.of((double) speeds.get(i)));
            row.put("share_of_peak", Json.of(speeds.get(i) / peak));
            rows.add(new Json.Members(row));
            results.line(
                    "W5 " + shape,
                    speeds.get(i),
                    "GFLOP/s, " + Math.round(100 * speeds.get(i) / peak) + " % of the peak");
        }
        results.put("W5", new Json.Items(rows));
        results.figure("peak_gflops", peak, "GFLOP/s", "   peak of fused multiply-adds in this run");
    }

    private static double peak(Workers workers, double seconds) {
        double[] parts = new double[workers.threads()];
        workers.run((part, count) -> parts[part] = ArithmeticPeak.gigaflops(seconds));
        double sum = 0;
        for (double part : parts) {
            sum += part;
        }
        return sum;
    }
}
