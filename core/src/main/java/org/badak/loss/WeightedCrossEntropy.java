package org.badak.loss;

import java.util.List;
import org.badak.kernel.Kernels;
import org.badak.matrix.Matrix;

/// Softmax and cross-entropy with a weight per class, for classes of unequal size, and per example:
/// L = Σₙ Σⱼ wⱼ·tₙⱼ·(ln Σₖ e^(zₙₖ) − zₙⱼ) / W with W = Σₙ Σⱼ wⱼ·tₙⱼ, so the loss is divided by the sum of the weights
/// in the batch, as PyTorch's `CrossEntropyLoss` with weights divides it for labels. Where all of a batch weighs
/// nothing, loss and gradient are 0.
///
/// An example weighs v times as much as another if its row of target values is multiplied by v: a row whose values sum
/// to 2 counts as two rows of sum 1.
///
/// A row's loss depends on the rest of its batch, through W; the mean of the row losses is L. Unlike PyTorch, which
/// divides by the number of rows where targets are probabilities, W is the same for labels and their one-hot rows.
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
        return CrossEntropyRows.evaluate(outputs, targets, 0, weights, totalWeight(targets), gradient, rowLosses);
    }

    @Override
    public void evaluateColumns(Kernels kernels, Matrix outputs, Matrix targets, int row, Matrix losses) {
        double total = CrossEntropyRows.totalWeight(targets, weights);
        CrossEntropyRows.evaluateColumns(outputs, targets, row, 0, weights, total, losses);
    }

    @Override
    public double rowWeight(Targets targets, int row) {
        double weight = 0;
        for (int j = 0; j < weights.size(); j++) {
            weight += weights.get(j) * Targets.value(targets, row, j);
        }
        return weight;
    }

    @Override
    public double totalWeight(Targets targets) {
        return CrossEntropyRows.totalWeight(targets, weights);
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
