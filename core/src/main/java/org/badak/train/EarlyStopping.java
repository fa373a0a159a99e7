package org.badak.train;

import org.badak.model.Parameters;
import org.badak.optimizer.Goal;

/// Keeps the best parameters of a run and says when it no longer pays to go on; Keras' semantics of
/// EarlyStopping. An evaluation that is not an improvement, see [Goal#improves], adds 1 to those waited;
/// one that is sets them to 0. When they reach the patience, training is to stop.
///
/// A mutable home of numbers: one copy of the parameters.
public final class EarlyStopping {
    /// Where it stands: part of a checkpoint, beside the best parameters.
    ///
    /// @param best best value so far, NaN if there was none
    /// @param bestStep steps done when it was read
    /// @param waited evaluations since then
    public record State(double best, long bestStep, int waited) {
        /// Before the first evaluation.
        public static final State START = new State(Double.NaN, 0, 0);
    }

    private final Goal goal;
    private final int patience;
    private final double margin;
    private final Parameters parameters;
    private final Parameters best;
    private State state = State.START;

    /// @param parameters what is trained; read at every improvement, overwritten by [#restore]
    /// @param goal which way the metric gets better
    /// @param patience evaluations without improvement after which training is to stop, at least 1
    /// @param margin what a value must be better by than the best, strictly, to be an improvement; finite
    ///     and not negative
    /// @throws IllegalArgumentException if a number is out of range
    public EarlyStopping(Parameters parameters, Goal goal, int patience, double margin) {
        if (patience < 1) {
            throw new IllegalArgumentException(
                    "early stopping: patience: expected at least 1 evaluation, found " + patience + "; try 5");
        }
        if (!(margin >= 0 && margin < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "early stopping: margin: expected a finite number that is not negative, found " + margin
                            + "; try 0");
        }
        this.parameters = parameters;
        this.goal = goal;
        this.patience = patience;
        this.margin = margin;
        best = parameters.like();
        best.copyFrom(parameters);
    }

    /// Keeps the best parameters and never says stop.
    public static EarlyStopping never(Parameters parameters, Goal goal) {
        return new EarlyStopping(parameters, goal, Integer.MAX_VALUE, 0);
    }

    /// Takes note of an evaluation; at an improvement the parameters are copied.
    ///
    /// @param step steps done so far
    /// @param value of the metric
    /// @return whether training is to stop
    public boolean evaluated(long step, double value) {
        if (goal.improves(value, state.best, margin)) {
            state = new State(value, step, 0);
            best.copyFrom(parameters);
        } else {
            state = new State(state.best, state.bestStep, Math.min(state.waited, patience - 1) + 1);
        }
        return state.waited >= patience;
    }

    /// Overwrites the parameters with the best ones; leaves them alone if no evaluation ever had a value.
    public void restore() {
        if (!Double.isNaN(state.best)) {
            parameters.copyFrom(best);
        }
    }

    /// The rule in words.
    String description() {
        return goal + ", patience " + patience + ", margin " + margin;
    }

    /// Where it stands.
    public State state() {
        return state;
    }

    /// The parameters of the best evaluation; before the first those it was made with. A view.
    public Parameters best() {
        return best;
    }

    /// Goes on from where another run stood.
    ///
    /// @param from the other's [#state]
    /// @param parametersThen the other's [#best]; copied
    public void resume(State from, Parameters parametersThen) {
        state = from;
        best.copyFrom(parametersThen);
    }
}
