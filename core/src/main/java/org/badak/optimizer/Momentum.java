package org.badak.optimizer;

import java.util.List;
import org.badak.kernel.Update;

/// Gradient descent with momentum: v ← μv + g, then p ← p − ηv; Nesterov's form moves by μv + g in
/// place of v.
///
/// The learning rate stands outside the velocity, as in PyTorch; the book's rule (v ← αv − ηg, p ← p +
/// v) and Keras' have it inside, which differs when a schedule changes the rate. The first velocity is
/// the first gradient.
///
/// @param learningRate η, positive and finite
/// @param momentum μ, from 0 to below 1
/// @param nesterov whether the step looks ahead
/// @param decay of the weights
public record Momentum(double learningRate, double momentum, boolean nesterov, WeightDecay decay) implements Optimizer {
    private static final List<String> SLOTS = List.of("velocity");

    /// @throws IllegalArgumentException if a number is out of range
    public Momentum {
        Optimizer.requireLearningRate(learningRate);
        Optimizer.requireShare("momentum", momentum);
    }

    @Override
    public String name() {
        return nesterov ? "nesterov" : "momentum";
    }

    @Override
    public List<String> slotNames() {
        return SLOTS;
    }

    @Override
    public void prepare(Update update, double rate, long step) {
        update.momentum(momentum, nesterov ? rate * momentum : rate, nesterov ? rate : 0);
    }
}
