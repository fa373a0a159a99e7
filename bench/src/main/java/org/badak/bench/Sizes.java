package org.badak.bench;

import java.util.List;

/// How large the workloads are.
///
/// @param trainingSteps steps of W1
/// @param adamSteps steps of one repetition of W2, and of its warm-up
/// @param convolutionSteps steps of one repetition of W6; its warm-up is five times as long
/// @param firstEpochSteps steps of W7
/// @param naiveSample parameters whose naive central difference is timed in W3, from which all are extrapolated
/// @param inferenceBatch images per batch of W4
/// @param inferenceBatches batches of W4; kept as float32, so at most 16, which a workspace remembers
/// @param singleImages images of W4 that are classified one at a time
/// @param seconds how long one repetition of a short workload lasts, at least, and its warm-up
/// @param products the products of W5
record Sizes(
        int trainingSteps,
        int adamSteps,
        int convolutionSteps,
        int firstEpochSteps,
        int naiveSample,
        int inferenceBatch,
        int inferenceBatches,
        int singleImages,
        double seconds,
        List<Product> products) {
    /// The sizes that are compared with peers.
    static Sizes full() {
        return new Sizes(10_000, 60, 150, 600, 400, 1_000, 10, 20_000, 0.2, Product.OF_W5);
    }

    /// Sizes for a look at whether everything runs: the figures mean nothing.
    static Sizes quick() {
        return new Sizes(
                20,
                2,
                2,
                20,
                10,
                50,
                2,
                20,
                0.002,
                List.of(Product.square(64), Product.OF_W5.get(2), Product.OF_W5.get(3)));
    }
}
