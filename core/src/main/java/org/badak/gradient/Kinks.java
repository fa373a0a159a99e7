package org.badak.gradient;

import java.util.ArrayList;
import java.util.List;
import org.badak.data.Batch;
import org.badak.kernel.Kernels;
import org.badak.layer.Elu;
import org.badak.layer.Layer;
import org.badak.layer.LeakyRelu;
import org.badak.layer.Relu;
import org.badak.matrix.Matrix;
import org.badak.model.Network;
import org.badak.model.Parameters;
import org.badak.model.Pass;
import org.badak.model.Workspace;

/// Finds the parameters whose perturbation by ±h carries some ReLU of some row over its kink. There a central
/// difference is a mean of two slopes, and no proof against a backward pass.
final class Kinks {
    private final Network network;
    private final Parameters parameters;
    private final Workspace workspace;
    private final List<Integer> positions = new ArrayList<>();

    Kinks(Network network, Parameters parameters, Kernels kernels) {
        this.network = network;
        this.parameters = parameters;
        workspace = Workspace.forLosses(network, parameters, parameters.like(), kernels, 0);
        for (int position = 0; position < network.layers().size(); position++) {
            if (hasKink(network.layers().get(position))) {
                positions.add(position);
            }
        }
    }

    /// Names a ReLU that changes sign between w − h and w + h; empty if none does.
    ///
    /// @param tensor position of the parameter tensor
    /// @param row row of the parameter in it, likewise the column
    String between(Batch batch, int tensor, int row, int column, double h) {
        if (positions.isEmpty()) {
            return "";
        }
        Matrix w = parameters.tensor(tensor);
        Pass pass = workspace.pass(batch.x());
        double before = w.get(row, column);
        try {
            w.set(row, column, before + h);
            List<double[][]> plus = inputs(pass);
            w.set(row, column, before - h);
            List<double[][]> minus = inputs(pass);
            return difference(plus, minus);
        } finally {
            w.set(row, column, before);
        }
    }

    private List<double[][]> inputs(Pass pass) {
        pass.forward();
        List<double[][]> inputs = new ArrayList<>();
        for (int position : positions) {
            inputs.add((position == 0 ? pass.input() : pass.outputs(position - 1)).toArray());
        }
        return inputs;
    }

    private String kind(int position) {
        return network.layers().get(position) instanceof Relu
                ? "ReLU"
                : network.layers().get(position).name();
    }

    private String difference(List<double[][]> plus, List<double[][]> minus) {
        for (int i = 0; i < plus.size(); i++) {
            double[][] above = plus.get(i);
            double[][] below = minus.get(i);
            for (int row = 0; row < above.length; row++) {
                for (int unit = 0; unit < above[row].length; unit++) {
                    boolean moved = above[row][unit] != below[row][unit];
                    if (moved && (above[row][unit] > 0 != below[row][unit] > 0)) {
                        return "the " + kind(positions.get(i)) + " of layer " + (positions.get(i) + 1) + ", unit "
                                + unit + ", goes from " + below[row][unit] + " to " + above[row][unit] + " in row "
                                + row;
                    }
                }
            }
        }
        return "";
    }

    /// Whether the layer's slope jumps at 0.
    private static boolean hasKink(Layer layer) {
        return switch (layer) {
            case Relu relu -> true;
            case LeakyRelu(double slope) -> slope != 1;
            case Elu(double alpha) -> alpha != 1;
            default -> false;
        };
    }

    /// Whether the network has any ReLU.
    boolean possible() {
        return !positions.isEmpty() && !network.slots().isEmpty();
    }
}
