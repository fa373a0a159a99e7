package org.badak.gradient;

/// What a [LocalRound] has come to.
///
/// @param losses the mean loss of each step's batch, every shard's at its own parameters
/// @param rows learned from in all
/// @param failure what is not finite in the last of these steps, in words, and then nothing was moved; empty
///     if the round is done
public record LocalReport(double[] losses, long rows, String failure) {}
