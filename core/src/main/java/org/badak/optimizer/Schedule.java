package org.badak.optimizer;

import java.util.Optional;

/// The learning rate of every step. Immutable; a pure function of the step, except that
/// [ReduceOnPlateau] lets a trainer lower the base. PyTorch's formulas, with steps where PyTorch's
/// users often count epochs.
public sealed interface Schedule
        permits Schedule.Constant,
                Schedule.Fixed,
                Schedule.Stairs,
                Schedule.Exponential,
                Schedule.Cosine,
                Schedule.OneCycle,
                Schedule.WarmUp,
                Schedule.Sweep,
                ReduceOnPlateau {
    /// The rate of a step.
    ///
    /// @param base the optimizer's rate, lowered by then if there is a [#plateau]
    /// @param step from 0
    double rate(double base, long step);

    /// What lowers the base when a metric no longer improves; empty for all others.
    default Optional<ReduceOnPlateau> plateau() {
        return Optional.empty();
    }

    /// Always the base.
    record Constant() implements Schedule {
        @Override
        public double rate(double base, long step) {
            return base;
        }
    }

    /// One rate whatever the base: set by hand in the middle of a run.
    ///
    /// @param rate not negative
    record Fixed(double rate) implements Schedule {
        /// @throws IllegalArgumentException if the rate is negative or not finite
        public Fixed {
            requireNotNegative("rate", rate);
        }

        @Override
        public double rate(double base, long step) {
            return rate;
        }
    }

    /// base·factor^⌊step/every⌋.
    ///
    /// @param every steps between two reductions
    /// @param factor positive
    record Stairs(long every, double factor) implements Schedule {
        /// @throws IllegalArgumentException if a number is out of range
        public Stairs {
            requireSteps("every", every);
            requireFactor(factor);
        }

        @Override
        public double rate(double base, long step) {
            long reductions = step / every;
            return base * StrictMath.pow(factor, (double) reductions);
        }
    }

    /// base·factor^step.
    ///
    /// @param factor positive, of one step
    record Exponential(double factor) implements Schedule {
        /// @throws IllegalArgumentException if the factor is out of range
        public Exponential {
            requireFactor(factor);
        }

        @Override
        public double rate(double base, long step) {
            return base * StrictMath.pow(factor, (double) step);
        }
    }

    /// Half a cosine from the base to the minimum: minimum + (base − minimum)·(1 +
    /// cos(π·step/steps))/2, and the minimum from then on. Loshchilov and Hutter, "SGDR", ICLR 2017,
    /// equation 5, without restarts.
    ///
    /// @param steps when the minimum is reached
    /// @param minimum not negative
    record Cosine(long steps, double minimum) implements Schedule {
        /// @throws IllegalArgumentException if a number is out of range
        public Cosine {
            requireSteps("steps", steps);
            requireNotNegative("minimum", minimum);
        }

        @Override
        public double rate(double base, long step) {
            return anneal(base, minimum, (double) step / steps);
        }
    }

    /// One cycle: from base/start up to the base, then down to base/(start·end), each half a cosine.
    /// Smith and Topin, "Super-convergence", 2018, in PyTorch's form with two phases; the momentum is
    /// left as it is.
    ///
    /// @param steps all steps of the cycle, at least 2; the last one has the least rate
    /// @param rising share of the steps in which the rate rises, between 0 and 1; PyTorch's 0.3
    /// @param start how many times smaller than the base the first rate is, above 0; PyTorch's 25
    /// @param end how many times smaller than the first the last rate is, above 0; PyTorch's 1e4
    record OneCycle(long steps, double rising, double start, double end) implements Schedule {
        /// @throws IllegalArgumentException if a number is out of range
        public OneCycle {
            requireSteps("steps", steps - 1);
            if (!(rising > 0 && rising < 1)) {
                throw new IllegalArgumentException(
                        "rising: expected a share between 0 and 1, found " + rising + "; try 0.3");
            }
            requireFactor(start);
            requireFactor(end);
        }

        @Override
        public double rate(double base, long step) {
            double top = rising * steps - 1;
            double first = base / start;
            return step <= top
                    ? anneal(first, base, step / top)
                    : anneal(base, first / end, (step - top) / (steps - 1 - top));
        }
    }

    /// A straight line from start·rate up to the first rate of another schedule, which then begins.
    ///
    /// @param steps how long it takes; the other schedule's step 0 is this one's step `steps`
    /// @param start share of the rate at step 0, from 0 to 1
    /// @param then what follows
    record WarmUp(long steps, double start, Schedule then) implements Schedule {
        /// @throws IllegalArgumentException if a number is out of range
        public WarmUp {
            requireSteps("warm-up", steps);
            if (!(start >= 0 && start <= 1)) {
                throw new IllegalArgumentException(
                        "warm-up start: expected a share from 0 to 1, found " + start + "; try 0.1");
            }
        }

        @Override
        public double rate(double base, long step) {
            return step < steps
                    ? then.rate(base, 0) * (start + (1 - start) * step / steps)
                    : then.rate(base, step - steps);
        }

        @Override
        public Optional<ReduceOnPlateau> plateau() {
            return then.plateau();
        }
    }

    /// All rates from one to another, evenly spaced in their logarithms, whatever the base: for the
    /// learning-rate finder.
    ///
    /// @param from rate at step 0, positive
    /// @param to rate at step `steps − 1`
    /// @param steps at least 2
    record Sweep(double from, double to, long steps) implements Schedule {
        /// @throws IllegalArgumentException if a number is out of range
        public Sweep {
            Optimizer.requireLearningRate(from);
            Optimizer.requireLearningRate(to);
            requireSteps("steps", steps - 1);
        }

        @Override
        public double rate(double base, long step) {
            return from * StrictMath.pow(to / from, (double) step / (steps - 1));
        }
    }

    private static double anneal(double from, double to, double share) {
        return share >= 1 ? to : to + (from - to) * (1 + StrictMath.cos(Math.PI * share)) / 2;
    }

    private static void requireSteps(String what, long steps) {
        if (steps < 1) {
            throw new IllegalArgumentException(what + ": too few steps, found " + steps + "; try 1000");
        }
    }

    private static void requireFactor(double factor) {
        if (!(factor > 0 && Double.isFinite(factor))) {
            throw new IllegalArgumentException("factor: expected a positive finite number, found " + factor);
        }
    }

    private static void requireNotNegative(String what, double value) {
        if (!(value >= 0 && Double.isFinite(value))) {
            throw new IllegalArgumentException(
                    what + ": expected a finite number that is not negative, found " + value + "; try 0");
        }
    }
}
