package org.badak.cli;

import org.badak.catalog.Optimizers;
import org.badak.optimizer.Clipping;
import org.badak.optimizer.Optimizer;
import org.badak.optimizer.Schedule;
import org.badak.train.Metric;
import org.badak.train.Trainer;

/// How parameters are moved in a run.
///
/// @param optimizer the rule
/// @param schedule the learning rate of every step
/// @param scheduleText how it was described
/// @param clipping bounds on gradients
/// @param watched the metric of a schedule that waits for plateaus
record UpdatePlan(Optimizer optimizer, Schedule schedule, String scheduleText, Clipping clipping, Metric watched) {
    /// Sets a trainer up.
    Trainer apply(Trainer trainer) {
        return trainer.schedule(schedule).clip(clipping).watch(watched);
    }

    /// The same, watching another metric.
    UpdatePlan watching(Metric metric) {
        return new UpdatePlan(optimizer, schedule, scheduleText, clipping, metric);
    }

    /// The rule, the rate and what differs from the chapter, for people: `adam, learning rate 0.001`.
    String rate() {
        return optimizer.learningRate()
                + (optimizer.name().equals("sgd") ? "" : ", " + optimizer.name())
                + (scheduleText.equals("constant") ? "" : ", " + scheduleText);
    }

    /// Adds what config.json holds.
    void put(ObjectBuilder json) {
        json.put("optimizer", optimizer.name())
                .put("optimizer_options", Optimizers.text(optimizer))
                .put("learning_rate", optimizer.learningRate())
                .put("schedule", scheduleText);
        if (clipping.needsNorm()) {
            json.put("clip_norm", clipping.norm());
        }
        if (clipping.value() < Double.POSITIVE_INFINITY) {
            json.put("clip_value", clipping.value());
        }
        if (schedule.plateau().isPresent()) {
            json.put("watched", watched.label());
        }
    }
}
