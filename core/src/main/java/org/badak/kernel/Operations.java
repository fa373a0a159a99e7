package org.badak.kernel;

import java.util.List;
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

    /// The set's products with sparse matrices; only asked for in float32.
    default SparseOperations sparse() {
        return new ScalarSparse();
    }

    /// The set's loops over images.
    default ImageOperations images() {
        return switch (precision()) {
            case FLOAT32 -> new ScalarImagesFloat32();
            case FLOAT64 -> new ScalarImagesFloat64();
        };
    }

    /// The set's products whose right operand is copied into panels first; none by default.
    default PackedProducts packed() {
        return PackedProducts.NONE;
    }

    /// The set's loops for normalisation; they may keep scratch memory, so each [Kernels] asks for its own.
    default Normalisation normalisation() {
        return Normalisation.scalar(precision());
    }

    /// Copies bᵀ into the rows [from, to) of `result`.
    void transpose(Matrix b, Matrix result, int from, int to);

    /// Copies the one row of `row` into the rows [from, to) of `result`.
    void repeatRow(Matrix row, Matrix result, int from, int to);

    /// Sets the rows [from, to) to zero.
    void clear(Matrix result, int from, int to);

    /// result[0, j] = Σᵢ aᵢⱼ, added in ascending order of i, starting from zero.
    void columnSums(Matrix a, Matrix result);

    /// Whether every element of the rows [from, to) is a finite number.
    boolean allFinite(Matrix x, int from, int to);

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

    /// y = f(x).
    ///
    /// @param p the activation's parameter
    default void activate(Activation f, double p, Matrix x, Matrix y, int from, int to) {
        f.apply(p, x, y, from, to);
    }

    /// dx = dy·f′(x).
    ///
    /// @param p the activation's parameter
    default void activationGradient(Activation f, double p, Matrix x, Matrix dy, Matrix dx, int from, int to) {
        f.applyGradient(p, x, dy, dx, from, to);
    }

    /// p = softmax of each row of z; the row's log-sum-exp (max + ln Σ e^(z − max)) goes to `logSums` at the row's
    /// index.
    /// The sum is added in ascending order of columns. p may be z.
    void softmax(Matrix z, Matrix p, double[] logSums, int from, int to);

    /// Softmax and cross-entropy against labels: dz = factor·(softmax(z) − onehot), and of each row the log-sum-exp and
    /// the loss ln Σⱼ e^zⱼ − z at the label, both at the row's index. dz may be z.
    default void softmaxCrossEntropy(
            Matrix z, int[] labels, double factor, Matrix dz, double[] logSums, double[] losses, int from, int to) {
        for (int row = from; row < to; row++) {
            losses[row] = -z.get(row, labels[row]);
        }
        softmax(z, dz, logSums, from, to);
        for (int row = from; row < to; row++) {
            losses[row] += logSums[row];
            dz.set(row, labels[row], dz.get(row, labels[row]) - 1);
        }
        scale(dz, factor, from, to);
    }

    /// x = factor·x.
    void scale(Matrix x, double factor, int from, int to);

    /// y = fma(factor, x, y).
    void addScaled(double factor, Matrix x, Matrix y, int from, int to);

    /// One optimizer step, in one sweep: moves `parameter` and its slots as the update's [Update.Form]
    /// says.
    ///
    /// @param gradient read only
    /// @param slots those of the form, in its order; overwritten
    void update(Update update, Matrix gradient, List<Matrix> slots, Matrix parameter, int from, int to);

    /// `sums[row] = Σⱼ xⱼ²` of each row, in double: element j is added to partial sum j mod 16 in
    /// ascending order of j, product and sum rounded each; then partial sum i + 8 is added to sum i, i
    /// + 4 to i, i + 2 to i, 1 to 0.
    void sumsOfSquares(Matrix x, double[] sums, int from, int to);

    /// Row r of `result` = the pixels at `source[(indices[first + r])·columns …]`, unsigned bytes, divided by 255.
    ///
    /// @param indices which images, from position `first` on
    void pixels(byte[] source, int[] indices, int first, Matrix result, int from, int to);

    /// An outer product on top of a row stood up: for all columns l of `result`,
    /// result[r, l] = fma(w[wRow, r], a[aRow, l] − shift, base[baseRow, r]).
    ///
    /// Numerical gradients use it with a column per perturbation: a weight moved, so that one output moved from
    /// `shift` to a[aRow, l], and all that hangs on it by the weights w[wRow, …].
    ///
    /// @param a at least as many columns as `result`
    void outerSum(
            Matrix base,
            int baseRow,
            Matrix w,
            int wRow,
            Matrix a,
            int aRow,
            double shift,
            Matrix result,
            int from,
            int to);

    /// result[r, l] = source[row, r]: a row stood up and repeated in every column.
    void repeatColumn(Matrix source, int row, Matrix result, int from, int to);

    /// Softmax and cross-entropy of every column l of z, against one row of targets t:
    /// losses[0, l] = Σₖ tₖ·(s − zₖ) with s = m + ln Σₖ e^(zₖ − m) and m = maxₖ zₖ.
    /// Sums are plain and in ascending order of k, terms with tₖ = 0 left out.
    ///
    /// @param z [classes, columns]
    /// @param t targets, of which row `tRow` counts
    /// @param losses [1, columns], overwritten
    void softmaxCrossEntropyColumns(Matrix z, Matrix t, int tRow, Matrix losses);

    /// Softmax and cross-entropy of scores that one activation moves a little: with `d = a[aRow, l] − shift`,
    /// scores `z[row, k] + w[wRow, k]·d` and targets tₖ,
    /// `losses[0, l] = Σₖ tₖ·(s − fma(w[wRow, k], d, z[row, k]))`
    /// where `s = logSums[row] + ln(1 + Σₖ p[row, k]·(e^(w[wRow, k]·d) − 1))`.
    ///
    /// Logarithm and exponential are [Elementary#logNear] and [Elementary#exponentialNear]: they leave
    /// nothing out that a double could hold. The sum over k is a chain of fma in ascending order, that
    /// over tₖ ≠ 0 plain.
    ///
    /// @param z scores [N, classes], of which row `row` counts; likewise p and t
    /// @param p softmax of z
    /// @param logSums ln Σₖ e^(zₖ) of each row
    /// @param a at least as many columns as `losses`
    /// @param losses [1, columns], overwritten
    /// @return false if not all |wₖ|·|d| ≤ [Elementary#NEAR] with the largest |wₖ|; then nothing is
    ///     written
    boolean softmaxCrossEntropyMoved(
            Matrix z,
            Matrix p,
            double[] logSums,
            Matrix t,
            int row,
            Matrix w,
            int wRow,
            Matrix a,
            int aRow,
            double shift,
            Matrix losses);

    /// The chapter's form with δ: losses[0, l] = −Σₖ tₖ·ln(yₖ + δ), y being the softmax of column l of z, in the
    /// order of [#softmaxCrossEntropyColumns].
    void deltaCrossEntropyColumns(Matrix z, Matrix t, int tRow, double delta, Matrix losses);

    /// losses[0, l] = factor·Σₖ (yₖₗ − tₖ)², a chain of fma in ascending order of k.
    void squaredErrorColumns(Matrix y, Matrix t, int tRow, double factor, Matrix losses);
}
