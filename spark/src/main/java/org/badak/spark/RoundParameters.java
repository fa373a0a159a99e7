package org.badak.spark;

import java.io.Serializable;

/// The parameters of a round, as they are sent to every executor.
///
/// @param round the training step, from 0: the version of the parameters
/// @param numbers as [FlatNumbers] has them
record RoundParameters(long round, float[] numbers) implements Serializable {}
