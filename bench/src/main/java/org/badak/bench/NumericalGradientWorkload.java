package org.badak.bench;

import java.util.stream.IntStream;
import org.badak.data.Batch;
import org.badak.data.BatchLoader;
import org.badak.data.DataSplit;
import org.badak.data.Json;
import org.badak.gradient.NumericalDifferentiation;
import org.badak.gradient.NumericalGradient;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;
import org.badak.model.Network;
import org.badak.model.Parameters;
import org.badak.model.Pass;
import org.badak.model.Workspace;

/// W3: one numerical gradient of every parameter of the chapter's network for a batch of 100, float64, h =
/// 1e-4. Structured and by series: measured whole. Naive, two forward passes and losses per parameter:
/// timed for a sample of parameters spread evenly over all, and extrapolated.
final class NumericalGradientWorkload {
    private NumericalGradientWorkload() {}

    static void run(DataSplit data, int threads, int repetitions, Sizes sizes, Results results) {
        try (Kernels kernels = KernelChoice.current().kernels(Precision.FLOAT64, threads)) {
            Network network = ChapterNetwork.of(data.train());
            Parameters parameters = ChapterNetwork.parameters(network, kernels);
            int[] indices = IntStream.range(0, ChapterNetwork.BATCH).toArray();
            Batch batch = new BatchLoader(data.train(), kernels, indices.length).load(indices, 0, indices.length);
            NumericalGradient structured = new NumericalGradient(network, parameters, kernels);
            double seconds = Timing.secondsPerCall(() -> structured.compute(batch), 2 * sizes.seconds(), repetitions);
            results.figure("W3_seconds", seconds, "s", "W3 numerical gradient of all parameters, structured");
            NumericalGradient series = new NumericalGradient(
                    network, parameters, kernels, NumericalGradient.Evaluation.SERIES, NumericalDifferentiation.STEP);
            double seriesSeconds = Timing.secondsPerCall(() -> series.compute(batch), sizes.seconds(), repetitions);
            results.figure("W3_series_seconds", seriesSeconds, "s", "W3 by truncated series");
            results.put("W3_series_bound", Json.of(series.series().bound()));
            results.put("W3_series_literal_units", Json.of(series.series().literalUnits()));
            double naive = naive(network, parameters, kernels, batch, sizes.naiveSample());
            results.figure(
                    "W3_naive_seconds_extrapolated",
                    naive,
                    "s",
                    "W3 naive, extrapolated from " + sizes.naiveSample() + " parameters");
            results.put("W3_naive_sample", Json.of(sizes.naiveSample()));
        }
    }

    private static double naive(Network network, Parameters parameters, Kernels kernels, Batch batch, int sample) {
        Pass pass = Workspace.forInference(network, parameters, kernels).pass(batch.x());
        differences(parameters, pass, batch, sample); // warm-up
        long start = System.nanoTime();
        double sum = differences(parameters, pass, batch, sample);
        double seconds = Timing.secondsSince(start);
        if (!Double.isFinite(sum)) {
            throw new IllegalStateException("W3: expected finite differences, found " + sum);
        }
        return seconds / sample * parameters.count();
    }

    private static double differences(Parameters parameters, Pass pass, Batch batch, int sample) {
        double h = NumericalDifferentiation.STEP;
        double sum = 0;
        for (int i = 0; i < sample; i++) {
            long number = parameters.count() * i / sample;
            int tensor = 0;
            while (number >= parameters.slots().get(tensor).count()) {
                number -= parameters.slots().get(tensor).count();
                tensor++;
            }
            Matrix w = parameters.tensor(tensor);
            int row = (int) (number / w.columns());
            int column = (int) (number % w.columns());
            double before = w.get(row, column);
            w.set(row, column, before + h);
            pass.forward();
            double plus = pass.loss(batch.targets());
            w.set(row, column, before - h);
            pass.forward();
            double minus = pass.loss(batch.targets());
            w.set(row, column, before);
            sum += (plus - minus) / (2 * h);
        }
        return sum;
    }
}
