package org.badak.simd;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import org.badak.kernel.Elementary;

/// The functions of [Elementary] in float32 on vectors: the same operations in the same order.
///
/// Callers keep these small methods inside one loop each, so that the compiler inlines them.
final class Float32Functions {
    private static final int ROUNDER_BITS = Float.floatToRawIntBits(Elementary.ROUNDER_F);

    private Float32Functions() {}

    /// eˣ.
    static FloatVector exp(FloatVector x) {
        FloatVector upper = x.blend(Float32Constants.EXP_MAX, x.compare(GT, Float32Constants.EXP_MAX));
        FloatVector bounded = upper.blend(Float32Constants.EXP_MIN, upper.compare(LT, Float32Constants.EXP_MIN));
        FloatVector shifted = bounded.fma(Float32Constants.INVERSE_LN2, Float32Constants.ROUNDER);
        FloatVector k = shifted.sub(Float32Constants.ROUNDER);
        IntVector exponent = shifted.reinterpretAsInts().sub(ROUNDER_BITS);
        IntVector half = exponent.lanewise(ASHR, 1);
        return exponential(k, bounded)
                .add(Float32Constants.ONE)
                .mul(power(half))
                .mul(power(exponent.sub(half)));
    }

    /// 1/(1 + e⁻ˣ).
    static FloatVector sigmoid(FloatVector x) {
        return Float32Constants.ONE.div(exp(x.neg()).add(Float32Constants.ONE));
    }

    /// The hyperbolic tangent.
    static FloatVector tanh(FloatVector x) {
        FloatVector doubled = x.mul(Float32Constants.TWO);
        FloatVector twice = doubled.blend(doubled.neg(), x.compare(LT, 0));
        twice = twice.blend(Float32Constants.TANH_MAX, twice.compare(GT, Float32Constants.TANH_MAX));
        FloatVector shifted = twice.fma(Float32Constants.INVERSE_LN2, Float32Constants.ROUNDER);
        FloatVector k = shifted.sub(Float32Constants.ROUNDER);
        FloatVector power = power(shifted.reinterpretAsInts().sub(ROUNDER_BITS));
        FloatVector q = power.fma(exponential(k, twice), power.sub(Float32Constants.ONE));
        FloatVector tanh = q.div(q.add(Float32Constants.TWO));
        return tanh.blend(tanh.neg(), x.compare(LT, 0));
    }

    /// e^(x − k·ln 2) − 1.
    private static FloatVector exponential(FloatVector k, FloatVector x) {
        FloatVector minusK = k.neg();
        FloatVector r = minusK.fma(Float32Constants.LN2_LOW, minusK.fma(Float32Constants.LN2_HIGH, x));
        FloatVector p = Float32Constants.TAYLOR_7.fma(r, Float32Constants.TAYLOR_6);
        p = p.fma(r, Float32Constants.TAYLOR_5);
        p = p.fma(r, Float32Constants.TAYLOR_4);
        p = p.fma(r, Float32Constants.TAYLOR_3);
        p = p.fma(r, Float32Constants.TAYLOR_2);
        return p.fma(r.mul(r), r);
    }

    private static FloatVector power(IntVector exponent) {
        return exponent.add(127).lanewise(LSHL, 23).reinterpretAsFloats();
    }
}
