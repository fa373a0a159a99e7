package org.badak.gradient;

import org.badak.data.Batch;
import org.badak.model.Parameters;

/// Door 2: how to get a gradient. Back-propagation, numerical differentiation, shards and clusters are all this.
public interface Gradient {
    /// How, in a word: `backprop`, `numerical`.
    String name();

    /// Overwrites [#result] with ∂loss/∂parameters for a batch.
    ///
    /// @return the batch's mean loss at the present parameters
    double compute(Batch batch);

    /// The gradient array that [#compute] fills.
    Parameters result();

    /// Names the first layer of the latest batch whose values are not finite; empty if all are.
    String firstNonFinite();
}
