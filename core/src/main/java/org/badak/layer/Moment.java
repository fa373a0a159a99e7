package org.badak.layer;

import org.badak.kernel.Philox;
import org.badak.kernel.Purpose;

/// When a pass happens: the mode, and the seed and number of the training step. Shared by all frames of a workspace;
/// the one thing in them that changes from step to step.
///
/// Whatever a layer draws is a pure function of (seed, purpose, layer, step, index), so the draws of any step can be
/// made again: forward and backward of a step agree, a gradient check sees one fixed mask, and a run that was
/// interrupted goes on with the same bits.
public final class Moment {
    private static final int MOST_STEPS_BITS = 31;

    private final Mode mode;
    private final long seed;
    private long step;

    /// Step 0 of a seed.
    public Moment(Mode mode, long seed) {
        this.mode = mode;
        this.seed = seed;
    }

    /// Whether the pass is for learning or inference.
    public Mode mode() {
        return mode;
    }

    /// The run's seed.
    public long seed() {
        return seed;
    }

    /// Number of the training step, from 1; 0 outside of training.
    public long step() {
        return step;
    }

    /// Goes to a training step, forward or back.
    ///
    /// @throws IllegalArgumentException unless 0 ≤ step < 2³¹
    public void at(long number) {
        if (number < 0 || number >>> MOST_STEPS_BITS != 0) {
            throw new IllegalArgumentException("step: expected 0 to 2147483647, found " + number);
        }
        step = number;
    }

    /// The first 64 of the random bits of this step for a layer. A layer may draw at 2³² indices per step.
    ///
    /// @param layer the position of the layer in the network: [Frame#position]
    /// @param index from 0 to 2³² − 1
    public long bits(Purpose purpose, int layer, long index) {
        return Philox.bits(seed, purpose, layer, index(index));
    }

    /// The index in a stream of [Philox] that stands for an index of this step.
    public long index(long index) {
        assert index >>> 32 == 0 : index;
        return step << 32 | index;
    }
}
