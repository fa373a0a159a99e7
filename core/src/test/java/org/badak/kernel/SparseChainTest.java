package org.badak.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.badak.matrix.FloatMatrix;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;
import org.badak.matrix.SparseMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The product of a sparse matrix, whose parts wait for each other.
@Timeout(60)
class SparseChainTest {
    private static final int ROWS = 203;
    private static final int INNER = 330;
    private static final int COLUMNS = 50;

    private final SparseMatrix x = sparse();
    private final Matrix w = filled(INNER, COLUMNS);
    private final Matrix b = filled(1, COLUMNS);

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5, 6, 7, 8})
    void anyNumberOfThreadsGivesTheBitsOfOneThatGoesRowByRow(int threads) {
        Matrix expected = product(KernelChoice.scalar().operations(Precision.FLOAT32), 1);
        for (int run = 0; run < 20; run++) {
            Matrix found = product(KernelChoice.scalar().operations(Precision.FLOAT32), threads);
            for (int row = 0; row < ROWS; row++) {
                for (int column = 0; column < COLUMNS; column++) {
                    assertThat(found.get(row, column)).isEqualTo(expected.get(row, column));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void aPartThatFailsIsToldAndLeavesNobodyWaiting(int part) {
        int parts = 3;
        Operations failing = failingFrom(INNER * part / parts);

        assertThatThrownBy(() -> product(failing, parts))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("planted");
    }

    @Test
    void aMatrixWithoutColumnsGivesTheBias() {
        SparseMatrix empty = new SparseMatrix(SparseMatrix.Rows.of(new byte[0], 0, new float[256]), 3);
        Matrix y = FloatMatrix.zeros(3, COLUMNS);
        try (Kernels kernels = new Kernels("scalar", KernelChoice.scalar().operations(Precision.FLOAT32), 2)) {
            kernels.affine(empty, FloatMatrix.zeros(0, COLUMNS), b, y);
        }
        assertThat(y.get(2, COLUMNS - 1)).isEqualTo(b.get(0, COLUMNS - 1));
    }

    private Matrix product(Operations operations, int threads) {
        Matrix y = FloatMatrix.zeros(ROWS, COLUMNS);
        try (Kernels kernels = new Kernels("tested", operations, threads)) {
            kernels.affine(x, w, b, y);
        }
        return y;
    }

    /// The scalar kernels, but sparse products fail from a column of x on.
    private static Operations failingFrom(int column) {
        Operations scalar = KernelChoice.scalar().operations(Precision.FLOAT32);
        SparseOperations sparse = (SparseOperations) Proxy.newProxyInstance(
                SparseOperations.class.getClassLoader(),
                new Class<?>[] {SparseOperations.class},
                (proxy, method, arguments) -> {
                    if ((int) arguments[arguments.length - 1] > column) {
                        throw new IllegalStateException("planted");
                    }
                    return method.invoke(scalar.sparse(), arguments);
                });
        return (Operations) Proxy.newProxyInstance(
                Operations.class.getClassLoader(), new Class<?>[] {Operations.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("sparse")) {
                        return sparse;
                    }
                    try {
                        return method.invoke(scalar, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static SparseMatrix sparse() {
        byte[] bytes = new byte[ROWS * INNER];
        int[] indices = new int[ROWS];
        float[] values = new float[256];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 31 % 7 < 2 ? i * 13 : 0);
        }
        for (int i = 0; i < ROWS; i++) {
            indices[i] = i;
        }
        for (int code = 0; code < 256; code++) {
            values[code] = code / 255f;
        }
        SparseMatrix matrix = new SparseMatrix(SparseMatrix.Rows.of(bytes, INNER, values), ROWS);
        matrix.select(indices, 0);
        return matrix;
    }

    private static Matrix filled(int rows, int columns) {
        Matrix matrix = FloatMatrix.zeros(rows, columns);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                matrix.set(row, column, Math.sin(row * 31 + column));
            }
        }
        return matrix;
    }
}
