package org.badak.loss;

import java.util.List;
import org.badak.kernel.Kernels;
import org.badak.matrix.Matrix;

/// Softmax and cross-entropy with a weight per class, for classes of unequal size: per row
/// L = Σⱼ wⱼ·tⱼ·(ln Σₖ e^zₖ − zⱼ). The batch's loss is the mean over its rows; PyTorch divides by the sum of the
/// weights
/// that occur in the batch instead.
///
/// @param weights one per class, finite and not negative, not all zero
public record WeightedCrossEntropy(List<Double> weights) implements Loss {
    /// @throws IllegalArgumentException if a weight is out of range or all are zero
    public WeightedCrossEntropy {
        weights = List.copyOf(weights);
        double sum = 0;
        for (int i = 0; i < weights.size(); i++) {
            if (!(weights.get(i) >= 0 && Double.isFinite(weights.get(i)))) {
                throw new IllegalArgumentException("weighted-cross-entropy: weight of class " + i
                        + " must be finite and not negative, found " + weights.get(i));
            }
            sum += weights.get(i);
        }
        if (!(sum > 0)) {
            throw new IllegalArgumentException(
                    "weighted-cross-entropy: expected a weight per class, some above zero, found " + weights);
        }
    }

    @Override
    public String name() {
        return "weighted-cross-entropy";
    }

    @Override
    public double evaluate(Kernels kernels, Matrix outputs, Targets targets, Matrix gradient, double[] rowLosses) {
        return CrossEntropyRows.evaluate(outputs, targets, 0, weights, gradient, rowLosses);
    }

    @Override
    public void evaluateColumns(Kernels kernels, Matrix outputs, Matrix targets, int row, Matrix losses) {
        CrossEntropyRows.evaluateColumns(outputs, targets, row, 0, weights, losses);
    }

    @Override
    public void requireOutputs(int outputs) {
        if (outputs != weights.size()) {
            throw new org.badak.matrix.ShapeException("weighted-cross-entropy: expected " + outputs
                    + " weights, one per output, found " + weights.size());
        }
    }

    @Override
    public void predict(Kernels kernels, Matrix outputs, Matrix predictions) {
        kernels.softmax(outputs, predictions);
    }
}
