package org.badak.simd;

import jdk.incubator.vector.FloatVector;
import org.badak.kernel.Elementary;

/// The numbers of [Float32Functions] in every lane. As constants they cost the compiler a fraction of the nodes of a
/// broadcast at each use: with broadcasts it reached its limit and stopped inlining.
final class Float32Constants {
    static final FloatVector TAYLOR_7 = of(1 / 5040f);
    static final FloatVector TAYLOR_6 = of(1 / 720f);
    static final FloatVector TAYLOR_5 = of(1 / 120f);
    static final FloatVector TAYLOR_4 = of(1 / 24f);
    static final FloatVector TAYLOR_3 = of(1 / 6f);
    static final FloatVector TAYLOR_2 = of(0.5f);
    static final FloatVector INVERSE_LN2 = of(Elementary.INVERSE_LN2_F);
    static final FloatVector ROUNDER = of(Elementary.ROUNDER_F);
    static final FloatVector LN2_HIGH = of(Elementary.LN2_HIGH_F);
    static final FloatVector LN2_LOW = of(Elementary.LN2_LOW_F);
    static final FloatVector ONE = of(1);
    static final FloatVector TWO = of(2);
    static final FloatVector EXP_MAX = of(Elementary.EXP_MAX_F);
    static final FloatVector EXP_MIN = of(Elementary.EXP_MIN_F);
    static final FloatVector TANH_MAX = of(Elementary.TANH_MAX_F);

    private Float32Constants() {}

    private static FloatVector of(float value) {
        return FloatVector.broadcast(Width.FLOATS, value);
    }
}
