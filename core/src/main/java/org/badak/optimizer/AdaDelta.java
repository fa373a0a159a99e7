package org.badak.optimizer;

import java.util.List;
import org.badak.kernel.Update;

/// AdaDelta: s ← ρs + (1 − ρ)g², δ = √(u + ε)/√(s + ε)·g, p ← p − ηδ, u ← ρu + (1 − ρ)δ²; Zeiler,
/// "ADADELTA: an adaptive learning rate method", 2012, with PyTorch's ρ = 0.9, ε = 1e-6 and η = 1,
/// which the paper does not have.
///
/// @param learningRate η, positive and finite
/// @param rho ρ, share of both means that is kept
/// @param epsilon ε, under the roots
/// @param decay of the weights
public record AdaDelta(double learningRate, double rho, double epsilon, WeightDecay decay) implements Optimizer {
    private static final List<String> SLOTS = List.of("mean_square", "mean_square_change");

    /// @throws IllegalArgumentException if a number is out of range
    public AdaDelta {
        Optimizer.requireLearningRate(learningRate);
        Optimizer.requireShare("rho", rho);
        Optimizer.requireEpsilon(epsilon);
    }

    @Override
    public String name() {
        return "adadelta";
    }

    @Override
    public List<String> slotNames() {
        return SLOTS;
    }

    @Override
    public void prepare(Update update, double rate, long step) {
        update.delta(rho, epsilon, rate);
    }
}
