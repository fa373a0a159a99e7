package org.badak.loss;

import java.util.List;
import org.badak.kernel.Elementary;
import org.badak.kernel.Kernels;
import org.badak.matrix.Matrix;

/// Softmax and cross-entropy against targets that are smoothed and weighted first: uⱼ = wⱼ·((1 − s)·tⱼ + s/K·Σt), then
/// L = Σⱼ uⱼ·(ln Σₖ e^zₖ − zⱼ) per row, ∂L/∂z = softmax(z)·Σu − u. In float64, whatever the precision of the matrices.
final class CrossEntropyRows {
    private CrossEntropyRows() {}

    /// What [Loss#evaluate] does.
    ///
    /// @param weights of the classes; none weighs 1 if empty
    static double evaluate(
            Matrix z, Targets targets, double smoothing, List<Double> weights, Matrix gradient, double[] rowLosses) {
        int rows = z.rows();
        int classes = z.columns();
        for (int row = 0; row < rows; row++) {
            double logSum = logSum(z, row, false);
            double given = 0;
            for (int j = 0; j < classes; j++) {
                given += Targets.value(targets, row, j);
            }
            double loss = 0;
            double total = 0;
            for (int j = 0; j < classes; j++) {
                double u = wanted(Targets.value(targets, row, j), given, classes, smoothing, weight(weights, j));
                total += u;
                loss += u == 0 ? 0 : u * (logSum - z.get(row, j));
            }
            for (int j = 0; j < classes; j++) {
                double u = wanted(Targets.value(targets, row, j), given, classes, smoothing, weight(weights, j));
                gradient.set(row, j, (Elementary.exp(z.get(row, j) - logSum) * total - u) / rows);
            }
            rowLosses[row] = loss;
        }
        return Kernels.mean(rowLosses, rows);
    }

    /// What [Loss#evaluateColumns] does.
    static void evaluateColumns(
            Matrix z, Matrix targets, int row, double smoothing, List<Double> weights, Matrix losses) {
        int classes = z.rows();
        double given = 0;
        for (int j = 0; j < classes; j++) {
            given += targets.get(row, j);
        }
        for (int column = 0; column < z.columns(); column++) {
            double logSum = logSum(z, column, true);
            double loss = 0;
            for (int j = 0; j < classes; j++) {
                double u = wanted(targets.get(row, j), given, classes, smoothing, weight(weights, j));
                loss += u == 0 ? 0 : u * (logSum - z.get(j, column));
            }
            losses.set(0, column, loss);
        }
    }

    private static double wanted(double t, double given, int classes, double smoothing, double weight) {
        return weight * ((1 - smoothing) * t + smoothing * given / classes);
    }

    private static double weight(List<Double> weights, int position) {
        return weights.isEmpty() ? 1 : weights.get(position);
    }

    /// ln Σ e^z of a row, or of a column.
    private static double logSum(Matrix z, int place, boolean upright) {
        int count = upright ? z.rows() : z.columns();
        double max = Double.NEGATIVE_INFINITY;
        for (int j = 0; j < count; j++) {
            double score = upright ? z.get(j, place) : z.get(place, j);
            max = score > max || Double.isNaN(score) ? score : max;
        }
        double sum = 0;
        for (int j = 0; j < count; j++) {
            sum += Elementary.exp((upright ? z.get(j, place) : z.get(place, j)) - max);
        }
        return max + Elementary.log(sum);
    }
}
