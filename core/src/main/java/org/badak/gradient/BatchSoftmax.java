package org.badak.gradient;

import org.badak.kernel.Kernels;
import org.badak.matrix.DoubleMatrix;
import org.badak.matrix.Matrix;

/// Probabilities and log-sum-exps of the unmoved scores of a batch: what losses of scores that moved a
/// little start from. Its memory grows with the batch and is kept.
final class BatchSoftmax {
    private Matrix probabilities = DoubleMatrix.zeros(0, 0);
    private double[] logSums = new double[0];

    /// Takes in the scores [N, classes].
    void compute(Kernels kernels, Matrix scores) {
        if (logSums.length < scores.rows()) {
            probabilities = kernels.zeros(scores.rows(), scores.columns());
            logSums = new double[scores.rows()];
        }
        kernels.softmax(scores, probabilities, logSums);
    }

    /// The softmax of each row [at least N, classes].
    Matrix probabilities() {
        return probabilities;
    }

    /// ln Σₖ e^(zₖ) of each row.
    double[] logSums() {
        return logSums;
    }
}
