package org.badak.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// The innermost loops of float32 products: tiles of rows × vectors of c whose sums stay in registers while k ascends.
///
/// Of each tile element (row, k) of a lies at a0 + row·aStride + k, element (k, column) of b at
/// b0 + k·bStride + column, element (row, column) of c, which is added to, at c0 + row·cStride + column.
///
/// Written out rather than generated in a loop: the compiler keeps a sum in a register only if it is a variable. And
/// written for this one way through a, beside [Float32TransposedTiles]: with a stride for k it cannot take the checks
/// of a's bounds out of the loop. Which tiles there are was measured, see docs/performance-notes.md; each has to warm
/// up, so there are few.
final class Float32Tiles {
    private static final VectorSpecies<Float> SPECIES = Width.FLOATS;
    private static final int LANES = SPECIES.length();

    private Float32Tiles() {}

    static void tile12x2(
            float[] a, int a0, int aStride, float[] b, int b0, int bStride, float[] c, int c0, int cStride, int inner) {
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
        FloatVector sum6x0 = FloatVector.fromArray(SPECIES, c, c0 + 6 * cStride);
        FloatVector sum6x1 = FloatVector.fromArray(SPECIES, c, c0 + 6 * cStride + LANES);
        FloatVector sum7x0 = FloatVector.fromArray(SPECIES, c, c0 + 7 * cStride);
        FloatVector sum7x1 = FloatVector.fromArray(SPECIES, c, c0 + 7 * cStride + LANES);
        FloatVector sum8x0 = FloatVector.fromArray(SPECIES, c, c0 + 8 * cStride);
        FloatVector sum8x1 = FloatVector.fromArray(SPECIES, c, c0 + 8 * cStride + LANES);
        FloatVector sum9x0 = FloatVector.fromArray(SPECIES, c, c0 + 9 * cStride);
        FloatVector sum9x1 = FloatVector.fromArray(SPECIES, c, c0 + 9 * cStride + LANES);
        FloatVector sum10x0 = FloatVector.fromArray(SPECIES, c, c0 + 10 * cStride);
        FloatVector sum10x1 = FloatVector.fromArray(SPECIES, c, c0 + 10 * cStride + LANES);
        FloatVector sum11x0 = FloatVector.fromArray(SPECIES, c, c0 + 11 * cStride);
        FloatVector sum11x1 = FloatVector.fromArray(SPECIES, c, c0 + 11 * cStride + LANES);
        int a1 = a0 + aStride;
        int a2 = a0 + 2 * aStride;
        int a3 = a0 + 3 * aStride;
        int a4 = a0 + 4 * aStride;
        int a5 = a0 + 5 * aStride;
        int a6 = a0 + 6 * aStride;
        int a7 = a0 + 7 * aStride;
        int a8 = a0 + 8 * aStride;
        int a9 = a0 + 9 * aStride;
        int a10 = a0 + 10 * aStride;
        int a11 = a0 + 11 * aStride;
        int bk = b0;
        for (int k = 0; k < inner; k++) {
            FloatVector right0 = FloatVector.fromArray(SPECIES, b, bk);
            FloatVector right1 = FloatVector.fromArray(SPECIES, b, bk + LANES);
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
            FloatVector left6 = FloatVector.broadcast(SPECIES, a[a6 + k]);
            sum6x0 = left6.fma(right0, sum6x0);
            sum6x1 = left6.fma(right1, sum6x1);
            FloatVector left7 = FloatVector.broadcast(SPECIES, a[a7 + k]);
            sum7x0 = left7.fma(right0, sum7x0);
            sum7x1 = left7.fma(right1, sum7x1);
            FloatVector left8 = FloatVector.broadcast(SPECIES, a[a8 + k]);
            sum8x0 = left8.fma(right0, sum8x0);
            sum8x1 = left8.fma(right1, sum8x1);
            FloatVector left9 = FloatVector.broadcast(SPECIES, a[a9 + k]);
            sum9x0 = left9.fma(right0, sum9x0);
            sum9x1 = left9.fma(right1, sum9x1);
            FloatVector left10 = FloatVector.broadcast(SPECIES, a[a10 + k]);
            sum10x0 = left10.fma(right0, sum10x0);
            sum10x1 = left10.fma(right1, sum10x1);
            FloatVector left11 = FloatVector.broadcast(SPECIES, a[a11 + k]);
            sum11x0 = left11.fma(right0, sum11x0);
            sum11x1 = left11.fma(right1, sum11x1);
            bk += bStride;
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
        sum6x0.intoArray(c, c0 + 6 * cStride);
        sum6x1.intoArray(c, c0 + 6 * cStride + LANES);
        sum7x0.intoArray(c, c0 + 7 * cStride);
        sum7x1.intoArray(c, c0 + 7 * cStride + LANES);
        sum8x0.intoArray(c, c0 + 8 * cStride);
        sum8x1.intoArray(c, c0 + 8 * cStride + LANES);
        sum9x0.intoArray(c, c0 + 9 * cStride);
        sum9x1.intoArray(c, c0 + 9 * cStride + LANES);
        sum10x0.intoArray(c, c0 + 10 * cStride);
        sum10x1.intoArray(c, c0 + 10 * cStride + LANES);
        sum11x0.intoArray(c, c0 + 11 * cStride);
        sum11x1.intoArray(c, c0 + 11 * cStride + LANES);
    }

    static void tile6x4(
            float[] a, int a0, int aStride, float[] b, int b0, int bStride, float[] c, int c0, int cStride, int inner) {
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
        int bk = b0;
        for (int k = 0; k < inner; k++) {
            FloatVector right0 = FloatVector.fromArray(SPECIES, b, bk);
            FloatVector right1 = FloatVector.fromArray(SPECIES, b, bk + LANES);
            FloatVector right2 = FloatVector.fromArray(SPECIES, b, bk + 2 * LANES);
            FloatVector right3 = FloatVector.fromArray(SPECIES, b, bk + 3 * LANES);
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
            bk += bStride;
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

    static void tile5x2(
            float[] a, int a0, int aStride, float[] b, int b0, int bStride, float[] c, int c0, int cStride, int inner) {
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
        int a1 = a0 + aStride;
        int a2 = a0 + 2 * aStride;
        int a3 = a0 + 3 * aStride;
        int a4 = a0 + 4 * aStride;
        int bk = b0;
        for (int k = 0; k < inner; k++) {
            FloatVector right0 = FloatVector.fromArray(SPECIES, b, bk);
            FloatVector right1 = FloatVector.fromArray(SPECIES, b, bk + LANES);
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
            bk += bStride;
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
    }

    static void tile8x1(
            float[] a, int a0, int aStride, float[] b, int b0, int bStride, float[] c, int c0, int cStride, int inner) {
        FloatVector sum0 = FloatVector.fromArray(SPECIES, c, c0);
        FloatVector sum1 = FloatVector.fromArray(SPECIES, c, c0 + cStride);
        FloatVector sum2 = FloatVector.fromArray(SPECIES, c, c0 + 2 * cStride);
        FloatVector sum3 = FloatVector.fromArray(SPECIES, c, c0 + 3 * cStride);
        FloatVector sum4 = FloatVector.fromArray(SPECIES, c, c0 + 4 * cStride);
        FloatVector sum5 = FloatVector.fromArray(SPECIES, c, c0 + 5 * cStride);
        FloatVector sum6 = FloatVector.fromArray(SPECIES, c, c0 + 6 * cStride);
        FloatVector sum7 = FloatVector.fromArray(SPECIES, c, c0 + 7 * cStride);
        int a1 = a0 + aStride;
        int a2 = a0 + 2 * aStride;
        int a3 = a0 + 3 * aStride;
        int a4 = a0 + 4 * aStride;
        int a5 = a0 + 5 * aStride;
        int a6 = a0 + 6 * aStride;
        int a7 = a0 + 7 * aStride;
        int bk = b0;
        for (int k = 0; k < inner; k++) {
            FloatVector right0 = FloatVector.fromArray(SPECIES, b, bk);
            sum0 = FloatVector.broadcast(SPECIES, a[a0 + k]).fma(right0, sum0);
            sum1 = FloatVector.broadcast(SPECIES, a[a1 + k]).fma(right0, sum1);
            sum2 = FloatVector.broadcast(SPECIES, a[a2 + k]).fma(right0, sum2);
            sum3 = FloatVector.broadcast(SPECIES, a[a3 + k]).fma(right0, sum3);
            sum4 = FloatVector.broadcast(SPECIES, a[a4 + k]).fma(right0, sum4);
            sum5 = FloatVector.broadcast(SPECIES, a[a5 + k]).fma(right0, sum5);
            sum6 = FloatVector.broadcast(SPECIES, a[a6 + k]).fma(right0, sum6);
            sum7 = FloatVector.broadcast(SPECIES, a[a7 + k]).fma(right0, sum7);
            bk += bStride;
        }
        sum0.intoArray(c, c0);
        sum1.intoArray(c, c0 + cStride);
        sum2.intoArray(c, c0 + 2 * cStride);
        sum3.intoArray(c, c0 + 3 * cStride);
        sum4.intoArray(c, c0 + 4 * cStride);
        sum5.intoArray(c, c0 + 5 * cStride);
        sum6.intoArray(c, c0 + 6 * cStride);
        sum7.intoArray(c, c0 + 7 * cStride);
    }

    static void tile1x4(float[] a, int a0, float[] b, int b0, int bStride, float[] c, int c0, int inner) {
        FloatVector sum0x0 = FloatVector.fromArray(SPECIES, c, c0);
        FloatVector sum0x1 = FloatVector.fromArray(SPECIES, c, c0 + LANES);
        FloatVector sum0x2 = FloatVector.fromArray(SPECIES, c, c0 + 2 * LANES);
        FloatVector sum0x3 = FloatVector.fromArray(SPECIES, c, c0 + 3 * LANES);
        int bk = b0;
        for (int k = 0; k < inner; k++) {
            FloatVector right0 = FloatVector.fromArray(SPECIES, b, bk);
            FloatVector right1 = FloatVector.fromArray(SPECIES, b, bk + LANES);
            FloatVector right2 = FloatVector.fromArray(SPECIES, b, bk + 2 * LANES);
            FloatVector right3 = FloatVector.fromArray(SPECIES, b, bk + 3 * LANES);
            FloatVector left0 = FloatVector.broadcast(SPECIES, a[a0 + k]);
            sum0x0 = left0.fma(right0, sum0x0);
            sum0x1 = left0.fma(right1, sum0x1);
            sum0x2 = left0.fma(right2, sum0x2);
            sum0x3 = left0.fma(right3, sum0x3);
            bk += bStride;
        }
        sum0x0.intoArray(c, c0);
        sum0x1.intoArray(c, c0 + LANES);
        sum0x2.intoArray(c, c0 + 2 * LANES);
        sum0x3.intoArray(c, c0 + 3 * LANES);
    }

    static void tile1x2(float[] a, int a0, float[] b, int b0, int bStride, float[] c, int c0, int inner) {
        FloatVector sum0x0 = FloatVector.fromArray(SPECIES, c, c0);
        FloatVector sum0x1 = FloatVector.fromArray(SPECIES, c, c0 + LANES);
        int bk = b0;
        for (int k = 0; k < inner; k++) {
            FloatVector right0 = FloatVector.fromArray(SPECIES, b, bk);
            FloatVector right1 = FloatVector.fromArray(SPECIES, b, bk + LANES);
            FloatVector left0 = FloatVector.broadcast(SPECIES, a[a0 + k]);
            sum0x0 = left0.fma(right0, sum0x0);
            sum0x1 = left0.fma(right1, sum0x1);
            bk += bStride;
        }
        sum0x0.intoArray(c, c0);
        sum0x1.intoArray(c, c0 + LANES);
    }

    static void tile1x1(float[] a, int a0, float[] b, int b0, int bStride, float[] c, int c0, int inner) {
        FloatVector sum0 = FloatVector.fromArray(SPECIES, c, c0);
        int bk = b0;
        for (int k = 0; k < inner; k++) {
            FloatVector right0 = FloatVector.fromArray(SPECIES, b, bk);
            sum0 = FloatVector.broadcast(SPECIES, a[a0 + k]).fma(right0, sum0);
            bk += bStride;
        }
        sum0.intoArray(c, c0);
    }
}
