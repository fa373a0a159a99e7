package org.badak.cli;

import java.util.List;
import java.util.Map;
import org.badak.tune.Halving;
import org.badak.tune.SearchSpace;

/// What a search does.
///
/// @param space what is varied
/// @param method `random`, `grid` or `halving`
/// @param values of each trial
/// @param scoring how trials are compared
/// @param parallel trainings side by side; changes nothing but the time
record SearchPlan(
        SearchSpace space, String method, List<Map<String, String>> values, TrialScoring scoring, int parallel) {
    /// The names of the methods.
    static final List<String> METHODS = List.of("random", "grid", "halving");

    /// The same with another number of trainings side by side.
    SearchPlan with(int sideBySide) {
        return new SearchPlan(space, method, values, scoring, sideBySide);
    }

    /// The rungs: one with everything, or those of successive halving.
    ///
    /// @param budget whole budget of a trial
    List<Halving.Rung> rungs(long budget) {
        return method.equals("halving")
                ? Halving.rungs(values.size(), Halving.ETA, budget)
                : List.of(new Halving.Rung(0, values.size(), 1));
    }
}
