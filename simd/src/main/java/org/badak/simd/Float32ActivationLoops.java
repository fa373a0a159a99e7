package org.badak.simd;

import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.badak.kernel.Activation;
import org.badak.kernel.SmoothFunctions;
import org.badak.matrix.FloatMatrix;
import org.badak.matrix.Matrix;

/// The activations of [Activation] in float32. The work goes in blocks and short passes through small arrays, every
/// pass a
/// method of its own, so that the compiler inlines all of each.
final class Float32ActivationLoops {
    private static final VectorSpecies<Float> SPECIES = Width.FLOATS;
    private static final int LANES = SPECIES.length();
    private static final int BLOCK = 256;
    private static final FloatVector ZERO = of(0);
    private static final FloatVector ONE = of(1);
    private static final FloatVector TWO = of(2);
    private static final FloatVector MINUS_HALF = of(-0.5f);
    private static final FloatVector NORMAL_MAX = of(SmoothFunctions.NORMAL_MAX_F);
    private static final FloatVector CENTRE = of(SmoothFunctions.NORMAL_CENTRE_F);
    private static final FloatVector DENSITY = of(Activation.DENSITY_F);
    private static final FloatVector LINEAR = of(Activation.LINEAR_F);
    private static final FloatVector CUBIC = of(Activation.CUBIC_F);
    private static final FloatVector THRICE_CUBIC = of(Activation.THRICE_CUBIC_F);
    private static final FloatVector TANH_FORM_MAX = of(Activation.TANH_FORM_MAX);
    private static final FloatVector TANH_FORM_MIN = of(-Activation.TANH_FORM_MAX);

    /// Coefficients, that of the highest power first.
    private static final float[] NORMAL_TERMS = normalTerms();

    private static final float[] LOG_TERMS = logTerms();

    /// What one thread writes between passes.
    private static final class Scratch {
        private final float[] values = new float[BLOCK];
        private final float[] bells = new float[BLOCK];
        private final float[] sizes = new float[BLOCK];
        private final float[] variables = new float[BLOCK];
    }

    private static final ThreadLocal<Scratch> SCRATCH = ThreadLocal.withInitial(Scratch::new);

    private Float32ActivationLoops() {}

    /// y = f(x) for the rows [from, to).
    static void values(Activation f, float p, Matrix x, Matrix y, int from, int to) {
        float[] xs = ((FloatMatrix) x).data();
        float[] ys = ((FloatMatrix) y).data();
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
    static void gradients(Activation f, float p, Matrix x, Matrix dy, Matrix dx, int from, int to) {
        float[] xs = ((FloatMatrix) x).data();
        float[] dys = ((FloatMatrix) dy).data();
        float[] dxs = ((FloatMatrix) dx).data();
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
            Activation f, float p, float[] x, int xStart, float[] y, int yStart, int count, Scratch scratch) {
        float[] values = scratch.values;
        switch (f) {
            case LEAKY_RELU -> leakyRelu(p, x, xStart, y, yStart, count);
            case ELU -> {
                Float32Exponentials.expMinusOne(x, xStart, values, 0, count);
                elu(p, x, xStart, values, y, yStart, count);
            }
            case SILU -> {
                Float32Exponentials.sigmoid(x, xStart, values, 0, count);
                multiply(x, xStart, values, y, yStart, count);
            }
            case SOFTPLUS -> {
                minusSizes(x, xStart, values, count);
                Float32Exponentials.exp(values, 0, values, 0, count);
                logOnePlus(count, scratch);
                addPositive(x, xStart, values, y, yStart, count);
            }
            case GELU -> {
                normals(x, xStart, count, scratch);
                multiply(x, xStart, values, y, yStart, count);
            }
            case GELU_TANH -> {
                tanhForms(x, xStart, values, count);
                Float32Exponentials.sigmoid(values, 0, values, 0, count);
                multiply(x, xStart, values, y, yStart, count);
            }
        }
    }

    /// To the scratch's values.
    private static void slopes(Activation f, float p, float[] x, int xStart, int count, Scratch scratch) {
        float[] slopes = scratch.values;
        switch (f) {
            case LEAKY_RELU -> leakySlopes(p, x, xStart, slopes, count);
            case ELU -> {
                Float32Exponentials.exp(x, xStart, slopes, 0, count);
                eluSlopes(p, x, xStart, slopes, count);
            }
            case SILU -> {
                Float32Exponentials.sigmoid(x, xStart, slopes, 0, count);
                siluSlopes(x, xStart, slopes, count);
            }
            case SOFTPLUS -> Float32Exponentials.sigmoid(x, xStart, slopes, 0, count);
            case GELU -> {
                normals(x, xStart, count, scratch);
                geluSlopes(x, xStart, scratch.bells, slopes, count);
            }
            case GELU_TANH -> {
                tanhForms(x, xStart, slopes, count);
                Float32Exponentials.sigmoid(slopes, 0, slopes, 0, count);
                tanhFormSlopes(x, xStart, slopes, count);
            }
        }
    }

    private static void leakyRelu(float p, float[] x, int xStart, float[] y, int yStart, int count) {
        for (int j = 0; j < count; j += LANES) {
            FloatVector v = FloatVector.fromArray(SPECIES, x, xStart + j);
            v.mul(p).blend(v, v.compare(GT, 0)).intoArray(y, yStart + j);
        }
    }

    private static void leakySlopes(float p, float[] x, int xStart, float[] slopes, int count) {
        FloatVector slope = FloatVector.broadcast(SPECIES, p);
        for (int j = 0; j < count; j += LANES) {
            FloatVector v = FloatVector.fromArray(SPECIES, x, xStart + j);
            slope.blend(ONE, v.compare(GT, 0)).intoArray(slopes, j);
        }
    }

    /// @param values eˣ − 1
    private static void elu(float p, float[] x, int xStart, float[] values, float[] y, int yStart, int count) {
        for (int j = 0; j < count; j += LANES) {
            FloatVector v = FloatVector.fromArray(SPECIES, x, xStart + j);
            FloatVector.fromArray(SPECIES, values, j)
                    .mul(p)
                    .blend(v, v.compare(GT, 0))
                    .intoArray(y, yStart + j);
        }
    }

    /// @param slopes eˣ, overwritten
    private static void eluSlopes(float p, float[] x, int xStart, float[] slopes, int count) {
        for (int j = 0; j < count; j += LANES) {
            FloatVector v = FloatVector.fromArray(SPECIES, x, xStart + j);
            FloatVector.fromArray(SPECIES, slopes, j)
                    .mul(p)
                    .blend(ONE, v.compare(GT, 0))
                    .intoArray(slopes, j);
        }
    }

    /// @param slopes σ(x), overwritten
    private static void siluSlopes(float[] x, int xStart, float[] slopes, int count) {
        for (int j = 0; j < count; j += LANES) {
            FloatVector v = FloatVector.fromArray(SPECIES, x, xStart + j);
            FloatVector s = FloatVector.fromArray(SPECIES, slopes, j);
            s.mul(v.fma(ONE.sub(s), ONE)).intoArray(slopes, j);
        }
    }

    /// @param slopes Φ(x), overwritten
    private static void geluSlopes(float[] x, int xStart, float[] bells, float[] slopes, int count) {
        for (int j = 0; j < count; j += LANES) {
            FloatVector v = FloatVector.fromArray(SPECIES, x, xStart + j);
            FloatVector density = FloatVector.fromArray(SPECIES, bells, j).mul(DENSITY);
            v.fma(density, FloatVector.fromArray(SPECIES, slopes, j)).intoArray(slopes, j);
        }
    }

    /// result = 2u of the tanh form.
    private static void tanhForms(float[] x, int xStart, float[] result, int count) {
        for (int j = 0; j < count; j += LANES) {
            FloatVector v = FloatVector.fromArray(SPECIES, x, xStart + j);
            FloatVector upper = v.blend(TANH_FORM_MAX, v.compare(GT, TANH_FORM_MAX));
            FloatVector b = upper.blend(TANH_FORM_MIN, upper.compare(LT, TANH_FORM_MIN));
            b.mul(CUBIC.fma(b.mul(b), LINEAR)).intoArray(result, j);
        }
    }

    /// @param slopes σ(2u), overwritten
    private static void tanhFormSlopes(float[] x, int xStart, float[] slopes, int count) {
        for (int j = 0; j < count; j += LANES) {
            FloatVector v = FloatVector.fromArray(SPECIES, x, xStart + j);
            FloatVector upper = v.blend(TANH_FORM_MAX, v.compare(GT, TANH_FORM_MAX));
            FloatVector b = upper.blend(TANH_FORM_MIN, upper.compare(LT, TANH_FORM_MIN));
            FloatVector s = FloatVector.fromArray(SPECIES, slopes, j);
            FloatVector derivative = THRICE_CUBIC.fma(b.mul(b), LINEAR);
            s.mul(b.mul(ONE.sub(s)).fma(derivative, ONE)).intoArray(slopes, j);
        }
    }

    private static void multiply(float[] x, int xStart, float[] factors, float[] y, int yStart, int count) {
        for (int j = 0; j < count; j += LANES) {
            FloatVector.fromArray(SPECIES, x, xStart + j)
                    .mul(FloatVector.fromArray(SPECIES, factors, j))
                    .intoArray(y, yStart + j);
        }
    }

    /// The scratch's bells = e^(−x²/2) and values = Φ(x).
    private static void normals(float[] x, int xStart, int count, Scratch scratch) {
        sizes(x, xStart, scratch.sizes, count);
        halfSquares(scratch.sizes, scratch.bells, count);
        Float32Exponentials.exp(scratch.bells, 0, scratch.bells, 0, count);
        correct(scratch.sizes, scratch.bells, count);
        variables(scratch.sizes, scratch.variables, count);
        polynomial(NORMAL_TERMS, scratch.variables, scratch.values, count);
        tails(scratch.sizes, scratch.bells, scratch.values, count);
        normalsOfTails(x, xStart, scratch.values, count);
    }

    /// |x|, bounded.
    private static void sizes(float[] x, int xStart, float[] sizes, int count) {
        for (int j = 0; j < count; j += LANES) {
            FloatVector v = FloatVector.fromArray(SPECIES, x, xStart + j);
            FloatVector a = v.blend(v.neg(), v.compare(LT, 0));
            a.blend(NORMAL_MAX, a.compare(GT, NORMAL_MAX)).intoArray(sizes, j);
        }
    }

    private static void halfSquares(float[] sizes, float[] result, int count) {
        for (int j = 0; j < count; j += LANES) {
            FloatVector a = FloatVector.fromArray(SPECIES, sizes, j);
            a.mul(a).mul(MINUS_HALF).intoArray(result, j);
        }
    }

    /// Carries the rounding error of a² into the exponential.
    private static void correct(float[] sizes, float[] bells, int count) {
        for (int j = 0; j < count; j += LANES) {
            FloatVector a = FloatVector.fromArray(SPECIES, sizes, j);
            FloatVector e = FloatVector.fromArray(SPECIES, bells, j);
            e.fma(a.fma(a, a.mul(a).neg()).mul(MINUS_HALF), e).intoArray(bells, j);
        }
    }

    private static void variables(float[] sizes, float[] variables, int count) {
        for (int j = 0; j < count; j += LANES) {
            FloatVector a = FloatVector.fromArray(SPECIES, sizes, j);
            a.sub(CENTRE).div(a.add(CENTRE)).intoArray(variables, j);
        }
    }

    /// @param values g(k), overwritten with Φ(−a)
    private static void tails(float[] sizes, float[] bells, float[] values, int count) {
        for (int j = 0; j < count; j += LANES) {
            FloatVector.fromArray(SPECIES, bells, j)
                    .mul(FloatVector.fromArray(SPECIES, values, j))
                    .div(TWO.fma(FloatVector.fromArray(SPECIES, sizes, j), ONE))
                    .intoArray(values, j);
        }
    }

    private static void normalsOfTails(float[] x, int xStart, float[] values, int count) {
        for (int j = 0; j < count; j += LANES) {
            FloatVector v = FloatVector.fromArray(SPECIES, x, xStart + j);
            FloatVector tail = FloatVector.fromArray(SPECIES, values, j);
            ONE.sub(tail).blend(tail, v.compare(LT, 0)).intoArray(values, j);
        }
    }

    private static void minusSizes(float[] x, int xStart, float[] result, int count) {
        for (int j = 0; j < count; j += LANES) {
            FloatVector v = FloatVector.fromArray(SPECIES, x, xStart + j);
            v.neg().blend(v, v.compare(LT, 0)).intoArray(result, j);
        }
    }

    /// y = max(x, 0) + values.
    private static void addPositive(float[] x, int xStart, float[] values, float[] y, int yStart, int count) {
        for (int j = 0; j < count; j += LANES) {
            FloatVector v = FloatVector.fromArray(SPECIES, x, xStart + j);
            ZERO.blend(v, v.compare(GT, 0))
                    .add(FloatVector.fromArray(SPECIES, values, j))
                    .intoArray(y, yStart + j);
        }
    }

    /// The scratch's values u become ln(1 + u).
    private static void logOnePlus(int count, Scratch scratch) {
        float[] quotients = scratch.sizes;
        quotients(scratch.values, quotients, scratch.variables, count);
        polynomial(LOG_TERMS, scratch.variables, scratch.values, count);
        addTails(quotients, scratch.variables, scratch.values, count);
    }

    /// s = u/(2 + u), and its square.
    private static void quotients(float[] u, float[] quotients, float[] squares, int count) {
        for (int j = 0; j < count; j += LANES) {
            FloatVector v = FloatVector.fromArray(SPECIES, u, j);
            FloatVector s = v.div(TWO.add(v));
            s.intoArray(quotients, j);
            s.mul(s).intoArray(squares, j);
        }
    }

    /// values = 2s + s³·values.
    private static void addTails(float[] quotients, float[] squares, float[] values, int count) {
        for (int j = 0; j < count; j += LANES) {
            FloatVector s = FloatVector.fromArray(SPECIES, quotients, j);
            FloatVector.fromArray(SPECIES, values, j)
                    .fma(FloatVector.fromArray(SPECIES, squares, j).mul(s), TWO.mul(s))
                    .intoArray(values, j);
        }
    }

    /// values = the polynomial of the variables by Horner's rule.
    private static void polynomial(float[] terms, float[] variables, float[] values, int count) {
        Arrays.fill(values, 0, count, terms[0]);
        int i = 1;
        for (; i + 3 < terms.length; i += 4) {
            fourTerms(terms[i], terms[i + 1], terms[i + 2], terms[i + 3], variables, values, count);
        }
        for (; i < terms.length; i++) {
            oneTerm(terms[i], variables, values, count);
        }
    }

    private static void oneTerm(float term, float[] variables, float[] values, int count) {
        FloatVector a = FloatVector.broadcast(SPECIES, term);
        for (int j = 0; j < count; j += LANES) {
            FloatVector.fromArray(SPECIES, values, j)
                    .fma(FloatVector.fromArray(SPECIES, variables, j), a)
                    .intoArray(values, j);
        }
    }

    private static void fourTerms(
            float first, float second, float third, float fourth, float[] variables, float[] values, int count) {
        FloatVector a = FloatVector.broadcast(SPECIES, first);
        FloatVector b = FloatVector.broadcast(SPECIES, second);
        FloatVector c = FloatVector.broadcast(SPECIES, third);
        FloatVector d = FloatVector.broadcast(SPECIES, fourth);
        for (int j = 0; j < count; j += LANES) {
            FloatVector k = FloatVector.fromArray(SPECIES, variables, j);
            FloatVector.fromArray(SPECIES, values, j)
                    .fma(k, a)
                    .fma(k, b)
                    .fma(k, c)
                    .fma(k, d)
                    .intoArray(values, j);
        }
    }

    private static float[] normalTerms() {
        float[] terms = new float[SmoothFunctions.normalTermsOfFloat()];
        for (int i = 0; i < terms.length; i++) {
            terms[i] = SmoothFunctions.normalTermOfFloat(i);
        }
        return terms;
    }

    private static float[] logTerms() {
        float[] terms = new float[SmoothFunctions.LOG_TERMS_F];
        for (int i = 0; i < terms.length; i++) {
            terms[i] = 2f / (2 * (terms.length - i) + 1);
        }
        return terms;
    }

    private static FloatVector of(float value) {
        return FloatVector.broadcast(SPECIES, value);
    }
}
