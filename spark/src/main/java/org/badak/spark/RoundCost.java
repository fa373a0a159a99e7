package org.badak.spark;

/// What a round has cost, in seconds.
///
/// @param total from the parameters to all gradients
/// @param send handing the parameters to Spark, which sends them on
/// @param compute the longest computation of a shard
public record RoundCost(double total, double send, double compute) {}
