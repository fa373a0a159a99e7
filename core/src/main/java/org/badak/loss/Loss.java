package org.badak.loss;

import org.badak.kernel.Kernels;
import org.badak.matrix.Matrix;
import org.badak.matrix.ShapeException;

/// What is minimised: the mean over the rows of a batch of a loss per row. Rows may weigh differently: see
/// [#totalWeight].
public sealed interface Loss
        permits SoftmaxCrossEntropy,
                DeltaCrossEntropy,
                SumOfSquaredError,
                MeanSquaredError,
                SmoothedCrossEntropy,
                WeightedCrossEntropy,
                Huber,
                BinaryCrossEntropy {
    /// The loss's name in model files and on the command line.
    String name();

    /// The batch's loss, the loss of each row and the gradient, in one pass.
    ///
    /// @param outputs the network's last layer [N, outputs]; read only
    /// @param targets N rows
    /// @param gradient [N, outputs], overwritten with ∂loss/∂outputs; must not be `outputs`
    /// @param rowLosses at least N entries, overwritten with the loss of each row
    /// @return the mean of the row losses, added in ascending order
    double evaluate(Kernels kernels, Matrix outputs, Targets targets, Matrix gradient, double[] rowLosses);

    /// The loss of many outputs for one and the same example, without gradients: numerical gradients need it. Each
    /// agrees with the row loss of [#evaluate] but for rounding.
    ///
    /// @param outputs [outputs, columns], each column what the network could have put out for the example
    /// @param targets [N, outputs]; labels as one-hot rows
    /// @param row the example
    /// @param losses [1, columns], overwritten
    void evaluateColumns(Kernels kernels, Matrix outputs, Matrix targets, int row, Matrix losses);

    /// Turns the last layer's outputs into what the network predicts: probabilities, or the outputs themselves.
    ///
    /// @param predictions [N, outputs], overwritten; may be `outputs`
    void predict(Kernels kernels, Matrix outputs, Matrix predictions);

    /// What a row weighs by its target: 1, unless the loss weighs rows.
    default double rowWeight(Targets targets, int row) {
        return 1;
    }

    /// What the rows weigh together where each has a weight of its own beside that of the loss: Σ weight·[#rowWeight].
    ///
    /// @param weights one for each row, or empty where all weigh 1
    default double totalWeight(Targets targets, double[] weights) {
        if (weights.length == 0) {
            return totalWeight(targets);
        }
        double total = 0;
        for (int row = 0; row < targets.rows(); row++) {
            total += weights[row] * rowWeight(targets, row);
        }
        return total;
    }

    /// What the weights of rows make of the loss and the gradient of each: the factor of a row is its weight times
    /// this. The loss becomes Σ weight·loss / Σ weight; 0 where all of a batch weighs nothing.
    ///
    /// @param weights one for each row, not empty
    default double weighing(Targets targets, double[] weights) {
        double total = totalWeight(targets, weights);
        return total == 0 ? 0 : totalWeight(targets) / total;
    }

    /// What the rows weigh together: their number, unless the loss weighs rows. The loss of a larger batch is the mean
    /// of the losses of its parts, each weighed with this.
    ///
    /// @return 0 or more
    default double totalWeight(Targets targets) {
        return targets.rows();
    }

    /// Checks that the loss can judge so many outputs.
    ///
    /// @throws ShapeException if it cannot
    default void requireOutputs(int outputs) {}

    /// Checks that targets suit outputs of this size, once, before any step.
    ///
    /// @throws ShapeException if rows or columns differ
    /// @throws IllegalArgumentException if a label is not in [0, outputs)
    static void requireSuitable(Targets targets, int rows, int outputs) {
        ShapeException.requireEqual("rows of targets", rows, targets.rows());
        switch (targets) {
            case Targets.Values(Matrix matrix) ->
                ShapeException.requireEqual("columns of targets", outputs, matrix.columns());
            case Targets.Labels(int[] values, int count) -> {
                for (int row = 0; row < count; row++) {
                    if (values[row] < 0 || values[row] >= outputs) {
                        throw new IllegalArgumentException(
                                "label at row " + row + ": expected 0 to " + (outputs - 1) + ", found " + values[row]);
                    }
                }
            }
        }
    }
}
