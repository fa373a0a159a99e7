package org.badak.cli;

import java.util.Optional;
import org.badak.data.Dataset;
import org.badak.model.Parameters;
import org.badak.train.EarlyStopping;
import org.badak.train.Metric;

/// What chooses the best parameters of a run, and whether training ends when they no longer get better.
///
/// @param validation images held out of training for it, if any
/// @param patience evaluations without improvement after which training ends; 0: it does not end early, and
///     the best parameters are kept beside the last
/// @param margin what an improvement must be more than
/// @param metric what is watched
record StoppingPlan(Optional<Dataset> validation, int patience, double margin, Metric metric) {
    /// Trains to the end and keeps the parameters of the best test accuracy.
    static StoppingPlan none() {
        return new StoppingPlan(Optional.empty(), 0, 0, Metric.TEST_ACCURACY);
    }

    /// Whether training may end early.
    boolean endsEarly() {
        return patience > 0;
    }

    /// The rule for parameters.
    EarlyStopping rule(Parameters parameters) {
        return endsEarly()
                ? new EarlyStopping(parameters, metric.goal(), patience, margin)
                : EarlyStopping.never(parameters, metric.goal());
    }

    /// Adds what config.json holds.
    void put(ObjectBuilder json) {
        validation.ifPresent(images -> json.put("validation_count", images.count()));
        if (endsEarly()) {
            json.put("early_stopping", patience).put("min_delta", margin);
        }
        json.put("best_chosen_by", metric.label());
    }
}
