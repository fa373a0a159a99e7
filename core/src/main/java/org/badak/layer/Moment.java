package org.badak.layer;

import org.badak.kernel.Philox;
import org.badak.kernel.Purpose;

/// When a pass happens: the mode, the seed and number of the training step, and which of the
/// batch's rows are passed. Shared by all frames of a workspace; the one thing in them that changes
/// from step to step.
///
/// Whatever a layer draws is a pure function of (seed, purpose, layer, step, index), so the draws
/// of any step can be made again: forward and backward of a step agree, a gradient check sees one
/// fixed mask, and a run that was interrupted goes on with the same bits.
public final class Moment {
    private static final int MOST_STEPS_BITS = 31;

    private final Mode mode;
    private final long seed;
    private long step;
    private int firstRow;

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

    /// The row of the step's whole batch that row 0 of the pass is: not 0 where a pass takes a part
    /// of the batch. A layer that draws for row r draws what row firstRow + r of the whole batch
    /// would get, so that a batch in parts sees the same draws as in one piece.
    public int firstRow() {
        return firstRow;
    }

    /// Goes to a training step, forward or back, with the whole batch.
    ///
    /// @throws IllegalArgumentException unless 0 ≤ step < 2³¹
    public void at(long number) {
        at(number, 0);
    }

    /// Goes to a training step, forward or back, with a part of the batch.
    ///
    /// @param first the row of the whole batch with which the part begins
    /// @throws IllegalArgumentException unless 0 ≤ step < 2³¹ and 0 ≤ first
    public void at(long number, int first) {
        if (number < 0 || number >>> MOST_STEPS_BITS != 0) {
            throw new IllegalArgumentException("step: expected 0 to 2147483647, found " + number);
        }
        if (first < 0) {
            throw new IllegalArgumentException("first row: expected 0 or more, found " + first);
        }
        step = number;
        firstRow = first;
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
