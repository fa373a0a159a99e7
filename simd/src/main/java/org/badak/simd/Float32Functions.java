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
        FloatVector upper = x.blend(Elementary.EXP_MAX_F, x.compare(GT, Elementary.EXP_MAX_F));
        FloatVector bounded = upper.blend(Elementary.EXP_MIN_F, upper.compare(LT, Elementary.EXP_MIN_F));
        FloatVector shifted = bounded.fma(constant(Elementary.INVERSE_LN2_F), constant(Elementary.ROUNDER_F));
        FloatVector k = shifted.sub(Elementary.ROUNDER_F);
        IntVector exponent = shifted.reinterpretAsInts().sub(ROUNDER_BITS);
        IntVector half = exponent.lanewise(ASHR, 1);
        return exponential(k, bounded).add(1).mul(power(half)).mul(power(exponent.sub(half)));
    }

    /// 1/(1 + e⁻ˣ).
    static FloatVector sigmoid(FloatVector x) {
        return constant(1).div(exp(x.neg()).add(1));
    }

    /// The hyperbolic tangent.
    static FloatVector tanh(FloatVector x) {
        FloatVector doubled = x.mul(2);
        FloatVector twice = doubled.blend(doubled.neg(), x.compare(LT, 0));
        twice = twice.blend(Elementary.TANH_MAX_F, twice.compare(GT, Elementary.TANH_MAX_F));
        FloatVector shifted = twice.fma(constant(Elementary.INVERSE_LN2_F), constant(Elementary.ROUNDER_F));
        FloatVector k = shifted.sub(Elementary.ROUNDER_F);
        FloatVector power = power(shifted.reinterpretAsInts().sub(ROUNDER_BITS));
        FloatVector q = power.fma(exponential(k, twice), power.sub(1));
        FloatVector tanh = q.div(q.add(2));
        return tanh.blend(tanh.neg(), x.compare(LT, 0));
    }

    private static FloatVector constant(float value) {
        return FloatVector.broadcast(Width.FLOATS, value);
    }

    /// e^(x − k·ln 2) − 1.
    private static FloatVector exponential(FloatVector k, FloatVector x) {
        FloatVector minusK = k.neg();
        FloatVector r = minusK.fma(constant(Elementary.LN2_LOW_F), minusK.fma(constant(Elementary.LN2_HIGH_F), x));
        FloatVector p = constant(1 / 5040f).fma(r, constant(1 / 720f));
        p = p.fma(r, constant(1 / 120f));
        p = p.fma(r, constant(1 / 24f));
        p = p.fma(r, constant(1 / 6f));
        p = p.fma(r, constant(0.5f));
        return p.fma(r.mul(r), r);
    }

    private static FloatVector power(IntVector exponent) {
        return exponent.add(127).lanewise(LSHL, 23).reinterpretAsFloats();
    }
}
