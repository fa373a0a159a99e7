package org.badak.kernel;

import static org.badak.kernel.Fma.fma;

import org.badak.matrix.DoubleMatrix;
import org.badak.matrix.FloatMatrix;
import org.badak.matrix.Matrix;
import org.badak.matrix.SparseMatrix;

/// Activations whose gradient is computed from x: y = f(x), and dx = dy·f′(x). Each function stands here once for every
/// precision; these scalar forms are the reference for the other kernel sets. p is the activation's parameter, 0 if it
/// has none.
public enum Activation {
    /// y = x where x > 0, else p·x.
    LEAKY_RELU {
        @Override
        float value(float x, float p) {
            return x > 0 ? x : p * x;
        }

        @Override
        float slope(float x, float p) {
            return x > 0 ? 1 : p;
        }

        @Override
        double value(double x, double p) {
            return x > 0 ? x : p * x;
        }

        @Override
        double slope(double x, double p) {
            return x > 0 ? 1 : p;
        }
    },

    /// y = x where x > 0, else p·(eˣ − 1).
    ELU {
        @Override
        float value(float x, float p) {
            return x > 0 ? x : p * SmoothFunctions.expMinusOne(x);
        }

        @Override
        float slope(float x, float p) {
            return x > 0 ? 1 : p * Elementary.exp(x);
        }

        @Override
        double value(double x, double p) {
            return x > 0 ? x : p * SmoothFunctions.expMinusOne(x);
        }

        @Override
        double slope(double x, double p) {
            return x > 0 ? 1 : p * Elementary.exp(x);
        }
    },

    /// y = x·σ(x).
    SILU {
        @Override
        float value(float x, float p) {
            return x * Elementary.sigmoid(x);
        }

        @Override
        float slope(float x, float p) {
            float s = Elementary.sigmoid(x);
            return s * fma(x, 1 - s, 1);
        }

        @Override
        double value(double x, double p) {
            return x * Elementary.sigmoid(x);
        }

        @Override
        double slope(double x, double p) {
            double s = Elementary.sigmoid(x);
            return s * fma(x, 1 - s, 1);
        }
    },

    /// y = ln(1 + eˣ), as max(x, 0) + ln(1 + e^−|x|).
    SOFTPLUS {
        @Override
        float value(float x, float p) {
            float tail = SmoothFunctions.logOnePlus(Elementary.exp(x < 0 ? x : -x));
            return (x > 0 ? x : 0) + tail;
        }

        @Override
        float slope(float x, float p) {
            return Elementary.sigmoid(x);
        }

        @Override
        double value(double x, double p) {
            double tail = SmoothFunctions.logOnePlus(Elementary.exp(x < 0 ? x : -x));
            return (x > 0 ? x : 0) + tail;
        }

        @Override
        double slope(double x, double p) {
            return Elementary.sigmoid(x);
        }
    },

    /// y = x·Φ(x), Φ being the standard normal distribution function.
    GELU {
        @Override
        float value(float x, float p) {
            return x * SmoothFunctions.normal(x);
        }

        @Override
        float slope(float x, float p) {
            float bell = SmoothFunctions.bell(x);
            return fma(x, bell * DENSITY_F, SmoothFunctions.normal(x, bell));
        }

        @Override
        double value(double x, double p) {
            return x * SmoothFunctions.normal(x);
        }

        @Override
        double slope(double x, double p) {
            double bell = SmoothFunctions.bell(x);
            return fma(x, bell * DENSITY, SmoothFunctions.normal(x, bell));
        }
    },

    /// y = x·σ(2u), which is x/2·(1 + tanh u), with u = √(2/π)·(x + 0.044715x³).
    GELU_TANH {
        @Override
        float value(float x, float p) {
            float b = bounded(x);
            return x * Elementary.sigmoid(b * fma(CUBIC_F, b * b, LINEAR_F));
        }

        @Override
        float slope(float x, float p) {
            float b = bounded(x);
            float square = b * b;
            float s = Elementary.sigmoid(b * fma(CUBIC_F, square, LINEAR_F));
            return s * fma(b * (1 - s), fma(THRICE_CUBIC_F, square, LINEAR_F), 1);
        }

        @Override
        double value(double x, double p) {
            double b = bounded(x);
            return x * Elementary.sigmoid(b * fma(CUBIC, b * b, LINEAR));
        }

        @Override
        double slope(double x, double p) {
            double b = bounded(x);
            double square = b * b;
            double s = Elementary.sigmoid(b * fma(CUBIC, square, LINEAR));
            return s * fma(b * (1 - s), fma(THRICE_CUBIC, square, LINEAR), 1);
        }
    };

    /// 1/√(2π).
    public static final double DENSITY = 0.3989422804014327;
    /// 2·√(2/π).
    public static final double LINEAR = 1.5957691216057308;
    /// 0.044715 times [#LINEAR].
    public static final double CUBIC = 0.044715 * LINEAR;
    /// Three times [#CUBIC].
    public static final double THRICE_CUBIC = 3 * CUBIC;
    /// [#DENSITY] in float32.
    public static final float DENSITY_F = (float) DENSITY;
    /// [#LINEAR] in float32.
    public static final float LINEAR_F = (float) LINEAR;
    /// [#CUBIC] in float32.
    public static final float CUBIC_F = (float) CUBIC;
    /// [#THRICE_CUBIC] in float32.
    public static final float THRICE_CUBIC_F = (float) THRICE_CUBIC;
    /// Beyond ±30 the tanh form of GELU is 0 or x.
    public static final int TANH_FORM_MAX = 30;

    abstract float value(float x, float p);

    abstract float slope(float x, float p);

    abstract double value(double x, double p);

    abstract double slope(double x, double p);

    private static float bounded(float x) {
        float upper = x > TANH_FORM_MAX ? TANH_FORM_MAX : x;
        return upper < -TANH_FORM_MAX ? -TANH_FORM_MAX : upper;
    }

    private static double bounded(double x) {
        double upper = x > TANH_FORM_MAX ? TANH_FORM_MAX : x;
        return upper < -TANH_FORM_MAX ? -TANH_FORM_MAX : upper;
    }

    /// y = f(x) for the rows [from, to).
    void apply(double p, Matrix x, Matrix y, int from, int to) {
        for (int row = from; row < to; row++) {
            int xStart = x.offset() + row * x.stride();
            int yStart = y.offset() + row * y.stride();
            switch (x) {
                case FloatMatrix floats -> {
                    float[] ys = ((FloatMatrix) y).data();
                    for (int j = 0; j < x.columns(); j++) {
                        ys[yStart + j] = value(floats.data()[xStart + j], (float) p);
                    }
                }
                case DoubleMatrix doubles -> {
                    double[] ys = ((DoubleMatrix) y).data();
                    for (int j = 0; j < x.columns(); j++) {
                        ys[yStart + j] = value(doubles.data()[xStart + j], p);
                    }
                }
                case SparseMatrix sparse -> throw new AssertionError(sparse);
            }
        }
    }

    /// dx = dy·f′(x) for the rows [from, to).
    void applyGradient(double p, Matrix x, Matrix dy, Matrix dx, int from, int to) {
        for (int row = from; row < to; row++) {
            int xStart = x.offset() + row * x.stride();
            int dyStart = dy.offset() + row * dy.stride();
            int dxStart = dx.offset() + row * dx.stride();
            switch (x) {
                case FloatMatrix floats -> {
                    float[] dys = ((FloatMatrix) dy).data();
                    float[] dxs = ((FloatMatrix) dx).data();
                    for (int j = 0; j < x.columns(); j++) {
                        dxs[dxStart + j] = dys[dyStart + j] * slope(floats.data()[xStart + j], (float) p);
                    }
                }
                case DoubleMatrix doubles -> {
                    double[] dys = ((DoubleMatrix) dy).data();
                    double[] dxs = ((DoubleMatrix) dx).data();
                    for (int j = 0; j < x.columns(); j++) {
                        dxs[dxStart + j] = dys[dyStart + j] * slope(doubles.data()[xStart + j], p);
                    }
                }
                case SparseMatrix sparse -> throw new AssertionError(sparse);
            }
        }
    }
}
