package org.badak.kernel;

import java.util.Arrays;
import org.badak.matrix.DoubleMatrix;
import org.badak.matrix.Matrix;
import org.badak.matrix.Shape;

/// Loops over images in float64, in plain Java: the reference. The twin for the other precision differs in the element
/// type alone; a test holds the two together.
final class ScalarImagesFloat64 implements ImageOperations {
    @Override
    public void patches(Matrix x, int row, Window window, Matrix result) {
        double[] xs = data(x);
        double[] results = data(result);
        Shape image = window.image();
        int stride = window.stride();
        int tap = 0;
        for (int channel = 0; channel < image.channels(); channel++) {
            int plane = start(x, row) + channel * image.area();
            for (int ky = 0; ky < window.size(); ky++) {
                for (int kx = 0; kx < window.size(); kx++) {
                    int target = start(result, tap);
                    int firstRow = window.firstRow(ky);
                    int endRow = window.endRow(ky);
                    int first = window.firstColumn(kx);
                    int end = window.endColumn(kx);
                    Arrays.fill(results, target, target + firstRow * window.columns(), 0);
                    for (int oy = firstRow; oy < endRow; oy++) {
                        int line = target + oy * window.columns();
                        int source =
                                plane + (oy * stride + ky - window.padding()) * image.width() + kx - window.padding();
                        for (int ox = 0; ox < first; ox++) {
                            results[line + ox] = 0;
                        }
                        if (stride == 1) {
                            System.arraycopy(xs, source + first, results, line + first, end - first);
                        } else {
                            for (int ox = first; ox < end; ox++) {
                                results[line + ox] = xs[source + ox * stride];
                            }
                        }
                        for (int ox = end; ox < window.columns(); ox++) {
                            results[line + ox] = 0;
                        }
                    }
                    Arrays.fill(results, target + endRow * window.columns(), target + window.positions(), 0);
                    tap++;
                }
            }
        }
    }

    @Override
    public void patchRows(Matrix x, int row, Window window, Matrix result) {
        double[] xs = data(x);
        double[] results = data(result);
        Shape image = window.image();
        int size = window.size();
        for (int oy = 0; oy < window.rows(); oy++) {
            for (int ox = 0; ox < window.columns(); ox++) {
                int target = start(result, oy * window.columns() + ox);
                int left = ox * window.stride() - window.padding();
                for (int channel = 0; channel < image.channels(); channel++) {
                    int plane = start(x, row) + channel * image.area();
                    for (int ky = 0; ky < size; ky++) {
                        int iy = oy * window.stride() + ky - window.padding();
                        int source = plane + iy * image.width() + left;
                        if (iy >= 0 && iy < image.height() && left >= 0 && left + size <= image.width()) {
                            for (int kx = 0; kx < size; kx++) {
                                results[target + kx] = xs[source + kx];
                            }
                        } else {
                            for (int kx = 0; kx < size; kx++) {
                                boolean inside =
                                        iy >= 0 && iy < image.height() && left + kx >= 0 && left + kx < image.width();
                                results[target + kx] = inside ? xs[source + kx] : 0;
                            }
                        }
                        target += size;
                    }
                }
                results[target] = 1;
            }
        }
    }

    @Override
    public void fold(Matrix patches, Window window, Matrix dx, int row) {
        double[] sources = data(patches);
        double[] dxs = data(dx);
        Shape image = window.image();
        int stride = window.stride();
        Arrays.fill(dxs, start(dx, row), start(dx, row) + image.size(), 0);
        int tap = 0;
        for (int channel = 0; channel < image.channels(); channel++) {
            int plane = start(dx, row) + channel * image.area();
            for (int ky = 0; ky < window.size(); ky++) {
                for (int kx = 0; kx < window.size(); kx++) {
                    int first = window.firstColumn(kx);
                    int end = window.endColumn(kx);
                    for (int oy = window.firstRow(ky); oy < window.endRow(ky); oy++) {
                        int line = start(patches, tap) + oy * window.columns();
                        int target =
                                plane + (oy * stride + ky - window.padding()) * image.width() + kx - window.padding();
                        for (int ox = first; ox < end; ox++) {
                            dxs[target + ox * stride] += sources[line + ox];
                        }
                    }
                    tap++;
                }
            }
        }
    }

    @Override
    public void channels(Matrix x, int row, Matrix result) {
        for (int channel = 0; channel < result.rows(); channel++) {
            int source = start(x, row) + channel * result.columns();
            System.arraycopy(data(x), source, data(result), start(result, channel), result.columns());
        }
    }

    @Override
    public void image(Matrix source, Matrix y, int row) {
        for (int channel = 0; channel < source.rows(); channel++) {
            int target = start(y, row) + channel * source.columns();
            System.arraycopy(data(source), start(source, channel), data(y), target, source.columns());
        }
    }

    @Override
    public void sumBlocks(Matrix parts, int blocks, Matrix sums, Matrix last, int from, int to) {
        double[] values = data(parts);
        int filters = last.columns();
        for (int tap = from; tap < to; tap++) {
            double[] targets = tap < sums.rows() ? data(sums) : data(last);
            int target = tap < sums.rows() ? start(sums, tap) : start(last, 0);
            for (int filter = 0; filter < filters; filter++) {
                double sum = 0;
                for (int block = 0; block < blocks; block++) {
                    sum += values[start(parts, block * filters + filter) + tap];
                }
                targets[target + filter] = sum;
            }
        }
    }

    @Override
    public void maxPool(Matrix x, Window window, Matrix y, int from, int to) {
        double[] xs = data(x);
        double[] ys = data(y);
        Shape image = window.image();
        for (int row = from; row < to; row++) {
            int target = start(y, row);
            for (int channel = 0; channel < image.channels(); channel++) {
                int plane = start(x, row) + channel * image.area();
                for (int oy = 0; oy < window.rows(); oy++) {
                    int top = oy * window.stride() - window.padding();
                    for (int ox = 0; ox < window.columns(); ox++) {
                        int left = ox * window.stride() - window.padding();
                        int right = Math.min(left + window.size(), image.width());
                        double largest = Double.NEGATIVE_INFINITY;
                        for (int iy = Math.max(0, top); iy < Math.min(top + window.size(), image.height()); iy++) {
                            for (int ix = Math.max(0, left); ix < right; ix++) {
                                largest = Math.max(largest, xs[plane + iy * image.width() + ix]);
                            }
                        }
                        ys[target++] = largest;
                    }
                }
            }
        }
    }

    @Override
    public void maxPoolGradient(Matrix x, Window window, Matrix y, Matrix dy, Matrix dx, int from, int to) {
        double[] xs = data(x);
        double[] ys = data(y);
        double[] dys = data(dy);
        double[] dxs = data(dx);
        Shape image = window.image();
        for (int row = from; row < to; row++) {
            Arrays.fill(dxs, start(dx, row), start(dx, row) + image.size(), 0);
            int position = 0;
            for (int channel = 0; channel < image.channels(); channel++) {
                int plane = channel * image.area();
                for (int oy = 0; oy < window.rows(); oy++) {
                    int top = oy * window.stride() - window.padding();
                    for (int ox = 0; ox < window.columns(); ox++) {
                        int place = first(xs, start(x, row) + plane, window, top, ox, ys[start(y, row) + position]);
                        dxs[start(dx, row) + plane + place] += dys[start(dy, row) + position];
                        position++;
                    }
                }
            }
        }
    }

    /// Where in the plane the first number of a window stands that is not less than the largest.
    private static int first(double[] xs, int plane, Window window, int top, int ox, double largest) {
        Shape image = window.image();
        int left = ox * window.stride() - window.padding();
        int right = Math.min(left + window.size(), image.width());
        for (int iy = Math.max(0, top); iy < Math.min(top + window.size(), image.height()); iy++) {
            for (int ix = Math.max(0, left); ix < right; ix++) {
                if (!(xs[plane + iy * image.width() + ix] < largest)) {
                    return iy * image.width() + ix;
                }
            }
        }
        return Math.max(0, top) * image.width() + Math.max(0, left);
    }

    @Override
    public void averagePool(Matrix x, Window window, Matrix y, int from, int to) {
        double[] xs = data(x);
        double[] ys = data(y);
        Shape image = window.image();
        double area = window.size() * window.size();
        for (int row = from; row < to; row++) {
            int target = start(y, row);
            for (int channel = 0; channel < image.channels(); channel++) {
                int plane = start(x, row) + channel * image.area();
                for (int oy = 0; oy < window.rows(); oy++) {
                    int top = oy * window.stride() - window.padding();
                    for (int ox = 0; ox < window.columns(); ox++) {
                        int left = ox * window.stride() - window.padding();
                        int right = Math.min(left + window.size(), image.width());
                        double sum = 0;
                        for (int iy = Math.max(0, top); iy < Math.min(top + window.size(), image.height()); iy++) {
                            for (int ix = Math.max(0, left); ix < right; ix++) {
                                sum += xs[plane + iy * image.width() + ix];
                            }
                        }
                        ys[target++] = sum / area;
                    }
                }
            }
        }
    }

    @Override
    public void averagePoolGradient(Window window, Matrix dy, Matrix dx, int from, int to) {
        double[] dys = data(dy);
        double[] dxs = data(dx);
        Shape image = window.image();
        double area = window.size() * window.size();
        for (int row = from; row < to; row++) {
            int source = start(dy, row);
            Arrays.fill(dxs, start(dx, row), start(dx, row) + image.size(), 0);
            for (int channel = 0; channel < image.channels(); channel++) {
                int plane = start(dx, row) + channel * image.area();
                for (int oy = 0; oy < window.rows(); oy++) {
                    int top = oy * window.stride() - window.padding();
                    for (int ox = 0; ox < window.columns(); ox++) {
                        int left = ox * window.stride() - window.padding();
                        int right = Math.min(left + window.size(), image.width());
                        double share = dys[source++] / area;
                        for (int iy = Math.max(0, top); iy < Math.min(top + window.size(), image.height()); iy++) {
                            for (int ix = Math.max(0, left); ix < right; ix++) {
                                dxs[plane + iy * image.width() + ix] += share;
                            }
                        }
                    }
                }
            }
        }
    }

    private static double[] data(Matrix matrix) {
        return ((DoubleMatrix) matrix).data();
    }

    private static int start(Matrix matrix, int row) {
        return matrix.offset() + row * matrix.stride();
    }
}
