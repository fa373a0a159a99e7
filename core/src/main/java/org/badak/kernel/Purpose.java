package org.badak.kernel;

/// What random numbers are drawn for. Each purpose has its own stream, so that drawing more for one never changes
/// another. The codes are part of the reproducibility contract: never reuse or renumber one.
public enum Purpose {
    /// First values of parameters.
    INITIALISATION(1),
    /// Mini-batches drawn with replacement.
    SAMPLING(2),
    /// Permutations of shuffled epochs.
    SHUFFLE(3),
    /// Generated data sets.
    DATA(4),
    /// Directions and points of gradient checks.
    GRADIENT_CHECK(5),
    /// Units that dropout leaves out.
    DROPOUT(6),
    /// Changes of images before they are learned.
    AUGMENTATION(7),
    /// Wrong labels on purpose.
    LABEL_NOISE(8),
    /// Division of a table into training, validation and test rows.
    SPLIT(16),
    /// Values of hyper-parameters in a search.
    TUNING(32);

    private final int code;

    Purpose(int code) {
        this.code = code;
    }

    /// The number that stands for this purpose in the counter of [Philox].
    public int code() {
        return code;
    }
}
