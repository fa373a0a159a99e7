package org.badak.augment;

import org.badak.kernel.Philox;
import org.badak.kernel.Purpose;

/// The random numbers of one augmentation of one image: a pure function of (seed, step, row of the batch, place of the
/// augmentation in its list, index), so that any step can be recomputed and no order matters.
public final class Draws {
    /// Indices are below this.
    public static final int MOST = 1 << 24;

    static final int MOST_ROWS = 1 << 24;
    static final int MOST_AUGMENTATIONS = 128;
    private static final int BITS = 24;

    private final long seed;
    private long image;
    private int first;

    Draws(long seed) {
        this.seed = seed;
    }

    /// Goes to an image.
    ///
    /// @param step below 2³⁹
    /// @param row of the batch, below [#MOST_ROWS]
    void image(long step, int row) {
        image = step << BITS | row;
    }

    /// Goes to an augmentation.
    ///
    /// @param position its place in the list, below [#MOST_AUGMENTATIONS]
    void augmentation(int position) {
        first = position << BITS;
    }

    /// 64 random bits.
    ///
    /// @param index from 0, below [#MOST]
    public long bits(int index) {
        return Philox.bits(seed, Purpose.AUGMENTATION, first | index, image);
    }

    /// A number uniform in [−1, 1), a multiple of 2⁻⁵².
    ///
    /// @param index from 0, below [#MOST]
    public double signed(int index) {
        return (bits(index) >> 11) * 0x1p-52;
    }
}
