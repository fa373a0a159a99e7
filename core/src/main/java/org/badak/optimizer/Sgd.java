package org.badak.optimizer;

import java.util.List;
import org.badak.kernel.Update;

/// Stochastic gradient descent: p ← fma(−η, ∂L/∂p, p).
///
/// @param learningRate η, positive and finite
/// @param decay of the weights
public record Sgd(double learningRate, WeightDecay decay) implements Optimizer {
    /// @throws IllegalArgumentException unless the rate is positive and finite
    public Sgd {
        Optimizer.requireLearningRate(learningRate);
    }

    /// Without decay: the chapter's rule.
    public Sgd(double learningRate) {
        this(learningRate, WeightDecay.NONE);
    }

    @Override
    public String name() {
        return "sgd";
    }

    @Override
    public List<String> slotNames() {
        return List.of();
    }

    @Override
    public void prepare(Update update, double rate, long step) {
        update.plain(rate);
    }
}
