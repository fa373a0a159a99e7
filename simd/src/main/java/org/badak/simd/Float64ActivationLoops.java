package org.badak.simd;

import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;
import org.badak.kernel.Activation;
import org.badak.kernel.SmoothFunctions;
import org.badak.matrix.DoubleMatrix;
import org.badak.matrix.Matrix;

/// The activations of [Activation] in float64. The work goes in blocks and short passes through small arrays, every
/// pass a
/// method of its own, so that the compiler inlines all of each.
final class Float64ActivationLoops {
    private static final VectorSpecies<Double> SPECIES = Width.DOUBLES;
    private static final int LANES = SPECIES.length();
    private static final int BLOCK = 256;
    private static final DoubleVector ZERO = of(0);
    private static final DoubleVector ONE = of(1);
    private static final DoubleVector TWO = of(2);
    private static final DoubleVector MINUS_HALF = of(-0.5);
    private static final DoubleVector NORMAL_MAX = of(SmoothFunctions.NORMAL_MAX);
    private static final DoubleVector CENTRE = of(SmoothFunctions.NORMAL_CENTRE);
    private static final DoubleVector DENSITY = of(Activation.DENSITY);
    private static final DoubleVector LINEAR = of(Activation.LINEAR);
    private static final DoubleVector CUBIC = of(Activation.CUBIC);
    private static final DoubleVector THRICE_CUBIC = of(Activation.THRICE_CUBIC);
    private static final DoubleVector TANH_FORM_MAX = of(Activation.TANH_FORM_MAX);
    private static final DoubleVector TANH_FORM_MIN = of(-Activation.TANH_FORM_MAX);

    /// Coefficients, that of the highest power first.
    private static final double[] NORMAL_TERMS = normalTerms();

    private static final double[] LOG_TERMS = logTerms();

    /// What one thread writes between passes.
    private static final class Scratch {
        private final double[] values = new double[BLOCK];
        private final double[] bells = new double[BLOCK];
        private final double[] sizes = new double[BLOCK];
        private final double[] variables = new double[BLOCK];
    }

    private static final ThreadLocal<Scratch> SCRATCH = ThreadLocal.withInitial(Scratch::new);

    private Float64ActivationLoops() {}

    /// y = f(x) for the rows [from, to).
    static void values(Activation f, double p, Matrix x, Matrix y, int from, int to) {
        double[] xs = ((DoubleMatrix) x).data();
        double[] ys = ((DoubleMatrix) y).data();
        Scratch scratch = SCRATCH.get();
        int run = Runs.length(x, y, to - from);
        for (int row = from; row < to; row += Runs.rows(run, y)) {
            int xStart = x.offset() + row * x.stride();
            int yStart = y.offset() + row * y.stride();
            for (int start = 0; start < run; start += BLOCK) {
                values(f, p, xs, xStart + start, ys, yStart + start, Math.min(BLOCK, run - start), scratch);
            }
        }
    }

    /// dx = dy·f′(x) for the rows [from, to).
    static void gradients(Activation f, double p, Matrix x, Matrix dy, Matrix dx, int from, int to) {
        double[] xs = ((DoubleMatrix) x).data();
        double[] dys = ((DoubleMatrix) dy).data();
        double[] dxs = ((DoubleMatrix) dx).data();
        Scratch scratch = SCRATCH.get();
        int run = Runs.length(x, dy, dx, to - from);
        for (int row = from; row < to; row += Runs.rows(run, dx)) {
            int xStart = x.offset() + row * x.stride();
            int dyStart = dy.offset() + row * dy.stride();
            int dxStart = dx.offset() + row * dx.stride();
            for (int start = 0; start < run; start += BLOCK) {
                int count = Math.min(BLOCK, run - start);
                slopes(f, p, xs, xStart + start, count, scratch);
                multiply(dys, dyStart + start, scratch.values, dxs, dxStart + start, count);
            }
        }
    }

    private static void values(
            Activation f, double p, double[] x, int xStart, double[] y, int yStart, int count, Scratch scratch) {
        double[] values = scratch.values;
        switch (f) {
            case LEAKY_RELU -> leakyRelu(p, x, xStart, y, yStart, count);
            case ELU -> {
                Float64Exponentials.expMinusOne(x, xStart, values, 0, count);
                elu(p, x, xStart, values, y, yStart, count);
            }
            case SILU -> {
                Float64Activations.sigmoid(x, xStart, values, 0, count);
                multiply(x, xStart, values, y, yStart, count);
            }
            case SOFTPLUS -> {
                minusSizes(x, xStart, values, count);
                Float64Exponentials.exp(values, 0, values, 0, count);
                logOnePlus(count, scratch);
                addPositive(x, xStart, values, y, yStart, count);
            }
            case GELU -> {
                normals(x, xStart, count, scratch);
                multiply(x, xStart, values, y, yStart, count);
            }
            case GELU_TANH -> {
                tanhForms(x, xStart, values, count);
                Float64Activations.sigmoid(values, 0, values, 0, count);
                multiply(x, xStart, values, y, yStart, count);
            }
        }
    }

    /// To the scratch's values.
    private static void slopes(Activation f, double p, double[] x, int xStart, int count, Scratch scratch) {
        double[] slopes = scratch.values;
        switch (f) {
            case LEAKY_RELU -> leakySlopes(p, x, xStart, slopes, count);
            case ELU -> {
                Float64Exponentials.exp(x, xStart, slopes, 0, count);
                eluSlopes(p, x, xStart, slopes, count);
            }
            case SILU -> {
                Float64Activations.sigmoid(x, xStart, slopes, 0, count);
                siluSlopes(x, xStart, slopes, count);
            }
            case SOFTPLUS -> Float64Activations.sigmoid(x, xStart, slopes, 0, count);
            case GELU -> {
                normals(x, xStart, count, scratch);
                geluSlopes(x, xStart, scratch.bells, slopes, count);
            }
            case GELU_TANH -> {
                tanhForms(x, xStart, slopes, count);
                Float64Activations.sigmoid(slopes, 0, slopes, 0, count);
                tanhFormSlopes(x, xStart, slopes, count);
            }
        }
    }

    private static void leakyRelu(double p, double[] x, int xStart, double[] y, int yStart, int count) {
        for (int j = 0; j < count; j += LANES) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xStart + j);
            v.mul(p).blend(v, v.compare(GT, 0)).intoArray(y, yStart + j);
        }
    }

    private static void leakySlopes(double p, double[] x, int xStart, double[] slopes, int count) {
        DoubleVector slope = DoubleVector.broadcast(SPECIES, p);
        for (int j = 0; j < count; j += LANES) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xStart + j);
            slope.blend(ONE, v.compare(GT, 0)).intoArray(slopes, j);
        }
    }

    /// @param values eˣ − 1
    private static void elu(double p, double[] x, int xStart, double[] values, double[] y, int yStart, int count) {
        for (int j = 0; j < count; j += LANES) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xStart + j);
            DoubleVector.fromArray(SPECIES, values, j)
                    .mul(p)
                    .blend(v, v.compare(GT, 0))
                    .intoArray(y, yStart + j);
        }
    }

    /// @param slopes eˣ, overwritten
    private static void eluSlopes(double p, double[] x, int xStart, double[] slopes, int count) {
        for (int j = 0; j < count; j += LANES) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xStart + j);
            DoubleVector.fromArray(SPECIES, slopes, j)
                    .mul(p)
                    .blend(ONE, v.compare(GT, 0))
                    .intoArray(slopes, j);
        }
    }

    /// @param slopes σ(x), overwritten
    private static void siluSlopes(double[] x, int xStart, double[] slopes, int count) {
        for (int j = 0; j < count; j += LANES) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xStart + j);
            DoubleVector s = DoubleVector.fromArray(SPECIES, slopes, j);
            s.mul(v.fma(ONE.sub(s), ONE)).intoArray(slopes, j);
        }
    }

    /// @param slopes Φ(x), overwritten
    private static void geluSlopes(double[] x, int xStart, double[] bells, double[] slopes, int count) {
        for (int j = 0; j < count; j += LANES) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xStart + j);
            DoubleVector density = DoubleVector.fromArray(SPECIES, bells, j).mul(DENSITY);
            v.fma(density, DoubleVector.fromArray(SPECIES, slopes, j)).intoArray(slopes, j);
        }
    }

    /// result = 2u of the tanh form.
    private static void tanhForms(double[] x, int xStart, double[] result, int count) {
        for (int j = 0; j < count; j += LANES) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xStart + j);
            DoubleVector upper = v.blend(TANH_FORM_MAX, v.compare(GT, TANH_FORM_MAX));
            DoubleVector b = upper.blend(TANH_FORM_MIN, upper.compare(LT, TANH_FORM_MIN));
            b.mul(CUBIC.fma(b.mul(b), LINEAR)).intoArray(result, j);
        }
    }

    /// @param slopes σ(2u), overwritten
    private static void tanhFormSlopes(double[] x, int xStart, double[] slopes, int count) {
        for (int j = 0; j < count; j += LANES) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xStart + j);
            DoubleVector upper = v.blend(TANH_FORM_MAX, v.compare(GT, TANH_FORM_MAX));
            DoubleVector b = upper.blend(TANH_FORM_MIN, upper.compare(LT, TANH_FORM_MIN));
            DoubleVector s = DoubleVector.fromArray(SPECIES, slopes, j);
            DoubleVector derivative = THRICE_CUBIC.fma(b.mul(b), LINEAR);
            s.mul(b.mul(ONE.sub(s)).fma(derivative, ONE)).intoArray(slopes, j);
        }
    }

    private static void multiply(double[] x, int xStart, double[] factors, double[] y, int yStart, int count) {
        for (int j = 0; j < count; j += LANES) {
            DoubleVector.fromArray(SPECIES, x, xStart + j)
                    .mul(DoubleVector.fromArray(SPECIES, factors, j))
                    .intoArray(y, yStart + j);
        }
    }

    /// The scratch's bells = e^(−x²/2) and values = Φ(x).
    private static void normals(double[] x, int xStart, int count, Scratch scratch) {
        sizes(x, xStart, scratch.sizes, count);
        halfSquares(scratch.sizes, scratch.bells, count);
        Float64Exponentials.exp(scratch.bells, 0, scratch.bells, 0, count);
        correct(scratch.sizes, scratch.bells, count);
        variables(scratch.sizes, scratch.variables, count);
        polynomial(NORMAL_TERMS, scratch.variables, scratch.values, count);
        tails(scratch.sizes, scratch.bells, scratch.values, count);
        normalsOfTails(x, xStart, scratch.values, count);
    }

    /// |x|, bounded.
    private static void sizes(double[] x, int xStart, double[] sizes, int count) {
        for (int j = 0; j < count; j += LANES) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xStart + j);
            DoubleVector a = v.blend(v.neg(), v.compare(LT, 0));
            a.blend(NORMAL_MAX, a.compare(GT, NORMAL_MAX)).intoArray(sizes, j);
        }
    }

    private static void halfSquares(double[] sizes, double[] result, int count) {
        for (int j = 0; j < count; j += LANES) {
            DoubleVector a = DoubleVector.fromArray(SPECIES, sizes, j);
            a.mul(a).mul(MINUS_HALF).intoArray(result, j);
        }
    }

    /// Carries the rounding error of a² into the exponential.
    private static void correct(double[] sizes, double[] bells, int count) {
        for (int j = 0; j < count; j += LANES) {
            DoubleVector a = DoubleVector.fromArray(SPECIES, sizes, j);
            DoubleVector e = DoubleVector.fromArray(SPECIES, bells, j);
            e.fma(a.fma(a, a.mul(a).neg()).mul(MINUS_HALF), e).intoArray(bells, j);
        }
    }

    private static void variables(double[] sizes, double[] variables, int count) {
        for (int j = 0; j < count; j += LANES) {
            DoubleVector a = DoubleVector.fromArray(SPECIES, sizes, j);
            a.sub(CENTRE).div(a.add(CENTRE)).intoArray(variables, j);
        }
    }

    /// @param values g(k), overwritten with Φ(−a)
    private static void tails(double[] sizes, double[] bells, double[] values, int count) {
        for (int j = 0; j < count; j += LANES) {
            DoubleVector.fromArray(SPECIES, bells, j)
                    .mul(DoubleVector.fromArray(SPECIES, values, j))
                    .div(TWO.fma(DoubleVector.fromArray(SPECIES, sizes, j), ONE))
                    .intoArray(values, j);
        }
    }

    private static void normalsOfTails(double[] x, int xStart, double[] values, int count) {
        for (int j = 0; j < count; j += LANES) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xStart + j);
            DoubleVector tail = DoubleVector.fromArray(SPECIES, values, j);
            ONE.sub(tail).blend(tail, v.compare(LT, 0)).intoArray(values, j);
        }
    }

    private static void minusSizes(double[] x, int xStart, double[] result, int count) {
        for (int j = 0; j < count; j += LANES) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xStart + j);
            v.neg().blend(v, v.compare(LT, 0)).intoArray(result, j);
        }
    }

    /// y = max(x, 0) + values.
    private static void addPositive(double[] x, int xStart, double[] values, double[] y, int yStart, int count) {
        for (int j = 0; j < count; j += LANES) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, xStart + j);
            ZERO.blend(v, v.compare(GT, 0))
                    .add(DoubleVector.fromArray(SPECIES, values, j))
                    .intoArray(y, yStart + j);
        }
    }

    /// The scratch's values u become ln(1 + u).
    private static void logOnePlus(int count, Scratch scratch) {
        double[] quotients = scratch.sizes;
        quotients(scratch.values, quotients, scratch.variables, count);
        polynomial(LOG_TERMS, scratch.variables, scratch.values, count);
        addTails(quotients, scratch.variables, scratch.values, count);
    }

    /// s = u/(2 + u), and its square.
    private static void quotients(double[] u, double[] quotients, double[] squares, int count) {
        for (int j = 0; j < count; j += LANES) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, u, j);
            DoubleVector s = v.div(TWO.add(v));
            s.intoArray(quotients, j);
            s.mul(s).intoArray(squares, j);
        }
    }

    /// values = 2s + s³·values.
    private static void addTails(double[] quotients, double[] squares, double[] values, int count) {
        for (int j = 0; j < count; j += LANES) {
            DoubleVector s = DoubleVector.fromArray(SPECIES, quotients, j);
            DoubleVector.fromArray(SPECIES, values, j)
                    .fma(DoubleVector.fromArray(SPECIES, squares, j).mul(s), TWO.mul(s))
                    .intoArray(values, j);
        }
    }

    /// values = the polynomial of the variables by Horner's rule.
    private static void polynomial(double[] terms, double[] variables, double[] values, int count) {
        Arrays.fill(values, 0, count, terms[0]);
        int i = 1;
        for (; i + 3 < terms.length; i += 4) {
            fourTerms(terms[i], terms[i + 1], terms[i + 2], terms[i + 3], variables, values, count);
        }
        for (; i < terms.length; i++) {
            oneTerm(terms[i], variables, values, count);
        }
    }

    private static void oneTerm(double term, double[] variables, double[] values, int count) {
        DoubleVector a = DoubleVector.broadcast(SPECIES, term);
        for (int j = 0; j < count; j += LANES) {
            DoubleVector.fromArray(SPECIES, values, j)
                    .fma(DoubleVector.fromArray(SPECIES, variables, j), a)
                    .intoArray(values, j);
        }
    }

    private static void fourTerms(
            double first, double second, double third, double fourth, double[] variables, double[] values, int count) {
        DoubleVector a = DoubleVector.broadcast(SPECIES, first);
        DoubleVector b = DoubleVector.broadcast(SPECIES, second);
        DoubleVector c = DoubleVector.broadcast(SPECIES, third);
        DoubleVector d = DoubleVector.broadcast(SPECIES, fourth);
        for (int j = 0; j < count; j += LANES) {
            DoubleVector k = DoubleVector.fromArray(SPECIES, variables, j);
            DoubleVector.fromArray(SPECIES, values, j)
                    .fma(k, a)
                    .fma(k, b)
                    .fma(k, c)
                    .fma(k, d)
                    .intoArray(values, j);
        }
    }

    private static double[] normalTerms() {
        double[] terms = new double[SmoothFunctions.normalTerms()];
        for (int i = 0; i < terms.length; i++) {
            terms[i] = SmoothFunctions.normalTerm(i);
        }
        return terms;
    }

    private static double[] logTerms() {
        double[] terms = new double[SmoothFunctions.LOG_TERMS];
        for (int i = 0; i < terms.length; i++) {
            terms[i] = 2.0 / (2 * (terms.length - i) + 1);
        }
        return terms;
    }

    private static DoubleVector of(double value) {
        return DoubleVector.broadcast(SPECIES, value);
    }
}
