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
