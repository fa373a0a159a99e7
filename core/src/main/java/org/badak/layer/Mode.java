package org.badak.layer;

/// What a pass is for. Most layers do the same in both; dropout and batch normalisation do not.
public enum Mode {
    /// The losses whose gradient is taken: units are dropped, statistics are those of the batch.
    LEARNING,
    /// Predictions and evaluations: nothing is random, statistics are those that training has left.
    INFERENCE
}
