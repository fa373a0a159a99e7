package org.badak.kernel;

import org.badak.matrix.FloatMatrix;
import org.badak.matrix.SparseMatrix;

/// Products of a float32 kernel set with sparse matrices: the bits of [Operations#multiply] on the same numbers, since
/// skipping a zero changes no sum.
public interface SparseOperations {
    /// c += a·b for the rows [from, to) of c, over ascending columns of a: those from `first` up to, not including,
    /// `end`.
    ///
    /// @param a [rows, inner]
    /// @param b [inner, columns]
    /// @param c [rows, columns], added to
    void multiply(SparseMatrix a, FloatMatrix b, FloatMatrix c, int from, int to, int first, int end);

    /// c += aᵀ·b for the rows [from, to) of c, over ascending rows of a.
    ///
    /// @param a [inner, rows]
    /// @param b [inner, columns]
    /// @param c [rows, columns], added to
    void multiplyTransposed(SparseMatrix a, FloatMatrix b, FloatMatrix c, int from, int to);

    /// How many elements of a row are not zero.
    int countNonZero(FloatMatrix a, int row);

    /// c += a·b for the rows [from, to) of c, over ascending columns of a, those left out where a is zero: the bits of
    /// [Operations#multiply] as long as b is finite.
    ///
    /// @param a [rows, inner]
    /// @param b [inner, columns]
    /// @param c [rows, columns], added to
    void multiplySkippingZeros(FloatMatrix a, FloatMatrix b, FloatMatrix c, int from, int to);
}
