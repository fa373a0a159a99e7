package org.badak.optimizer;

import java.util.List;
import org.badak.kernel.Kernels;
import org.badak.kernel.Update;
import org.badak.matrix.Matrix;

/// A rule that moves a parameter against its gradient. An immutable description; its memory
/// (velocities, moments) comes in as slots, which a run keeps and checkpoints.
///
/// All rules are PyTorch's where books and systems differ: each one's documentation says in what.
public sealed interface Optimizer permits Sgd, Momentum, AdaGrad, RmsProp, Adam, AdaDelta, NAdam {
    /// The rule's name in model files and on the command line.
    String name();

    /// The learning rate, before a [Schedule] changes it.
    double learningRate();

    /// What pulls parameters towards zero.
    WeightDecay decay();

    /// Names of the slots, matrices of the parameter's shape that start at zero, in the order of
    /// [#update]: as `velocity`; for checkpoints.
    List<String> slotNames();

    /// How many slots the rule keeps for each parameter.
    default int slots() {
        return slotNames().size();
    }

    /// Sets form and coefficients for a step; clipping and decay are left as they are.
    ///
    /// @param update overwritten
    /// @param rate the learning rate of this step
    /// @param step number of this step, from 1
    void prepare(Update update, double rate, long step);

    /// Moves one parameter tensor at the learning rate of this description, with its decay, without
    /// clipping. Makes an [Update] of its own; who makes many steps keeps one and calls [#prepare].
    ///
    /// @param parameter weights, overwritten
    /// @param gradient ∂loss/∂parameter; read only
    /// @param slots as many as [#slots]; overwritten
    /// @param step number of this step, from 1
    default void update(Kernels kernels, Matrix parameter, Matrix gradient, List<Matrix> slots, long step) {
        Update update = new Update();
        prepare(update, learningRate(), step);
        decay().prepare(update, learningRate(), true);
        kernels.update(update, parameter, gradient, slots);
    }

    /// baseⁿ by repeated squaring: at most 128 roundings, the same on every platform. `StrictMath.pow` allocates small
    /// arrays until it is compiled, and a step must not.
    ///
    /// @param n at least 0
    static double power(double base, long n) {
        double power = 1;
        double square = base;
        for (long left = n; left > 0; left >>= 1) {
            if ((left & 1) == 1) {
                power *= square;
            }
            square *= square;
        }
        return power;
    }

    /// @throws IllegalArgumentException unless the rate is positive and finite
    static void requireLearningRate(double rate) {
        if (!(rate > 0 && Double.isFinite(rate))) {
            throw new IllegalArgumentException(
                    "learning rate: expected a positive finite number, found " + rate + "; try 0.1");
        }
    }

    /// @throws IllegalArgumentException unless 0 ≤ share < 1
    static void requireShare(String what, double share) {
        if (!(share >= 0 && share < 1)) {
            throw new IllegalArgumentException(
                    what + ": expected a number from 0 to below 1, found " + share + "; try 0.9");
        }
    }

    /// @throws IllegalArgumentException unless ε is positive and finite
    static void requireEpsilon(double epsilon) {
        if (!(epsilon > 0 && Double.isFinite(epsilon))) {
            throw new IllegalArgumentException(
                    "epsilon: expected a positive finite number, found " + epsilon + "; try 1e-8");
        }
    }
}
