package org.badak.kernel;

/// The fused multiply-add a·b + c with one rounding, for every machine.
///
/// Products promise one fma chain per element, so the operation must round once everywhere. Where the processor has no
/// such instruction [Math#fma(float, float, float)] computes with big decimals, some thousand times slower; there the
/// error-free transformations below serve, which give the same bits: for float32 the exact product in float64 and a
/// sum rounded to odd, for float64 the algorithm of Boldo and Melquiond, "Emulation of FMA and correctly rounded sums:
/// proved algorithms using rounding to odd", IEEE Trans. Computers 57(4), 2008.
public final class Fma {
    private static final int PROBES = 32;
    private static final int ROUNDS = 3;
    private static final double SLOW_NANOSECONDS = 600;
    private static final double SPLITTER = 0x1p27 + 1;
    private static final double SAFE_LARGE = 0x1p480;
    private static final double SAFE_SMALL = 0x1p-400;

    /// Whether [Math#fma(double, double, double)] is an instruction here; found by timing it once.
    public static final boolean HARDWARE = probe();

    private Fma() {}

    /// a·b + c, rounded once.
    public static float fma(float a, float b, float c) {
        return HARDWARE ? Math.fma(a, b, c) : emulated(a, b, c);
    }

    /// a·b + c, rounded once.
    public static double fma(double a, double b, double c) {
        return HARDWARE ? Math.fma(a, b, c) : emulated(a, b, c);
    }

    static float emulated(float a, float b, float c) {
        double product = (double) a * b; // exact: 24 + 24 bits
        return (float) addToOdd(product, c);
    }

    static double emulated(double a, double b, double c) {
        double high = a * b;
        if (high == 0 && (a == 0 || b == 0)) {
            return high + c;
        }
        if (!(Math.abs(a) < SAFE_LARGE && Math.abs(b) < SAFE_LARGE && Math.abs(c) < SAFE_LARGE)
                || Math.abs(high) < SAFE_SMALL
                || (c != 0 && Math.abs(c) < SAFE_SMALL)) {
            return Math.fma(a, b, c);
        }
        double scaledA = SPLITTER * a;
        double aHigh = scaledA - (scaledA - a);
        double aLow = a - aHigh;
        double scaledB = SPLITTER * b;
        double bHigh = scaledB - (scaledB - b);
        double bLow = b - bHigh;
        double low = aLow * bLow - (((high - aHigh * bHigh) - aLow * bHigh) - aHigh * bLow);

        double tail = c + low;
        double tailError = sumError(c, low, tail);
        double sum = high + tail;
        double sumRest = sumError(high, tail, sum);
        return sum + addToOdd(tailError, sumRest);
    }

    /// The sum, rounded to the neighbour with an odd last bit where it is not exact.
    private static double addToOdd(double a, double b) {
        double sum = a + b;
        double error = sumError(a, b, sum);
        if (error == 0 || !Double.isFinite(sum) || Double.isNaN(error)) {
            return sum;
        }
        long bits = Double.doubleToRawLongBits(sum);
        if ((bits & 1) == 0) {
            bits += (error > 0) == (sum > 0) ? 1 : -1;
        }
        return Double.longBitsToDouble(bits);
    }

    /// The rounding error of sum = a + b, exactly (Knuth's two-sum).
    private static double sumError(double a, double b, double sum) {
        double partOfB = sum - a;
        return (a - (sum - partOfB)) + (b - partOfB);
    }

    private static boolean probe() {
        double best = Double.POSITIVE_INFINITY;
        double value = 0.1;
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            for (int i = 0; i < PROBES; i++) {
                value = Math.fma(value, 0.9, 0.1);
            }
            best = Math.min(best, (double) (System.nanoTime() - start) / PROBES);
        }
        return best < SLOW_NANOSECONDS && value > 0;
    }
}
