package org.badak.simd;

import static jdk.incubator.vector.VectorOperators.B2F;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import java.util.Arrays;
import java.util.List;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;
import org.badak.kernel.Activation;
import org.badak.kernel.Elementary;
import org.badak.kernel.ImageOperations;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Operations;
import org.badak.kernel.PackedProducts;
import org.badak.kernel.SparseOperations;
import org.badak.kernel.Update;
import org.badak.matrix.FloatMatrix;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;

/// The SIMD kernels in float32. Element-wise operations run over whole vectors, padding included; where all matrices of
/// a
/// call have the same stride their rows are one run.
final class SimdFloat32 implements Operations {
    private static final VectorSpecies<Float> SPECIES = Width.FLOATS;
    private static final int LANES = SPECIES.length();
    private static final VectorSpecies<Byte> BYTES =
            VectorSpecies.of(byte.class, VectorShape.forBitSize(Math.max(64, 8 * LANES)));
    private static final FloatVector MINUS_255 = FloatVector.broadcast(SPECIES, -255);
    private static final FloatVector INVERSE_255 = FloatVector.broadcast(SPECIES, 1 / 255f);
    private static final float[] PIXELS = pixelValues();
    private static final Operations SCALAR = KernelChoice.scalar().operations(Precision.FLOAT32);

    @Override
    public Precision precision() {
        return Precision.FLOAT32;
    }

    @Override
    public void multiply(Matrix a, boolean transposed, Matrix b, Matrix c, int from, int to) {
        int height = to - from;
        if (transposed) {
            Float32Products.multiplyTransposed(
                    data(a),
                    a.offset() + from,
                    a.stride(),
                    data(b),
                    b.offset(),
                    b.stride(),
                    data(c),
                    start(c, from),
                    c.stride(),
                    height,
                    c.columns(),
                    b.rows());
        } else {
            Float32Products.multiply(
                    data(a),
                    start(a, from),
                    a.stride(),
                    data(b),
                    b.offset(),
                    b.stride(),
                    data(c),
                    start(c, from),
                    c.stride(),
                    height,
                    c.columns(),
                    b.rows());
        }
    }

    @Override
    public SparseOperations sparse() {
        return new Float32SparseProducts();
    }

    @Override
    public ImageOperations images() {
        return new SimdImagesFloat32();
    }

    @Override
    public PackedProducts packed() {
        return new Float32Panels();
    }

    @Override
    public void transpose(Matrix b, Matrix result, int from, int to) {
        Float32Transposition.copy(
                data(b),
                b.offset() + from,
                b.stride(),
                data(result),
                start(result, from),
                result.stride(),
                result.columns(),
                to - from);
    }

    @Override
    public void repeatRow(Matrix row, Matrix result, int from, int to) {
        for (int i = from; i < to; i++) {
            System.arraycopy(data(row), row.offset(), data(result), start(result, i), result.columns());
        }
    }

    @Override
    public void clear(Matrix result, int from, int to) {
        Arrays.fill(data(result), start(result, from), start(result, to), 0);
    }

    @Override
    public void columnSums(Matrix a, Matrix result) {
        float[] as = data(a);
        float[] sums = data(result);
        int first = result.offset();
        Arrays.fill(sums, first, first + Matrix.paddedStride(a.columns()), 0);
        for (int row = 0; row < a.rows(); row++) {
            int aStart = start(a, row);
            for (int column = 0; column < a.columns(); column += LANES) {
                FloatVector.fromArray(SPECIES, sums, first + column)
                        .add(FloatVector.fromArray(SPECIES, as, aStart + column))
                        .intoArray(sums, first + column);
            }
        }
    }

    @Override
    public boolean allFinite(Matrix x, int from, int to) {
        float[] xs = data(x);
        int whole = x.columns() - x.columns() % LANES; // padding must not count
        FloatVector sums = FloatVector.zero(SPECIES); // stays 0, or becomes NaN
        float sum = 0;
        for (int row = from; row < to; row++) {
            int xStart = start(x, row);
            for (int j = 0; j < whole; j += LANES) {
                sums = FloatVector.fromArray(SPECIES, xs, xStart + j).mul(0).add(sums);
            }
            for (int j = whole; j < x.columns(); j++) {
                sum += 0 * xs[xStart + j];
            }
        }
        return sum == 0 && sums.compare(EQ, 0).allTrue();
    }

    @Override
    public void sigmoid(Matrix x, Matrix y, int from, int to) {
        float[] xs = data(x);
        float[] ys = data(y);
        int run = Runs.length(x, y, to - from);
        for (int row = from; row < to; row += Runs.rows(run, y)) {
            int xStart = start(x, row);
            int yStart = start(y, row);
            for (int j = 0; j < run; j += LANES) {
                FloatVector value = FloatVector.fromArray(SPECIES, xs, xStart + j);
                Float32Functions.sigmoid(value).intoArray(ys, yStart + j);
            }
        }
    }

    @Override
    public void sigmoidGradient(Matrix y, Matrix dy, Matrix dx, int from, int to) {
        float[] ys = data(y);
        float[] dys = data(dy);
        float[] dxs = data(dx);
        FloatVector one = FloatVector.broadcast(SPECIES, 1);
        int run = Runs.length(y, dy, dx, to - from);
        for (int row = from; row < to; row += Runs.rows(run, dx)) {
            int yStart = start(y, row);
            int dyStart = start(dy, row);
            int dxStart = start(dx, row);
            for (int j = 0; j < run; j += LANES) {
                FloatVector value = FloatVector.fromArray(SPECIES, ys, yStart + j);
                FloatVector slope = FloatVector.fromArray(SPECIES, dys, dyStart + j);
                slope.mul(one.sub(value).mul(value)).intoArray(dxs, dxStart + j);
            }
        }
    }

    @Override
    public void relu(Matrix x, Matrix y, int from, int to) {
        float[] xs = data(x);
        float[] ys = data(y);
        int run = Runs.length(x, y, to - from);
        for (int row = from; row < to; row += Runs.rows(run, y)) {
            int xStart = start(x, row);
            int yStart = start(y, row);
            for (int j = 0; j < run; j += LANES) {
                FloatVector value = FloatVector.fromArray(SPECIES, xs, xStart + j);
                value.blend(0, value.compare(LT, 0)).intoArray(ys, yStart + j);
            }
        }
    }

    @Override
    public void reluGradient(Matrix y, Matrix dy, Matrix dx, int from, int to) {
        float[] ys = data(y);
        float[] dys = data(dy);
        float[] dxs = data(dx);
        FloatVector zero = FloatVector.zero(SPECIES);
        int run = Runs.length(y, dy, dx, to - from);
        for (int row = from; row < to; row += Runs.rows(run, dx)) {
            int yStart = start(y, row);
            int dyStart = start(dy, row);
            int dxStart = start(dx, row);
            for (int j = 0; j < run; j += LANES) {
                FloatVector value = FloatVector.fromArray(SPECIES, ys, yStart + j);
                FloatVector slope = FloatVector.fromArray(SPECIES, dys, dyStart + j);
                zero.blend(slope, value.compare(GT, 0)).intoArray(dxs, dxStart + j);
            }
        }
    }

    @Override
    public void tanh(Matrix x, Matrix y, int from, int to) {
        float[] xs = data(x);
        float[] ys = data(y);
        int run = Runs.length(x, y, to - from);
        for (int row = from; row < to; row += Runs.rows(run, y)) {
            int xStart = start(x, row);
            int yStart = start(y, row);
            for (int j = 0; j < run; j += LANES) {
                FloatVector value = FloatVector.fromArray(SPECIES, xs, xStart + j);
                Float32Functions.tanh(value).intoArray(ys, yStart + j);
            }
        }
    }

    @Override
    public void tanhGradient(Matrix y, Matrix dy, Matrix dx, int from, int to) {
        float[] ys = data(y);
        float[] dys = data(dy);
        float[] dxs = data(dx);
        FloatVector one = FloatVector.broadcast(SPECIES, 1);
        int run = Runs.length(y, dy, dx, to - from);
        for (int row = from; row < to; row += Runs.rows(run, dx)) {
            int yStart = start(y, row);
            int dyStart = start(dy, row);
            int dxStart = start(dx, row);
            for (int j = 0; j < run; j += LANES) {
                FloatVector value = FloatVector.fromArray(SPECIES, ys, yStart + j);
                FloatVector slope = FloatVector.fromArray(SPECIES, dys, dyStart + j);
                slope.mul(value.neg().fma(value, one)).intoArray(dxs, dxStart + j);
            }
        }
    }

    @Override
    public void activate(Activation f, double p, Matrix x, Matrix y, int from, int to) {
        Float32ActivationLoops.values(f, (float) p, x, y, from, to);
    }

    @Override
    public void activationGradient(Activation f, double p, Matrix x, Matrix dy, Matrix dx, int from, int to) {
        Float32ActivationLoops.gradients(f, (float) p, x, dy, dx, from, to);
    }

    @Override
    public void scale(Matrix x, double factor, int from, int to) {
        float[] xs = data(x);
        float multiplier = (float) factor;
        int run = (to - from) * x.stride();
        int xStart = start(x, from);
        for (int j = 0; j < run; j += LANES) {
            FloatVector.fromArray(SPECIES, xs, xStart + j).mul(multiplier).intoArray(xs, xStart + j);
        }
    }

    @Override
    public void addScaled(double factor, Matrix x, Matrix y, int from, int to) {
        float[] xs = data(x);
        float[] ys = data(y);
        FloatVector multiplier = FloatVector.broadcast(SPECIES, (float) factor);
        int run = Runs.length(x, y, to - from);
        for (int row = from; row < to; row += Runs.rows(run, y)) {
            int xStart = start(x, row);
            int yStart = start(y, row);
            for (int j = 0; j < run; j += LANES) {
                FloatVector sum = FloatVector.fromArray(SPECIES, ys, yStart + j);
                multiplier
                        .fma(FloatVector.fromArray(SPECIES, xs, xStart + j), sum)
                        .intoArray(ys, yStart + j);
            }
        }
    }

    @Override
    public void update(Update update, Matrix gradient, List<Matrix> slots, Matrix parameter, int from, int to) {
        Float32Updates.run(update, gradient, slots, parameter, from, to);
    }

    @Override
    public void sumsOfSquares(Matrix x, double[] sums, int from, int to) {
        Float32Updates.sumsOfSquares(x, sums, from, to);
    }

    @Override
    public void softmax(Matrix z, Matrix p, double[] logSums, int from, int to) {
        float[] scores = data(z);
        float[] ps = data(p);
        int columns = z.columns();
        for (int row = from; row < to; row++) {
            int zRow = start(z, row);
            float max = scores[zRow];
            for (int j = 1; j < columns; j++) {
                max = scores[zRow + j] > max ? scores[zRow + j] : max;
            }
            logSums[row] = max;
            int pRow = start(p, row);
            for (int j = 0; j < columns; j += LANES) {
                FloatVector.fromArray(SPECIES, scores, zRow + j).sub(max).intoArray(ps, pRow + j);
            }
        }
        exponentials(p, from, to);
        for (int row = from; row < to; row++) {
            int pRow = start(p, row);
            float sum = 0;
            for (int j = 0; j < columns; j++) {
                sum += ps[pRow + j];
            }
            for (int j = 0; j < columns; j += LANES) {
                FloatVector.fromArray(SPECIES, ps, pRow + j).div(sum).intoArray(ps, pRow + j);
            }
            logSums[row] += Elementary.log((double) sum);
        }
    }

    /// p = eᵖ in the rows [from, to).
    private static void exponentials(Matrix p, int from, int to) {
        float[] ps = data(p);
        int run = p.stride() == Matrix.paddedStride(p.columns()) ? (to - from) * p.stride() : p.columns();
        for (int row = from; row < to; row += Runs.rows(run, p)) {
            Float32Exponentials.exp(ps, start(p, row), ps, start(p, row), run);
        }
    }

    @Override
    public void pixels(byte[] source, int[] indices, int first, Matrix result, int from, int to) {
        float[] xs = data(result);
        int columns = result.columns();
        int vectorised = LANES < 8 ? 0 : columns - columns % LANES; // there are no vectors of 4 bytes
        for (int row = from; row < to; row++) {
            int image = indices[first + row] * columns;
            int target = start(result, row);
            for (int j = 0; j < vectorised; j += LANES) {
                FloatVector value = (FloatVector)
                        ByteVector.fromArray(BYTES, source, image + j).convertShape(B2F, SPECIES, 0);
                FloatVector unsigned = value.blend(value.add(256), value.compare(LT, 0));
                FloatVector quotient = unsigned.mul(1 / 255f);
                FloatVector error = quotient.fma(MINUS_255, unsigned); // one correction makes it the rounded quotient
                error.fma(INVERSE_255, quotient).intoArray(xs, target + j);
            }
            for (int j = vectorised; j < columns; j++) {
                xs[target + j] = PIXELS[source[image + j] & 0xFF];
            }
        }
    }

    @Override
    public void outerSum(
            Matrix base,
            int baseRow,
            Matrix w,
            int wRow,
            Matrix a,
            int aRow,
            double shift,
            Matrix result,
            int from,
            int to) {
        SCALAR.outerSum(base, baseRow, w, wRow, a, aRow, shift, result, from, to);
    }

    @Override
    public void repeatColumn(Matrix source, int row, Matrix result, int from, int to) {
        SCALAR.repeatColumn(source, row, result, from, to);
    }

    @Override
    public void softmaxCrossEntropyColumns(Matrix z, Matrix t, int tRow, Matrix losses) {
        SCALAR.softmaxCrossEntropyColumns(z, t, tRow, losses);
    }

    @Override
    public boolean softmaxCrossEntropyMoved(
            Matrix z,
            Matrix p,
            double[] logSums,
            Matrix t,
            int row,
            Matrix w,
            int wRow,
            Matrix a,
            int aRow,
            double shift,
            Matrix losses) {
        return SCALAR.softmaxCrossEntropyMoved(z, p, logSums, t, row, w, wRow, a, aRow, shift, losses);
    }

    @Override
    public void deltaCrossEntropyColumns(Matrix z, Matrix t, int tRow, double delta, Matrix losses) {
        SCALAR.deltaCrossEntropyColumns(z, t, tRow, delta, losses);
    }

    @Override
    public void squaredErrorColumns(Matrix y, Matrix t, int tRow, double factor, Matrix losses) {
        SCALAR.squaredErrorColumns(y, t, tRow, factor, losses);
    }

    private static float[] pixelValues() {
        float[] values = new float[256];
        for (int i = 0; i < values.length; i++) {
            values[i] = i / 255f;
        }
        return values;
    }

    private static float[] data(Matrix matrix) {
        return ((FloatMatrix) matrix).data();
    }

    private static int start(Matrix matrix, int row) {
        return matrix.offset() + row * matrix.stride();
    }
}
