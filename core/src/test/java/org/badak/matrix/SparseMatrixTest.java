package org.badak.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SparseMatrixTest {
    private static final float[] VALUES = values();

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 9, 16, 37, 784})
    void holdsEveryElementOfTheBytes(int width) {
        int count = 23;
        byte[] bytes = bytes(count * width, 0.2);
        SparseMatrix matrix = new SparseMatrix(SparseMatrix.Rows.of(bytes, width, VALUES), 5);
        int[] indices = {9, 0, 22, 7, 7, 1};
        matrix.select(indices, 1);
        for (int row = 0; row < 5; row++) {
            for (int column = 0; column < width; column++) {
                assertThat(matrix.get(row, column)).isEqualTo(VALUES[bytes[indices[row + 1] * width + column] & 0xFF]);
            }
        }
    }

    @Test
    void countsBytesThatAreNotZero() {
        for (int length = 0; length < 40; length++) {
            byte[] bytes = bytes(length, 0.5);
            long expected = 0;
            for (byte value : bytes) {
                expected += value == 0 ? 0 : 1;
            }
            assertThat(SparseMatrix.countNonZero(bytes)).isEqualTo(expected);
        }
        assertThat(SparseMatrix.countNonZero(new byte[] {1, -128, 127, -1, 0, 64, 2, 0, 0}))
                .isEqualTo(6);
    }

    @Test
    void findsTheFirstEntryNotBelowAColumn() {
        byte[] bytes = {0, 3, 0, 0, 5, 6, 0, 0, 0};
        SparseMatrix matrix = new SparseMatrix(SparseMatrix.Rows.of(bytes, 9, VALUES), 1);
        matrix.select(new int[] {0}, 0);
        int[] expected = {0, 0, 1, 1, 1, 2, 3, 3, 3, 3};
        for (int column = 0; column <= 9; column++) {
            assertThat(matrix.entry(0, column)).isEqualTo(expected[column]);
        }
    }

    @Test
    void findsEntriesWhereTheyAreSpreadUnevenly() {
        byte[] bytes = new byte[300];
        for (int column : new int[] {0, 1, 2, 3, 4, 290, 298, 299}) {
            bytes[column] = 1;
        }
        SparseMatrix matrix = new SparseMatrix(SparseMatrix.Rows.of(bytes, 300, VALUES), 1);
        matrix.select(new int[] {0}, 0);
        for (int column = 0; column <= 300; column++) {
            int expected = 0;
            for (int i = 0; i < column; i++) {
                expected += bytes[i];
            }
            assertThat(matrix.entry(0, column)).as("column %d", column).isEqualTo(expected);
        }
    }

    @Test
    void refusesToBeWritten() {
        SparseMatrix matrix = new SparseMatrix(SparseMatrix.Rows.of(new byte[9], 9, VALUES), 1);
        assertThatThrownBy(() -> matrix.set(0, 0, 1))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("read only");
    }

    private static byte[] bytes(int length, double density) {
        Random random = new Random(length);
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = random.nextDouble() < density ? (byte) random.nextInt(256) : 0;
        }
        return bytes;
    }

    private static float[] values() {
        float[] values = new float[256];
        for (int i = 0; i < values.length; i++) {
            values[i] = i / 255f;
        }
        return values;
    }
}
