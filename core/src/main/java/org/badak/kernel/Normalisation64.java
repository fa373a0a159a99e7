package org.badak.kernel;

import java.util.Arrays;
import org.badak.matrix.DoubleMatrix;
import org.badak.matrix.Matrix;

/// Batch and layer normalisation in float64.
final class Normalisation64 implements Normalisation {
    private double[] sums = new double[0];
    private double[] products = new double[0];

    @Override
    public void statistics(Matrix x, int area, Matrix mean, Matrix variance) {
        double[] xs = data(x);
        double[] means = data(mean);
        double count = (double) x.rows() * area;
        clear(mean.columns());
        for (int row = 0; row < x.rows(); row++) {
            int place = start(x, row);
            for (int channel = 0; channel < mean.columns(); channel++) {
                double sum = sums[channel];
                for (int k = 0; k < area; k++) {
                    sum += xs[place++];
                }
                sums[channel] = sum;
            }
        }
        for (int channel = 0; channel < mean.columns(); channel++) {
            sums[channel] /= count;
            means[mean.offset() + channel] = sums[channel];
        }
        for (int row = 0; row < x.rows(); row++) {
            int place = start(x, row);
            for (int channel = 0; channel < mean.columns(); channel++) {
                double centre = sums[channel];
                double sum = products[channel];
                for (int k = 0; k < area; k++) {
                    double difference = xs[place++] - centre;
                    sum += difference * difference;
                }
                products[channel] = sum;
            }
        }
        for (int channel = 0; channel < mean.columns(); channel++) {
            data(variance)[variance.offset() + channel] = (products[channel] / count);
        }
    }

    @Override
    public void channels(Matrix x, int area, Matrix mean, Matrix inverse, Matrix gamma, Matrix beta, Matrix y) {
        double[] xs = data(x);
        double[] ys = data(y);
        for (int row = 0; row < x.rows(); row++) {
            int place = start(x, row);
            int target = start(y, row);
            for (int channel = 0; channel < mean.columns(); channel++) {
                double centre = data(mean)[mean.offset() + channel];
                double factor = data(inverse)[inverse.offset() + channel];
                double scale = data(gamma)[gamma.offset() + channel];
                double shift = data(beta)[beta.offset() + channel];
                for (int k = 0; k < area; k++) {
                    ys[target++] = Fma.fma((xs[place++] - centre) * factor, scale, shift);
                }
            }
        }
    }

    @Override
    public void channelSums(Matrix x, Matrix dy, int area, Matrix mean, Matrix inverse, Matrix dgamma, Matrix dbeta) {
        double[] xs = data(x);
        double[] dys = data(dy);
        clear(mean.columns());
        for (int row = 0; row < x.rows(); row++) {
            int place = start(x, row);
            int slope = start(dy, row);
            for (int channel = 0; channel < mean.columns(); channel++) {
                double centre = data(mean)[mean.offset() + channel];
                double factor = data(inverse)[inverse.offset() + channel];
                double sum = sums[channel];
                double product = products[channel];
                for (int k = 0; k < area; k++) {
                    double each = dys[slope++];
                    sum += each;
                    product += 1.0 * each * ((xs[place++] - centre) * factor);
                }
                sums[channel] = sum;
                products[channel] = product;
            }
        }
        store(dgamma, dbeta);
    }

    @Override
    public void channelGradient(
            Matrix x,
            Matrix dy,
            int area,
            Matrix mean,
            Matrix inverse,
            Matrix gamma,
            Matrix dgamma,
            Matrix dbeta,
            double share,
            Matrix dx) {
        double[] xs = data(x);
        double[] dys = data(dy);
        double[] dxs = data(dx);
        for (int row = 0; row < x.rows(); row++) {
            int place = start(x, row);
            int slope = start(dy, row);
            int target = start(dx, row);
            for (int channel = 0; channel < mean.columns(); channel++) {
                double centre = data(mean)[mean.offset() + channel];
                double factor = data(inverse)[inverse.offset() + channel];
                double scale = data(gamma)[gamma.offset() + channel] * factor;
                double sum = (share * data(dbeta)[dbeta.offset() + channel]);
                double product = (share * data(dgamma)[dgamma.offset() + channel]);
                for (int k = 0; k < area; k++) {
                    double normalised = (xs[place++] - centre) * factor;
                    dxs[target++] = scale * (dys[slope++] - Fma.fma(normalised, product, sum));
                }
            }
        }
    }

    @Override
    public void rows(Matrix x, double epsilon, Matrix gamma, Matrix beta, Matrix statistics, Matrix y) {
        double[] xs = data(x);
        double[] ys = data(y);
        int columns = x.columns();
        for (int row = 0; row < x.rows(); row++) {
            int xStart = start(x, row);
            double sum = 0;
            for (int j = 0; j < columns; j++) {
                sum += xs[xStart + j];
            }
            double mean = sum / columns;
            double squares = 0;
            for (int j = 0; j < columns; j++) {
                double difference = xs[xStart + j] - mean;
                squares += difference * difference;
            }
            double centre = mean;
            double factor = (1 / Math.sqrt(squares / columns + epsilon));
            data(statistics)[start(statistics, row)] = centre;
            data(statistics)[start(statistics, row) + 1] = factor;
            int yStart = start(y, row);
            for (int j = 0; j < columns; j++) {
                double normalised = (xs[xStart + j] - centre) * factor;
                ys[yStart + j] = Fma.fma(normalised, data(gamma)[gamma.offset() + j], data(beta)[beta.offset() + j]);
            }
        }
    }

    @Override
    public void rowSums(Matrix x, Matrix dy, Matrix statistics, Matrix dgamma, Matrix dbeta) {
        double[] xs = data(x);
        double[] dys = data(dy);
        clear(x.columns());
        for (int row = 0; row < x.rows(); row++) {
            double centre = data(statistics)[start(statistics, row)];
            double factor = data(statistics)[start(statistics, row) + 1];
            int xStart = start(x, row);
            int dyStart = start(dy, row);
            for (int j = 0; j < x.columns(); j++) {
                double each = dys[dyStart + j];
                sums[j] += each;
                products[j] += 1.0 * each * ((xs[xStart + j] - centre) * factor);
            }
        }
        store(dgamma, dbeta);
    }

    @Override
    public void rowGradient(Matrix x, Matrix dy, Matrix statistics, Matrix gamma, Matrix dx) {
        double[] xs = data(x);
        double[] dys = data(dy);
        double[] dxs = data(dx);
        double[] scales = data(gamma);
        int columns = x.columns();
        for (int row = 0; row < x.rows(); row++) {
            double centre = data(statistics)[start(statistics, row)];
            double factor = data(statistics)[start(statistics, row) + 1];
            int xStart = start(x, row);
            int dyStart = start(dy, row);
            double sum = 0;
            double product = 0;
            for (int j = 0; j < columns; j++) {
                double slope = dys[dyStart + j] * scales[gamma.offset() + j];
                sum += slope;
                product += 1.0 * slope * ((xs[xStart + j] - centre) * factor);
            }
            double mean = (sum / columns);
            double along = (product / columns);
            int dxStart = start(dx, row);
            for (int j = 0; j < columns; j++) {
                double slope = dys[dyStart + j] * scales[gamma.offset() + j];
                double normalised = (xs[xStart + j] - centre) * factor;
                dxs[dxStart + j] = factor * (slope - Fma.fma(normalised, along, mean));
            }
        }
    }

    private void clear(int count) {
        if (sums.length < count) {
            sums = new double[count];
            products = new double[count];
        }
        Arrays.fill(sums, 0, count, 0);
        Arrays.fill(products, 0, count, 0);
    }

    private void store(Matrix dgamma, Matrix dbeta) {
        for (int j = 0; j < dgamma.columns(); j++) {
            data(dgamma)[dgamma.offset() + j] = products[j];
            data(dbeta)[dbeta.offset() + j] = sums[j];
        }
    }

    private static double[] data(Matrix matrix) {
        return ((DoubleMatrix) matrix).data();
    }

    private static int start(Matrix matrix, int row) {
        return matrix.offset() + row * matrix.stride();
    }
}
