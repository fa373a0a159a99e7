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
        DoubleVector upper = x.blend(Float64Constants.EXP_MAX, x.compare(GT, Float64Constants.EXP_MAX));
        DoubleVector bounded = upper.blend(Float64Constants.EXP_MIN, upper.compare(LT, Float64Constants.EXP_MIN));
        DoubleVector shifted = bounded.fma(Float64Constants.INVERSE_LN2, Float64Constants.ROUNDER);
        DoubleVector k = shifted.sub(Float64Constants.ROUNDER);
        LongVector exponent = shifted.reinterpretAsLongs().sub(ROUNDER_BITS);
        LongVector half = exponent.lanewise(ASHR, 1);
        return exponential(k, bounded)
                .add(Float64Constants.ONE)
                .mul(power(half))
                .mul(power(exponent.sub(half)));
    }

    /// 1/(1 + e⁻ˣ).
    static DoubleVector sigmoid(DoubleVector x) {
        return Float64Constants.ONE.div(exp(x.neg()).add(Float64Constants.ONE));
    }

    /// The hyperbolic tangent.
    static DoubleVector tanh(DoubleVector x) {
        DoubleVector doubled = x.mul(Float64Constants.TWO);
        DoubleVector twice = doubled.blend(doubled.neg(), x.compare(LT, 0));
        twice = twice.blend(Float64Constants.TANH_MAX, twice.compare(GT, Float64Constants.TANH_MAX));
        DoubleVector shifted = twice.fma(Float64Constants.INVERSE_LN2, Float64Constants.ROUNDER);
        DoubleVector k = shifted.sub(Float64Constants.ROUNDER);
        DoubleVector power = power(shifted.reinterpretAsLongs().sub(ROUNDER_BITS));
        DoubleVector q = power.fma(exponential(k, twice), power.sub(Float64Constants.ONE));
        DoubleVector tanh = q.div(q.add(Float64Constants.TWO));
        return tanh.blend(tanh.neg(), x.compare(LT, 0));
    }

    /// e^(x − k·ln 2) − 1.
    private static DoubleVector exponential(DoubleVector k, DoubleVector x) {
        DoubleVector minusK = k.neg();
        DoubleVector r = minusK.fma(Float64Constants.LN2_LOW, minusK.fma(Float64Constants.LN2_HIGH, x));
        DoubleVector p = Float64Constants.TAYLOR_13.fma(r, Float64Constants.TAYLOR_12);
        p = p.fma(r, Float64Constants.TAYLOR_11);
        p = p.fma(r, Float64Constants.TAYLOR_10);
        p = p.fma(r, Float64Constants.TAYLOR_9);
        p = p.fma(r, Float64Constants.TAYLOR_8);
        p = p.fma(r, Float64Constants.TAYLOR_7);
        p = p.fma(r, Float64Constants.TAYLOR_6);
        p = p.fma(r, Float64Constants.TAYLOR_5);
        p = p.fma(r, Float64Constants.TAYLOR_4);
        p = p.fma(r, Float64Constants.TAYLOR_3);
        p = p.fma(r, Float64Constants.TAYLOR_2);
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
                bits.sub(exponent.lanewise(LSHL, 52)).reinterpretAsDoubles().sub(Float64Constants.ONE);
        DoubleVector s = f.div(f.add(Float64Constants.TWO));
        DoubleVector z = s.mul(s);
        DoubleVector tail = Float64Constants.LOG_21.fma(z, Float64Constants.LOG_19);
        tail = tail.fma(z, Float64Constants.LOG_17);
        tail = tail.fma(z, Float64Constants.LOG_15);
        tail = tail.fma(z, Float64Constants.LOG_13);
        tail = tail.fma(z, Float64Constants.LOG_11);
        tail = tail.fma(z, Float64Constants.LOG_9);
        tail = tail.fma(z, Float64Constants.LOG_7);
        tail = tail.fma(z, Float64Constants.LOG_5);
        tail = tail.fma(z, Float64Constants.LOG_3).mul(z);
        DoubleVector halfSquare = f.mul(Float64Constants.TAYLOR_2).mul(f);
        DoubleVector low = s.fma(halfSquare.add(tail), e.mul(Float64Constants.LN2_LOW));
        return e.fma(Float64Constants.LN2_HIGH, f.sub(halfSquare.sub(low)));
    }
}
