package org.badak.loss;

import org.badak.kernel.Kernels;
import org.badak.matrix.Matrix;

/// The chapter's sum of squared error, per row E = ½ Σⱼ (yⱼ − tⱼ)², with ∂E/∂y = y − t; the mean over the rows of a
/// batch.
public record SumOfSquaredError() implements Loss {
    @Override
    public String name() {
        return "sum-of-squared-error";
    }

    @Override
    public double evaluate(Kernels kernels, Matrix outputs, Targets targets, Matrix gradient, double[] rowLosses) {
        return switch (targets) {
            case Targets.Labels labels -> kernels.squaredError(outputs, labels.values(), 0.5, gradient, rowLosses);
            case Targets.Values values -> kernels.squaredError(outputs, values.matrix(), 0.5, gradient, rowLosses);
        };
    }

    @Override
    public void evaluateColumns(Kernels kernels, Matrix outputs, Matrix targets, int row, Matrix losses) {
        kernels.squaredErrorColumns(outputs, targets, row, 0.5, losses);
    }

    @Override
    public void predict(Kernels kernels, Matrix outputs, Matrix predictions) {
        if (outputs != predictions) {
            predictions.copyFrom(outputs);
        }
    }
}
