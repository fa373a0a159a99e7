package org.badak.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// The float32 arithmetic peak of one thread, measured: fused multiply-adds on registers alone, in as many chains as
/// keep the units busy. The yardstick of the benchmarks; it lives here because this module alone uses the Vector API.
public final class ArithmeticPeak {
    private static final VectorSpecies<Float> SPECIES = Width.FLOATS;
    private static final int CHAINS = 12; // more than latency times units needs; fewer than the 16 registers of AVX2
    private static final int ROUNDS = 50_000;

    private ArithmeticPeak() {}

    /// Runs fused multiply-adds for a time.
    ///
    /// @param seconds how long, at least; the first second of a process is warm-up and means little
    /// @return 10⁹ floating-point operations per second, a multiply-add being two
    public static double gigaflops(double seconds) {
        float sum = 0;
        long calls = 0;
        long start = System.nanoTime();
        long elapsed;
        do {
            sum += chains(ROUNDS, 0.5f);
            calls++;
            elapsed = System.nanoTime() - start;
        } while (elapsed < seconds * 1e9);
        if (!(sum > 0)) { // each chain tends to 1; the sum is used, so that the arithmetic cannot be left out
            throw new IllegalStateException("arithmetic peak: expected a positive sum, found " + sum);
        }
        return 2.0 * CHAINS * SPECIES.length() * ROUNDS * calls / elapsed;
    }

    /// x ← fma(x, factor, 1 − factor) in every lane of every chain.
    private static float chains(int rounds, float factor) {
        FloatVector m = FloatVector.broadcast(SPECIES, factor);
        FloatVector a = FloatVector.broadcast(SPECIES, 1 - factor);
        FloatVector x0 = FloatVector.broadcast(SPECIES, 0.01f);
        FloatVector x1 = FloatVector.broadcast(SPECIES, 0.02f);
        FloatVector x2 = FloatVector.broadcast(SPECIES, 0.03f);
        FloatVector x3 = FloatVector.broadcast(SPECIES, 0.04f);
        FloatVector x4 = FloatVector.broadcast(SPECIES, 0.05f);
        FloatVector x5 = FloatVector.broadcast(SPECIES, 0.06f);
        FloatVector x6 = FloatVector.broadcast(SPECIES, 0.07f);
        FloatVector x7 = FloatVector.broadcast(SPECIES, 0.08f);
        FloatVector x8 = FloatVector.broadcast(SPECIES, 0.09f);
        FloatVector x9 = FloatVector.broadcast(SPECIES, 0.10f);
        FloatVector x10 = FloatVector.broadcast(SPECIES, 0.11f);
        FloatVector x11 = FloatVector.broadcast(SPECIES, 0.12f);
        for (int i = 0; i < rounds; i++) {
            x0 = x0.fma(m, a);
            x1 = x1.fma(m, a);
            x2 = x2.fma(m, a);
            x3 = x3.fma(m, a);
            x4 = x4.fma(m, a);
            x5 = x5.fma(m, a);
            x6 = x6.fma(m, a);
            x7 = x7.fma(m, a);
            x8 = x8.fma(m, a);
            x9 = x9.fma(m, a);
            x10 = x10.fma(m, a);
            x11 = x11.fma(m, a);
        }
        FloatVector low = x0.add(x1).add(x2).add(x3).add(x4).add(x5);
        FloatVector high = x6.add(x7).add(x8).add(x9).add(x10).add(x11);
        return low.add(high).lane(0);
    }
}
