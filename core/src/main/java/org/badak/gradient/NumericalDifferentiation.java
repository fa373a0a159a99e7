package org.badak.gradient;

import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import org.badak.matrix.Matrix;

/// Numerical differentiation (수치 미분) of any function of a number or of an array, as in §3 and §4 of the chapter.
///
/// Errors: a difference quotient is wrong by truncation, f″(x)·h/2 (forward and backward) or f‴(x)·h²/6 (central),
/// and by rounding, about ε·|f(x)|/h with ε = 2⁻⁵³. Over h the sum of the two is a V, lowest near h = √ε or, for
/// the central difference, near h = ∛ε ≈ 5e-6.
public final class NumericalDifferentiation {
    /// The chapter's h.
    public static final double STEP = 1e-4;

    /// Which two points the slope is taken through.
    public enum Formula {
        /// (f(x + h) − f(x)) / h.
        FORWARD {
            @Override
            public double derivative(DoubleUnaryOperator f, double x, double h) {
                return (f.applyAsDouble(x + h) - f.applyAsDouble(x)) / requireStep(h);
            }
        },
        /// (f(x) − f(x − h)) / h.
        BACKWARD {
            @Override
            public double derivative(DoubleUnaryOperator f, double x, double h) {
                return (f.applyAsDouble(x) - f.applyAsDouble(x - h)) / requireStep(h);
            }
        },
        /// (f(x + h) − f(x − h)) / 2h: the chapter's choice.
        CENTRAL {
            @Override
            public double derivative(DoubleUnaryOperator f, double x, double h) {
                return (f.applyAsDouble(x + h) - f.applyAsDouble(x - h)) / (2 * requireStep(h));
            }
        };

        /// The difference quotient of f at x.
        ///
        /// @param h positive and finite
        /// @throws IllegalArgumentException if it is not
        public abstract double derivative(DoubleUnaryOperator f, double x, double h);
    }

    /// A function of a float32 number that gives one.
    @FunctionalInterface
    public interface FloatFunction {
        /// The function's value.
        float applyAsFloat(float x);
    }

    private NumericalDifferentiation() {}

    /// The central difference of f at x with h = [#STEP].
    public static double derivative(DoubleUnaryOperator f, double x) {
        return Formula.CENTRAL.derivative(f, x, STEP);
    }

    /// The central difference in float32 throughout, h included.
    ///
    /// To see rounding at work: an h such as 1e-50 becomes 0 in float32, so that 0/0 = NaN comes out; one below
    /// about 6e-8·|x| is lost in x + h.
    public static float derivativeInFloat32(FloatFunction f, float x, double h) {
        float step = (float) h;
        return (f.applyAsFloat(x + step) - f.applyAsFloat(x - step)) / (2 * step);
    }

    /// The absolute error of a difference quotient for each h of a list: over h it is a V.
    ///
    /// @param exact the true derivative of f at x
    /// @return |quotient − exact|, in the order of `steps`
    public static double[] errors(Formula formula, DoubleUnaryOperator f, double x, double exact, double... steps) {
        double[] errors = new double[steps.length];
        for (int i = 0; i < steps.length; i++) {
            errors[i] = Math.abs(formula.derivative(f, x, steps[i]) - exact);
        }
        return errors;
    }

    /// The powers of ten from 1e-1 down to 1e-`smallest`, for [#errors].
    public static double[] powersOfTen(int smallest) {
        double[] steps = new double[smallest];
        for (int i = 0; i < smallest; i++) {
            steps[i] = Double.parseDouble("1e-" + (i + 1)); // the double next to the power, which Math.pow may miss
        }
        return steps;
    }

    /// The straight line through (x, f(x)) with the central difference as slope.
    public static DoubleUnaryOperator tangent(DoubleUnaryOperator f, double x) {
        double slope = derivative(f, x);
        double value = f.applyAsDouble(x);
        return at -> value + slope * (at - x);
    }

    /// The partial derivative of f at x by the number at an index: central difference with h = [#STEP].
    ///
    /// @param x moved during the computation, as before afterwards
    public static double partial(ToDoubleFunction<double[]> f, double[] x, int index) {
        return partial(f, x, index, STEP);
    }

    /// As [#partial(ToDoubleFunction, double\[\], int)] with an h of one's own.
    public static double partial(ToDoubleFunction<double[]> f, double[] x, int index, double h) {
        requireStep(h);
        double before = x[index];
        try {
            x[index] = before + h;
            double plus = f.applyAsDouble(x);
            x[index] = before - h;
            double minus = f.applyAsDouble(x);
            return (plus - minus) / (2 * h);
        } finally {
            x[index] = before;
        }
    }

    /// The gradient of f at x, by central differences with h = [#STEP].
    ///
    /// @param x moved during the computation; as before, to the bit, afterwards, even if f throws
    /// @return ∂f/∂xᵢ for every i
    public static double[] gradient(ToDoubleFunction<double[]> f, double... x) {
        double[] gradient = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            gradient[i] = partial(f, x, i, STEP);
        }
        return gradient;
    }

    /// The gradient of a function of a matrix, by central differences with h = [#STEP].
    ///
    /// @param x moved during the computation; as before, to the bit, afterwards, even if f throws
    /// @return ∂f/∂x, a new matrix of the shape of x
    public static Matrix gradient(ToDoubleFunction<Matrix> f, Matrix x) {
        return gradient(f, x, STEP);
    }

    /// As [#gradient(ToDoubleFunction, Matrix)] with an h of one's own: float32 needs about 1e-2.
    public static Matrix gradient(ToDoubleFunction<Matrix> f, Matrix x, double h) {
        requireStep(h);
        Matrix gradient = Matrix.zeros(x.precision(), x.rows(), x.columns());
        for (int row = 0; row < x.rows(); row++) {
            for (int column = 0; column < x.columns(); column++) {
                double before = x.get(row, column);
                try {
                    x.set(row, column, before + h);
                    double plus = f.applyAsDouble(x);
                    x.set(row, column, before - h);
                    double minus = f.applyAsDouble(x);
                    gradient.set(row, column, (plus - minus) / (2 * h));
                } finally {
                    x.set(row, column, before);
                }
            }
        }
        return gradient;
    }

    static double requireStep(double h) {
        if (!(h > 0 && Double.isFinite(h))) {
            throw new IllegalArgumentException(
                    "numerical differentiation: expected a positive finite h, found " + h + "; try " + STEP);
        }
        return h;
    }
}
