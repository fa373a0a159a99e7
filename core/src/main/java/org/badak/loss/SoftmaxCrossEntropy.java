package org.badak.loss;

import org.badak.kernel.Kernels;
import org.badak.matrix.Matrix;

/// Softmax and cross-entropy, fused and shifted by the maximum: per row L = ln Σⱼ e^(zⱼ) − zₜ, with ∂L/∂z = softmax(z)
/// − t.
/// No δ is needed, nothing overflows, and the gradient is exact.
public record SoftmaxCrossEntropy() implements Loss {
    @Override
    public String name() {
        return "softmax-cross-entropy";
    }

    @Override
    public double evaluate(Kernels kernels, Matrix outputs, Targets targets, Matrix gradient, double[] rowLosses) {
        return switch (targets) {
            case Targets.Labels labels -> kernels.softmaxCrossEntropy(outputs, labels.values(), gradient, rowLosses);
            case Targets.Values values -> kernels.softmaxCrossEntropy(outputs, values.matrix(), gradient, rowLosses);
        };
    }

    @Override
    public void evaluateColumns(Kernels kernels, Matrix outputs, Matrix targets, int row, Matrix losses) {
        kernels.softmaxCrossEntropyColumns(outputs, targets, row, losses);
    }

    @Override
    public void predict(Kernels kernels, Matrix outputs, Matrix predictions) {
        kernels.softmax(outputs, predictions);
    }
}
