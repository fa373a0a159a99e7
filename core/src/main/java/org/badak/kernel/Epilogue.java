package org.badak.kernel;

import org.badak.matrix.Matrix;

/// What a product goes on to do with the rows that it has just summed, while they are in the cache of the thread that
/// did it: an activation of one matrix of sums into another. The bits are those of the activation by itself.
public enum Epilogue {
    /// Nothing: the sums are what is wanted.
    NONE,

    /// As [Kernels#sigmoid].
    SIGMOID,

    /// As [Kernels#relu].
    RELU,

    /// As [Kernels#tanh].
    TANH;

    /// Does it for the rows [from, to).
    ///
    /// @param sums [rows, columns]
    /// @param y [rows, columns], overwritten
    void apply(Operations operations, Matrix sums, Matrix y, int from, int to) {
        switch (this) {
            case NONE -> {}
            case SIGMOID -> operations.sigmoid(sums, y, from, to);
            case RELU -> operations.relu(sums, y, from, to);
            case TANH -> operations.tanh(sums, y, from, to);
        }
    }
}
