package org.badak.gradient;

import org.badak.data.Batch;
import org.badak.kernel.Kernels;
import org.badak.kernel.Philox;
import org.badak.kernel.Purpose;
import org.badak.matrix.Matrix;
import org.badak.model.Network;
import org.badak.model.Parameters;
import org.badak.model.Pass;
import org.badak.model.Workspace;

/// Derivatives along random directions: [GradientCheck#checkDirections].
final class Directions {
    private static final double[] STEPS = {NumericalDifferentiation.STEP, 1e-5, 1e-6};

    private final Parameters parameters;
    private final Kernels kernels;
    private final Batch batch;
    private final Pass pass;
    private final double loss;

    Directions(Network network, Parameters parameters, Kernels kernels, Batch batch) {
        this.parameters = parameters;
        this.kernels = kernels;
        this.batch = batch;
        pass = Workspace.forLosses(network, parameters, parameters.like(), kernels, 0)
                .pass(batch.x());
        loss = evaluate();
    }

    /// The loss at the parameters themselves.
    double loss() {
        return loss;
    }

    /// Compares a tensor's gradient with central differences along directions in that tensor.
    TensorReport report(String name, int tensor, Matrix gradient, int directions, long seed) {
        double typical = length(gradient) / Math.sqrt((double) gradient.rows() * gradient.columns());
        double worst = -1;
        int worstDirection = 0;
        double worstA = 0;
        double worstN = 0;
        int wrong = 0;
        double steepest = 0;
        double smallestStep = STEPS[0];
        for (int direction = 0; direction < directions; direction++) {
            int stream = Math.addExact(Math.multiplyExact(tensor, directions), direction);
            Matrix v = direction(gradient, new Philox(seed, Purpose.GRADIENT_CHECK, stream));
            double a = product(gradient, v);
            double n = 0;
            boolean agrees = false;
            for (int i = 0; i < STEPS.length && !agrees; i++) {
                n = slope(tensor, v, STEPS[i]);
                double slack = Comparison.RELATIVE * (Math.abs(n) + typical) + Comparison.floor(loss, STEPS[i]);
                agrees = Math.abs(a - n) <= slack;
                smallestStep = agrees ? Math.min(smallestStep, STEPS[i]) : smallestStep;
            }
            wrong += agrees ? 0 : 1;
            steepest = Math.max(steepest, Math.max(Math.abs(a), Math.abs(n)));
            double error = Math.abs(a - n) / Math.max(Math.max(Math.abs(a), Math.abs(n)), typical);
            if (error > worst || Double.isNaN(error) && worst == -1) {
                worst = error;
                worstDirection = direction;
                worstA = a;
                worstN = n;
            }
        }
        boolean vacuous = steepest <= Comparison.floor(loss, STEPS[0]);
        Verdict verdict = !Double.isFinite(worstA) || !Double.isFinite(worstN)
                ? Verdict.NOT_FINITE
                : vacuous
                        ? Verdict.VACUOUS
                        : wrong > 0 ? Verdict.WRONG_BACKWARD : smallestStep < STEPS[0] ? Verdict.STEP : Verdict.AGREES;
        String explanation = switch (verdict) {
            case WRONG_BACKWARD ->
                wrong + " of " + directions + " directions differ, whatever h; check every parameter to see where";
            case STEP -> "agrees with h = " + smallestStep + ": truncation at h = " + STEPS[0];
            case VACUOUS -> "both gradients are zero in all directions, nothing was checked";
            default -> "";
        };
        return new TensorReport(
                name,
                gradient.rows(),
                gradient.columns(),
                Math.max(worst, 0),
                worstDirection,
                0,
                worstA,
                worstN,
                wrong,
                0,
                verdict,
                explanation);
    }

    private double slope(int tensor, Matrix v, double h) {
        Matrix w = parameters.tensor(tensor);
        Matrix before = kernels.zeros(w.rows(), w.columns());
        before.copyFrom(w);
        try {
            kernels.addScaled(h, v, w);
            double plus = evaluate();
            w.copyFrom(before);
            kernels.addScaled(-h, v, w);
            double minus = evaluate();
            return (plus - minus) / (2 * h);
        } finally {
            w.copyFrom(before);
        }
    }

    private double evaluate() {
        pass.forward();
        return pass.loss(batch);
    }

    /// Normal numbers, scaled to a vector of length 1.
    private Matrix direction(Matrix shape, Philox random) {
        Matrix v = kernels.zeros(shape.rows(), shape.columns());
        for (int row = 0; row < v.rows(); row++) {
            for (int column = 0; column < v.columns(); column++) {
                v.set(row, column, random.normal((long) row * v.columns() + column));
            }
        }
        kernels.scale(v, 1 / length(v));
        return v;
    }

    private static double product(Matrix a, Matrix b) {
        double sum = 0;
        for (int row = 0; row < a.rows(); row++) {
            for (int column = 0; column < a.columns(); column++) {
                sum += a.get(row, column) * b.get(row, column);
            }
        }
        return sum;
    }

    private static double length(Matrix a) {
        return Math.sqrt(product(a, a));
    }
}
