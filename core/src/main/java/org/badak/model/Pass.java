package org.badak.model;

import java.util.ArrayList;
import java.util.List;
import org.badak.data.Batch;
import org.badak.kernel.Epilogue;
import org.badak.kernel.Kernels;
import org.badak.layer.BufferShape;
import org.badak.layer.Dense;
import org.badak.layer.Elementwise;
import org.badak.layer.Frame;
import org.badak.layer.Layer;
import org.badak.layer.Moment;
import org.badak.layer.ResidualEnd;
import org.badak.layer.ResidualStart;
import org.badak.loss.Targets;
import org.badak.matrix.Matrix;

/// One way through a network for the rows of one input matrix: forward, loss, backward. Made by a [Workspace], whose
/// buffers it shares with the other passes: what a pass holds is good until the next pass begins.
public final class Pass {
    private final Network network;
    private final Kernels kernels;
    private final Matrix input;
    private final Matrix outputs;
    private final Matrix outputGradient;
    private final double[] rowLosses;
    private final boolean learning;
    private final List<Frame> frames;
    private final int firstWithParameters;

    Pass(
            Network network,
            Kernels kernels,
            Parameters parameters,
            Parameters gradients,
            Matrix input,
            List<Matrix> outputBuffers,
            List<Matrix> gradientBuffers,
            List<List<Matrix>> layerBuffers,
            Moment moment,
            double[] rowLosses,
            boolean learning) {
        this.network = network;
        this.kernels = kernels;
        this.input = input;
        this.rowLosses = rowLosses;
        this.learning = learning;
        int rows = input.rows();
        int depth = network.layers().size();
        int first = 0;
        while (first < depth - 1 && !trainable(parameters, first)) {
            first++;
        }
        firstWithParameters = first;
        List<Frame> made = new ArrayList<>();
        Matrix x = input;
        Matrix dx = kernels.zeros(0, network.inputs());
        for (int position = 0; position < depth; position++) {
            Matrix y = outputBuffers.get(position).head(rows);
            Matrix gradientBuffer = gradientBuffers.get(position);
            Matrix dy = gradientBuffer.head(Math.min(rows, gradientBuffer.rows()));
            made.add(new Frame(
                    kernels,
                    network.shape(position),
                    x,
                    y,
                    dy,
                    dx,
                    position > first,
                    parameters.layer(position),
                    gradients.layer(position),
                    buffers(network, position, layerBuffers.get(position), outputBuffers, gradientBuffers, rows),
                    position,
                    moment));
            x = y;
            dx = dy;
        }
        frames = List.copyOf(made);
        outputs = x;
        outputGradient = dx;
    }

    private static boolean trainable(Parameters parameters, int layer) {
        return parameters.slots().stream().anyMatch(slot -> slot.layer() == layer && slot.trainable());
    }

    /// What the layer asked for; of the ends of a residual block, the y of its start or the dy of its end.
    private static List<Matrix> buffers(
            Network network,
            int position,
            List<Matrix> largest,
            List<Matrix> outputs,
            List<Matrix> gradients,
            int rows) {
        if (network.layers().get(position) instanceof ResidualEnd) {
            return List.of(outputs.get(network.partner(position)).head(rows));
        }
        if (network.layers().get(position) instanceof ResidualStart) {
            Matrix dy = gradients.get(network.partner(position));
            return List.of(dy.head(Math.min(rows, dy.rows())));
        }
        List<BufferShape> shapes = network.layers().get(position).buffers(network.shape(position));
        List<Matrix> views = new ArrayList<>();
        for (int i = 0; i < shapes.size(); i++) {
            views.add(largest.get(i).head(shapes.get(i).rows(rows)));
        }
        return List.copyOf(views);
    }

    /// The input matrix [batch, inputs].
    public Matrix input() {
        return input;
    }

    /// The last layer's output [batch, outputs] of the latest forward pass.
    public Matrix outputs() {
        return outputs;
    }

    /// The output [batch, width] of the layer at a position, of the latest forward pass.
    public Matrix outputs(int position) {
        return frames.get(position).y();
    }

    /// ∂loss/∂(output) [batch, width] of the layer at a position, of the latest backward pass.
    public Matrix outputGradient(int position) {
        return frames.get(position).dy();
    }

    /// The loss of each row of the latest [#loss]; entries beyond the batch mean nothing.
    public double[] rowLosses() {
        return rowLosses;
    }

    /// Runs all layers.
    ///
    /// @return the last layer's output [batch, outputs]
    public Matrix forward() {
        return forwardFrom(0);
    }

    /// Runs the layers from a position on, on what the layer before it has left in its output.
    public Matrix forwardFrom(int position) {
        List<Layer> layers = network.layers();
        for (int i = position; i < layers.size(); i++) {
            if (layers.get(i) instanceof Dense dense
                    && i + 1 < layers.size()
                    && layers.get(i + 1) instanceof Elementwise activation
                    && activation.epilogue() != Epilogue.NONE) {
                dense.forward(frames.get(i), activation, frames.get(i + 1));
                i++;
            } else {
                layers.get(i).forward(frames.get(i));
            }
        }
        return outputs;
    }

    /// The loss of the latest forward pass; also leaves the loss of each row, and the gradient for [#backward].
    public double loss(Targets targets) {
        return network.loss().evaluate(kernels, outputs, targets, outputGradient, rowLosses);
    }

    /// The loss of the latest forward pass with the weights of the batch's rows, Σ weight·loss / Σ weight; also leaves
    /// the
    /// loss of each row, multiplied so that their mean is that, and the gradient for [#backward].
    public double loss(Batch batch) {
        double loss = loss(batch.targets());
        double[] weights = batch.weights();
        if (weights.length == 0) {
            return loss;
        }
        double factor = network.loss().weighing(batch.targets(), weights);
        for (int row = 0; row < batch.rows(); row++) {
            double share = weights[row] * factor;
            rowLosses[row] *= share;
            for (int column = 0; column < outputGradient.columns(); column++) {
                outputGradient.set(row, column, outputGradient.get(row, column) * share);
            }
        }
        return Kernels.mean(rowLosses, batch.rows());
    }

    /// Runs the layers backwards from the gradient that [#loss] has left, down to the first layer with parameters.
    public void backward() {
        if (!learning) {
            throw new IllegalStateException("pass: this workspace is for inference; make one for learning to go back");
        }
        List<Layer> layers = network.layers();
        for (int i = layers.size() - 1; i >= firstWithParameters; i--) {
            layers.get(i).backward(frames.get(i));
        }
    }

    /// Names the first layer whose output is not finite, with the place and the value; empty if all are finite.
    public String firstNonFinite() {
        String found = nonFinite("input", input);
        for (int i = 0; i < frames.size() && found.isEmpty(); i++) {
            found = nonFinite(
                    "layer " + (i + 1) + " (" + network.layers().get(i).name() + ")",
                    frames.get(i).y());
        }
        return found;
    }

    private static String nonFinite(String what, Matrix matrix) {
        for (int row = 0; row < matrix.rows(); row++) {
            for (int column = 0; column < matrix.columns(); column++) {
                if (!Double.isFinite(matrix.get(row, column))) {
                    return what + ": " + matrix.get(row, column) + " at row " + row + ", column " + column;
                }
            }
        }
        return "";
    }
}
