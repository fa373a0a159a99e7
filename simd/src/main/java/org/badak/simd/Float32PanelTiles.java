package org.badak.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// The tiles of [Float32Tiles] for a b in panels as wide as the tile: element (k, column) lies at
/// b0 + k·vectors·lanes + column. The distance being constant, no check of bounds stays in the loop.
final class Float32PanelTiles {
    private static final VectorSpecies<Float> SPECIES = Width.FLOATS;
    private static final int LANES = SPECIES.length();

    private Float32PanelTiles() {}

    static void tile6x4(float[] a, int a0, int aStride, float[] b, int b0, float[] c, int c0, int cStride, int inner) {
        FloatVector sum0x0 = FloatVector.fromArray(SPECIES, c, c0);
        FloatVector sum0x1 = FloatVector.fromArray(SPECIES, c, c0 + LANES);
        FloatVector sum0x2 = FloatVector.fromArray(SPECIES, c, c0 + 2 * LANES);
        FloatVector sum0x3 = FloatVector.fromArray(SPECIES, c, c0 + 3 * LANES);
        FloatVector sum1x0 = FloatVector.fromArray(SPECIES, c, c0 + cStride);
        FloatVector sum1x1 = FloatVector.fromArray(SPECIES, c, c0 + cStride + LANES);
        FloatVector sum1x2 = FloatVector.fromArray(SPECIES, c, c0 + cStride + 2 * LANES);
        FloatVector sum1x3 = FloatVector.fromArray(SPECIES, c, c0 + cStride + 3 * LANES);
        FloatVector sum2x0 = FloatVector.fromArray(SPECIES, c, c0 + 2 * cStride);
        FloatVector sum2x1 = FloatVector.fromArray(SPECIES, c, c0 + 2 * cStride + LANES);
        FloatVector sum2x2 = FloatVector.fromArray(SPECIES, c, c0 + 2 * cStride + 2 * LANES);
        FloatVector sum2x3 = FloatVector.fromArray(SPECIES, c, c0 + 2 * cStride + 3 * LANES);
        FloatVector sum3x0 = FloatVector.fromArray(SPECIES, c, c0 + 3 * cStride);
        FloatVector sum3x1 = FloatVector.fromArray(SPECIES, c, c0 + 3 * cStride + LANES);
        FloatVector sum3x2 = FloatVector.fromArray(SPECIES, c, c0 + 3 * cStride + 2 * LANES);
        FloatVector sum3x3 = FloatVector.fromArray(SPECIES, c, c0 + 3 * cStride + 3 * LANES);
        FloatVector sum4x0 = FloatVector.fromArray(SPECIES, c, c0 + 4 * cStride);
        FloatVector sum4x1 = FloatVector.fromArray(SPECIES, c, c0 + 4 * cStride + LANES);
        FloatVector sum4x2 = FloatVector.fromArray(SPECIES, c, c0 + 4 * cStride + 2 * LANES);
        FloatVector sum4x3 = FloatVector.fromArray(SPECIES, c, c0 + 4 * cStride + 3 * LANES);
        FloatVector sum5x0 = FloatVector.fromArray(SPECIES, c, c0 + 5 * cStride);
        FloatVector sum5x1 = FloatVector.fromArray(SPECIES, c, c0 + 5 * cStride + LANES);
        FloatVector sum5x2 = FloatVector.fromArray(SPECIES, c, c0 + 5 * cStride + 2 * LANES);
        FloatVector sum5x3 = FloatVector.fromArray(SPECIES, c, c0 + 5 * cStride + 3 * LANES);
        int a1 = a0 + aStride;
        int a2 = a0 + 2 * aStride;
        int a3 = a0 + 3 * aStride;
        int a4 = a0 + 4 * aStride;
        int a5 = a0 + 5 * aStride;
        for (int k = 0; k < inner; k++) {
            FloatVector right0 = FloatVector.fromArray(SPECIES, b, b0 + k * (4 * LANES));
            FloatVector right1 = FloatVector.fromArray(SPECIES, b, b0 + k * (4 * LANES) + LANES);
            FloatVector right2 = FloatVector.fromArray(SPECIES, b, b0 + k * (4 * LANES) + 2 * LANES);
            FloatVector right3 = FloatVector.fromArray(SPECIES, b, b0 + k * (4 * LANES) + 3 * LANES);
            FloatVector left0 = FloatVector.broadcast(SPECIES, a[a0 + k]);
            sum0x0 = left0.fma(right0, sum0x0);
            sum0x1 = left0.fma(right1, sum0x1);
            sum0x2 = left0.fma(right2, sum0x2);
            sum0x3 = left0.fma(right3, sum0x3);
            FloatVector left1 = FloatVector.broadcast(SPECIES, a[a1 + k]);
            sum1x0 = left1.fma(right0, sum1x0);
            sum1x1 = left1.fma(right1, sum1x1);
            sum1x2 = left1.fma(right2, sum1x2);
            sum1x3 = left1.fma(right3, sum1x3);
            FloatVector left2 = FloatVector.broadcast(SPECIES, a[a2 + k]);
            sum2x0 = left2.fma(right0, sum2x0);
            sum2x1 = left2.fma(right1, sum2x1);
            sum2x2 = left2.fma(right2, sum2x2);
            sum2x3 = left2.fma(right3, sum2x3);
            FloatVector left3 = FloatVector.broadcast(SPECIES, a[a3 + k]);
            sum3x0 = left3.fma(right0, sum3x0);
            sum3x1 = left3.fma(right1, sum3x1);
            sum3x2 = left3.fma(right2, sum3x2);
            sum3x3 = left3.fma(right3, sum3x3);
            FloatVector left4 = FloatVector.broadcast(SPECIES, a[a4 + k]);
            sum4x0 = left4.fma(right0, sum4x0);
            sum4x1 = left4.fma(right1, sum4x1);
            sum4x2 = left4.fma(right2, sum4x2);
            sum4x3 = left4.fma(right3, sum4x3);
            FloatVector left5 = FloatVector.broadcast(SPECIES, a[a5 + k]);
            sum5x0 = left5.fma(right0, sum5x0);
            sum5x1 = left5.fma(right1, sum5x1);
            sum5x2 = left5.fma(right2, sum5x2);
            sum5x3 = left5.fma(right3, sum5x3);
        }
        sum0x0.intoArray(c, c0);
        sum0x1.intoArray(c, c0 + LANES);
        sum0x2.intoArray(c, c0 + 2 * LANES);
        sum0x3.intoArray(c, c0 + 3 * LANES);
        sum1x0.intoArray(c, c0 + cStride);
        sum1x1.intoArray(c, c0 + cStride + LANES);
        sum1x2.intoArray(c, c0 + cStride + 2 * LANES);
        sum1x3.intoArray(c, c0 + cStride + 3 * LANES);
        sum2x0.intoArray(c, c0 + 2 * cStride);
        sum2x1.intoArray(c, c0 + 2 * cStride + LANES);
        sum2x2.intoArray(c, c0 + 2 * cStride + 2 * LANES);
        sum2x3.intoArray(c, c0 + 2 * cStride + 3 * LANES);
        sum3x0.intoArray(c, c0 + 3 * cStride);
        sum3x1.intoArray(c, c0 + 3 * cStride + LANES);
        sum3x2.intoArray(c, c0 + 3 * cStride + 2 * LANES);
        sum3x3.intoArray(c, c0 + 3 * cStride + 3 * LANES);
        sum4x0.intoArray(c, c0 + 4 * cStride);
        sum4x1.intoArray(c, c0 + 4 * cStride + LANES);
        sum4x2.intoArray(c, c0 + 4 * cStride + 2 * LANES);
        sum4x3.intoArray(c, c0 + 4 * cStride + 3 * LANES);
        sum5x0.intoArray(c, c0 + 5 * cStride);
        sum5x1.intoArray(c, c0 + 5 * cStride + LANES);
        sum5x2.intoArray(c, c0 + 5 * cStride + 2 * LANES);
        sum5x3.intoArray(c, c0 + 5 * cStride + 3 * LANES);
    }

    static void tile6x2(float[] a, int a0, int aStride, float[] b, int b0, float[] c, int c0, int cStride, int inner) {
        FloatVector sum0x0 = FloatVector.fromArray(SPECIES, c, c0);
        FloatVector sum0x1 = FloatVector.fromArray(SPECIES, c, c0 + LANES);
        FloatVector sum1x0 = FloatVector.fromArray(SPECIES, c, c0 + cStride);
        FloatVector sum1x1 = FloatVector.fromArray(SPECIES, c, c0 + cStride + LANES);
        FloatVector sum2x0 = FloatVector.fromArray(SPECIES, c, c0 + 2 * cStride);
        FloatVector sum2x1 = FloatVector.fromArray(SPECIES, c, c0 + 2 * cStride + LANES);
        FloatVector sum3x0 = FloatVector.fromArray(SPECIES, c, c0 + 3 * cStride);
        FloatVector sum3x1 = FloatVector.fromArray(SPECIES, c, c0 + 3 * cStride + LANES);
        FloatVector sum4x0 = FloatVector.fromArray(SPECIES, c, c0 + 4 * cStride);
        FloatVector sum4x1 = FloatVector.fromArray(SPECIES, c, c0 + 4 * cStride + LANES);
        FloatVector sum5x0 = FloatVector.fromArray(SPECIES, c, c0 + 5 * cStride);
        FloatVector sum5x1 = FloatVector.fromArray(SPECIES, c, c0 + 5 * cStride + LANES);
        int a1 = a0 + aStride;
        int a2 = a0 + 2 * aStride;
        int a3 = a0 + 3 * aStride;
        int a4 = a0 + 4 * aStride;
        int a5 = a0 + 5 * aStride;
        for (int k = 0; k < inner; k++) {
            FloatVector right0 = FloatVector.fromArray(SPECIES, b, b0 + k * (2 * LANES));
            FloatVector right1 = FloatVector.fromArray(SPECIES, b, b0 + k * (2 * LANES) + LANES);
            FloatVector left0 = FloatVector.broadcast(SPECIES, a[a0 + k]);
            sum0x0 = left0.fma(right0, sum0x0);
            sum0x1 = left0.fma(right1, sum0x1);
            FloatVector left1 = FloatVector.broadcast(SPECIES, a[a1 + k]);
            sum1x0 = left1.fma(right0, sum1x0);
            sum1x1 = left1.fma(right1, sum1x1);
            FloatVector left2 = FloatVector.broadcast(SPECIES, a[a2 + k]);
            sum2x0 = left2.fma(right0, sum2x0);
            sum2x1 = left2.fma(right1, sum2x1);
            FloatVector left3 = FloatVector.broadcast(SPECIES, a[a3 + k]);
            sum3x0 = left3.fma(right0, sum3x0);
            sum3x1 = left3.fma(right1, sum3x1);
            FloatVector left4 = FloatVector.broadcast(SPECIES, a[a4 + k]);
            sum4x0 = left4.fma(right0, sum4x0);
            sum4x1 = left4.fma(right1, sum4x1);
            FloatVector left5 = FloatVector.broadcast(SPECIES, a[a5 + k]);
            sum5x0 = left5.fma(right0, sum5x0);
            sum5x1 = left5.fma(right1, sum5x1);
        }
        sum0x0.intoArray(c, c0);
        sum0x1.intoArray(c, c0 + LANES);
        sum1x0.intoArray(c, c0 + cStride);
        sum1x1.intoArray(c, c0 + cStride + LANES);
        sum2x0.intoArray(c, c0 + 2 * cStride);
        sum2x1.intoArray(c, c0 + 2 * cStride + LANES);
        sum3x0.intoArray(c, c0 + 3 * cStride);
        sum3x1.intoArray(c, c0 + 3 * cStride + LANES);
        sum4x0.intoArray(c, c0 + 4 * cStride);
        sum4x1.intoArray(c, c0 + 4 * cStride + LANES);
        sum5x0.intoArray(c, c0 + 5 * cStride);
        sum5x1.intoArray(c, c0 + 5 * cStride + LANES);
    }
}
