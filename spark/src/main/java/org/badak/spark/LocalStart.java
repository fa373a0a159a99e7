package org.badak.spark;

import java.io.Serializable;
import java.util.List;
import org.badak.catalog.Optimizers;
import org.badak.gradient.LocalRound;
import org.badak.model.Parameters;
import org.badak.optimizer.Clipping;

/// What all shards begin a round of local steps with, as it is sent to every executor.
///
/// @param first number of the round's first step, from 0
/// @param rates the learning rate of each step
/// @param optimizer by its name in the catalog
/// @param clipNorm largest norm of a gradient
/// @param clipValue largest magnitude of an element
/// @param state parameters and the optimizer's memory, each as [FlatNumbers] has it
record LocalStart(long first, double[] rates, String optimizer, double clipNorm, double clipValue, float[][] state)
        implements Serializable {
    /// What is to be sent.
    static LocalStart of(LocalRound round, List<Parameters> state) {
        return new LocalStart(
                round.first(),
                round.rates(),
                Optimizers.text(round.optimizer()),
                round.clipping().norm(),
                round.clipping().value(),
                state.stream().map(FlatNumbers::of).toArray(float[][]::new));
    }

    /// The round itself.
    LocalRound round() {
        return new LocalRound(first, rates, Optimizers.optimizer(optimizer), new Clipping(clipNorm, clipValue));
    }
}
