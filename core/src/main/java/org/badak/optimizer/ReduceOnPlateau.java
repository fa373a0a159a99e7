package org.badak.optimizer;

import java.util.Optional;

/// Lowers the learning rate when a metric no longer improves; Keras' semantics of ReduceLROnPlateau.
/// Counts evaluations: one without improvement outside a cooldown adds 1 to those waited; when they
/// reach the patience, the rate becomes max(factor·rate, minimum) if it is above the minimum, a
/// cooldown begins, and waiting starts anew. During a cooldown nothing is waited.
///
/// @param factor of each reduction, between 0 and 1
/// @param patience evaluations without improvement before a reduction, at least 1
/// @param margin what a value must be better by than the best, strictly, to be an improvement; not
///     negative
/// @param cooldown evaluations after a reduction in which nothing is waited, not negative
/// @param minimum least rate, not negative
public record ReduceOnPlateau(double factor, int patience, double margin, int cooldown, double minimum)
        implements Schedule {
    /// Factor 0.1, patience 10, margin 1e-4, no cooldown, minimum 0.
    public static final ReduceOnPlateau STANDARD = new ReduceOnPlateau(0.1, 10, 1e-4, 0, 0);

    /// Where a run stands: part of a checkpoint.
    ///
    /// @param rate the base rate now in force
    /// @param best best value so far, NaN if there was none
    /// @param waited evaluations without improvement
    /// @param cooling evaluations left of a cooldown
    public record State(double rate, double best, int waited, int cooling) {
        /// Before the first evaluation.
        ///
        /// @param rate the optimizer's
        public static State start(double rate) {
            return new State(rate, Double.NaN, 0, 0);
        }
    }

    /// @throws IllegalArgumentException if a number is out of range
    public ReduceOnPlateau {
        if (!(factor > 0 && factor < 1)) {
            throw new IllegalArgumentException(
                    "plateau factor: expected a number between 0 and 1, found " + factor + "; try 0.1");
        }
        if (patience < 1) {
            throw new IllegalArgumentException("plateau patience: expected at least 1, found " + patience);
        }
        if (!(margin >= 0 && minimum >= 0 && cooldown >= 0)) {
            throw new IllegalArgumentException("plateau: expected margin, cooldown and minimum not negative, found "
                    + margin + ", " + cooldown + ", " + minimum);
        }
    }

    /// The base: it is the trainer that lowers it, by [#next].
    @Override
    public double rate(double base, long step) {
        return base;
    }

    @Override
    public Optional<ReduceOnPlateau> plateau() {
        return Optional.of(this);
    }

    /// Where a run stands after one more evaluation.
    ///
    /// @param value of the metric
    /// @param goal which way the metric gets better
    public State next(State state, double value, Goal goal) {
        int cooling = Math.max(0, state.cooling - 1);
        int waited = state.cooling > 0 ? 0 : state.waited;
        if (goal.improves(value, state.best, margin)) {
            return new State(state.rate, value, 0, cooling);
        }
        if (cooling > 0) {
            return new State(state.rate, state.best, waited, cooling);
        }
        waited++;
        if (waited >= patience && state.rate > minimum) {
            return new State(Math.max(factor * state.rate, minimum), state.best, 0, cooldown);
        }
        return new State(state.rate, state.best, waited, cooling);
    }
}
