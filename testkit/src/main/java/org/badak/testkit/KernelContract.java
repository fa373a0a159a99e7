package org.badak.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.badak.kernel.Activation;
import org.badak.kernel.Epilogue;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.KernelSet;
import org.badak.kernel.Kernels;
import org.badak.kernel.Operations;
import org.badak.kernel.PackedProducts;
import org.badak.kernel.Philox;
import org.badak.kernel.Purpose;
import org.badak.kernel.Update;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;
import org.badak.matrix.SparseMatrix;
import org.badak.testkit.Operand.Layout;
import org.badak.testkit.Operand.Values;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What a kernel set owes: the bits of the scalar set in every operation of [Operations], in both precisions, whatever
/// the sizes, views, row ranges, padding and values; nothing written outside the rows asked for.
///
/// ```java
/// class MyKernelsTest extends KernelContract {
///     @Override
///     protected KernelSet kernelSet() {
///         return new MyKernels();
///     }
/// }
/// ```
///
/// Every operation of [Kernels] gives these bits with 1, 2, 3 and 8 threads.
public abstract class KernelContract {
    /// Sizes around the lanes and tiles of vectors of 128 to 512 bits, and some primes.
    private static final int[] SIZES = {1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 67, 97, 131};

    private static final KernelSet SCALAR = KernelChoice.scalar();

    /// The set under test.
    protected abstract KernelSet kernelSet();

    /// One operation; matrices may be named twice.
    @FunctionalInterface
    private interface Call {
        void run(Operations operations, List<Matrix> matrices, double[] numbers, int from, int to);
    }

    @Test
    public void setHasANameAndADescription() {
        assertThat(kernelSet().name()).matches("[a-z][a-z0-9-]*");
        assertThat(kernelSet().description()).isNotBlank();
        for (Precision precision : Precision.values()) {
            assertThat(kernelSet().operations(precision).precision()).isEqualTo(precision);
        }
    }

    @ParameterizedTest
    @EnumSource
    public void multiplyEqualsScalarAtAllSmallSizes(Precision precision) {
        for (int rows : new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 13, 17, 25}) {
            for (int columns : SIZES) {
                for (int inner : new int[] {0, 1, 2, 5, 16, 33}) {
                    multiply(precision, rows, inner, columns, Values.ORDINARY);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    public void findsEveryElementThatIsNotFinite(Precision precision) {
        Operations operations = kernelSet().operations(precision);
        for (int columns : new int[] {1, 7, 16, 17, 50}) {
            Matrix x = Operand.of(precision, 3, columns, Layout.LOOSE, Values.ORDINARY, 1)
                    .matrix(); // padding is NaN
            assertThat(operations.allFinite(x, 0, 3)).as("%s, all finite", x).isTrue();
            for (int row = 0; row < 3; row++) {
                for (int column = 0; column < columns; column++) {
                    double before = x.get(row, column);
                    for (double value : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
                        x.set(row, column, value);
                        assertThat(operations.allFinite(x, 0, 3))
                                .as("%s with %s at %d, %d", x, value, row, column)
                                .isFalse();
                    }
                    x.set(row, column, before);
                }
            }
        }
    }

    @Test
    public void productsWithSparseMatricesEqualDenseOnes() {
        float[] values = new float[256];
        for (int i = 0; i < values.length; i++) {
            values[i] = i / 255f;
        }
        for (int inner : new int[] {1, 7, 16, 97, 784, 2051}) {
            byte[] bytes = new byte[100 * inner];
            Philox random = new Philox(3, Purpose.DATA, inner);
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = random.below(2L * i, 5) == 0 ? (byte) random.bits(2L * i + 1) : 0;
            }
            SparseMatrix.Rows stored = SparseMatrix.Rows.of(bytes, inner, values);
            for (int rows : new int[] {1, 3, 100, 300}) {
                for (int columns : new int[] {1, 10, 16, 17, 50, 131}) {
                    for (int threads : new int[] {1, 2, 3}) {
                        sparseProducts(stored, bytes, rows, columns, threads);
                    }
                }
            }
        }
    }

    @Test
    public void affineThatSkipsZerosEqualsTheDenseOne() {
        for (int inner : new int[] {1, 63, 64, 65, 130, 784}) {
            for (int columns : new int[] {1, 10, 17, 50, 131}) {
                for (int every : new int[] {1, 5, 1000}) { // one element in so many is not zero
                    Matrix x = Operand.of(Precision.FLOAT32, 37, inner, Layout.LOOSE, Values.ORDINARY, 1)
                            .matrix(); // padding is NaN
                    Philox random = new Philox(4, Purpose.DATA, inner);
                    for (int i = 0; i < 37 * inner; i++) {
                        if (random.below(i, every) != 0) {
                            x.set(i / inner, i % inner, 0);
                        }
                    }
                    Matrix w = Operand.of(Precision.FLOAT32, inner, columns, Layout.TIGHT, Values.ORDINARY, 2)
                            .matrix();
                    Matrix b = Operand.of(Precision.FLOAT32, 1, columns, Layout.TIGHT, Values.ORDINARY, 3)
                            .matrix();
                    skipping(x, w, b);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    public void affineThatGoesOnToAnActivationEqualsBothByThemselves(Precision precision) {
        for (int rows : new int[] {1, 100, 607}) { // by one thread, in a part for each, a few rows at a time by need
            for (int columns : new int[] {10, 150}) {
                Matrix x = Operand.of(precision, rows, 784, Layout.TIGHT, Values.SPARSE, 1)
                        .matrix();
                activated(x, columns);
            }
        }
    }

    private void activated(Matrix x, int columns) {
        Precision precision = x.precision();
        Matrix w = Operand.of(precision, x.columns(), columns, Layout.TIGHT, Values.ORDINARY, 2)
                .matrix();
        Matrix b = Operand.of(precision, 1, columns, Layout.TIGHT, Values.ORDINARY, 3)
                .matrix();
        for (int threads : new int[] {1, 2, 3}) {
            try (Kernels kernels = new Kernels("test", kernelSet().operations(precision), threads)) {
                Matrix sums = kernels.zeros(x.rows(), columns);
                kernels.affine(x, w, b, sums);
                for (Epilogue f : Epilogue.values()) {
                    Matrix expected = kernels.zeros(x.rows(), columns);
                    switch (f) {
                        case NONE -> {}
                        case SIGMOID -> kernels.sigmoid(sums, expected);
                        case RELU -> kernels.relu(sums, expected);
                        case TANH -> kernels.tanh(sums, expected);
                    }
                    Matrix y = kernels.zeros(x.rows(), columns);
                    Matrix z = kernels.zeros(x.rows(), columns);
                    kernels.affine(x, w, b, y, f, z);
                    assertThat(y.toArray()).isDeepEqualTo(sums.toArray());
                    assertThat(z.toArray())
                            .as("%s of %s, %d threads", f, x, threads)
                            .isDeepEqualTo(expected.toArray());
                }
            }
        }
    }

    private void skipping(Matrix x, Matrix w, Matrix b) {
        Matrix expected = Matrix.zeros(Precision.FLOAT32, x.rows(), w.columns());
        try (Kernels scalar = new Kernels("scalar", SCALAR.operations(Precision.FLOAT32), 1)) {
            scalar.affine(x, w, b, expected);
        }
        for (int threads : new int[] {1, 3}) {
            Matrix found = Matrix.zeros(Precision.FLOAT32, x.rows(), w.columns());
            Kernels plain = new Kernels("test", kernelSet().operations(Precision.FLOAT32), threads);
            try (plain;
                    Kernels kernels = plain.skippingZeros()) {
                kernels.affine(x, w, b, found);
            }
            assertThat(found.toArray()).as("%s, %d threads", w, threads).isDeepEqualTo(expected.toArray());
        }
    }

    private void sparseProducts(SparseMatrix.Rows stored, byte[] bytes, int rows, int columns, int threads) {
        int inner = stored.width();
        int[] indices = new int[rows];
        Arrays.setAll(indices, row -> (row * 37 + 11) % 100);
        SparseMatrix sparse = new SparseMatrix(stored, rows);
        sparse.select(indices, 0);
        Matrix w = Operand.of(Precision.FLOAT32, inner, columns, Layout.TIGHT, Values.ORDINARY, 1)
                .matrix();
        Matrix bias = Operand.of(Precision.FLOAT32, 1, columns, Layout.TIGHT, Values.ORDINARY, 2)
                .matrix();
        Matrix dy = Operand.of(Precision.FLOAT32, rows, columns, Layout.TIGHT, Values.ORDINARY, 3)
                .matrix();
        try (Kernels kernels = new Kernels("test", kernelSet().operations(Precision.FLOAT32), threads)) {
            Matrix dense = kernels.zeros(rows, inner);
            kernels.pixels(bytes, indices, 0, dense);
            Matrix expected = kernels.zeros(rows, columns);
            Matrix found = kernels.zeros(rows, columns);
            kernels.affine(dense, w, bias, expected);
            Matrix expectedActivated = kernels.zeros(rows, columns);
            Matrix activated = kernels.zeros(rows, columns);
            kernels.affine(sparse, w, bias, found, Epilogue.SIGMOID, activated);
            kernels.sigmoid(expected, expectedActivated);
            assertThat(activated.toArray()).isDeepEqualTo(expectedActivated.toArray());
            assertThat(found.toArray())
                    .as("x·w + b, %s, %d threads", w, threads)
                    .isDeepEqualTo(expected.toArray());
            Matrix expectedGradient = kernels.zeros(inner, columns);
            Matrix foundGradient = kernels.zeros(inner, columns);
            kernels.multiplyLeftTransposed(dense, dy, expectedGradient);
            kernels.multiplyLeftTransposed(sparse, dy, foundGradient);
            assertThat(foundGradient.toArray())
                    .as("xᵀ·dy, %s, %d threads", dy, threads)
                    .isDeepEqualTo(expectedGradient.toArray());
        }
    }

    @ParameterizedTest
    @EnumSource
    public void multiplyEqualsScalarAtTheSizesOfTheChapter(Precision precision) {
        multiply(precision, 100, 784, 50, Values.ORDINARY);
        multiply(precision, 100, 784, 50, Values.SPARSE);
        multiply(precision, 784, 100, 50, Values.SPARSE);
        multiply(precision, 100, 50, 10, Values.ORDINARY);
        multiply(precision, 50, 100, 10, Values.ORDINARY);
        multiply(precision, 100, 10, 50, Values.ORDINARY);
    }

    @ParameterizedTest
    @EnumSource
    public void multiplyEqualsScalarAtLargeAndPrimeSizes(Precision precision) {
        multiply(precision, 67, 257, 97, Values.ORDINARY);
        multiply(precision, 131, 521, 263, Values.ORDINARY);
        multiply(precision, 300, 300, 519, Values.ORDINARY);
        multiply(precision, 7, 1031, 1030, Values.ORDINARY);
    }

    /// One off the rows, columns and blocks of every tile: panels of 2 to 32 columns, tiles of 6 and 12 rows, blocks of
    /// 192 rows and 256 terms.
    @ParameterizedTest
    @EnumSource
    public void packedProductsEqualScalarAcrossTheEdgesOfTheirBlocks(Precision precision) {
        for (int rows : new int[] {0, 1, 6, 7, 11, 12, 25}) {
            for (int columns : new int[] {1, 15, 17, 32, 33, 65}) {
                for (int inner : new int[] {0, 1, 33}) {
                    packedProduct(precision, rows, inner, columns, Values.ORDINARY);
                }
            }
        }
        for (int rows : new int[] {191, 192, 193}) {
            for (int inner : new int[] {256, 257, 513}) {
                packedProduct(precision, rows, inner, 49, Values.ORDINARY);
            }
        }
        packedProduct(precision, 19, 3, 33, Values.EXTREME);
        packedProduct(precision, 13, 300, 65, Values.SPARSE);
    }

    @ParameterizedTest
    @EnumSource
    public void multiplyEqualsScalarForExtremeValues(Precision precision) {
        for (int columns : SIZES) {
            multiply(precision, 19, 3, columns, Values.EXTREME);
            multiply(precision, 40, 1, columns, Values.EXTREME);
        }
    }

    @ParameterizedTest
    @EnumSource
    public void multiplyIsOneChainOfFusedMultiplyAddsInAscendingOrder(Precision precision) {
        int rows = 23;
        int inner = 301;
        int columns = 71;
        Matrix a = operand(precision, rows, inner, Layout.LOOSE, Values.ORDINARY, 1)
                .matrix();
        Matrix b = operand(precision, inner, columns, Layout.LOOSE, Values.ORDINARY, 2)
                .matrix();
        Operand c = operand(precision, rows, columns, Layout.LOOSE, Values.ORDINARY, 3);
        Operand chain = c.copy(Double.NaN);
        Matrix start = c.copy(Double.NaN).matrix();
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                for (int k = 0; k < inner; k++) {
                    chain.matrix()
                            .set(
                                    i,
                                    j,
                                    fma(
                                            precision,
                                            a.get(i, k),
                                            b.get(k, j),
                                            chain.matrix().get(i, j)));
                }
            }
        }

        kernelSet().operations(precision).multiply(a, false, b, c.matrix(), 0, rows);

        c.requireSame("multiply against the chain", chain);
        double unit = precision == Precision.FLOAT32 ? 0x1p-24 : 0x1p-53;
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                double sum = start.get(i, j);
                double magnitude = Math.abs(sum);
                for (int k = 0; k < inner; k++) {
                    sum += a.get(i, k) * b.get(k, j);
                    magnitude += Math.abs(a.get(i, k) * b.get(k, j));
                }
                assertThat(Math.abs(c.matrix().get(i, j) - sum)).isLessThan(2 * (inner + 1) * unit * magnitude);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    public void transposeEqualsScalar(Precision precision) {
        for (int rows : SIZES) {
            for (int columns : new int[] {1, 5, 16, 33, 100}) {
                check(
                        precision,
                        "transpose",
                        rows,
                        columns,
                        rows,
                        columns,
                        (o, m, n, from, to) -> o.transpose(m.get(2), m.get(1), from, to));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    public void rowOperationsEqualScalar(Precision precision) {
        everywhere(precision, "clear", (o, m, n, from, to) -> o.clear(m.getFirst(), from, to));
        for (int columns : SIZES) {
            check(
                    precision,
                    "repeatRow",
                    1,
                    columns,
                    9,
                    columns,
                    (o, m, n, from, to) -> o.repeatRow(m.get(0), m.get(1), from, to));
        }
    }

    @ParameterizedTest
    @EnumSource
    public void columnSumsEqualScalar(Precision precision) {
        for (int rows : new int[] {0, 1, 2, 7, 100}) {
            for (int columns : SIZES) {
                for (Values values : Values.values()) {
                    for (Layout layout : Layout.values()) {
                        List<Operand> operands = List.of(
                                operand(precision, rows, columns, layout, values, 1),
                                operand(precision, 1, columns, layout, values, 2));
                        compare(
                                precision,
                                "columnSums",
                                operands,
                                0,
                                1,
                                (o, m, n, from, to) -> o.columnSums(m.get(0), m.get(1)));
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    public void sigmoidEqualsScalar(Precision precision) {
        everywhere(precision, "sigmoid", (o, m, n, from, to) -> o.sigmoid(m.get(0), m.get(1), from, to));
        everywhere(precision, "sigmoid in place", (o, m, n, from, to) -> o.sigmoid(m.get(0), m.get(0), from, to));
    }

    @ParameterizedTest
    @EnumSource
    public void activationsEqualScalar(Precision precision) {
        for (Activation f : Activation.values()) {
            everywhere(
                    precision,
                    "activate " + f,
                    (o, m, n, from, to) -> o.activate(f, 0.3, m.get(0), m.get(1), from, to));
            everywhere(
                    precision,
                    "activate " + f + " in place",
                    (o, m, n, from, to) -> o.activate(f, 0.3, m.get(0), m.get(0), from, to));
        }
    }

    @ParameterizedTest
    @EnumSource
    public void activationGradientsEqualScalar(Precision precision) {
        for (Activation f : Activation.values()) {
            everywhere(
                    precision,
                    "activationGradient " + f,
                    (o, m, n, from, to) -> o.activationGradient(f, 0.3, m.get(0), m.get(1), m.get(2), from, to));
            everywhere(
                    precision,
                    "activationGradient " + f + " over dy",
                    (o, m, n, from, to) -> o.activationGradient(f, 0.3, m.get(0), m.get(1), m.get(1), from, to));
        }
    }

    @ParameterizedTest
    @EnumSource
    public void sigmoidGradientEqualsScalar(Precision precision) {
        everywhere(
                precision,
                "sigmoidGradient",
                (o, m, n, from, to) -> o.sigmoidGradient(m.get(0), m.get(1), m.get(2), from, to));
        everywhere(
                precision,
                "sigmoidGradient over dy",
                (o, m, n, from, to) -> o.sigmoidGradient(m.get(0), m.get(1), m.get(1), from, to));
    }

    @ParameterizedTest
    @EnumSource
    public void reluEqualsScalar(Precision precision) {
        everywhere(precision, "relu", (o, m, n, from, to) -> o.relu(m.get(0), m.get(1), from, to));
        everywhere(precision, "relu in place", (o, m, n, from, to) -> o.relu(m.get(0), m.get(0), from, to));
    }

    @ParameterizedTest
    @EnumSource
    public void reluGradientEqualsScalar(Precision precision) {
        everywhere(
                precision,
                "reluGradient",
                (o, m, n, from, to) -> o.reluGradient(m.get(0), m.get(1), m.get(2), from, to));
        everywhere(
                precision,
                "reluGradient over dy",
                (o, m, n, from, to) -> o.reluGradient(m.get(0), m.get(1), m.get(1), from, to));
    }

    @ParameterizedTest
    @EnumSource
    public void tanhEqualsScalar(Precision precision) {
        everywhere(precision, "tanh", (o, m, n, from, to) -> o.tanh(m.get(0), m.get(1), from, to));
        everywhere(precision, "tanh in place", (o, m, n, from, to) -> o.tanh(m.get(0), m.get(0), from, to));
    }

    @ParameterizedTest
    @EnumSource
    public void tanhGradientEqualsScalar(Precision precision) {
        everywhere(
                precision,
                "tanhGradient",
                (o, m, n, from, to) -> o.tanhGradient(m.get(0), m.get(1), m.get(2), from, to));
        everywhere(
                precision,
                "tanhGradient over dy",
                (o, m, n, from, to) -> o.tanhGradient(m.get(0), m.get(1), m.get(1), from, to));
    }

    /// The functions at 200,000 points spread over all exponents.
    @ParameterizedTest
    @EnumSource
    public void elementaryFunctionsEqualScalarOverTheirWholeRange(Precision precision) {
        int rows = 200;
        int columns = 1000;
        Operand x = operand(precision, rows, columns, Layout.TIGHT, Values.ORDINARY, 1);
        Philox random = new Philox(21, Purpose.DATA, 0);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                long index = (long) row * columns + column;
                x.matrix()
                        .set(
                                row,
                                column,
                                switch (precision) {
                                    case FLOAT32 -> Float.intBitsToFloat((int) random.bits(index));
                                    case FLOAT64 -> Double.longBitsToDouble(random.bits(index));
                                });
                if (row % 2 == 0) {
                    x.matrix()
                            .set(
                                    row,
                                    column,
                                    (precision == Precision.FLOAT32 ? 220 : 1500) * (random.uniform(index) - 0.5));
                }
            }
        }
        List<Operand> operands = List.of(x, x.copy(1));
        compare(
                precision,
                "sigmoid",
                operands,
                0,
                rows,
                (o, m, n, from, to) -> o.sigmoid(m.get(0), m.get(1), from, to));
        compare(precision, "tanh", operands, 0, rows, (o, m, n, from, to) -> o.tanh(m.get(0), m.get(1), from, to));
        compare(
                precision,
                "softmax",
                operands,
                0,
                rows,
                (o, m, n, from, to) -> o.softmax(m.get(0), m.get(1), n, from, to));
    }

    @ParameterizedTest
    @EnumSource
    public void softmaxEqualsScalar(Precision precision) {
        everywhere(precision, "softmax", (o, m, n, from, to) -> o.softmax(m.get(0), m.get(1), n, from, to));
        everywhere(precision, "softmax in place", (o, m, n, from, to) -> o.softmax(m.get(0), m.get(0), n, from, to));
    }

    @ParameterizedTest
    @EnumSource
    public void softmaxCrossEntropyEqualsScalar(Precision precision) {
        for (boolean inPlace : new boolean[] {false, true}) {
            everywhere(precision, "softmaxCrossEntropy" + (inPlace ? " in place" : ""), (o, m, n, from, to) -> {
                Matrix z = m.get(0);
                int[] labels = new int[z.rows()];
                for (int row = 0; row < z.rows(); row++) {
                    labels[row] = row * 7 % Math.max(1, z.columns());
                }
                if (z.columns() > 0) {
                    Matrix dz = inPlace ? z : m.get(1);
                    o.softmaxCrossEntropy(z, labels, 0.01, dz, new double[z.rows()], n, from, to);
                }
            });
        }
    }

    @ParameterizedTest
    @EnumSource
    public void scalingsEqualScalar(Precision precision) {
        for (double factor : new double[] {-0.1, 0, -0.0, 1, 1.0 / 3, 1e300, Double.NaN, 1e-40}) {
            everywhere(precision, "scale by " + factor, (o, m, n, from, to) -> o.scale(m.get(0), factor, from, to));
            everywhere(
                    precision,
                    "addScaled " + factor,
                    (o, m, n, from, to) -> o.addScaled(factor, m.get(0), m.get(1), from, to));
        }
    }

    @ParameterizedTest
    @EnumSource
    public void updatesOfEveryFormEqualScalar(Precision precision) {
        for (Update.Form form : Update.Form.values()) {
            for (Update update : updates(form)) {
                for (int columns : SIZES) {
                    update(precision, update, 6, columns);
                }
                for (int rows : new int[] {0, 1, 17}) {
                    update(precision, update, rows, 50);
                }
            }
        }
    }

    /// Without clipping and decay, and with both.
    private static List<Update> updates(Update.Form form) {
        List<Update> updates = List.of(new Update(), new Update());
        updates.getLast().clip(0.75, 0.9);
        updates.getLast().decay(0.01, 0.999);
        for (Update update : updates) {
            switch (form) {
                case PLAIN -> update.plain(0.1);
                case MOMENTUM -> update.momentum(0.9, 0.09, 0.1);
                case ROOT -> update.root(0.99, 0.01, 1e-8, 0.1);
                case MOMENTS, LARGEST_MOMENTS ->
                    update.moments(form == Update.Form.LARGEST_MOMENTS, 0.9, 0.999, 3.1, 1e-8, 0.01, 0.003);
                case DELTA -> update.delta(0.9, 1e-6, 1);
            }
        }
        return updates;
    }

    private void update(Precision precision, Update update, int rows, int columns) {
        for (Values values : Values.values()) {
            for (Layout layout : Layout.values()) {
                List<Operand> operands = List.of(
                        operand(precision, rows, columns, layout, values, 1),
                        operand(precision, rows, columns, Layout.TIGHT, values, 2),
                        operand(precision, rows, columns, Layout.TIGHT, values, 3),
                        operand(precision, rows, columns, layout, values, 4),
                        operand(precision, rows, columns, Layout.TIGHT, values, 5));
                for (int[] range : ranges(rows)) {
                    compare(
                            precision,
                            "update " + update.form() + " " + values + " " + layout,
                            operands,
                            range[0],
                            range[1],
                            (o, m, n, from, to) -> o.update(update, m.get(0), m.subList(1, 4), m.get(4), from, to));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    public void sumsOfSquaresEqualScalar(Precision precision) {
        everywhere(precision, "sumsOfSquares", (o, m, n, from, to) -> o.sumsOfSquares(m.get(0), n, from, to));
    }

    @ParameterizedTest
    @EnumSource
    public void pixelsEqualScalar(Precision precision) {
        for (int columns : new int[] {1, 5, 16, 33, 784}) {
            byte[] images = new byte[12 * columns];
            for (int i = 0; i < images.length; i++) {
                images[i] = (byte) (i * 37);
            }
            int[] indices = {-1, -1, 11, 0, 3, 3, 7};
            check(
                    precision,
                    "pixels",
                    5,
                    columns,
                    5,
                    columns,
                    (o, m, n, from, to) -> o.pixels(images, indices, 2, m.get(1), from, to));
        }
    }

    @ParameterizedTest
    @EnumSource
    public void outerSumEqualsScalar(Precision precision) {
        for (int columns : SIZES) {
            for (Values values : Values.values()) {
                for (Layout layout : Layout.values()) {
                    int rows = 7;
                    List<Operand> operands = List.of(
                            operand(precision, 3, rows, layout, values, 1),
                            operand(precision, 4, rows, layout, values, 2),
                            operand(precision, 2, columns + columns % 2 * 20, layout, values, 3),
                            operand(precision, rows, columns, layout, values, 4));
                    for (int[] range : ranges(rows)) {
                        compare(
                                precision,
                                "outerSum",
                                operands,
                                range[0],
                                range[1],
                                (o, m, n, from, to) ->
                                        o.outerSum(m.get(0), 2, m.get(1), 1, m.get(2), 1, 0.3, m.get(3), from, to));
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    public void operationsOnColumnsEqualScalar(Precision precision) {
        onColumns(
                precision,
                "repeatColumn",
                (o, m, n, from, to) -> o.repeatColumn(
                        m.get(1), 1, m.getFirst(), 0, m.getFirst().rows()));
        onColumns(
                precision,
                "softmaxCrossEntropyColumns",
                (o, m, n, from, to) -> o.softmaxCrossEntropyColumns(m.get(0), m.get(1), 1, m.get(2)));
        onColumns(
                precision,
                "deltaCrossEntropyColumns",
                (o, m, n, from, to) -> o.deltaCrossEntropyColumns(m.get(0), m.get(1), 1, 1e-7, m.get(2)));
        onColumns(
                precision,
                "squaredErrorColumns",
                (o, m, n, from, to) -> o.squaredErrorColumns(m.get(0), m.get(1), 1, 0.5, m.get(2)));
    }

    @ParameterizedTest
    @EnumSource
    public void lossesOfScoresThatMovedALittleEqualScalar(Precision precision) {
        for (int columns : new int[] {1, 7, 8, 16, 17, 130, 600}) {
            for (int classes : new int[] {1, 2, 10}) {
                for (Values values : Values.values()) {
                    for (double size : new double[] {0x1p-13, 0x1p-9, 1}) { // all near, some, hardly any
                        moved(precision, columns, classes, values, size);
                    }
                }
            }
        }
    }

    private void moved(Precision precision, int columns, int classes, Values values, double size) {
        for (Layout layout : Layout.values()) {
            List<Operand> operands = List.of(
                    operand(precision, 3, classes, layout, values, 1),
                    operand(precision, 3, classes, layout, Values.SPARSE, 2),
                    operand(precision, 3, classes, layout, Values.SPARSE, 3),
                    operand(precision, 2, classes, layout, values, 4),
                    operand(precision, 2, columns, layout, values, 5),
                    operand(precision, 1, columns, layout, values, 6));
            double[] logSums = {0.1, 0.2, 0.3};
            compare(precision, "softmaxCrossEntropyMoved " + values, operands, 0, 1, (o, m, n, from, to) -> {
                Matrix w = m.get(3);
                o.scale(w, size, 0, w.rows());
                boolean near = o.softmaxCrossEntropyMoved(
                        m.get(0), m.get(1), logSums, m.get(2), 2, w, 1, m.get(4), 1, 0.25, m.get(5));
                n[0] = near ? 1 : 0;
            });
        }
    }

    /// Operations on z [classes, columns], a row of t [3, classes] and losses [1, columns].
    private void onColumns(Precision precision, String what, Call call) {
        for (int columns : SIZES) {
            for (int classes : new int[] {1, 2, 10}) {
                for (Values values : Values.values()) {
                    for (Layout layout : Layout.values()) {
                        List<Operand> operands = List.of(
                                operand(precision, classes, columns, layout, values, 1),
                                operand(precision, 3, classes, layout, values, 2),
                                operand(precision, 1, columns, layout, values, 3));
                        compare(precision, what + " " + values, operands, 0, 1, call);
                    }
                }
            }
        }
    }

    @Test
    public void everyPixelIsItsByteDividedBy255() {
        byte[] image = new byte[256];
        for (int i = 0; i < 256; i++) {
            image[i] = (byte) i;
        }
        for (Precision precision : Precision.values()) {
            Matrix x = Matrix.zeros(precision, 1, 256);
            kernelSet().operations(precision).pixels(image, new int[] {0}, 0, x, 0, 1);
            for (int i = 0; i < 256; i++) {
                assertThat(x.get(0, i)).isEqualTo(precision == Precision.FLOAT32 ? i / 255f : i / 255.0);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    public void anyNumberOfThreadsGivesTheBitsOfOneScalarThread(Precision precision) {
        threads(precision, 100, 784, 50, Values.ORDINARY);
        threads(precision, 100, 784, 50, Values.SPARSE);
        threads(precision, 257, 63, 301, Values.ORDINARY);
        threads(precision, 205, 521, 263, Values.ORDINARY);
        threads(precision, 3, 4001, 17, Values.ORDINARY);
        threads(precision, 263, 40, 65, Values.EXTREME);
        threads(precision, 1, 1, 1, Values.ORDINARY);
    }

    /// Of products as large as this one, threads take rows as they are ready for them.
    @ParameterizedTest
    @EnumSource
    public void productsOfWhichThreadsTakeRowsByNeedHaveTheBitsOfOneThread(Precision precision) {
        int rows = 131;
        int inner = 1030;
        int columns = 521;
        double[][] expected = new double[0][];
        for (int threads : new int[] {1, 2, 3}) {
            try (Kernels kernels = new Kernels(kernelSet().name(), kernelSet().operations(precision), threads)) {
                Matrix a = kernels.zeros(rows, inner);
                Matrix b = kernels.zeros(inner, columns);
                for (int k = 0; k < inner; k++) {
                    for (int row = 0; row < rows; row++) {
                        a.set(row, k, Math.sin(row + 0.1 * k));
                    }
                    for (int column = 0; column < columns; column++) {
                        b.set(k, column, Math.cos(k - 0.3 * column));
                    }
                }
                Matrix c = kernels.zeros(rows, columns);
                kernels.multiply(a, b, c);
                if (threads == 1) {
                    expected = c.toArray();
                }
                assertThat(c.toArray()).as("%d threads", threads).isDeepEqualTo(expected);
            }
        }
    }

    private void threads(Precision precision, int rows, int inner, int columns, Values values) {
        try (Kernels scalar = new Kernels("scalar", SCALAR.operations(precision), 1)) {
            KernelCalls expected = KernelCalls.of(scalar, rows, inner, columns, values);
            for (int threads : new int[] {1, 2, 3, 8}) {
                try (Kernels kernels =
                        new Kernels(kernelSet().name(), kernelSet().operations(precision), threads)) {
                    KernelCalls found = KernelCalls.of(kernels, rows, inner, columns, values);
                    found.requireSame(threads + " threads, " + rows + " x " + inner + " x " + columns, expected);
                }
            }
        }
    }

    private void multiply(Precision precision, int rows, int inner, int columns, Values values) {
        for (Layout layout : Layout.values()) {
            for (boolean transposed : new boolean[] {false, true}) {
                Operand a = transposed
                        ? operand(precision, inner, rows, layout, values, 1)
                        : operand(precision, rows, inner, layout, values, 1);
                Values others = values == Values.SPARSE ? Values.ORDINARY : values;
                Operand b = operand(precision, inner, columns, layout, others, 2);
                Operand c = operand(precision, rows, columns, layout, others, 3);
                String what = (transposed ? "aᵀ·b " : "a·b ") + rows + " x " + inner + " x " + columns;
                for (int[] range : ranges(rows)) {
                    compare(
                            precision,
                            what,
                            List.of(a, b, c),
                            range[0],
                            range[1],
                            (o, m, n, from, to) -> o.multiply(m.get(0), transposed, m.get(1), m.get(2), from, to));
                }
            }
        }
    }

    private void packedProduct(Precision precision, int rows, int inner, int columns, Values values) {
        for (int form = 0; form < 4; form++) {
            boolean left = form % 2 == 1;
            boolean right = form / 2 == 1;
            Layout layout = (rows + columns + form) % 2 == 0 ? Layout.TIGHT : Layout.LOOSE;
            Operand a = left
                    ? operand(precision, inner, rows, layout, values, 1)
                    : operand(precision, rows, inner, layout, values, 1);
            Values others = values == Values.SPARSE ? Values.ORDINARY : values;
            Operand b = right
                    ? operand(precision, columns, inner, layout, others, 2)
                    : operand(precision, inner, columns, layout, others, 2);
            Operand c = operand(precision, rows, columns, layout, others, 3);
            String what = (left ? "aᵀ" : "a") + (right ? "·bᵀ " : "·b ") + rows + " x " + inner + " x " + columns;
            for (int[] range : ranges(rows)) {
                compare(
                        precision,
                        "packed " + what,
                        List.of(a, b, c),
                        range[0],
                        range[1],
                        (o, m, n, from, to) -> packedProduct(o, m.get(0), left, m.get(1), right, m.get(2), from, to));
            }
        }
    }

    /// c += a·b by way of panels, or plainly if the set has none.
    private static void packedProduct(
            Operations operations, Matrix a, boolean left, Matrix b, boolean right, Matrix c, int from, int to) {
        int inner = left ? a.rows() : a.columns();
        PackedProducts products = operations.packed();
        int width = products.panelColumns();
        if (width == 0) {
            Matrix plain = right ? Matrix.zeros(operations.precision(), inner, c.columns()) : b;
            if (right) {
                operations.transpose(b, plain, 0, inner);
            }
            operations.multiply(a, left, plain, c, from, to);
            return;
        }
        Matrix panels = operand(
                        operations.precision(),
                        (c.columns() + width - 1) / width,
                        inner * width,
                        Layout.LOOSE,
                        Values.EXTREME,
                        4)
                .matrix();
        int half = panels.rows() / 2;
        products.pack(b, right, panels, half, panels.rows());
        products.pack(b, right, panels, 0, half);
        products.multiply(a, left, panels, c, from, to);
    }

    /// An operation on matrices of one shape, at all sizes.
    private void everywhere(Precision precision, String what, Call call) {
        for (int columns : SIZES) {
            check(precision, what, 6, columns, 6, columns, call);
        }
        for (int rows : new int[] {0, 1, 17}) {
            check(precision, what, rows, 50, rows, 50, call);
        }
    }

    /// Operands: [rows, columns], [resultRows, resultColumns], and [resultColumns, resultRows] for a third.
    private void check(
            Precision precision, String what, int rows, int columns, int resultRows, int resultColumns, Call call) {
        boolean transposing = what.equals("transpose");
        for (Values values : Values.values()) {
            for (Layout layout : Layout.values()) {
                List<Operand> operands = List.of(
                        operand(precision, rows, columns, layout, values, 1),
                        operand(precision, resultRows, resultColumns, Layout.TIGHT, values, 2),
                        transposing
                                ? operand(precision, resultColumns, resultRows, layout, values, 3)
                                : operand(precision, resultRows, resultColumns, layout, values, 3));
                for (int[] range : ranges(resultRows)) {
                    compare(precision, what + " " + values + " " + layout, operands, range[0], range[1], call);
                }
            }
        }
    }

    /// All rows, and an inner range where there is one.
    private static List<int[]> ranges(int rows) {
        List<int[]> ranges = new ArrayList<>(List.of(new int[] {0, rows}));
        if (rows > 2) {
            ranges.add(new int[] {1, rows - 1});
            ranges.add(new int[] {rows / 2, rows / 2 + 1});
        }
        return ranges;
    }

    /// Runs both sets on copies with different padding, and compares all matrices, those only read included.
    private void compare(Precision precision, String what, List<Operand> operands, int from, int to, Call call) {
        double[] padding = {Double.NaN, 1e30, Double.NEGATIVE_INFINITY, 0};
        List<Operand> expected =
                operands.stream().map(operand -> operand.copy(0)).toList();
        double[] expectedNumbers = new double[to];
        call.run(SCALAR.operations(precision), matrices(expected), expectedNumbers, from, to);
        for (double garbage : padding) {
            List<Operand> found =
                    operands.stream().map(operand -> operand.copy(garbage)).toList();
            double[] foundNumbers = new double[to];
            call.run(kernelSet().operations(precision), matrices(found), foundNumbers, from, to);
            String name = what + ", rows " + from + " to " + to + ", padding " + garbage;
            for (int i = 0; i < operands.size(); i++) {
                found.get(i).requireSame(name + ", operand " + i, expected.get(i));
            }
            assertThat(Arrays.stream(foundNumbers)
                            .mapToLong(Double::doubleToLongBits)
                            .toArray())
                    .as(name)
                    .isEqualTo(Arrays.stream(expectedNumbers)
                            .mapToLong(Double::doubleToLongBits)
                            .toArray());
        }
    }

    private static List<Matrix> matrices(List<Operand> operands) {
        return operands.stream().map(Operand::matrix).toList();
    }

    private static Operand operand(
            Precision precision, int rows, int columns, Layout layout, Values values, int stream) {
        return Operand.of(precision, rows, columns, layout, values, stream);
    }

    private static double fma(Precision precision, double a, double b, double c) {
        return switch (precision) {
            case FLOAT32 -> Math.fma((float) a, (float) b, (float) c);
            case FLOAT64 -> Math.fma(a, b, c);
        };
    }
}
