package org.badak.optimizer;

import org.badak.kernel.Update;

/// Pulls parameters towards zero at each step, which keeps weights small and is the oldest cure for
/// over-fitting.
///
/// @param rate λ, 0 for none
/// @param kind how it is done
/// @param biases whether biases and all other parameters that are no weights decay too
public record WeightDecay(double rate, Kind kind, boolean biases) {
    /// No decay.
    public static final WeightDecay NONE = new WeightDecay(0, Kind.L2, false);

    /// The two ways, which are the same for plain gradient descent and differ for all other rules.
    public enum Kind {
        /// λp is added to the gradient, as if λ/2·Σp² belonged to the loss; goes through moments and
        /// velocities.
        L2,
        /// p is multiplied by 1 − ηλ before the rule moves it; Loshchilov and Hutter, "Decoupled weight
        /// decay regularization", ICLR 2019, as PyTorch's AdamW does it.
        DECOUPLED
    }

    /// @throws IllegalArgumentException unless λ is finite and not negative
    public WeightDecay {
        if (!(rate >= 0 && Double.isFinite(rate))) {
            throw new IllegalArgumentException(
                    "weight decay: expected a finite number that is not negative, found " + rate + "; try 1e-4");
        }
    }

    /// λp added to the gradient of weights; biases are left alone.
    public static WeightDecay l2(double rate) {
        return new WeightDecay(rate, Kind.L2, false);
    }

    /// Weights multiplied by 1 − ηλ at each step; biases are left alone.
    public static WeightDecay decoupled(double rate) {
        return new WeightDecay(rate, Kind.DECOUPLED, false);
    }

    /// The same for biases too.
    public WeightDecay withBiases() {
        return new WeightDecay(rate, kind, true);
    }

    /// Sets the decay of one tensor for a step.
    ///
    /// @param update overwritten
    /// @param learningRate η of this step
    /// @param weight whether the tensor holds weights, see [org.badak.layer.ParameterShape#weight]
    public void prepare(Update update, double learningRate, boolean weight) {
        if (!weight && !biases) {
            update.decay(0, 1);
            return;
        }
        switch (kind) {
            case L2 -> update.decay(rate, 1);
            case DECOUPLED -> update.decay(0, 1 - learningRate * rate);
        }
    }
}
