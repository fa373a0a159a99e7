package org.badak.loss;

import org.badak.kernel.Elementary;
import org.badak.kernel.Kernels;
import org.badak.matrix.Matrix;

/// The chapter's cross-entropy, for study: per row L = −Σⱼ tⱼ·ln(yⱼ + δ) with y = softmax(z) and δ = 1e-7, and, as in
/// the
/// book's SoftmaxWithLoss, the gradient y − t of the loss *without* δ.
///
/// The two do not quite belong together: the loss's own gradient differs by the factor y/(y + δ), which a gradient
/// check
/// shows as a bias of δ/(y + δ). Training should use [SoftmaxCrossEntropy].
///
/// @param delta δ, positive
public record DeltaCrossEntropy(double delta) implements Loss {
    /// The chapter's δ.
    public static final double CHAPTER_DELTA = 1e-7;

    /// @throws IllegalArgumentException unless δ is positive and finite
    public DeltaCrossEntropy {
        if (!(delta > 0 && Double.isFinite(delta))) {
            throw new IllegalArgumentException("cross-entropy: delta must be positive, found " + delta);
        }
    }

    /// With the chapter's δ = 1e-7.
    public DeltaCrossEntropy() {
        this(CHAPTER_DELTA);
    }

    @Override
    public String name() {
        return "delta-cross-entropy";
    }

    @Override
    public double evaluate(Kernels kernels, Matrix outputs, Targets targets, Matrix gradient, double[] rowLosses) {
        int rows = outputs.rows();
        kernels.softmax(outputs, gradient);
        for (int row = 0; row < rows; row++) {
            double total = 0; // 1 for every distribution
            for (int column = 0; column < outputs.columns(); column++) {
                total += Targets.value(targets, row, column);
            }
            double loss = 0;
            for (int column = 0; column < outputs.columns(); column++) {
                double y = gradient.get(row, column);
                double t = Targets.value(targets, row, column);
                loss -= t == 0 ? 0 : t * Elementary.log(y + delta);
                gradient.set(row, column, y * total - t);
            }
            rowLosses[row] = loss;
        }
        kernels.scale(gradient, 1.0 / rows);
        return Kernels.mean(rowLosses, rows);
    }

    @Override
    public void evaluateColumns(Kernels kernels, Matrix outputs, Matrix targets, int row, Matrix losses) {
        kernels.deltaCrossEntropyColumns(outputs, targets, row, delta, losses);
    }

    @Override
    public void predict(Kernels kernels, Matrix outputs, Matrix predictions) {
        kernels.softmax(outputs, predictions);
    }
}
