package org.badak.optimizer;

import java.util.List;
import org.badak.kernel.Kernels;
import org.badak.matrix.Matrix;

/// A rule that moves a parameter against its gradient. An immutable description; its memory (velocities, moments) comes
/// in as slots, which a run keeps and checkpoints.
public sealed interface Optimizer permits Sgd {
    /// The rule's name in model files and on the command line.
    String name();

    /// The learning rate.
    double learningRate();

    /// How many slots, matrices of the parameter's shape that start at zero, the rule keeps for each parameter.
    int slots();

    /// Moves one parameter tensor.
    ///
    /// @param parameter overwritten
    /// @param gradient ∂loss/∂parameter; read only
    /// @param slots as many as [#slots]; overwritten
    /// @param step number of this step, from 1
    void update(Kernels kernels, Matrix parameter, Matrix gradient, List<Matrix> slots, long step);

    /// @throws IllegalArgumentException unless the rate is positive and finite
    static void requireLearningRate(double rate) {
        if (!(rate > 0 && Double.isFinite(rate))) {
            throw new IllegalArgumentException(
                    "learning rate: expected a positive finite number, found " + rate + "; try 0.1");
        }
    }
}
