package org.badak.gradient;

import org.badak.data.Batch;
import org.badak.model.Parameters;

/// Door 2: how to get a gradient. Back-propagation, numerical differentiation, shards and clusters are all this.
public non-sealed interface Gradient extends Learning {
    /// How, in a word: `backprop`, `numerical`.
    @Override
    String name();

    /// Overwrites [#result] with ∂loss/∂parameters for a batch; and, for tensors that are not trainable, with their
    /// values
    /// for the next step: see [Parameters#advance].
    ///
    /// @return the batch's mean loss at the present parameters
    double compute(Batch batch);

    /// Goes to the training step whose random numbers the next computations draw, in layers such as dropout; step 0 at
    /// first. All computations of one step see the same draws.
    default void at(long step) {}

    /// The gradient array that [#compute] fills.
    Parameters result();

    /// Names the first layer of the latest batch whose values are not finite; empty if all are.
    String firstNonFinite();
}
