package org.badak.loss;

import org.badak.kernel.Kernels;
import org.badak.matrix.Matrix;

/// The mean squared error, per row 1/outputs · Σⱼ (yⱼ − tⱼ)²; the mean over all elements of a batch.
public record MeanSquaredError() implements Loss {
    @Override
    public String name() {
        return "mean-squared-error";
    }

    @Override
    public double evaluate(Kernels kernels, Matrix outputs, Targets targets, Matrix gradient, double[] rowLosses) {
        double factor = 1.0 / outputs.columns();
        return switch (targets) {
            case Targets.Labels labels -> kernels.squaredError(outputs, labels.values(), factor, gradient, rowLosses);
            case Targets.Values values -> kernels.squaredError(outputs, values.matrix(), factor, gradient, rowLosses);
        };
    }

    @Override
    public void evaluateColumns(Kernels kernels, Matrix outputs, Matrix targets, int row, Matrix losses) {
        kernels.squaredErrorColumns(outputs, targets, row, 1.0 / outputs.rows(), losses);
    }

    @Override
    public void predict(Kernels kernels, Matrix outputs, Matrix predictions) {
        if (outputs != predictions) {
            predictions.copyFrom(outputs);
        }
    }
}
