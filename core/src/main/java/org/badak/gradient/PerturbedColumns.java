package org.badak.gradient;

import java.util.ArrayList;
import java.util.List;
import org.badak.kernel.Kernels;
import org.badak.layer.Dense;
import org.badak.layer.Frame;
import org.badak.layer.Layer;
import org.badak.matrix.DoubleMatrix;
import org.badak.matrix.Matrix;
import org.badak.model.Network;
import org.badak.model.Parameters;
import org.badak.model.Pass;
import org.jspecify.annotations.Nullable;

/// The rest of a network, evaluated for one row of a batch and many perturbations at once: one thread's buffers.
///
/// Matrices stand upright, [features, perturbations], so that whatever mixes features (products, the sum of the
/// softmax) works on whole columns side by side. Views exist for every number of columns that is a multiple of
/// [Matrix#PADDING], so that an evaluation allocates nothing.
final class PerturbedColumns {
    private static final int MOST = 2 * DistinctInputs.CHUNK;
    /// Not a power of two: rows would fall into the same few lines of the cache.
    private static final int STRIDE = MOST + Matrix.PADDING;

    private final Network network;
    private final List<Layer> layers;
    private final Kernels kernels;
    private final List<List<Matrix>> parameters;
    private final Matrix identity; // [outputs, outputs]
    private final DoubleMatrix origin = DoubleMatrix.zeros(1, 1);
    private final DoubleMatrix step = DoubleMatrix.zeros(1, 1);
    private final List<Width> widths = new ArrayList<>();

    /// Views of one width; frames and matrices by position of the layer that writes them.
    private record Width(
            List<Matrix> single,
            List<Frame> singleFrames,
            List<Matrix> all,
            List<Frame> allFrames,
            DoubleMatrix losses) {}

    /// @param kernels for the one thread that will use this
    /// @param first position of the first layer whose parameters are perturbed
    PerturbedColumns(Network network, Parameters parameters, Kernels kernels, int first, double h) {
        this.network = network;
        this.kernels = kernels;
        layers = network.layers();
        List<List<Matrix>> tensors = new ArrayList<>();
        List<double[]> singleData = new ArrayList<>();
        List<double[]> allData = new ArrayList<>();
        for (int position = 0; position < layers.size(); position++) {
            tensors.add(parameters.layer(position));
            singleData.add(new double[STRIDE]);
            boolean used = position > first || position == layers.size() - 1;
            allData.add(new double[used ? Math.multiplyExact(network.width(position + 1), STRIDE) : 0]);
        }
        this.parameters = List.copyOf(tensors);
        step.set(0, 0, h);
        identity = kernels.zeros(network.outputs(), network.outputs());
        for (int i = 0; i < network.outputs(); i++) {
            identity.set(i, i, 1);
        }
        double[] losses = new double[STRIDE];
        for (int columns = Matrix.PADDING; columns <= MOST; columns += Matrix.PADDING) {
            widths.add(width(columns, singleData, allData, losses));
        }
    }

    private Width width(int columns, List<double[]> singleData, List<double[]> allData, double[] losses) {
        List<Matrix> single = new ArrayList<>();
        List<Matrix> all = new ArrayList<>();
        List<Frame> singleFrames = new ArrayList<>();
        List<Frame> allFrames = new ArrayList<>();
        Matrix x = kernels.zeros(0, columns);
        Matrix xs = x;
        for (int position = 0; position < layers.size(); position++) {
            Matrix y = new DoubleMatrix(singleData.get(position), 0, 1, columns, STRIDE);
            Matrix ys =
                    new DoubleMatrix(allData.get(position), 0, allData.get(position).length / STRIDE, columns, STRIDE);
            single.add(y);
            all.add(ys);
            singleFrames.add(new Frame(kernels, network.shape(position), x, y, y, x, false, List.of(), List.of()));
            allFrames.add(new Frame(kernels, network.shape(position), xs, ys, ys, xs, false, List.of(), List.of()));
            x = y;
            xs = ys;
        }
        return new Width(
                List.copyOf(single),
                List.copyOf(singleFrames),
                List.copyOf(all),
                List.copyOf(allFrames),
                new DoubleMatrix(losses, 0, 1, columns, STRIDE));
    }

    /// f(w + h) − f(w − h) of one row of the batch, for one chunk of perturbations of the weights that lead to one
    /// unit.
    ///
    /// @param pass the unperturbed evaluation of the whole batch
    /// @param targets [N, outputs]
    /// @param dense position of the layer whose weights are perturbed
    /// @param unit which of its outputs
    /// @param row which row of the batch
    /// @param steps a row of directions per chunk, of which row `chunk` is meant: `count` times + and as often −
    /// @param softmax of the pass's outputs, if the loss is that of softmax and cross-entropy
    /// @param differences overwritten from `start` on, `count` entries
    void differences(
            Pass pass,
            Matrix targets,
            int dense,
            int unit,
            int row,
            Matrix steps,
            int chunk,
            int count,
            @Nullable BatchSoftmax softmax,
            double[] differences,
            int start) {
        Width width = widths.get((2 * count - 1) / Matrix.PADDING);
        origin.set(0, 0, pass.outputs(dense).get(row, unit));
        kernels.outerSum(origin, 0, step, 0, steps, chunk, 0, width.single.get(dense));
        int position = dense + 1;
        while (position < layers.size() && !(layers.get(position) instanceof Dense)) {
            layers.get(position).forward(width.singleFrames.get(position));
            position++;
        }
        double unmoved = pass.outputs(position - 1).get(row, unit);
        Matrix moved = width.single.get(position - 1);
        int last = layers.size() - 1;
        if (position >= last && softmax != null) {
            Matrix w = position > last ? identity : parameters.get(position).getFirst();
            if (kernels.softmaxCrossEntropyMoved(
                    pass.outputs(last),
                    softmax.probabilities(),
                    softmax.logSums(),
                    targets,
                    row,
                    w,
                    unit,
                    moved,
                    0,
                    unmoved,
                    width.losses)) {
                subtract(width, count, differences, start);
                return;
            }
        }
        if (position > last) {
            kernels.outerSum(pass.outputs(last), row, identity, unit, moved, 0, unmoved, width.all.get(last));
        } else {
            Matrix w = parameters.get(position).getFirst();
            kernels.outerSum(pass.outputs(position), row, w, unit, moved, 0, unmoved, width.all.get(position));
        }
        for (position++; position <= last; position++) {
            forward(width, position);
        }
        network.loss().evaluateColumns(kernels, width.all.get(last), targets, row, width.losses);
        subtract(width, count, differences, start);
    }

    private static void subtract(Width width, int count, double[] differences, int start) {
        double[] losses = width.losses.data();
        for (int slot = 0; slot < count; slot++) {
            differences[start + slot] = losses[slot] - losses[count + slot];
        }
    }

    private void forward(Width width, int position) {
        if (layers.get(position) instanceof Dense) {
            List<Matrix> tensors = parameters.get(position);
            kernels.affineColumns(width.all.get(position - 1), tensors.get(0), tensors.get(1), width.all.get(position));
        } else {
            layers.get(position).forward(width.allFrames.get(position));
        }
    }
}
