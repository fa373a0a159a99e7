package org.badak.simd;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/// The innermost loops of double64 products: tiles of rows × vectors of c whose sums stay in registers while k ascends.
///
/// Of each tile element (row, k) of a lies at a0 + row·aRow + k·aInner, element (k, column) of b at
/// b0 + k·bStride + column, element (row, column) of c, which is added to, at c0 + row·cStride + column.
///
/// Written out rather than generated in a loop: the compiler keeps a sum in a register only if it is a variable. Which
/// tiles there are was measured, see docs/performance-notes.md; each has to warm up, so there are few.
final class Float64Tiles {
    private static final VectorSpecies<Double> SPECIES = Width.DOUBLES;
    private static final int LANES = SPECIES.length();

    private Float64Tiles() {}

    static void tile12x2(
            double[] a,
            int a0,
            int aRow,
            int aInner,
            double[] b,
            int b0,
            int bStride,
            double[] c,
            int c0,
            int cStride,
            int inner) {
        DoubleVector sum0x0 = DoubleVector.fromArray(SPECIES, c, c0);
        DoubleVector sum0x1 = DoubleVector.fromArray(SPECIES, c, c0 + LANES);
        DoubleVector sum1x0 = DoubleVector.fromArray(SPECIES, c, c0 + cStride);
        DoubleVector sum1x1 = DoubleVector.fromArray(SPECIES, c, c0 + cStride + LANES);
        DoubleVector sum2x0 = DoubleVector.fromArray(SPECIES, c, c0 + 2 * cStride);
        DoubleVector sum2x1 = DoubleVector.fromArray(SPECIES, c, c0 + 2 * cStride + LANES);
        DoubleVector sum3x0 = DoubleVector.fromArray(SPECIES, c, c0 + 3 * cStride);
        DoubleVector sum3x1 = DoubleVector.fromArray(SPECIES, c, c0 + 3 * cStride + LANES);
        DoubleVector sum4x0 = DoubleVector.fromArray(SPECIES, c, c0 + 4 * cStride);
        DoubleVector sum4x1 = DoubleVector.fromArray(SPECIES, c, c0 + 4 * cStride + LANES);
        DoubleVector sum5x0 = DoubleVector.fromArray(SPECIES, c, c0 + 5 * cStride);
        DoubleVector sum5x1 = DoubleVector.fromArray(SPECIES, c, c0 + 5 * cStride + LANES);
        DoubleVector sum6x0 = DoubleVector.fromArray(SPECIES, c, c0 + 6 * cStride);
        DoubleVector sum6x1 = DoubleVector.fromArray(SPECIES, c, c0 + 6 * cStride + LANES);
        DoubleVector sum7x0 = DoubleVector.fromArray(SPECIES, c, c0 + 7 * cStride);
        DoubleVector sum7x1 = DoubleVector.fromArray(SPECIES, c, c0 + 7 * cStride + LANES);
        DoubleVector sum8x0 = DoubleVector.fromArray(SPECIES, c, c0 + 8 * cStride);
        DoubleVector sum8x1 = DoubleVector.fromArray(SPECIES, c, c0 + 8 * cStride + LANES);
        DoubleVector sum9x0 = DoubleVector.fromArray(SPECIES, c, c0 + 9 * cStride);
        DoubleVector sum9x1 = DoubleVector.fromArray(SPECIES, c, c0 + 9 * cStride + LANES);
        DoubleVector sum10x0 = DoubleVector.fromArray(SPECIES, c, c0 + 10 * cStride);
        DoubleVector sum10x1 = DoubleVector.fromArray(SPECIES, c, c0 + 10 * cStride + LANES);
        DoubleVector sum11x0 = DoubleVector.fromArray(SPECIES, c, c0 + 11 * cStride);
        DoubleVector sum11x1 = DoubleVector.fromArray(SPECIES, c, c0 + 11 * cStride + LANES);
        int ak = a0;
        int bk = b0;
        for (int k = 0; k < inner; k++) {
            DoubleVector right0 = DoubleVector.fromArray(SPECIES, b, bk);
            DoubleVector right1 = DoubleVector.fromArray(SPECIES, b, bk + LANES);
            DoubleVector left0 = DoubleVector.broadcast(SPECIES, a[ak]);
            sum0x0 = left0.fma(right0, sum0x0);
            sum0x1 = left0.fma(right1, sum0x1);
            DoubleVector left1 = DoubleVector.broadcast(SPECIES, a[ak + aRow]);
            sum1x0 = left1.fma(right0, sum1x0);
            sum1x1 = left1.fma(right1, sum1x1);
            DoubleVector left2 = DoubleVector.broadcast(SPECIES, a[ak + 2 * aRow]);
            sum2x0 = left2.fma(right0, sum2x0);
            sum2x1 = left2.fma(right1, sum2x1);
            DoubleVector left3 = DoubleVector.broadcast(SPECIES, a[ak + 3 * aRow]);
            sum3x0 = left3.fma(right0, sum3x0);
            sum3x1 = left3.fma(right1, sum3x1);
            DoubleVector left4 = DoubleVector.broadcast(SPECIES, a[ak + 4 * aRow]);
            sum4x0 = left4.fma(right0, sum4x0);
            sum4x1 = left4.fma(right1, sum4x1);
            DoubleVector left5 = DoubleVector.broadcast(SPECIES, a[ak + 5 * aRow]);
            sum5x0 = left5.fma(right0, sum5x0);
            sum5x1 = left5.fma(right1, sum5x1);
            DoubleVector left6 = DoubleVector.broadcast(SPECIES, a[ak + 6 * aRow]);
            sum6x0 = left6.fma(right0, sum6x0);
            sum6x1 = left6.fma(right1, sum6x1);
            DoubleVector left7 = DoubleVector.broadcast(SPECIES, a[ak + 7 * aRow]);
            sum7x0 = left7.fma(right0, sum7x0);
            sum7x1 = left7.fma(right1, sum7x1);
            DoubleVector left8 = DoubleVector.broadcast(SPECIES, a[ak + 8 * aRow]);
            sum8x0 = left8.fma(right0, sum8x0);
            sum8x1 = left8.fma(right1, sum8x1);
            DoubleVector left9 = DoubleVector.broadcast(SPECIES, a[ak + 9 * aRow]);
            sum9x0 = left9.fma(right0, sum9x0);
            sum9x1 = left9.fma(right1, sum9x1);
            DoubleVector left10 = DoubleVector.broadcast(SPECIES, a[ak + 10 * aRow]);
            sum10x0 = left10.fma(right0, sum10x0);
            sum10x1 = left10.fma(right1, sum10x1);
            DoubleVector left11 = DoubleVector.broadcast(SPECIES, a[ak + 11 * aRow]);
            sum11x0 = left11.fma(right0, sum11x0);
            sum11x1 = left11.fma(right1, sum11x1);
            ak += aInner;
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
            double[] a,
            int a0,
            int aRow,
            int aInner,
            double[] b,
            int b0,
            int bStride,
            double[] c,
            int c0,
            int cStride,
            int inner) {
        DoubleVector sum0x0 = DoubleVector.fromArray(SPECIES, c, c0);
        DoubleVector sum0x1 = DoubleVector.fromArray(SPECIES, c, c0 + LANES);
        DoubleVector sum0x2 = DoubleVector.fromArray(SPECIES, c, c0 + 2 * LANES);
        DoubleVector sum0x3 = DoubleVector.fromArray(SPECIES, c, c0 + 3 * LANES);
        DoubleVector sum1x0 = DoubleVector.fromArray(SPECIES, c, c0 + cStride);
        DoubleVector sum1x1 = DoubleVector.fromArray(SPECIES, c, c0 + cStride + LANES);
        DoubleVector sum1x2 = DoubleVector.fromArray(SPECIES, c, c0 + cStride + 2 * LANES);
        DoubleVector sum1x3 = DoubleVector.fromArray(SPECIES, c, c0 + cStride + 3 * LANES);
        DoubleVector sum2x0 = DoubleVector.fromArray(SPECIES, c, c0 + 2 * cStride);
        DoubleVector sum2x1 = DoubleVector.fromArray(SPECIES, c, c0 + 2 * cStride + LANES);
        DoubleVector sum2x2 = DoubleVector.fromArray(SPECIES, c, c0 + 2 * cStride + 2 * LANES);
        DoubleVector sum2x3 = DoubleVector.fromArray(SPECIES, c, c0 + 2 * cStride + 3 * LANES);
        DoubleVector sum3x0 = DoubleVector.fromArray(SPECIES, c, c0 + 3 * cStride);
        DoubleVector sum3x1 = DoubleVector.fromArray(SPECIES, c, c0 + 3 * cStride + LANES);
        DoubleVector sum3x2 = DoubleVector.fromArray(SPECIES, c, c0 + 3 * cStride + 2 * LANES);
        DoubleVector sum3x3 = DoubleVector.fromArray(SPECIES, c, c0 + 3 * cStride + 3 * LANES);
        DoubleVector sum4x0 = DoubleVector.fromArray(SPECIES, c, c0 + 4 * cStride);
        DoubleVector sum4x1 = DoubleVector.fromArray(SPECIES, c, c0 + 4 * cStride + LANES);
        DoubleVector sum4x2 = DoubleVector.fromArray(SPECIES, c, c0 + 4 * cStride + 2 * LANES);
        DoubleVector sum4x3 = DoubleVector.fromArray(SPECIES, c, c0 + 4 * cStride + 3 * LANES);
        DoubleVector sum5x0 = DoubleVector.fromArray(SPECIES, c, c0 + 5 * cStride);
        DoubleVector sum5x1 = DoubleVector.fromArray(SPECIES, c, c0 + 5 * cStride + LANES);
        DoubleVector sum5x2 = DoubleVector.fromArray(SPECIES, c, c0 + 5 * cStride + 2 * LANES);
        DoubleVector sum5x3 = DoubleVector.fromArray(SPECIES, c, c0 + 5 * cStride + 3 * LANES);
        int ak = a0;
        int bk = b0;
        for (int k = 0; k < inner; k++) {
            DoubleVector right0 = DoubleVector.fromArray(SPECIES, b, bk);
            DoubleVector right1 = DoubleVector.fromArray(SPECIES, b, bk + LANES);
            DoubleVector right2 = DoubleVector.fromArray(SPECIES, b, bk + 2 * LANES);
            DoubleVector right3 = DoubleVector.fromArray(SPECIES, b, bk + 3 * LANES);
            DoubleVector left0 = DoubleVector.broadcast(SPECIES, a[ak]);
            sum0x0 = left0.fma(right0, sum0x0);
            sum0x1 = left0.fma(right1, sum0x1);
            sum0x2 = left0.fma(right2, sum0x2);
            sum0x3 = left0.fma(right3, sum0x3);
            DoubleVector left1 = DoubleVector.broadcast(SPECIES, a[ak + aRow]);
            sum1x0 = left1.fma(right0, sum1x0);
            sum1x1 = left1.fma(right1, sum1x1);
            sum1x2 = left1.fma(right2, sum1x2);
            sum1x3 = left1.fma(right3, sum1x3);
            DoubleVector left2 = DoubleVector.broadcast(SPECIES, a[ak + 2 * aRow]);
            sum2x0 = left2.fma(right0, sum2x0);
            sum2x1 = left2.fma(right1, sum2x1);
            sum2x2 = left2.fma(right2, sum2x2);
            sum2x3 = left2.fma(right3, sum2x3);
            DoubleVector left3 = DoubleVector.broadcast(SPECIES, a[ak + 3 * aRow]);
            sum3x0 = left3.fma(right0, sum3x0);
            sum3x1 = left3.fma(right1, sum3x1);
            sum3x2 = left3.fma(right2, sum3x2);
            sum3x3 = left3.fma(right3, sum3x3);
            DoubleVector left4 = DoubleVector.broadcast(SPECIES, a[ak + 4 * aRow]);
            sum4x0 = left4.fma(right0, sum4x0);
            sum4x1 = left4.fma(right1, sum4x1);
            sum4x2 = left4.fma(right2, sum4x2);
            sum4x3 = left4.fma(right3, sum4x3);
            DoubleVector left5 = DoubleVector.broadcast(SPECIES, a[ak + 5 * aRow]);
            sum5x0 = left5.fma(right0, sum5x0);
            sum5x1 = left5.fma(right1, sum5x1);
            sum5x2 = left5.fma(right2, sum5x2);
            sum5x3 = left5.fma(right3, sum5x3);
            ak += aInner;
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

    static void tile6x2(
            double[] a,
            int a0,
            int aRow,
            int aInner,
            double[] b,
            int b0,
            int bStride,
            double[] c,
            int c0,
            int cStride,
            int inner) {
        DoubleVector sum0x0 = DoubleVector.fromArray(SPECIES, c, c0);
        DoubleVector sum0x1 = DoubleVector.fromArray(SPECIES, c, c0 + LANES);
        DoubleVector sum1x0 = DoubleVector.fromArray(SPECIES, c, c0 + cStride);
        DoubleVector sum1x1 = DoubleVector.fromArray(SPECIES, c, c0 + cStride + LANES);
        DoubleVector sum2x0 = DoubleVector.fromArray(SPECIES, c, c0 + 2 * cStride);
        DoubleVector sum2x1 = DoubleVector.fromArray(SPECIES, c, c0 + 2 * cStride + LANES);
        DoubleVector sum3x0 = DoubleVector.fromArray(SPECIES, c, c0 + 3 * cStride);
        DoubleVector sum3x1 = DoubleVector.fromArray(SPECIES, c, c0 + 3 * cStride + LANES);
        DoubleVector sum4x0 = DoubleVector.fromArray(SPECIES, c, c0 + 4 * cStride);
        DoubleVector sum4x1 = DoubleVector.fromArray(SPECIES, c, c0 + 4 * cStride + LANES);
        DoubleVector sum5x0 = DoubleVector.fromArray(SPECIES, c, c0 + 5 * cStride);
        DoubleVector sum5x1 = DoubleVector.fromArray(SPECIES, c, c0 + 5 * cStride + LANES);
        int ak = a0;
        int bk = b0;
        for (int k = 0; k < inner; k++) {
            DoubleVector right0 = DoubleVector.fromArray(SPECIES, b, bk);
            DoubleVector right1 = DoubleVector.fromArray(SPECIES, b, bk + LANES);
            DoubleVector left0 = DoubleVector.broadcast(SPECIES, a[ak]);
            sum0x0 = left0.fma(right0, sum0x0);
            sum0x1 = left0.fma(right1, sum0x1);
            DoubleVector left1 = DoubleVector.broadcast(SPECIES, a[ak + aRow]);
            sum1x0 = left1.fma(right0, sum1x0);
            sum1x1 = left1.fma(right1, sum1x1);
            DoubleVector left2 = DoubleVector.broadcast(SPECIES, a[ak + 2 * aRow]);
            sum2x0 = left2.fma(right0, sum2x0);
            sum2x1 = left2.fma(right1, sum2x1);
            DoubleVector left3 = DoubleVector.broadcast(SPECIES, a[ak + 3 * aRow]);
            sum3x0 = left3.fma(right0, sum3x0);
            sum3x1 = left3.fma(right1, sum3x1);
            DoubleVector left4 = DoubleVector.broadcast(SPECIES, a[ak + 4 * aRow]);
            sum4x0 = left4.fma(right0, sum4x0);
            sum4x1 = left4.fma(right1, sum4x1);
            DoubleVector left5 = DoubleVector.broadcast(SPECIES, a[ak + 5 * aRow]);
            sum5x0 = left5.fma(right0, sum5x0);
            sum5x1 = left5.fma(right1, sum5x1);
            ak += aInner;
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
    }

    static void tile8x1(
            double[] a,
            int a0,
            int aRow,
            int aInner,
            double[] b,
            int b0,
            int bStride,
            double[] c,
            int c0,
            int cStride,
            int inner) {
        DoubleVector sum0 = DoubleVector.fromArray(SPECIES, c, c0);
        DoubleVector sum1 = DoubleVector.fromArray(SPECIES, c, c0 + cStride);
        DoubleVector sum2 = DoubleVector.fromArray(SPECIES, c, c0 + 2 * cStride);
        DoubleVector sum3 = DoubleVector.fromArray(SPECIES, c, c0 + 3 * cStride);
        DoubleVector sum4 = DoubleVector.fromArray(SPECIES, c, c0 + 4 * cStride);
        DoubleVector sum5 = DoubleVector.fromArray(SPECIES, c, c0 + 5 * cStride);
        DoubleVector sum6 = DoubleVector.fromArray(SPECIES, c, c0 + 6 * cStride);
        DoubleVector sum7 = DoubleVector.fromArray(SPECIES, c, c0 + 7 * cStride);
        int ak = a0;
        int bk = b0;
        for (int k = 0; k < inner; k++) {
            DoubleVector right0 = DoubleVector.fromArray(SPECIES, b, bk);
            sum0 = DoubleVector.broadcast(SPECIES, a[ak]).fma(right0, sum0);
            sum1 = DoubleVector.broadcast(SPECIES, a[ak + aRow]).fma(right0, sum1);
            sum2 = DoubleVector.broadcast(SPECIES, a[ak + 2 * aRow]).fma(right0, sum2);
            sum3 = DoubleVector.broadcast(SPECIES, a[ak + 3 * aRow]).fma(right0, sum3);
            sum4 = DoubleVector.broadcast(SPECIES, a[ak + 4 * aRow]).fma(right0, sum4);
            sum5 = DoubleVector.broadcast(SPECIES, a[ak + 5 * aRow]).fma(right0, sum5);
            sum6 = DoubleVector.broadcast(SPECIES, a[ak + 6 * aRow]).fma(right0, sum6);
            sum7 = DoubleVector.broadcast(SPECIES, a[ak + 7 * aRow]).fma(right0, sum7);
            ak += aInner;
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

    static void tile1x4(
            double[] a, int a0, int aInner, double[] b, int b0, int bStride, double[] c, int c0, int inner) {
        DoubleVector sum0x0 = DoubleVector.fromArray(SPECIES, c, c0);
        DoubleVector sum0x1 = DoubleVector.fromArray(SPECIES, c, c0 + LANES);
        DoubleVector sum0x2 = DoubleVector.fromArray(SPECIES, c, c0 + 2 * LANES);
        DoubleVector sum0x3 = DoubleVector.fromArray(SPECIES, c, c0 + 3 * LANES);
        int ak = a0;
        int bk = b0;
        for (int k = 0; k < inner; k++) {
            DoubleVector right0 = DoubleVector.fromArray(SPECIES, b, bk);
            DoubleVector right1 = DoubleVector.fromArray(SPECIES, b, bk + LANES);
            DoubleVector right2 = DoubleVector.fromArray(SPECIES, b, bk + 2 * LANES);
            DoubleVector right3 = DoubleVector.fromArray(SPECIES, b, bk + 3 * LANES);
            DoubleVector left0 = DoubleVector.broadcast(SPECIES, a[ak]);
            sum0x0 = left0.fma(right0, sum0x0);
            sum0x1 = left0.fma(right1, sum0x1);
            sum0x2 = left0.fma(right2, sum0x2);
            sum0x3 = left0.fma(right3, sum0x3);
            ak += aInner;
            bk += bStride;
        }
        sum0x0.intoArray(c, c0);
        sum0x1.intoArray(c, c0 + LANES);
        sum0x2.intoArray(c, c0 + 2 * LANES);
        sum0x3.intoArray(c, c0 + 3 * LANES);
    }

    static void tile1x2(
            double[] a, int a0, int aInner, double[] b, int b0, int bStride, double[] c, int c0, int inner) {
        DoubleVector sum0x0 = DoubleVector.fromArray(SPECIES, c, c0);
        DoubleVector sum0x1 = DoubleVector.fromArray(SPECIES, c, c0 + LANES);
        int ak = a0;
        int bk = b0;
        for (int k = 0; k < inner; k++) {
            DoubleVector right0 = DoubleVector.fromArray(SPECIES, b, bk);
            DoubleVector right1 = DoubleVector.fromArray(SPECIES, b, bk + LANES);
            DoubleVector left0 = DoubleVector.broadcast(SPECIES, a[ak]);
            sum0x0 = left0.fma(right0, sum0x0);
            sum0x1 = left0.fma(right1, sum0x1);
            ak += aInner;
            bk += bStride;
        }
        sum0x0.intoArray(c, c0);
        sum0x1.intoArray(c, c0 + LANES);
    }

    static void tile1x1(
            double[] a, int a0, int aInner, double[] b, int b0, int bStride, double[] c, int c0, int inner) {
        DoubleVector sum0 = DoubleVector.fromArray(SPECIES, c, c0);
        int ak = a0;
        int bk = b0;
        for (int k = 0; k < inner; k++) {
            DoubleVector right0 = DoubleVector.fromArray(SPECIES, b, bk);
            sum0 = DoubleVector.broadcast(SPECIES, a[ak]).fma(right0, sum0);
            ak += aInner;
            bk += bStride;
        }
        sum0.intoArray(c, c0);
    }
}
