package org.badak.spark.ml;

import org.apache.spark.SparkContext;
import org.badak.gradient.Shards;
import org.badak.model.Network;
import org.badak.model.Slot;

/// How long a step is expected to take in the driver's process and in a round on the executors: the
/// model of docs/scaling.md, with its assumptions. Both give the same bits, so that a wrong guess
/// costs time and nothing else.
///
/// @param driver seconds of a step in the driver's process
/// @param latency seconds before and behind what the executors do
/// @param compute seconds that the busiest executor computes
/// @param exchange seconds in which parameters and gradients travel and are added
record RoundEstimate(double driver, double latency, double compute, double exchange) {
    private static final double OPERATIONS = 1e11; // a second, of one process
    private static final double NETWORK = 1.25e9; // bytes a second
    private static final double LATENCY = 0.05; // seconds: what rounds on two threads took
    private static final double TASK = 0.001; // seconds
    private static final double ADDITIONS = 1e9; // a second

    /// How many executors a Spark has; 0 if tasks are computed in the driver's process.
    static int executors(SparkContext context) {
        return context.isLocal()
                ? 0
                : Math.max(1, context.getExecutorMemoryStatus().size() - 1);
    }

    /// For a batch of a network.
    ///
    /// @param executors 0 if tasks are computed in the driver's process
    static RoundEstimate of(int executors, Network network, int batch, Shards shards) {
        double perRow = 0;
        double parameters = 0;
        for (Slot slot : network.slots()) {
            parameters += slot.count();
            if (slot.shape().weight()) {
                perRow += 6.0 * slot.count() * network.shape(slot.layer() + 1).area();
            }
        }
        double driver = batch * perRow / OPERATIONS;
        if (executors == 0) {
            return new RoundEstimate(driver, LATENCY, driver, 0); // the same processors
        }
        double bytes = Float.BYTES * parameters;
        double turns = Math.ceil((double) shards.count() / executors); // shards that an executor computes
        return new RoundEstimate(
                driver,
                LATENCY + TASK * shards.count(),
                turns * driver / shards.count(),
                bytes / NETWORK * Math.ceil(Math.log(executors + 1.0) / Math.log(2))
                        + shards.count() * bytes / NETWORK
                        + shards.count() * parameters / ADDITIONS);
    }

    /// The same where shards take several steps alone: they compute longer, and the optimizer's memory
    /// travels with the parameters.
    ///
    /// @param steps 0 for none
    /// @param slots numbers that the optimizer remembers of a parameter
    RoundEstimate averaged(int steps, int slots) {
        return steps == 0 ? this : new RoundEstimate(steps * driver, latency, steps * compute, (1 + slots) * exchange);
    }

    /// Seconds of a round.
    double round() {
        return latency + compute + exchange;
    }

    boolean paysOnExecutors() {
        return round() < driver;
    }
}
