package org.badak.simd;

import jdk.incubator.vector.DoubleVector;
import org.badak.kernel.Elementary;

/// The numbers of [Float64Functions] in every lane. As constants they cost the compiler a fraction of the nodes of a
/// broadcast at each use: with broadcasts it reached its limit and stopped inlining.
final class Float64Constants {
    static final DoubleVector TAYLOR_13 = of(1.0 / 6227020800L);
    static final DoubleVector TAYLOR_12 = of(1.0 / 479001600);
    static final DoubleVector TAYLOR_11 = of(1.0 / 39916800);
    static final DoubleVector TAYLOR_10 = of(1.0 / 3628800);
    static final DoubleVector TAYLOR_9 = of(1.0 / 362880);
    static final DoubleVector TAYLOR_8 = of(1.0 / 40320);
    static final DoubleVector TAYLOR_7 = of(1.0 / 5040);
    static final DoubleVector TAYLOR_6 = of(1.0 / 720);
    static final DoubleVector TAYLOR_5 = of(1.0 / 120);
    static final DoubleVector TAYLOR_4 = of(1.0 / 24);
    static final DoubleVector TAYLOR_3 = of(1.0 / 6);
    static final DoubleVector TAYLOR_2 = of(0.5);
    static final DoubleVector NEAR_LOG_6 = of(-1.0 / 6);
    static final DoubleVector NEAR_LOG_5 = of(1.0 / 5);
    static final DoubleVector NEAR_LOG_4 = of(-1.0 / 4);
    static final DoubleVector NEAR_LOG_3 = of(1.0 / 3);
    static final DoubleVector NEAR_LOG_2 = of(-0.5);
    static final DoubleVector LOG_21 = of(2.0 / 21);
    static final DoubleVector LOG_19 = of(2.0 / 19);
    static final DoubleVector LOG_17 = of(2.0 / 17);
    static final DoubleVector LOG_15 = of(2.0 / 15);
    static final DoubleVector LOG_13 = of(2.0 / 13);
    static final DoubleVector LOG_11 = of(2.0 / 11);
    static final DoubleVector LOG_9 = of(2.0 / 9);
    static final DoubleVector LOG_7 = of(2.0 / 7);
    static final DoubleVector LOG_5 = of(2.0 / 5);
    static final DoubleVector LOG_3 = of(2.0 / 3);
    static final DoubleVector INVERSE_LN2 = of(Elementary.INVERSE_LN2);
    static final DoubleVector ROUNDER = of(Elementary.ROUNDER);
    static final DoubleVector LN2_HIGH = of(Elementary.LN2_HIGH);
    static final DoubleVector LN2_LOW = of(Elementary.LN2_LOW);
    static final DoubleVector ONE = of(1);
    static final DoubleVector TWO = of(2);
    static final DoubleVector EXP_MAX = of(Elementary.EXP_MAX);
    static final DoubleVector EXP_MIN = of(Elementary.EXP_MIN);
    static final DoubleVector TANH_MAX = of(Elementary.TANH_MAX);

    private Float64Constants() {}

    private static DoubleVector of(double value) {
        return DoubleVector.broadcast(Width.DOUBLES, value);
    }
}
