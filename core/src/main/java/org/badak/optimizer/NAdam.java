package org.badak.optimizer;

import java.util.List;
import org.badak.kernel.Update;

/// NAdam, Adam with Nesterov's look ahead: Dozat, "Incorporating Nesterov momentum into Adam", 2016, in
/// PyTorch's form. m and v as [Adam]'s; with μₜ = β₁(1 − ½·0.96^(tψ)) and Mₜ = μ₁·…·μₜ, p ← p −
/// η·(μₜ₊₁/(1 − Mₜ₊₁)·m + (1 − μₜ)/(1 − Mₜ)·g)/(√v̂ + ε).
///
/// @param learningRate η, positive and finite
/// @param beta1 β₁, from 0 to below 1
/// @param beta2 β₂, from 0 to below 1
/// @param epsilon ε
/// @param momentumDecay ψ, not negative; 0.004 in PyTorch
/// @param decay of the weights
public record NAdam(
        double learningRate, double beta1, double beta2, double epsilon, double momentumDecay, WeightDecay decay)
        implements Optimizer {
    private static final List<String> SLOTS = List.of("first_moment", "second_moment");
    private static final double BASE = 0.96;
    private static final double NEGLIGIBLE = 0x1p-60; // 1 less this is 1

    /// @throws IllegalArgumentException if a number is out of range
    public NAdam {
        Optimizer.requireLearningRate(learningRate);
        Optimizer.requireShare("beta1", beta1);
        Optimizer.requireShare("beta2", beta2);
        Optimizer.requireEpsilon(epsilon);
        if (!(momentumDecay >= 0 && Double.isFinite(momentumDecay))) {
            throw new IllegalArgumentException("momentum decay: expected a finite number that is not negative, found "
                    + momentumDecay + "; try 0.004");
        }
    }

    /// With β₁ = 0.9, β₂ = 0.999, ε = 1e-8, ψ = 0.004, without decay.
    public NAdam(double learningRate) {
        this(learningRate, 0.9, 0.999, 1e-8, 0.004, WeightDecay.NONE);
    }

    @Override
    public String name() {
        return "nadam";
    }

    @Override
    public List<String> slotNames() {
        return SLOTS;
    }

    @Override
    public void prepare(Update update, double rate, long step) {
        double product = 1;
        for (long t = 1; t <= step && product > NEGLIGIBLE; t++) { // a function of the step alone: no state to keep
            product *= momentum(t);
        }
        double next = momentum(step + 1);
        update.moments(
                false,
                beta1,
                beta2,
                1 / Math.sqrt(1 - Optimizer.power(beta2, step)),
                epsilon,
                rate * next / (1 - product * next),
                rate * (1 - momentum(step)) / (1 - product));
    }

    private double momentum(long step) {
        return beta1 * (1 - 0.5 * StrictMath.pow(BASE, step * momentumDecay));
    }
}
