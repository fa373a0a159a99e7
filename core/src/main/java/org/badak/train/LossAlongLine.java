package org.badak.train;

import org.badak.data.Examples;
import org.badak.kernel.Kernels;
import org.badak.matrix.Matrix;
import org.badak.model.Network;
import org.badak.model.Parameters;

/// Loss and accuracy along a straight line through the space of parameters: at each position t the parameters are
/// w + t·d. The loss moves smoothly; the accuracy is flat almost everywhere and jumps (§2 of the chapter: why accuracy
/// is not what is minimised).
///
/// @param positions the values of t
/// @param losses mean loss at each
/// @param accuracies share classified correctly at each, 0 to 1
public record LossAlongLine(double[] positions, double[] losses, double[] accuracies) {
    /// Evaluates a network along a line.
    ///
    /// @param origin w, at t = 0; read only
    /// @param direction d, of the shapes of w; read only
    /// @param kernels of the parameters' precision
    /// @param examples what is evaluated at each position
    /// @param positions the values of t
    public static LossAlongLine of(
            Network network,
            Parameters origin,
            Parameters direction,
            Kernels kernels,
            Examples examples,
            double... positions) {
        Parameters moved = origin.like();
        Evaluator evaluator = new Evaluator(network, moved, kernels, examples);
        double[] losses = new double[positions.length];
        double[] accuracies = new double[positions.length];
        for (int i = 0; i < positions.length; i++) {
            moved.copyFrom(origin);
            for (int slot = 0; slot < moved.tensors().size(); slot++) {
                kernels.addScaled(positions[i], direction.tensor(slot), moved.tensor(slot));
            }
            Evaluator.Score score = evaluator.score();
            losses[i] = score.loss();
            accuracies[i] = score.accuracy();
        }
        return new LossAlongLine(positions.clone(), losses, accuracies);
    }

    /// The direction from one point to another, so that t = 0 is the first and t = 1 the second.
    public static Parameters towards(Parameters from, Parameters to) {
        Parameters direction = from.like();
        for (int slot = 0; slot < direction.tensors().size(); slot++) {
            Matrix d = direction.tensor(slot);
            for (int row = 0; row < d.rows(); row++) {
                for (int column = 0; column < d.columns(); column++) {
                    d.set(
                            row,
                            column,
                            to.tensor(slot).get(row, column) - from.tensor(slot).get(row, column));
                }
            }
        }
        return direction;
    }

    /// Share of the steps between neighbouring positions at which the accuracy does not change at all, 0 to 1.
    public double flatShare() {
        return share(accuracies);
    }

    /// Share of the steps between neighbouring positions at which the loss does not change at all, 0 to 1.
    public double flatLossShare() {
        return share(losses);
    }

    private static double share(double[] values) {
        int flat = 0;
        for (int i = 1; i < values.length; i++) {
            flat += values[i] == values[i - 1] ? 1 : 0;
        }
        return values.length < 2 ? 1 : (double) flat / (values.length - 1);
    }
}
