package org.badak.loss;

import org.badak.kernel.Elementary;
import org.badak.kernel.Kernels;
import org.badak.kernel.SmoothFunctions;
import org.badak.matrix.Matrix;

/// Binary cross-entropy of logits: each output is a question of its own, with target t from 0 to 1. Per output
/// −t·ln σ(z) − (1 − t)·ln(1 − σ(z)) = max(z, 0) − z·t + ln(1 + e^−|z|), which never overflows; per row the mean over
/// the
/// outputs, as PyTorch's BCEWithLogitsLoss. ∂/∂z = σ(z) − t. Labels count as one-hot rows.
public record BinaryCrossEntropy() implements Loss {
    @Override
    public String name() {
        return "binary-cross-entropy";
    }

    @Override
    public double evaluate(Kernels kernels, Matrix outputs, Targets targets, Matrix gradient, double[] rowLosses) {
        int columns = outputs.columns();
        double share = 1.0 / ((double) outputs.rows() * columns);
        for (int row = 0; row < outputs.rows(); row++) {
            double loss = 0;
            for (int column = 0; column < columns; column++) {
                double z = outputs.get(row, column);
                double t = Targets.value(targets, row, column);
                loss += loss(z, t);
                gradient.set(row, column, share * (Elementary.sigmoid(z) - t));
            }
            rowLosses[row] = loss / columns;
        }
        return Kernels.mean(rowLosses, outputs.rows());
    }

    @Override
    public void evaluateColumns(Kernels kernels, Matrix outputs, Matrix targets, int row, Matrix losses) {
        for (int column = 0; column < outputs.columns(); column++) {
            double loss = 0;
            for (int j = 0; j < outputs.rows(); j++) {
                loss += loss(outputs.get(j, column), targets.get(row, j));
            }
            losses.set(0, column, loss / outputs.rows());
        }
    }

    /// Probabilities σ(z), each for itself.
    @Override
    public void predict(Kernels kernels, Matrix outputs, Matrix predictions) {
        kernels.sigmoid(outputs, predictions);
    }

    private static double loss(double z, double t) {
        double tail = SmoothFunctions.logOnePlus(Elementary.exp(z < 0 ? z : -z));
        return (z > 0 ? z : 0) - z * t + tail;
    }
}
