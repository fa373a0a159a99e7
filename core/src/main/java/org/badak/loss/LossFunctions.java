package org.badak.loss;

import org.badak.matrix.ShapeException;

/// The chapter's loss functions of one prediction or of a batch, as plain functions of arrays in float64: for study and
/// for checking by hand. Training uses [Loss].
public final class LossFunctions {
    private LossFunctions() {}

    /// E = ½ Σ (y − t)², the sum of squared error (오차제곱합).
    ///
    /// @throws ShapeException if the lengths differ
    public static double sumOfSquaredError(double[] y, double[] t) {
        ShapeException.requireEqual("length of t", y.length, t.length);
        double sum = 0;
        for (int i = 0; i < y.length; i++) {
            sum += (y[i] - t[i]) * (y[i] - t[i]);
        }
        return 0.5 * sum;
    }

    /// E = −Σ t·ln(y + δ), δ = 1e-7, the cross-entropy error (교차 엔트로피 오차) of one prediction.
    ///
    /// @param y probabilities
    /// @param t target distribution, usually one-hot
    /// @throws ShapeException if the lengths differ
    public static double crossEntropyError(double[] y, double[] t) {
        ShapeException.requireEqual("length of t", y.length, t.length);
        double sum = 0;
        for (int i = 0; i < y.length; i++) {
            sum -= t[i] == 0 ? 0 : t[i] * Math.log(y[i] + DeltaCrossEntropy.CHAPTER_DELTA);
        }
        return sum;
    }

    /// The mean of [#crossEntropyError(double\[\], double\[\])] over a batch with one-hot targets.
    ///
    /// @param y `[batch][classes]`
    /// @param t `[batch][classes]`
    public static double crossEntropyError(double[][] y, double[][] t) {
        ShapeException.requireEqual("rows of t", y.length, t.length);
        double sum = 0;
        for (int row = 0; row < y.length; row++) {
            sum += crossEntropyError(y[row], t[row]);
        }
        return sum / y.length;
    }

    /// The mean cross-entropy error over a batch with class labels.
    ///
    /// @param y `[batch][classes]`
    /// @param labels true class of each row
    /// @throws IllegalArgumentException if a label is not a class
    public static double crossEntropyError(double[][] y, int[] labels) {
        ShapeException.requireEqual("labels", y.length, labels.length);
        double sum = 0;
        for (int row = 0; row < y.length; row++) {
            if (labels[row] < 0 || labels[row] >= y[row].length) {
                throw new IllegalArgumentException(
                        "label at row " + row + ": expected 0 to " + (y[row].length - 1) + ", found " + labels[row]);
            }
            sum -= Math.log(y[row][labels[row]] + DeltaCrossEntropy.CHAPTER_DELTA);
        }
        return sum / y.length;
    }

    /// softmax(z) = e^(z − max z) / Σ e^(z − max z).
    public static double[] softmax(double... z) {
        double max = Double.NEGATIVE_INFINITY;
        for (double score : z) {
            max = Math.max(max, score);
        }
        double[] y = new double[z.length];
        double sum = 0;
        for (int i = 0; i < z.length; i++) {
            y[i] = Math.exp(z[i] - max);
            sum += y[i];
        }
        for (int i = 0; i < z.length; i++) {
            y[i] /= sum;
        }
        return y;
    }
}
