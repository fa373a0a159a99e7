package org.badak.simd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.badak.kernel.Kernels;
import org.badak.kernel.Operations;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;
import org.badak.testkit.Operand;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LargeProductsNeedsFmaTest {
    private static final int ROWS = 49;
    private static final int INNER = 1471;
    private static final int COLUMNS = 1430;

    /// The contract compares products in place with the scalar kernels; here those that are packed with those in place.
    @ParameterizedTest
    @EnumSource
    void productsLargeEnoughToBePackedHaveTheBitsOfThoseInPlace(Precision precision) {
        assumeTrue(new SimdKernels().objection().isEmpty(), "needs fused multiply-add");
        Operations operations = new SimdKernels().operations(precision);
        assertThat(operations.packed().pays(ROWS, INNER, COLUMNS)).isTrue();
        Matrix a = operand(precision, ROWS, INNER, 1);
        Matrix b = operand(precision, INNER, COLUMNS, 2);
        Matrix aT = Matrix.zeros(precision, INNER, ROWS);
        operations.transpose(a, aT, 0, INNER);
        Matrix bT = Matrix.zeros(precision, COLUMNS, INNER);
        operations.transpose(b, bT, 0, COLUMNS);
        Matrix bias = operand(precision, 1, COLUMNS, 3);
        Matrix product = Matrix.zeros(precision, ROWS, COLUMNS);
        operations.multiply(a, false, b, product, 0, ROWS);
        Matrix affine = Matrix.zeros(precision, ROWS, COLUMNS);
        operations.repeatRow(bias, affine, 0, ROWS);
        operations.multiply(a, false, b, affine, 0, ROWS);
        Matrix found = Matrix.zeros(precision, ROWS, COLUMNS);
        for (int threads : new int[] {1, 2, 3}) {
            try (Kernels kernels = new Kernels("simd", operations, threads)) {
                kernels.multiply(a, b, found);
                Operand.requireSame("a·b, threads " + threads, product, found);
                kernels.multiplyLeftTransposed(aT, b, found);
                Operand.requireSame("aᵀ·b, threads " + threads, product, found);
                kernels.multiplyRightTransposed(a, bT, found);
                Operand.requireSame("a·bᵀ, threads " + threads, product, found);
                kernels.affine(a, b, bias, found);
                Operand.requireSame("a·b + bias, threads " + threads, affine, found);
            }
        }
    }

    private static Matrix operand(Precision precision, int rows, int columns, int stream) {
        return Operand.of(precision, rows, columns, Operand.Layout.TIGHT, Operand.Values.ORDINARY, stream)
                .matrix();
    }
}
