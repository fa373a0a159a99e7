package org.badak.kernel;

import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;

/// The loops of one kernel set in one precision, on one thread: what a new kernel set implements. [Kernels] checks
/// shapes, divides the rows among threads and calls these.
///
/// Every method works on the rows [from, to) of its result. All matrices of a call have the set's precision. Two sets
/// of the same precision must agree to the bit: products are one fma chain per element over ascending inner index,
/// element-wise functions are those of [Elementary]. Padding (see [Matrix]) may be overwritten with anything.
/// Errors are found by the caller; implementations only assert.
public interface Operations {
    /// The element type.
    Precision precision();

    /// c += a·b for the rows [from, to) of c: cᵢⱼ becomes fma(aᵢₖ, bₖⱼ, …fma(aᵢ₀, b₀ⱼ, cᵢⱼ)).
    ///
    /// @param a [rows, inner], or [inner, rows] if `transposed`
    /// @param b [inner, columns]
    /// @param c [rows, columns], added to
    void multiply(Matrix a, boolean transposed, Matrix b, Matrix c, int from, int to);

    /// Copies bᵀ into the rows [from, to) of `result`.
    void transpose(Matrix b, Matrix result, int from, int to);

    /// Copies the one row of `row` into the rows [from, to) of `result`.
    void repeatRow(Matrix row, Matrix result, int from, int to);

    /// Sets the rows [from, to) to zero.
    void clear(Matrix result, int from, int to);

    /// result[0, j] = Σᵢ aᵢⱼ, added in ascending order of i, starting from zero.
    void columnSums(Matrix a, Matrix result);

    /// y = 1/(1 + e⁻ˣ).
    void sigmoid(Matrix x, Matrix y, int from, int to);

    /// dx = dy·((1 − y)·y).
    void sigmoidGradient(Matrix y, Matrix dy, Matrix dx, int from, int to);

    /// y = max(x, 0); NaN stays NaN.
    void relu(Matrix x, Matrix y, int from, int to);

    /// dx = dy where y > 0, else 0.
    void reluGradient(Matrix y, Matrix dy, Matrix dx, int from, int to);

    /// y = tanh x.
    void tanh(Matrix x, Matrix y, int from, int to);

    /// dx = dy·(1 − y²).
    void tanhGradient(Matrix y, Matrix dy, Matrix dx, int from, int to);

    /// p = softmax of each row of z; the row's log-sum-exp (max + ln Σ e^(z − max)) goes to `logSums` at the row's
    /// index.
    /// The sum is added in ascending order of columns. p may be z.
    void softmax(Matrix z, Matrix p, double[] logSums, int from, int to);

    /// x = factor·x.
    void scale(Matrix x, double factor, int from, int to);

    /// y = fma(factor, x, y).
    void addScaled(double factor, Matrix x, Matrix y, int from, int to);

    /// Row r of `result` = the pixels at `source[(indices[first + r])·columns …]`, unsigned bytes, divided by 255.
    ///
    /// @param indices which images, from position `first` on
    void pixels(byte[] source, int[] indices, int first, Matrix result, int from, int to);
}
