package org.badak.optimizer;

import java.util.List;
import org.badak.kernel.Update;

/// RMSprop: s ← αs + (1 − α)g², then p ← p − ηg/(√s + ε); Tieleman and Hinton, 2012, with PyTorch's α =
/// 0.99 and ε = 1e-8 outside the root (Keras: 0.9 and 1e-7).
///
/// @param learningRate η, positive and finite
/// @param alpha α, share of the mean square that is kept
/// @param epsilon ε
/// @param decay of the weights
public record RmsProp(double learningRate, double alpha, double epsilon, WeightDecay decay) implements Optimizer {
    private static final List<String> SLOTS = List.of("mean_square");

    /// @throws IllegalArgumentException if a number is out of range
    public RmsProp {
        Optimizer.requireLearningRate(learningRate);
        Optimizer.requireShare("alpha", alpha);
        Optimizer.requireEpsilon(epsilon);
    }

    @Override
    public String name() {
        return "rmsprop";
    }

    @Override
    public List<String> slotNames() {
        return SLOTS;
    }

    @Override
    public void prepare(Update update, double rate, long step) {
        update.root(alpha, 1 - alpha, epsilon, rate);
    }
}
