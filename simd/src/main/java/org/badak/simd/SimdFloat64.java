package org.badak.simd;

import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import java.util.Arrays;
import java.util.List;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;
import org.badak.kernel.Activation;
import org.badak.kernel.Elementary;
import org.badak.kernel.Operations;
import org.badak.kernel.PackedProducts;
import org.badak.kernel.Update;
import org.badak.matrix.DoubleMatrix;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;

/// The SIMD kernels in float64. Element-wise operations run over whole vectors, padding included; where all matrices of
/// a
/// call have the same stride their rows are one run.
final class SimdFloat64 implements Operations {
    private static final VectorSpecies<Double> SPECIES = Width.DOUBLES;
    private static final int LANES = SPECIES.length();
    private static final double[] PIXELS = pixelValues();

    @Override
    public Precision precision() {
        return Precision.FLOAT64;
    }

    @Override
    public void multiply(Matrix a, boolean transposed, Matrix b, Matrix c, int from, int to) {
        int aRow = transposed ? 1 : a.stride();
        int aInner = transposed ? a.stride() : 1;
        Float64Products.multiply(
                data(a),
                a.offset() + from * aRow,
                aRow,
                aInner,
                data(b),
                b.offset(),
                b.stride(),
                data(c),
                start(c, from),
                c.stride(),
                to - from,
                c.columns(),
                b.rows());
    }

    @Override
    public PackedProducts packed() {
        return new Float64Panels();
    }

    @Override
    public void transpose(Matrix b, Matrix result, int from, int to) {
        double[] source = data(b);
        double[] target = data(result);
        for (int row = from; row < to; row++) {
            int targetRow = start(result, row);
            int place = b.offset() + row;
            for (int column = 0; column < result.columns(); column++) {
                target[targetRow + column] = source[place];
                place += b.stride();
            }
        }
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
        double[] as = data(a);
        double[] sums = data(result);
        int first = result.offset();
        Arrays.fill(sums, first, first + Matrix.paddedStride(a.columns()), 0);
        for (int row = 0; row < a.rows(); row++) {
            int aStart = start(a, row);
            for (int column = 0; column < a.columns(); column += LANES) {
                DoubleVector.fromArray(SPECIES, sums, first + column)
                        .add(DoubleVector.fromArray(SPECIES, as, aStart + column))
                        .intoArray(sums, first + column);
            }
        }
    }

    @Override
    public boolean allFinite(Matrix x, int from, int to) {
        double[] xs = data(x);
        int whole = x.columns() - x.columns() % LANES; // padding must not count
        DoubleVector sums = DoubleVector.zero(SPECIES); // stays 0, or becomes NaN
        double sum = 0;
        for (int row = from; row < to; row++) {
            int xStart = start(x, row);
            for (int j = 0; j < whole; j += LANES) {
                sums = DoubleVector.fromArray(SPECIES, xs, xStart + j).mul(0).add(sums);
            }
            for (int j = whole; j < x.columns(); j++) {
                sum += 0 * xs[xStart + j];
            }
        }
        return sum == 0 && sums.compare(EQ, 0).allTrue();
    }

    @Override
    public void sigmoid(Matrix x, Matrix y, int from, int to) {
        double[] xs = data(x);
        double[] ys = data(y);
        int run = Runs.length(x, y, to - from);
        for (int row = from; row < to; row += Runs.rows(run, y)) {
            Float64Activations.sigmoid(xs, start(x, row), ys, start(y, row), run);
        }
    }

    @Override
    public void sigmoidGradient(Matrix y, Matrix dy, Matrix dx, int from, int to) {
        double[] ys = data(y);
        double[] dys = data(dy);
        double[] dxs = data(dx);
        DoubleVector one = DoubleVector.broadcast(SPECIES, 1);
        int run = Runs.length(y, dy, dx, to - from);
        for (int row = from; row < to; row += Runs.rows(run, dx)) {
            int yStart = start(y, row);
            int dyStart = start(dy, row);
            int dxStart = start(dx, row);
            for (int j = 0; j < run; j += LANES) {
                DoubleVector value = DoubleVector.fromArray(SPECIES, ys, yStart + j);
                DoubleVector slope = DoubleVector.fromArray(SPECIES, dys, dyStart + j);
                slope.mul(one.sub(value).mul(value)).intoArray(dxs, dxStart + j);
            }
        }
    }

    @Override
    public void relu(Matrix x, Matrix y, int from, int to) {
        double[] xs = data(x);
        double[] ys = data(y);
        int run = Runs.length(x, y, to - from);
        for (int row = from; row < to; row += Runs.rows(run, y)) {
            int xStart = start(x, row);
            int yStart = start(y, row);
            for (int j = 0; j < run; j += LANES) {
                DoubleVector value = DoubleVector.fromArray(SPECIES, xs, xStart + j);
                value.blend(0, value.compare(LT, 0)).intoArray(ys, yStart + j);
            }
        }
    }

    @Override
    public void reluGradient(Matrix y, Matrix dy, Matrix dx, int from, int to) {
        double[] ys = data(y);
        double[] dys = data(dy);
        double[] dxs = data(dx);
        DoubleVector zero = DoubleVector.zero(SPECIES);
        int run = Runs.length(y, dy, dx, to - from);
        for (int row = from; row < to; row += Runs.rows(run, dx)) {
            int yStart = start(y, row);
            int dyStart = start(dy, row);
            int dxStart = start(dx, row);
            for (int j = 0; j < run; j += LANES) {
                DoubleVector value = DoubleVector.fromArray(SPECIES, ys, yStart + j);
                DoubleVector slope = DoubleVector.fromArray(SPECIES, dys, dyStart + j);
                zero.blend(slope, value.compare(GT, 0)).intoArray(dxs, dxStart + j);
            }
        }
    }

    @Override
    public void tanh(Matrix x, Matrix y, int from, int to) {
        double[] xs = data(x);
        double[] ys = data(y);
        int run = Runs.length(x, y, to - from);
        for (int row = from; row < to; row += Runs.rows(run, y)) {
            Float64Activations.tanh(xs, start(x, row), ys, start(y, row), run);
        }
    }

    @Override
    public void tanhGradient(Matrix y, Matrix dy, Matrix dx, int from, int to) {
        double[] ys = data(y);
        double[] dys = data(dy);
        double[] dxs = data(dx);
        DoubleVector one = DoubleVector.broadcast(SPECIES, 1);
        int run = Runs.length(y, dy, dx, to - from);
        for (int row = from; row < to; row += Runs.rows(run, dx)) {
            int yStart = start(y, row);
            int dyStart = start(dy, row);
            int dxStart = start(dx, row);
            for (int j = 0; j < run; j += LANES) {
                DoubleVector value = DoubleVector.fromArray(SPECIES, ys, yStart + j);
                DoubleVector slope = DoubleVector.fromArray(SPECIES, dys, dyStart + j);
                slope.mul(value.neg().fma(value, one)).intoArray(dxs, dxStart + j);
            }
        }
    }

    @Override
    public void activate(Activation f, double p, Matrix x, Matrix y, int from, int to) {
        Float64ActivationLoops.values(f, p, x, y, from, to);
    }

    @Override
    public void activationGradient(Activation f, double p, Matrix x, Matrix dy, Matrix dx, int from, int to) {
        Float64ActivationLoops.gradients(f, p, x, dy, dx, from, to);
    }

    @Override
    public void scale(Matrix x, double factor, int from, int to) {
        double[] xs = data(x);
        double multiplier = factor;
        int run = (to - from) * x.stride();
        int xStart = start(x, from);
        for (int j = 0; j < run; j += LANES) {
            DoubleVector.fromArray(SPECIES, xs, xStart + j).mul(multiplier).intoArray(xs, xStart + j);
        }
    }

    @Override
    public void addScaled(double factor, Matrix x, Matrix y, int from, int to) {
        double[] xs = data(x);
        double[] ys = data(y);
        DoubleVector multiplier = DoubleVector.broadcast(SPECIES, factor);
        int run = Runs.length(x, y, to - from);
        for (int row = from; row < to; row += Runs.rows(run, y)) {
            int xStart = start(x, row);
            int yStart = start(y, row);
            for (int j = 0; j < run; j += LANES) {
                DoubleVector sum = DoubleVector.fromArray(SPECIES, ys, yStart + j);
                multiplier
                        .fma(DoubleVector.fromArray(SPECIES, xs, xStart + j), sum)
                        .intoArray(ys, yStart + j);
            }
        }
    }

    @Override
    public void update(Update update, Matrix gradient, List<Matrix> slots, Matrix parameter, int from, int to) {
        Float64Updates.run(update, gradient, slots, parameter, from, to);
    }

    @Override
    public void sumsOfSquares(Matrix x, double[] sums, int from, int to) {
        Float64Updates.sumsOfSquares(x, sums, from, to);
    }

    @Override
    public void softmax(Matrix z, Matrix p, double[] logSums, int from, int to) {
        double[] scores = data(z);
        double[] ps = data(p);
        int columns = z.columns();
        for (int row = from; row < to; row++) {
            int zRow = start(z, row);
            double max = scores[zRow];
            for (int j = 1; j < columns; j++) {
                max = scores[zRow + j] > max ? scores[zRow + j] : max;
            }
            logSums[row] = max;
            int pRow = start(p, row);
            for (int j = 0; j < columns; j += LANES) {
                DoubleVector.fromArray(SPECIES, scores, zRow + j).sub(max).intoArray(ps, pRow + j);
            }
        }
        exponentials(p, from, to);
        for (int row = from; row < to; row++) {
            int pRow = start(p, row);
            double sum = 0;
            for (int j = 0; j < columns; j++) {
                sum += ps[pRow + j];
            }
            for (int j = 0; j < columns; j += LANES) {
                DoubleVector.fromArray(SPECIES, ps, pRow + j).div(sum).intoArray(ps, pRow + j);
            }
            logSums[row] += Elementary.log(sum);
        }
    }

    /// p = eᵖ in the rows [from, to).
    private static void exponentials(Matrix p, int from, int to) {
        double[] ps = data(p);
        int run = p.stride() == Matrix.paddedStride(p.columns()) ? (to - from) * p.stride() : p.columns();
        for (int row = from; row < to; row += Runs.rows(run, p)) {
            Float64Exponentials.exp(ps, start(p, row), ps, start(p, row), run);
        }
    }

    @Override
    public void pixels(byte[] source, int[] indices, int first, Matrix result, int from, int to) {
        double[] xs = data(result);
        int columns = result.columns();
        for (int row = from; row < to; row++) {
            int image = indices[first + row] * columns;
            int target = start(result, row);
            for (int j = 0; j < columns; j++) {
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
        Float64Columns.outerSum(
                (DoubleMatrix) base,
                baseRow,
                (DoubleMatrix) w,
                wRow,
                (DoubleMatrix) a,
                aRow,
                shift,
                (DoubleMatrix) result,
                from,
                to);
    }

    @Override
    public void repeatColumn(Matrix source, int row, Matrix result, int from, int to) {
        double[] values = data(source);
        for (int r = from; r < to; r++) {
            int begin = start(result, r);
            Arrays.fill(data(result), begin, begin + result.columns(), values[start(source, row) + r]);
        }
    }

    @Override
    public void softmaxCrossEntropyColumns(Matrix z, Matrix t, int tRow, Matrix losses) {
        Float64Columns.softmaxCrossEntropy((DoubleMatrix) z, (DoubleMatrix) t, tRow, (DoubleMatrix) losses);
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
        double[] ws = data(w);
        int wStart = start(w, wRow);
        int aStart = start(a, aRow);
        int classes = z.columns();
        if (!Float64Moves.near(ws, wStart, classes, data(a), aStart, shift, losses.columns())) {
            return false;
        }
        Float64Moves.softmaxCrossEntropy(
                data(z),
                start(z, row),
                data(p),
                start(p, row),
                logSums[row],
                data(t),
                start(t, row),
                ws,
                wStart,
                classes,
                data(a),
                aStart,
                shift,
                data(losses),
                losses.offset(),
                losses.columns());
        return true;
    }

    @Override
    public void deltaCrossEntropyColumns(Matrix z, Matrix t, int tRow, double delta, Matrix losses) {
        Float64Columns.deltaCrossEntropy((DoubleMatrix) z, (DoubleMatrix) t, tRow, delta, (DoubleMatrix) losses);
    }

    @Override
    public void squaredErrorColumns(Matrix y, Matrix t, int tRow, double factor, Matrix losses) {
        Float64Columns.squaredError((DoubleMatrix) y, (DoubleMatrix) t, tRow, factor, (DoubleMatrix) losses);
    }

    private static double[] pixelValues() {
        double[] values = new double[256];
        for (int i = 0; i < values.length; i++) {
            values[i] = i / 255.0;
        }
        return values;
    }

    private static double[] data(Matrix matrix) {
        return ((DoubleMatrix) matrix).data();
    }

    private static int start(Matrix matrix, int row) {
        return matrix.offset() + row * matrix.stride();
    }
}
