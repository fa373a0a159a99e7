package org.badak.train;

import org.badak.data.Batch;
import org.badak.data.BatchLoader;
import org.badak.data.Examples;
import org.badak.kernel.Kernels;
import org.badak.matrix.Matrix;
import org.badak.model.Network;
import org.badak.model.Parameters;
import org.badak.model.Pass;
import org.badak.model.Workspace;

/// Accuracy, loss and predictions over whole sets of examples, in batches of fixed size.
public final class Evaluator {
    private static final int BATCH = 500;

    /// Totals over a set.
    ///
    /// @param count examples
    /// @param correct how many were classified correctly
    /// @param accuracy share classified correctly, 0 to 1, by weight where examples have weights; NaN for
    ///     no examples
    /// @param loss mean loss, by weight likewise
    public record Score(int count, int correct, double accuracy, double loss) {
        /// Of examples that weigh the same.
        public Score(int count, int correct, double loss) {
            this(count, correct, (double) correct / count, loss);
        }
    }

    /// Is told the predictions for one example.
    @FunctionalInterface
    public interface PredictionConsumer {
        /// @param index number of the example
        /// @param label its true class
        /// @param predictions probabilities or outputs; the row belongs to the example
        /// @param row which row
        void accept(int index, int label, Matrix predictions, int row);
    }

    private final Network network;
    private final Kernels kernels;
    private final Workspace workspace;
    private final Examples examples;
    private final BatchLoader loader;
    private final int[] indices;

    /// @param parameters read at each evaluation
    /// @param examples what is evaluated
    public Evaluator(Network network, Parameters parameters, Kernels kernels, Examples examples) {
        this.network = network;
        this.kernels = kernels;
        this.examples = examples;
        workspace = Workspace.forInference(network, parameters, kernels);
        loader = new BatchLoader(examples, kernels, Math.clamp(examples.count(), 1, BATCH), network.takesSparseInput());
        indices = new int[BATCH];
    }

    /// Accuracy and loss over all examples, the batches added in order.
    public Score score() {
        int correct = 0;
        double loss = 0;
        double weight = 0;
        double weightOfCorrect = 0;
        double weightOfAll = 0;
        for (int first = 0; first < examples.count(); first += BATCH) {
            Batch batch = load(first);
            Pass pass = workspace.pass(batch.x());
            pass.forward();
            double share = network.loss().totalWeight(batch.targets(), batch.weights());
            loss += pass.loss(batch) * share;
            weight += share;
            for (int row = 0; row < batch.rows(); row++) {
                double counts = examples.weight(first + row);
                weightOfAll += counts;
                if (Kernels.argMax(pass.outputs(), row) == examples.label(first + row)) {
                    correct++;
                    weightOfCorrect += counts;
                }
            }
        }
        return new Score(examples.count(), correct, weightOfCorrect / weightOfAll, loss / weight);
    }

    /// Hands the predictions for every example to a consumer, in order.
    public void predictions(PredictionConsumer consumer) {
        for (int first = 0; first < examples.count(); first += BATCH) {
            Batch batch = load(first);
            Matrix outputs = workspace.pass(batch.x()).forward();
            network.loss().predict(kernels, outputs, outputs);
            for (int row = 0; row < batch.rows(); row++) {
                consumer.accept(first + row, examples.label(first + row), outputs, row);
            }
        }
    }

    private Batch load(int first) {
        int rows = Math.min(BATCH, examples.count() - first);
        for (int row = 0; row < rows; row++) {
            indices[row] = first + row;
        }
        return loader.load(indices, 0, rows);
    }
}
