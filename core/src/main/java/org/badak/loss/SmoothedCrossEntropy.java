package org.badak.loss;

import java.util.List;
import org.badak.kernel.Kernels;
import org.badak.matrix.Matrix;

/// Softmax and cross-entropy with label smoothing (Szegedy et al., CVPR 2016): the target of a row becomes
/// (1 − s)·t + s/K, K being the number of classes. Soft targets are taken as they are and smoothed likewise.
///
/// @param smoothing s, 0 ≤ s < 1
public record SmoothedCrossEntropy(double smoothing) implements Loss {
    /// @throws IllegalArgumentException unless 0 ≤ s < 1
    public SmoothedCrossEntropy {
        if (!(smoothing >= 0 && smoothing < 1)) {
            throw new IllegalArgumentException(
                    "smoothed-cross-entropy: smoothing must be at least 0 and below 1, found " + smoothing);
        }
    }

    @Override
    public String name() {
        return "smoothed-cross-entropy";
    }

    @Override
    public double evaluate(Kernels kernels, Matrix outputs, Targets targets, Matrix gradient, double[] rowLosses) {
        return CrossEntropyRows.evaluate(outputs, targets, smoothing, List.of(), outputs.rows(), gradient, rowLosses);
    }

    @Override
    public void evaluateColumns(Kernels kernels, Matrix outputs, Matrix targets, int row, Matrix losses) {
        CrossEntropyRows.evaluateColumns(outputs, targets, row, smoothing, List.of(), targets.rows(), losses);
    }

    @Override
    public void predict(Kernels kernels, Matrix outputs, Matrix predictions) {
        kernels.softmax(outputs, predictions);
    }
}
