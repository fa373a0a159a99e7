package org.badak.model;

import java.util.ArrayList;
import java.util.List;
import org.badak.kernel.Kernels;
import org.badak.layer.BufferShape;
import org.badak.layer.Mode;
import org.badak.layer.Moment;
import org.badak.matrix.Matrix;
import org.badak.matrix.ShapeException;

/// Every buffer that passes through a network need, made once. Buffers grow to the largest batch seen; each input
/// matrix gets its [Pass], remembered by identity, so that reused batches allocate nothing.
public final class Workspace {
    private static final int REMEMBERED = 16;

    private final Network network;
    private final Parameters parameters;
    private final Parameters gradients;
    private final Kernels kernels;
    private final boolean learning;
    private final Moment moment;
    private final List<Pass> passes = new ArrayList<>();
    private List<Matrix> outputs = List.of();
    private List<Matrix> outputGradients = List.of();
    private List<List<Matrix>> layerBuffers = List.of();
    private double[] rowLosses = new double[0];
    private int capacity;

    private Workspace(
            Network network,
            Parameters parameters,
            Parameters gradients,
            Kernels kernels,
            boolean learning,
            Moment moment) {
        if (parameters.precision() != kernels.precision()) {
            throw new IllegalArgumentException("workspace: expected kernels of the parameters' precision "
                    + parameters.precision() + ", found " + kernels.precision());
        }
        this.network = network;
        this.parameters = parameters;
        this.gradients = gradients;
        this.kernels = kernels;
        this.learning = learning;
        this.moment = moment;
    }

    /// For forward and backward passes of learning, with the random numbers of seed 0.
    ///
    /// @param gradients where backward passes leave ∂loss/∂parameters
    public static Workspace forLearning(Network network, Parameters parameters, Parameters gradients, Kernels kernels) {
        return forLearning(network, parameters, gradients, kernels, 0);
    }

    /// For forward and backward passes of learning.
    ///
    /// @param gradients where backward passes leave ∂loss/∂parameters, and forward passes the next values of
    ///     tensors that are not trainable
    /// @param seed of what layers such as dropout draw
    public static Workspace forLearning(
            Network network, Parameters parameters, Parameters gradients, Kernels kernels, long seed) {
        return new Workspace(network, parameters, gradients, kernels, true, new Moment(Mode.LEARNING, seed));
    }

    /// For the losses of learning without gradients, as numerical differentiation takes them: units are dropped and
    /// statistics are the batch's; backward is refused, and buffers are half as many.
    ///
    /// @param next where forward passes leave the next values of tensors that are not trainable, and nothing else
    public static Workspace forLosses(
            Network network, Parameters parameters, Parameters next, Kernels kernels, long seed) {
        return new Workspace(network, parameters, next, kernels, false, new Moment(Mode.LEARNING, seed));
    }

    /// For predictions and their losses; backward is refused, and buffers are half as many.
    public static Workspace forInference(Network network, Parameters parameters, Kernels kernels) {
        return new Workspace(network, parameters, parameters, kernels, false, new Moment(Mode.INFERENCE, 0));
    }

    /// Goes to the training step whose random numbers the next passes draw; step 0 at first.
    public void at(long step) {
        moment.at(step);
    }

    /// Goes to a training step of whose batch the next passes take a part, see [Moment#firstRow].
    ///
    /// @param firstRow the row of the whole batch with which the part begins
    public void at(long step, int firstRow) {
        moment.at(step, firstRow);
    }

    /// The pass over an input matrix.
    ///
    /// @param x [batch, inputs], read by each forward pass
    /// @throws ShapeException if x has the wrong number of columns
    public Pass pass(Matrix x) {
        for (int i = 0; i < passes.size(); i++) {
            if (passes.get(i).input() == x) {
                return passes.get(i);
            }
        }
        ShapeException.requireEqual("columns of x", network.inputs(), x.columns());
        if (x.precision() != kernels.precision()) {
            throw new IllegalArgumentException(
                    "x: expected precision " + kernels.precision() + ", found " + x.precision());
        }
        if (outputs.isEmpty() || x.rows() > capacity) {
            grow(x.rows());
        }
        if (passes.size() == REMEMBERED) {
            passes.removeFirst();
        }
        Pass pass = new Pass(
                network,
                kernels,
                parameters,
                gradients,
                x,
                outputs,
                outputGradients,
                layerBuffers,
                moment,
                rowLosses,
                learning);
        passes.add(pass);
        return pass;
    }

    private void grow(int rows) {
        capacity = rows;
        passes.clear();
        rowLosses = new double[rows];
        List<Matrix> newOutputs = new ArrayList<>();
        List<Matrix> newGradients = new ArrayList<>();
        List<List<Matrix>> newBuffers = new ArrayList<>();
        int last = network.layers().size() - 1;
        for (int position = 0; position <= last; position++) {
            int width = network.width(position + 1);
            newOutputs.add(kernels.zeros(rows, width));
            newGradients.add(kernels.zeros(learning || position == last ? rows : 0, width));
            List<Matrix> buffers = new ArrayList<>();
            for (BufferShape shape : network.layers().get(position).buffers(network.shape(position))) {
                buffers.add(kernels.zeros(shape.rows(rows), shape.columns()));
            }
            newBuffers.add(buffers);
        }
        layerBuffers = newBuffers;
        outputs = newOutputs;
        outputGradients = newGradients;
    }
}
