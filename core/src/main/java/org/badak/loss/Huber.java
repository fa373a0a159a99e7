package org.badak.loss;

import org.badak.kernel.Kernels;
import org.badak.matrix.Matrix;

/// Huber's loss (Ann. Math. Statist. 35, 1964) of d = y − t: ½d² where |d| ≤ δ, else δ·(|d| − ½δ), with slope d bounded
/// to ±δ; per row the mean over the outputs, as PyTorch's HuberLoss.
///
/// @param delta δ, positive and finite
public record Huber(double delta) implements Loss {
    /// @throws IllegalArgumentException unless δ is positive and finite
    public Huber {
        if (!(delta > 0 && Double.isFinite(delta))) {
            throw new IllegalArgumentException("huber: delta must be positive and finite, found " + delta);
        }
    }

    /// With δ = 1.
    public Huber() {
        this(1);
    }

    @Override
    public String name() {
        return "huber";
    }

    @Override
    public double evaluate(Kernels kernels, Matrix outputs, Targets targets, Matrix gradient, double[] rowLosses) {
        int columns = outputs.columns();
        double share = 1.0 / ((double) outputs.rows() * columns);
        for (int row = 0; row < outputs.rows(); row++) {
            double loss = 0;
            for (int column = 0; column < columns; column++) {
                double d = outputs.get(row, column) - Targets.value(targets, row, column);
                loss += loss(d);
                gradient.set(row, column, share * (d > delta ? delta : d < -delta ? -delta : d));
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
                loss += loss(outputs.get(j, column) - targets.get(row, j));
            }
            losses.set(0, column, loss / outputs.rows());
        }
    }

    @Override
    public void predict(Kernels kernels, Matrix outputs, Matrix predictions) {
        if (outputs != predictions) {
            predictions.copyFrom(outputs);
        }
    }

    private double loss(double d) {
        double size = Math.abs(d);
        return size <= delta ? 0.5 * d * d : delta * (size - 0.5 * delta);
    }
}
