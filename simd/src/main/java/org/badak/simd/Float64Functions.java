package org.badak.simd;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import org.badak.kernel.Elementary;

/// The functions of [Elementary] in float64 on vectors: the same operations in the same order.
///
/// Callers keep these small methods inside one loop each, so that the compiler inlines them.
final class Float64Functions {
    private static final long ROUNDER_BITS = Double.doubleToRawLongBits(Elementary.ROUNDER);

    private Float64Functions() {}

    /// eˣ.
    static DoubleVector exp(DoubleVector x) {
        DoubleVector upper = x.blend(Elementary.EXP_MAX, x.compare(GT, Elementary.EXP_MAX));
        DoubleVector bounded = upper.blend(Elementary.EXP_MIN, upper.compare(LT, Elementary.EXP_MIN));
        DoubleVector shifted = bounded.fma(constant(Elementary.INVERSE_LN2), constant(Elementary.ROUNDER));
        DoubleVector k = shifted.sub(Elementary.ROUNDER);
        LongVector exponent = shifted.reinterpretAsLongs().sub(ROUNDER_BITS);
        LongVector half = exponent.lanewise(ASHR, 1);
        return exponential(k, bounded).add(1).mul(power(half)).mul(power(exponent.sub(half)));
    }

    /// 1/(1 + e⁻ˣ).
    static DoubleVector sigmoid(DoubleVector x) {
        return constant(1).div(exp(x.neg()).add(1));
    }

    /// The hyperbolic tangent.
    static DoubleVector tanh(DoubleVector x) {
        DoubleVector doubled = x.mul(2);
        DoubleVector twice = doubled.blend(doubled.neg(), x.compare(LT, 0));
        twice = twice.blend(Elementary.TANH_MAX, twice.compare(GT, Elementary.TANH_MAX));
        DoubleVector shifted = twice.fma(constant(Elementary.INVERSE_LN2), constant(Elementary.ROUNDER));
        DoubleVector k = shifted.sub(Elementary.ROUNDER);
        DoubleVector power = power(shifted.reinterpretAsLongs().sub(ROUNDER_BITS));
        DoubleVector q = power.fma(exponential(k, twice), power.sub(1));
        DoubleVector tanh = q.div(q.add(2));
        return tanh.blend(tanh.neg(), x.compare(LT, 0));
    }

    private static DoubleVector constant(double value) {
        return DoubleVector.broadcast(Width.DOUBLES, value);
    }

    /// e^(x − k·ln 2) − 1.
    private static DoubleVector exponential(DoubleVector k, DoubleVector x) {
        DoubleVector minusK = k.neg();
        DoubleVector r = minusK.fma(constant(Elementary.LN2_LOW), minusK.fma(constant(Elementary.LN2_HIGH), x));
        DoubleVector p = constant(1.0 / 6227020800L).fma(r, constant(1.0 / 479001600));
        p = p.fma(r, constant(1.0 / 39916800));
        p = p.fma(r, constant(1.0 / 3628800));
        p = p.fma(r, constant(1.0 / 362880));
        p = p.fma(r, constant(1.0 / 40320));
        p = p.fma(r, constant(1.0 / 5040));
        p = p.fma(r, constant(1.0 / 720));
        p = p.fma(r, constant(1.0 / 120));
        p = p.fma(r, constant(1.0 / 24));
        p = p.fma(r, constant(1.0 / 6));
        p = p.fma(r, constant(0.5));
        return p.fma(r.mul(r), r);
    }

    private static DoubleVector power(LongVector exponent) {
        return exponent.add(1023).lanewise(LSHL, 52).reinterpretAsDoubles();
    }

    /// The natural logarithm of positive, normal, finite numbers, as [Elementary#log]; others must not occur.
    static DoubleVector logOfNormal(DoubleVector x) {
        LongVector bits = x.reinterpretAsLongs();
        LongVector exponent = bits.sub(Elementary.SQRT_HALF_BITS).lanewise(ASHR, 52);
        DoubleVector e = (DoubleVector) exponent.convert(VectorOperators.L2D, 0);
        DoubleVector f =
                bits.sub(exponent.lanewise(LSHL, 52)).reinterpretAsDoubles().sub(1);
        DoubleVector s = f.div(f.add(2));
        DoubleVector z = s.mul(s);
        DoubleVector tail = constant(2.0 / 21).fma(z, constant(2.0 / 19));
        tail = tail.fma(z, constant(2.0 / 17));
        tail = tail.fma(z, constant(2.0 / 15));
        tail = tail.fma(z, constant(2.0 / 13));
        tail = tail.fma(z, constant(2.0 / 11));
        tail = tail.fma(z, constant(2.0 / 9));
        tail = tail.fma(z, constant(2.0 / 7));
        tail = tail.fma(z, constant(2.0 / 5));
        tail = tail.fma(z, constant(2.0 / 3)).mul(z);
        DoubleVector halfSquare = f.mul(0.5).mul(f);
        DoubleVector low = s.fma(halfSquare.add(tail), e.mul(Elementary.LN2_LOW));
        return e.fma(constant(Elementary.LN2_HIGH), f.sub(halfSquare.sub(low)));
    }
}
