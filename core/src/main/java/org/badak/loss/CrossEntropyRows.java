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
    /// @param total what the sum over the rows is divided by
    static double evaluate(
            Matrix z,
            Targets targets,
            double smoothing,
            List<Double> weights,
            double total,
            Matrix gradient,
            double[] rowLosses) {
        int rows = z.rows();
        double factor = share(rows, total);
        int classes = z.columns();
        for (int row = 0; row < rows; row++) {
            double logSum = logSum(z, row, false);
            double given = 0;
            for (int j = 0; j < classes; j++) {
                given += Targets.value(targets, row, j);
            }
            double loss = 0;
            double sum = 0;
            for (int j = 0; j < classes; j++) {
                double u = wanted(Targets.value(targets, row, j), given, classes, smoothing, weight(weights, j));
                sum += u;
                loss += u == 0 ? 0 : u * (logSum - z.get(row, j));
            }
            for (int j = 0; j < classes; j++) {
                double u = wanted(Targets.value(targets, row, j), given, classes, smoothing, weight(weights, j));
                gradient.set(row, j, (Elementary.exp(z.get(row, j) - logSum) * sum - u) * factor / rows);
            }
            rowLosses[row] = loss * factor;
        }
        return Kernels.mean(rowLosses, rows);
    }

    /// What a row counts where the mean over the rows is taken of what is to be divided by `total`.
    private static double share(int rows, double total) {
        return total == 0 ? 0 : rows / total;
    }

    /// What [Loss#evaluateColumns] does.
    static void evaluateColumns(
            Matrix z, Matrix targets, int row, double smoothing, List<Double> weights, double total, Matrix losses) {
        int classes = z.rows();
        double factor = share(targets.rows(), total);
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
            losses.set(0, column, loss * factor);
        }
    }

    private static double wanted(double t, double given, int classes, double smoothing, double weight) {
        return weight * ((1 - smoothing) * t + smoothing * given / classes);
    }

    /// Σ over rows and classes of weight times target: what the rows of a batch weigh together.
    static double totalWeight(Targets targets, List<Double> weights) {
        double total = 0;
        for (int row = 0; row < targets.rows(); row++) {
            for (int j = 0; j < weights.size(); j++) {
                total += weights.get(j) * Targets.value(targets, row, j);
            }
        }
        return total;
    }

    /// The same of rows of values.
    static double totalWeight(Matrix targets, List<Double> weights) {
        double total = 0;
        for (int row = 0; row < targets.rows(); row++) {
            for (int j = 0; j < weights.size(); j++) {
                total += weights.get(j) * targets.get(row, j);
            }
        }
        return total;
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
