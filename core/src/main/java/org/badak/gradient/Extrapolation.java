package org.badak.gradient;

import java.util.function.DoubleUnaryOperator;

/// A derivative that is much closer to the true one than a single difference quotient: central differences with falling
/// h, extrapolated to h = 0 (C. J. F. Ridders, "Accurate computation of F'(x) and F'(x)F''(x)", Advances in Engineering
/// Software 4(2), 1982). What errors of difference quotients are measured against.
///
/// @param value the derivative
/// @param error estimate of its error; infinite if no estimate could be made
public record Extrapolation(double value, double error) {
    private static final int ROWS = 12;
    private static final double SHRINK = 1.4;
    private static final double WORSE = 2;
    private static final double FIRST_STEP = 0.5;

    /// The derivative of f at x. For functions that are smooth within about max(1, |x|)/2 of x.
    public static Extrapolation of(DoubleUnaryOperator f, double x) {
        double h = FIRST_STEP * Math.max(1, Math.abs(x));
        Extrapolation best = new Extrapolation(Double.NaN, Double.POSITIVE_INFINITY);
        double[] above = new double[ROWS]; // the row of the tableau before
        for (int row = 0; row < ROWS; row++) {
            double[] current = new double[ROWS];
            current[0] = NumericalDifferentiation.Formula.CENTRAL.derivative(f, x, h);
            double factor = SHRINK * SHRINK;
            for (int order = 1; order <= row; order++) {
                current[order] = (factor * current[order - 1] - above[order - 1]) / (factor - 1);
                factor *= SHRINK * SHRINK;
                double error = Math.max(
                        Math.abs(current[order] - current[order - 1]), Math.abs(current[order] - above[order - 1]));
                if (error < best.error) {
                    best = new Extrapolation(current[order], error);
                }
            }
            if (row > 0 && Math.abs(current[row] - above[row - 1]) >= WORSE * best.error) {
                return best; // rounding has taken over
            }
            above = current;
            h /= SHRINK;
        }
        return Double.isNaN(best.value) ? new Extrapolation(above[0], Double.POSITIVE_INFINITY) : best;
    }
}
