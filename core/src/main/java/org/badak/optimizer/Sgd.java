package org.badak.optimizer;

import java.util.List;
import org.badak.kernel.Kernels;
import org.badak.matrix.Matrix;

/// Stochastic gradient descent: p ← fma(−η, ∂L/∂p, p).
///
/// @param learningRate η, positive and finite
public record Sgd(double learningRate) implements Optimizer {
    /// @throws IllegalArgumentException unless the rate is positive and finite
    public Sgd {
        Optimizer.requireLearningRate(learningRate);
    }

    @Override
    public String name() {
        return "sgd";
    }

    @Override
    public int slots() {
        return 0;
    }

    @Override
    public void update(Kernels kernels, Matrix parameter, Matrix gradient, List<Matrix> slots, long step) {
        kernels.addScaled(-learningRate, gradient, parameter);
    }
}
