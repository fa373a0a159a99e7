package org.badak.kernel;

import java.util.Arrays;
import java.util.List;
import org.badak.matrix.FloatMatrix;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;

/// The scalar kernels in float32: plain loops, the reference for every other kernel set. The twin for the other
/// precision
/// differs in the element type alone; a test holds the two together.
final class ScalarFloat32 implements Operations {
    private static final int BLOCK = 256;
    private static final ThreadLocal<float[]> SUMS = ThreadLocal.withInitial(() -> new float[BLOCK]);
    private static final ThreadLocal<float[]> MAXIMA = ThreadLocal.withInitial(() -> new float[BLOCK]);

    @Override
    public Precision precision() {
        return Precision.FLOAT32;
    }

    @Override
    public void multiply(Matrix a, boolean transposed, Matrix b, Matrix c, int from, int to) {
        float[] as = data(a);
        float[] bs = data(b);
        float[] cs = data(c);
        int inner = b.rows();
        int columns = b.columns();
        float[] sums = SUMS.get();
        for (int row = from; row < to; row++) {
            int cRow = c.offset() + row * c.stride();
            for (int start = 0; start < columns; start += BLOCK) {
                int width = Math.min(BLOCK, columns - start);
                System.arraycopy(cs, cRow + start, sums, 0, width);
                for (int k = 0; k < inner; k++) {
                    float factor =
                            transposed ? as[a.offset() + k * a.stride() + row] : as[a.offset() + row * a.stride() + k];
                    int bRow = b.offset() + k * b.stride() + start;
                    for (int j = 0; j < width; j++) {
                        sums[j] = Fma.fma(factor, bs[bRow + j], sums[j]);
                    }
                }
                System.arraycopy(sums, 0, cs, cRow + start, width);
            }
        }
    }

    @Override
    public void transpose(Matrix b, Matrix result, int from, int to) {
        float[] source = data(b);
        float[] target = data(result);
        for (int row = from; row < to; row++) {
            int targetRow = result.offset() + row * result.stride();
            for (int column = 0; column < result.columns(); column++) {
                target[targetRow + column] = source[b.offset() + column * b.stride() + row];
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
        float[] values = data(a);
        float[] sums = data(result);
        Arrays.fill(sums, result.offset(), result.offset() + result.columns(), 0);
        for (int row = 0; row < a.rows(); row++) {
            int aRow = start(a, row);
            for (int column = 0; column < a.columns(); column++) {
                sums[result.offset() + column] += values[aRow + column];
            }
        }
    }

    @Override
    public boolean allFinite(Matrix x, int from, int to) {
        float[] xs = data(x);
        float sum = 0; // stays 0, or becomes NaN
        for (int row = from; row < to; row++) {
            int xRow = start(x, row);
            for (int j = 0; j < x.columns(); j++) {
                sum += 0 * xs[xRow + j];
            }
        }
        return sum == 0;
    }

    @Override
    public void sigmoid(Matrix x, Matrix y, int from, int to) {
        float[] xs = data(x);
        float[] ys = data(y);
        for (int row = from; row < to; row++) {
            int xRow = start(x, row);
            int yRow = start(y, row);
            for (int j = 0; j < x.columns(); j++) {
                float value = xs[xRow + j];
                ys[yRow + j] = Elementary.sigmoid(value);
            }
        }
    }

    @Override
    public void sigmoidGradient(Matrix y, Matrix dy, Matrix dx, int from, int to) {
        float[] ys = data(y);
        float[] dys = data(dy);
        float[] dxs = data(dx);
        for (int row = from; row < to; row++) {
            int yRow = start(y, row);
            int dyRow = start(dy, row);
            int dxRow = start(dx, row);
            for (int j = 0; j < y.columns(); j++) {
                float value = ys[yRow + j];
                float slope = dys[dyRow + j];
                dxs[dxRow + j] = slope * ((1 - value) * value);
            }
        }
    }

    @Override
    public void relu(Matrix x, Matrix y, int from, int to) {
        float[] xs = data(x);
        float[] ys = data(y);
        for (int row = from; row < to; row++) {
            int xRow = start(x, row);
            int yRow = start(y, row);
            for (int j = 0; j < x.columns(); j++) {
                float value = xs[xRow + j];
                ys[yRow + j] = value < 0 ? 0 : value;
            }
        }
    }

    @Override
    public void reluGradient(Matrix y, Matrix dy, Matrix dx, int from, int to) {
        float[] ys = data(y);
        float[] dys = data(dy);
        float[] dxs = data(dx);
        for (int row = from; row < to; row++) {
            int yRow = start(y, row);
            int dyRow = start(dy, row);
            int dxRow = start(dx, row);
            for (int j = 0; j < y.columns(); j++) {
                float value = ys[yRow + j];
                float slope = dys[dyRow + j];
                dxs[dxRow + j] = value > 0 ? slope : 0;
            }
        }
    }

    @Override
    public void tanh(Matrix x, Matrix y, int from, int to) {
        float[] xs = data(x);
        float[] ys = data(y);
        for (int row = from; row < to; row++) {
            int xRow = start(x, row);
            int yRow = start(y, row);
            for (int j = 0; j < x.columns(); j++) {
                float value = xs[xRow + j];
                ys[yRow + j] = Elementary.tanh(value);
            }
        }
    }

    @Override
    public void tanhGradient(Matrix y, Matrix dy, Matrix dx, int from, int to) {
        float[] ys = data(y);
        float[] dys = data(dy);
        float[] dxs = data(dx);
        for (int row = from; row < to; row++) {
            int yRow = start(y, row);
            int dyRow = start(dy, row);
            int dxRow = start(dx, row);
            for (int j = 0; j < y.columns(); j++) {
                float value = ys[yRow + j];
                float slope = dys[dyRow + j];
                dxs[dxRow + j] = slope * Fma.fma(-value, value, 1);
            }
        }
    }

    @Override
    public void scale(Matrix x, double factor, int from, int to) {
        float[] xs = data(x);
        float multiplier = (float) factor;
        for (int row = from; row < to; row++) {
            int xRow = start(x, row);
            for (int j = 0; j < x.columns(); j++) {
                xs[xRow + j] *= multiplier;
            }
        }
    }

    @Override
    public void addScaled(double factor, Matrix x, Matrix y, int from, int to) {
        float[] xs = data(x);
        float[] ys = data(y);
        float multiplier = (float) factor;
        for (int row = from; row < to; row++) {
            int xRow = start(x, row);
            int yRow = start(y, row);
            for (int j = 0; j < x.columns(); j++) {
                ys[yRow + j] = Fma.fma(multiplier, xs[xRow + j], ys[yRow + j]);
            }
        }
    }

    @Override
    public void update(Update update, Matrix gradient, List<Matrix> slots, Matrix parameter, int from, int to) {
        ScalarFloat32Updates.run(update, gradient, slots, parameter, from, to);
    }

    @Override
    public void sumsOfSquares(Matrix x, double[] sums, int from, int to) {
        ScalarFloat32Updates.sumsOfSquares(x, sums, from, to);
    }

    @Override
    public void softmax(Matrix z, Matrix p, double[] logSums, int from, int to) {
        float[] scores = data(z);
        float[] probabilities = data(p);
        int columns = z.columns();
        for (int row = from; row < to; row++) {
            int zRow = start(z, row);
            int pRow = start(p, row);
            float max = scores[zRow];
            for (int j = 1; j < columns; j++) {
                max = scores[zRow + j] > max ? scores[zRow + j] : max;
            }
            float sum = 0;
            for (int j = 0; j < columns; j++) {
                float exponential = Elementary.exp(scores[zRow + j] - max);
                probabilities[pRow + j] = exponential;
                sum += exponential;
            }
            for (int j = 0; j < columns; j++) {
                probabilities[pRow + j] = probabilities[pRow + j] / sum;
            }
            logSums[row] = max + Elementary.log(sum);
        }
    }

    @Override
    public void pixels(byte[] source, int[] indices, int first, Matrix result, int from, int to) {
        float[] xs = data(result);
        int columns = result.columns();
        for (int row = from; row < to; row++) {
            int image = indices[first + row] * columns;
            int target = start(result, row);
            for (int j = 0; j < columns; j++) {
                xs[target + j] = (source[image + j] & 0xFF) / 255f;
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
        float[] bases = data(base);
        float[] ws = data(w);
        float[] as = data(a);
        float[] results = data(result);
        float[] moves = SUMS.get();
        float origin = (float) shift;
        for (int start = 0; start < result.columns(); start += BLOCK) {
            int width = Math.min(BLOCK, result.columns() - start);
            int aStart = start(a, aRow) + start;
            for (int l = 0; l < width; l++) {
                moves[l] = as[aStart + l] - origin;
            }
            for (int row = from; row < to; row++) {
                float factor = ws[start(w, wRow) + row];
                float sum = bases[start(base, baseRow) + row];
                int resultStart = start(result, row) + start;
                for (int l = 0; l < width; l++) {
                    results[resultStart + l] = Fma.fma(factor, moves[l], sum);
                }
            }
        }
    }

    @Override
    public void repeatColumn(Matrix source, int row, Matrix result, int from, int to) {
        float[] values = data(source);
        for (int r = from; r < to; r++) {
            int resultStart = start(result, r);
            Arrays.fill(data(result), resultStart, resultStart + result.columns(), values[start(source, row) + r]);
        }
    }

    @Override
    public void softmaxCrossEntropyColumns(Matrix z, Matrix t, int tRow, Matrix losses) {
        float[] scores = data(z);
        float[] targets = data(t);
        float[] maxima = MAXIMA.get();
        float[] sums = SUMS.get();
        for (int start = 0; start < z.columns(); start += BLOCK) {
            int width = Math.min(BLOCK, z.columns() - start);
            sumExponentials(z, start, width, maxima, sums);
            for (int l = 0; l < width; l++) {
                double logSum = maxima[l] + Elementary.log(sums[l]);
                double loss = 0;
                for (int k = 0; k < z.rows(); k++) {
                    double target = targets[start(t, tRow) + k];
                    if (target != 0) {
                        loss += target * (logSum - scores[start(z, k) + start + l]);
                    }
                }
                data(losses)[losses.offset() + start + l] = (float) loss;
            }
        }
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
        float[] as = data(a);
        float[] ws = data(w);
        float[] results = data(losses);
        float origin = (float) shift;
        float largest = 0;
        for (int k = 0; k < z.columns(); k++) {
            largest = Math.max(largest, Math.abs(ws[start(w, wRow) + k])); // NaN stays
        }
        float near = (float) Elementary.NEAR;
        for (int l = 0; l < losses.columns(); l++) {
            float move = as[start(a, aRow) + l] - origin;
            if (!(Math.abs(move) * largest <= near)) {
                return false;
            }
        }
        float[] moves = MAXIMA.get();
        float[] sums = SUMS.get();
        float logSum = (float) logSums[row];
        for (int start = 0; start < losses.columns(); start += BLOCK) {
            int width = Math.min(BLOCK, losses.columns() - start);
            for (int l = 0; l < width; l++) {
                moves[l] = as[start(a, aRow) + start + l] - origin;
            }
            Arrays.fill(sums, 0, width, 0);
            for (int k = 0; k < z.columns(); k++) {
                float factor = ws[start(w, wRow) + k];
                float share = data(p)[start(p, row) + k];
                for (int l = 0; l < width; l++) {
                    sums[l] = Fma.fma(share, Elementary.exponentialNear(factor * moves[l]), sums[l]);
                }
            }
            int result = losses.offset() + start;
            Arrays.fill(results, result, result + width, 0);
            for (int l = 0; l < width; l++) {
                sums[l] = logSum + Elementary.logNear(sums[l]);
            }
            for (int k = 0; k < z.columns(); k++) {
                float target = data(t)[start(t, row) + k];
                if (target != 0) {
                    float factor = ws[start(w, wRow) + k];
                    float score = data(z)[start(z, row) + k];
                    for (int l = 0; l < width; l++) {
                        results[result + l] += target * (sums[l] - Fma.fma(factor, moves[l], score));
                    }
                }
            }
        }
        return true;
    }

    @Override
    public void deltaCrossEntropyColumns(Matrix z, Matrix t, int tRow, double delta, Matrix losses) {
        float[] scores = data(z);
        float[] targets = data(t);
        float[] maxima = MAXIMA.get();
        float[] sums = SUMS.get();
        for (int start = 0; start < z.columns(); start += BLOCK) {
            int width = Math.min(BLOCK, z.columns() - start);
            sumExponentials(z, start, width, maxima, sums);
            for (int l = 0; l < width; l++) {
                double loss = 0;
                for (int k = 0; k < z.rows(); k++) {
                    double target = targets[start(t, tRow) + k];
                    if (target != 0) {
                        float y = Elementary.exp(scores[start(z, k) + start + l] - maxima[l]) / sums[l];
                        loss -= target * Elementary.log(y + delta);
                    }
                }
                data(losses)[losses.offset() + start + l] = (float) loss;
            }
        }
    }

    @Override
    public void squaredErrorColumns(Matrix y, Matrix t, int tRow, double factor, Matrix losses) {
        float[] ys = data(y);
        float[] targets = data(t);
        for (int l = 0; l < y.columns(); l++) {
            double sum = 0;
            for (int k = 0; k < y.rows(); k++) {
                double target = targets[start(t, tRow) + k];
                double difference = ys[start(y, k) + l] - target;
                sum = Fma.fma(difference, difference, sum);
            }
            double loss = factor * sum;
            data(losses)[losses.offset() + l] = (float) loss;
        }
    }

    /// The largest element of each column, and Σₖ e^(zₖ − max) in ascending order of k.
    private static void sumExponentials(Matrix z, int start, int width, float[] maxima, float[] sums) {
        float[] scores = data(z);
        System.arraycopy(scores, start(z, 0) + start, maxima, 0, width);
        for (int k = 1; k < z.rows(); k++) {
            int zStart = start(z, k) + start;
            for (int l = 0; l < width; l++) {
                float score = scores[zStart + l];
                maxima[l] = score > maxima[l] ? score : maxima[l];
            }
        }
        Arrays.fill(sums, 0, width, 0);
        for (int k = 0; k < z.rows(); k++) {
            int zStart = start(z, k) + start;
            for (int l = 0; l < width; l++) {
                sums[l] += Elementary.exp(scores[zStart + l] - maxima[l]);
            }
        }
    }

    private static float[] data(Matrix matrix) {
        return ((FloatMatrix) matrix).data();
    }

    private static int start(Matrix matrix, int row) {
        return matrix.offset() + row * matrix.stride();
    }
}
