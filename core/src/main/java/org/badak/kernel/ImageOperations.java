package org.badak.kernel;

import org.badak.matrix.Matrix;

/// The loops over images of one kernel set in one precision, on one thread: what [ImageKernels] divides among threads.
/// Images lie in rows of matrices as [org.badak.matrix.Shape] says. Two sets of the same precision agree to the bit.
public interface ImageOperations {
    /// The taps of every position of one image: result[tap, position]; zeros outside the image.
    ///
    /// @param row which image of x
    /// @param result [taps, positions], overwritten
    void patches(Matrix x, int row, Window window, Matrix result);

    /// The taps of every position of one image, and a one behind them: result[position, tap], result[position, taps] =
    /// 1; zeros outside the image.
    ///
    /// @param row which image of x
    /// @param result [positions, taps + 1], overwritten
    void patchRows(Matrix x, int row, Window window, Matrix result);

    /// Adds taps where they came from: each number of the image becomes the sum of all patches[tap, position] that lie
    /// on it, in ascending order of taps, starting from zero.
    ///
    /// @param patches [taps, positions]
    /// @param row which image of dx is overwritten
    void fold(Matrix patches, Window window, Matrix dx, int row);

    /// Copies one image: the channels of row `row` of x become the rows of `result` [channels, positions].
    void channels(Matrix x, int row, Matrix result);

    /// Copies one image back: the rows of `source` [channels, positions] become row `row` of y.
    void image(Matrix source, Matrix y, int row);

    /// The sum of blocks of rows: for the taps [from, to) and all filters f, sums[tap, f] = Σ parts[block·filters + f,
    /// tap] in ascending order of blocks; the last tap, whose number is the rows of `sums`, goes to `last`[0, f].
    ///
    /// @param parts [blocks·filters, taps + 1], of which the first `blocks` count
    /// @param sums [taps, filters]
    /// @param last [1, filters]
    void sumBlocks(Matrix parts, int blocks, Matrix sums, Matrix last, int from, int to);

    /// y = the largest number under the window at each position and channel: NaN if one is NaN, +0 above −0, for the
    /// images [from, to).
    void maxPool(Matrix x, Window window, Matrix y, int from, int to);

    /// dx = the sum of dy of all positions, in ascending order, whose largest number stands here, the first
    /// of equals; under a window whose largest is NaN it is the first place.
    ///
    /// @param x what [#maxPool] read
    /// @param y what it wrote
    void maxPoolGradient(Matrix x, Window window, Matrix y, Matrix dy, Matrix dx, int from, int to);

    /// y = the mean of the numbers under the window at each position and channel, zeros outside the image counted; they
    /// are added in ascending order and divided by size².
    void averagePool(Matrix x, Window window, Matrix y, int from, int to);

    /// dx = the sum of dy/size² of all positions that cover the place, in ascending order.
    void averagePoolGradient(Window window, Matrix dy, Matrix dx, int from, int to);
}
