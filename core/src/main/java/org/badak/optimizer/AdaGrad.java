package org.badak.optimizer;

import java.util.List;
import org.badak.kernel.Update;

/// AdaGrad: s ← s + g², then p ← p − ηg/(√s + ε); Duchi, Hazan and Singer, JMLR 12, 2011. The sum
/// starts at 0 and ε = 1e-10, as in PyTorch (the book: 1e-7; Keras: a sum of 0.1 and 1e-7).
///
/// @param learningRate η, positive and finite
/// @param epsilon ε, outside the root
/// @param decay of the weights
public record AdaGrad(double learningRate, double epsilon, WeightDecay decay) implements Optimizer {
    private static final List<String> SLOTS = List.of("square_sum");

    /// @throws IllegalArgumentException if a number is out of range
    public AdaGrad {
        Optimizer.requireLearningRate(learningRate);
        Optimizer.requireEpsilon(epsilon);
    }

    @Override
    public String name() {
        return "adagrad";
    }

    @Override
    public List<String> slotNames() {
        return SLOTS;
    }

    @Override
    public void prepare(Update update, double rate, long step) {
        update.root(1, 1, epsilon, rate);
    }
}
