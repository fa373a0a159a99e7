package org.badak.figure;

import java.util.Arrays;
import java.util.Locale;

/// An immutable list of points (x, y). Values may be NaN or infinite: such points are not drawn and break a line.
public final class Points {
    private final double[] xs;
    private final double[] ys;

    private Points(double[] xs, double[] ys) {
        this.xs = xs;
        this.ys = ys;
    }

    /// The points `(xs[i], ys[i])`; the arrays are copied.
    ///
    /// @throws FigureException if the lengths differ
    public static Points of(double[] xs, double[] ys) {
        if (xs.length != ys.length) {
            throw new FigureException("Points need as many x as y values, but there are " + xs.length + " x and "
                    + ys.length + " y values.");
        }
        return new Points(xs.clone(), ys.clone());
    }

    /// The points (0, ys[0]), (1, ys[1]), ….
    public static Points ofIndex(double[] ys) {
        double[] xs = new double[ys.length];
        Arrays.setAll(xs, i -> i);
        return new Points(xs, ys.clone());
    }

    /// The graph of a function at `count` evenly spaced places from `from` to `to`, both included.
    public static Points sample(java.util.function.DoubleUnaryOperator function, double from, double to, int count) {
        if (count < 2) {
            throw new FigureException("A graph needs at least 2 points, but " + count + " were asked for.");
        }
        double[] xs = new double[count];
        double[] ys = new double[count];
        for (int i = 0; i < count; i++) {
            xs[i] = from + (to - from) * i / (count - 1);
            ys[i] = function.applyAsDouble(xs[i]);
        }
        return new Points(xs, ys);
    }

    /// Number of points.
    public int size() {
        return xs.length;
    }

    /// x of point i.
    public double x(int i) {
        return xs[i];
    }

    /// y of point i.
    public double y(int i) {
        return ys[i];
    }

    /// The mean of each y with up to `window` − 1 values before it; NaN and infinite values stand for themselves and
    /// are left out of the means of others. For noisy loss curves.
    public Points movingAverage(int window) {
        if (window < 1) {
            throw new FigureException("A moving average needs a window of at least 1, but got " + window + ".");
        }
        double[] means = new double[ys.length];
        for (int i = 0; i < ys.length; i++) {
            double sum = 0;
            int count = 0;
            for (int j = Math.max(0, i - window + 1); j <= i; j++) {
                if (Double.isFinite(ys[j])) {
                    sum += ys[j];
                    count++;
                }
            }
            means[i] = Double.isFinite(ys[i]) ? sum / count : ys[i];
        }
        return new Points(xs, means);
    }

    /// At most about `limit` of these points, so that a drawn line looks the same: of every run of neighbours the first
    /// lowest and first highest are kept, so that no peak is lost. Lists that are short enough are
    /// returned unchanged.
    public Points thinned(int limit) {
        int n = xs.length;
        if (n <= Math.max(4, limit)) {
            return this;
        }
        int buckets = Math.max(1, limit / 2 - 1);
        double[] keptXs = new double[2 * buckets + 2];
        double[] keptYs = new double[2 * buckets + 2];
        int kept = 0;
        keptXs[kept] = xs[0];
        keptYs[kept++] = ys[0];
        for (int b = 0; b < buckets; b++) {
            int from = 1 + (int) ((long) b * (n - 2) / buckets);
            int to = 1 + (int) ((long) (b + 1) * (n - 2) / buckets);
            int low = -1;
            int high = -1;
            for (int i = from; i < to; i++) {
                if (Double.isFinite(ys[i])) {
                    low = low < 0 || ys[i] < ys[low] ? i : low;
                    high = high < 0 || ys[i] > ys[high] ? i : high;
                }
            }
            int first = low < 0 ? from : Math.min(low, high);
            keptXs[kept] = xs[first];
            keptYs[kept++] = ys[first];
            if (low != high) {
                int second = Math.max(low, high);
                keptXs[kept] = xs[second];
                keptYs[kept++] = ys[second];
            }
        }
        keptXs[kept] = xs[n - 1];
        keptYs[kept++] = ys[n - 1];
        return new Points(Arrays.copyOf(keptXs, kept), Arrays.copyOf(keptYs, kept));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Points that && Arrays.equals(xs, that.xs) && Arrays.equals(ys, that.ys);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(xs) + Arrays.hashCode(ys);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%d points", xs.length);
    }
}
