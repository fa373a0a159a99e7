package org.badak.kernel;

/// Counter-based random numbers: Philox 4×32-10 of Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as
/// 1, 2, 3", SC 2011.
///
/// A draw is a pure function of (seed, purpose, stream, index): nothing is stored, any draw can be recomputed, and the
/// order or number of threads cannot matter. The seed is the key; index (64 bits), purpose and stream are the counter.
///
/// @param seed the run's seed
/// @param purpose what the numbers are for
/// @param stream a number that tells streams of one purpose apart, for example a parameter tensor or an epoch
public record Philox(long seed, Purpose purpose, int stream) {
    private static final int MULTIPLIER_0 = 0xD2511F53;
    private static final int MULTIPLIER_1 = 0xCD9E8D57;
    private static final int WEYL_0 = 0x9E3779B9; // golden ratio
    private static final int WEYL_1 = 0xBB67AE85; // sqrt(3) - 1
    private static final int ROUNDS = 10;
    private static final long LOW = 0xFFFFFFFFL;

    /// One block of the generator.
    ///
    /// @param counter0 first word of the counter, likewise the others
    /// @param key0 first word of the key, likewise the other
    /// @param output four random words, overwritten
    public static void block(int counter0, int counter1, int counter2, int counter3, int key0, int key1, int[] output) {
        int c0 = counter0;
        int c1 = counter1;
        int c2 = counter2;
        int c3 = counter3;
        int k0 = key0;
        int k1 = key1;
        for (int round = 0; round < ROUNDS; round++) {
            long product0 = (MULTIPLIER_0 & LOW) * (c0 & LOW);
            long product1 = (MULTIPLIER_1 & LOW) * (c2 & LOW);
            int next0 = (int) (product1 >>> 32) ^ c1 ^ k0;
            int next2 = (int) (product0 >>> 32) ^ c3 ^ k1;
            c1 = (int) product1;
            c3 = (int) product0;
            c0 = next0;
            c2 = next2;
            k0 += WEYL_0;
            k1 += WEYL_1;
        }
        output[0] = c0;
        output[1] = c1;
        output[2] = c2;
        output[3] = c3;
    }

    /// The first 64 random bits at an index.
    public long bits(long index) {
        return bits(seed, purpose, stream, index);
    }

    /// [#bits(long)] without an instance: a draw in a training step must allocate nothing, interpreted or compiled.
    public static long bits(long seed, Purpose purpose, int stream, long index) {
        int c0 = (int) index;
        int c1 = (int) (index >>> 32);
        int c2 = purpose.code();
        int c3 = stream;
        int k0 = (int) seed;
        int k1 = (int) (seed >>> 32);
        for (int round = 0; round < ROUNDS; round++) { // block(), kept in registers so that a draw allocates nothing
            long product0 = (MULTIPLIER_0 & LOW) * (c0 & LOW);
            long product1 = (MULTIPLIER_1 & LOW) * (c2 & LOW);
            int next0 = (int) (product1 >>> 32) ^ c1 ^ k0;
            int next2 = (int) (product0 >>> 32) ^ c3 ^ k1;
            c1 = (int) product1;
            c3 = (int) product0;
            c0 = next0;
            c2 = next2;
            k0 += WEYL_0;
            k1 += WEYL_1;
        }
        return (c0 & LOW) | ((long) c1 << 32);
    }

    /// A double uniform in [0, 1), a multiple of 2⁻⁵³.
    public double uniform(long index) {
        return (bits(index) >>> 11) * 0x1p-53;
    }

    /// An integer uniform in [0, bound); the bias is below bound/2⁶⁴.
    ///
    /// @param bound at least 1
    public int below(long index, int bound) {
        return below(seed, purpose, stream, index, bound);
    }

    /// [#below(long, int)] without an instance.
    public static int below(long seed, Purpose purpose, int stream, long index, int bound) {
        assert bound > 0 : bound;
        return (int) Math.unsignedMultiplyHigh(bits(seed, purpose, stream, index), bound);
    }

    /// A standard normal number: Box and Muller's transform (Ann. Math. Statist. 29, 1958) of the draws 2·index and
    /// 2·index+1, by the strict functions of the JDK, so the same on every platform.
    public double normal(long index) {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - uniform(2 * index)));
        return radius * StrictMath.cos(2 * StrictMath.PI * uniform(2 * index + 1));
    }

    /// Overwrites an array with a uniformly random permutation of 0 … length−1 (Fisher and Yates' shuffle).
    public void permute(int[] permutation) {
        permute(seed, purpose, stream, permutation);
    }

    /// [#permute(int\[\])] without an instance.
    public static void permute(long seed, Purpose purpose, int stream, int[] permutation) {
        for (int i = 0; i < permutation.length; i++) {
            permutation[i] = i;
        }
        for (int i = permutation.length - 1; i > 0; i--) {
            int j = below(seed, purpose, stream, i, i + 1);
            int swapped = permutation[i];
            permutation[i] = permutation[j];
            permutation[j] = swapped;
        }
    }
}
