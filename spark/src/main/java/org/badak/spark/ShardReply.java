package org.badak.spark;

import java.io.Serializable;

/// What a task answers: the gradient of one shard of one round.
///
/// @param round of which it is
/// @param shard its number
/// @param rows how many it has
/// @param weight what they weigh together
/// @param loss their mean loss
/// @param gradient of that loss, as [FlatNumbers] has it; empty if there are no rows
/// @param firstNonFinite where the first value is that is not finite; empty if all are
/// @param nanoseconds how long the computation took
record ShardReply(
        long round,
        int shard,
        int rows,
        double weight,
        double loss,
        float[] gradient,
        String firstNonFinite,
        long nanoseconds)
        implements Serializable {}
