package org.badak.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MatrixTest {
    @ParameterizedTest
    @EnumSource
    void zerosAreRowsOfThePaddedStride(Precision precision) {
        Matrix matrix = Matrix.zeros(precision, 3, 17);
        assertThat(matrix.rows()).isEqualTo(3);
        assertThat(matrix.columns()).isEqualTo(17);
        assertThat(matrix.stride()).isEqualTo(32);
        assertThat(matrix.offset()).isZero();
        assertThat(matrix.precision()).isEqualTo(precision);
        assertThat(matrix.toArray()).isEqualTo(new double[3][17]);
        assertThat(matrix.shape()).isEqualTo("[3, 17]");
    }

    @ParameterizedTest
    @CsvSource({"0,0", "1,16", "15,16", "16,16", "17,32", "784,784", "785,800"})
    void strideIsTheNextMultipleOfThePadding(int columns, int stride) {
        assertThat(Matrix.paddedStride(columns)).isEqualTo(stride);
    }

    @ParameterizedTest
    @EnumSource
    void elementsAreStoredRowByRow(Precision precision) {
        Matrix matrix = Matrix.of(precision, new double[] {1, 2}, new double[] {3, 4}, new double[] {5, 6});
        assertThat(matrix.get(2, 0)).isEqualTo(5);
        matrix.set(1, 1, 40);
        assertThat(matrix.toArray()).isDeepEqualTo(new double[][] {{1, 2}, {3, 40}, {5, 6}});
        assertThat(matrix.index(1, 1)).isEqualTo(17);
    }

    @Test
    void float32RoundsWhatIsSet() {
        Matrix matrix = FloatMatrix.zeros(1, 1);
        matrix.set(0, 0, 0.1);
        assertThat(matrix.get(0, 0)).isEqualTo(0.1f);
    }

    @ParameterizedTest
    @EnumSource
    void headSharesTheNumbers(Precision precision) {
        Matrix matrix = Matrix.zeros(precision, 4, 3);
        Matrix head = matrix.head(2);
        head.set(1, 2, 7);
        assertThat(matrix.get(1, 2)).isEqualTo(7);
        assertThat(head.rows()).isEqualTo(2);
        assertThatThrownBy(() -> matrix.head(5))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("5 rows");
    }

    @ParameterizedTest
    @EnumSource
    void matrixMayBeEmpty(Precision precision) {
        assertThat(Matrix.zeros(precision, 0, 5).toArray()).isEmpty();
        assertThat(Matrix.zeros(precision, 5, 0).toArray()).isDeepEqualTo(new double[5][0]);
        assertThat(Matrix.of(precision).rows()).isZero();
    }

    @Test
    void viewThatDoesNotFitIsRefusedWithBothSizes() {
        float[] data = new float[64];
        assertThatCode(() -> new FloatMatrix(data, 16, 3, 9, 16)).doesNotThrowAnyException();
        assertThatThrownBy(() -> new FloatMatrix(data, 17, 3, 9, 16))
                .isInstanceOf(ShapeException.class)
                .hasMessage("matrix: 3 rows of stride 16 at offset 17 do not fit into an array of 64 elements");
        assertThatThrownBy(() -> new FloatMatrix(data, -1, 1, 1, 16)).hasMessageContaining("offset -1");
        assertThatThrownBy(() -> new DoubleMatrix(new double[16], 0, 1 << 30, 1, 16))
                .hasMessageContaining("1073741824 rows");
    }

    @Test
    void strideMustHoldARowAndBeAMultipleOfThePadding() {
        assertThatThrownBy(() -> new FloatMatrix(new float[64], 0, 1, 17, 16))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("17 columns")
                .hasMessageContaining("found 16");
        assertThatThrownBy(() -> new FloatMatrix(new float[64], 0, 1, 17, 24))
                .hasMessageContaining("multiple of 16")
                .hasMessageContaining("found 24");
    }

    @ParameterizedTest
    @EnumSource
    void negativeAndEnormousShapesAreRefused(Precision precision) {
        assertThatThrownBy(() -> Matrix.zeros(precision, -1, 2))
                .isInstanceOf(RuntimeException.class)
                .hasMessageContaining("-1");
        assertThatThrownBy(() -> Matrix.zeros(precision, 2, -3))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("-3");
        assertThatThrownBy(() -> Matrix.zeros(precision, 1 << 20, 1 << 20))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("1048576 x 1048576");
        assertThatThrownBy(() -> Matrix.zeros(precision, 1, Integer.MAX_VALUE))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining(String.valueOf(Integer.MAX_VALUE));
    }

    @ParameterizedTest
    @EnumSource
    void rowsOfDifferentLengthAreRefused(Precision precision) {
        assertThatThrownBy(() -> Matrix.of(precision, new double[2], new double[2], new double[3]))
                .isInstanceOf(ShapeException.class)
                .hasMessage("length of row 2: expected 2, found 3");
    }

    @Test
    void copyFromRoundsAndRefusesOtherShapes() {
        Matrix source = Matrix.of(Precision.FLOAT64, new double[] {0.1, -0.0, Double.NaN});
        Matrix target = FloatMatrix.zeros(1, 3);
        target.copyFrom(source);
        assertThat(target.toArray()[0]).containsExactly(0.1f, -0.0, Double.NaN);
        assertThatThrownBy(() -> FloatMatrix.zeros(2, 3).copyFrom(source))
                .hasMessage("rows to copy: expected 2, found 1");
        assertThatThrownBy(() -> FloatMatrix.zeros(1, 4).copyFrom(source))
                .hasMessage("columns to copy: expected 4, found 3");
    }
}
