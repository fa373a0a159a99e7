package org.badak.gradient;

import org.badak.optimizer.Clipping;
import org.badak.optimizer.Optimizer;

/// A round of [LocalSgd]: steps that every shard takes alone, before all are averaged.
///
/// @param first number of its first step, from 0: which round it is
/// @param rates the learning rate of each step; as many as there are steps
/// @param optimizer the rule
/// @param clipping bounds the gradient of every shard
public record LocalRound(long first, double[] rates, Optimizer optimizer, Clipping clipping) {
    /// How many steps.
    public int steps() {
        return rates.length;
    }
}
