package org.badak.optimizer;

import java.util.List;
import org.badak.kernel.Update;

/// Adam: m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², then p ← p − η·m̂/(√v̂ + ε) with m̂ = m/(1 − β₁ᵗ)
/// and v̂ = v/(1 − β₂ᵗ); Kingma and Ba, "Adam: a method for stochastic optimization", ICLR 2015,
/// algorithm 1, with ε = 1e-8 outside √v̂ (not the ε-hat of the paper's section 2, which Keras takes,
/// with 1e-7). The corrections are computed in double.
///
/// With AMSGrad the largest v so far stands in place of v, corrected as v is: Reddi, Kale and Kumar,
/// ICLR 2018, in PyTorch's form. With decoupled decay this is AdamW.
///
/// @param learningRate η, positive and finite
/// @param beta1 β₁, from 0 to below 1
/// @param beta2 β₂, from 0 to below 1
/// @param epsilon ε
/// @param amsgrad whether v̂ never falls
/// @param decay of the weights
public record Adam(double learningRate, double beta1, double beta2, double epsilon, boolean amsgrad, WeightDecay decay)
        implements Optimizer {
    private static final List<String> SLOTS = List.of("first_moment", "second_moment");
    private static final List<String> AMSGRAD_SLOTS = List.of("first_moment", "second_moment", "largest_second_moment");

    /// @throws IllegalArgumentException if a number is out of range
    public Adam {
        Optimizer.requireLearningRate(learningRate);
        Optimizer.requireShare("beta1", beta1);
        Optimizer.requireShare("beta2", beta2);
        Optimizer.requireEpsilon(epsilon);
    }

    /// With β₁ = 0.9, β₂ = 0.999, ε = 1e-8, without AMSGrad and decay.
    public Adam(double learningRate) {
        this(learningRate, 0.9, 0.999, 1e-8, false, WeightDecay.NONE);
    }

    /// `adam`, or `adamw` if its decay is decoupled.
    @Override
    public String name() {
        return decay.rate() > 0 && decay.kind() == WeightDecay.Kind.DECOUPLED ? "adamw" : "adam";
    }

    @Override
    public List<String> slotNames() {
        return amsgrad ? AMSGRAD_SLOTS : SLOTS;
    }

    @Override
    public void prepare(Update update, double rate, long step) {
        double first = 1 - Optimizer.power(beta1, step);
        double second = 1 - Optimizer.power(beta2, step);
        update.moments(amsgrad, beta1, beta2, 1 / Math.sqrt(second), epsilon, rate / first, 0);
    }
}
