package org.badak.figure;

import java.util.ArrayList;
import java.util.List;

/// Where values of an axis lie between its ends, and its ticks at round numbers.
final class Scale {
    private static final double RELATIVE_RESOLUTION = 1e-9;
    private static final double LEAST_RANGE = 1e-290;

    private final boolean logarithmic;
    private final double low; // for logarithmic axes: log10 of the end
    private final double high;
    private final List<Tick> ticks;

    /// A place with a label; minor ticks have an empty label.
    record Tick(double value, String label) {}

    private Scale(boolean logarithmic, double low, double high, List<Tick> ticks) {
        this.logarithmic = logarithmic;
        this.low = low;
        this.high = high;
        this.ticks = ticks;
    }

    /// The scale of `axis` for data from `least` to `most` (NaN: no data).
    ///
    /// @param padding fraction of the range left free at each end that the data decides
    /// @param wanted about how many ticks
    static Scale fit(Axis axis, double least, double most, double padding, int wanted) {
        boolean logarithmic = axis.logarithmic();
        double low = transform(logarithmic, Double.isNaN(axis.low()) ? least : axis.low());
        double high = transform(logarithmic, Double.isNaN(axis.high()) ? most : axis.high());
        if (Double.isNaN(low) && Double.isNaN(high)) {
            low = logarithmic ? -1 : 0;
            high = 1;
        } else if (Double.isNaN(low)) {
            low = high - 1;
        } else if (Double.isNaN(high)) {
            high = low + 1;
        }
        boolean freeLow = Double.isNaN(axis.low());
        boolean freeHigh = Double.isNaN(axis.high());
        double size = Math.max(Math.abs(low), Math.abs(high));
        if (!(high - low > Math.max(LEAST_RANGE, RELATIVE_RESOLUTION * size))) {
            double room = logarithmic ? 0.5 : size <= LEAST_RANGE ? 1 : 0.05 * size;
            double middle = freeLow ? high : low;
            low = freeLow ? middle - room : low;
            high = freeHigh || !freeLow ? middle + room : high;
        } else {
            double pad = padding * (high - low);
            low = freeLow ? low - pad : low;
            high = freeHigh ? high + pad : high;
        }
        List<Tick> ticks = logarithmic ? logTicks(low, high, wanted) : linearTicks(low, high, wanted);
        return new Scale(logarithmic, low, high, ticks);
    }

    private static double transform(boolean logarithmic, double value) {
        return logarithmic ? Math.log10(value) : value;
    }

    /// Whether a value can be drawn at all: finite, not absurdly large, positive on a logarithmic axis.
    static boolean drawable(boolean logarithmic, double value) {
        return Math.abs(value) <= 1e300 && (!logarithmic || value > 0);
    }

    /// 0 at the lower end, 1 at the upper end; NaN for what cannot be drawn.
    double fraction(double value) {
        return drawable(logarithmic, value) ? (transform(logarithmic, value) - low) / (high - low) : Double.NaN;
    }

    /// Length of the axis in its own units (decades when logarithmic).
    double length() {
        return high - low;
    }

    /// All ticks, ascending.
    List<Tick> ticks() {
        return ticks;
    }

    private static List<Tick> linearTicks(double low, double high, int wanted) {
        double rough = (high - low) / Math.max(1, wanted);
        double magnitude = Math.pow(10, Numbers.exponent(rough));
        double ratio = rough / magnitude;
        double step = (ratio <= 1.0001 ? 1 : ratio <= 2.0001 ? 2 : ratio <= 5.0001 ? 5 : 10) * magnitude;
        double slack = 1e-6 * step;
        List<Tick> ticks = new ArrayList<>();
        double first = Math.ceil((low - slack) / step);
        double largest = Math.max(Math.abs(low), Math.abs(high));
        for (int i = 0; i <= 2 * wanted + 4; i++) {
            double value = (first + i) * step;
            if (value > high + slack) {
                break;
            }
            value = Math.abs(value) < slack ? 0 : value;
            ticks.add(new Tick(value, Numbers.tick(value, step, largest)));
        }
        return ticks;
    }

    private static List<Tick> logTicks(double low, double high, int wanted) {
        int first = (int) Math.ceil(low - 1e-9);
        int last = (int) Math.floor(high + 1e-9);
        int decades = last - first + 1;
        if (decades < 2) {
            return shortLogTicks(low, high, wanted);
        }
        int stride = 1;
        while ((decades - 1) / stride + 1 > Math.max(2, wanted)) {
            stride++;
        }
        List<Tick> ticks = new ArrayList<>();
        for (int e = first - 1; e <= last; e++) {
            boolean labelled = Math.floorMod(e, stride) == 0;
            if (e >= first) {
                ticks.add(new Tick(Math.pow(10, e), labelled ? Numbers.power(e) : ""));
            }
            for (int m = 2; m <= 9 && decades <= 5; m++) {
                double position = e + Math.log10(m);
                if (position >= low && position <= high) {
                    ticks.add(new Tick(m * Math.pow(10, e), ""));
                }
            }
        }
        return ticks;
    }

    /// Less than two powers of ten: 1, 2, 5; or round numbers when even those are too few.
    private static List<Tick> shortLogTicks(double low, double high, int wanted) {
        List<Tick> ticks = new ArrayList<>();
        for (int e = (int) Math.floor(low); e <= Math.floor(high); e++) {
            for (int m : new int[] {1, 2, 5}) {
                double position = e + Math.log10(m);
                if (position >= low - 1e-9 && position <= high + 1e-9) {
                    double value = m * Math.pow(10, e);
                    ticks.add(new Tick(value, Numbers.significant(value, 1)));
                }
            }
        }
        return ticks.size() >= 2 ? ticks : linearTicks(Math.pow(10, low), Math.pow(10, high), Math.min(4, wanted));
    }
}
