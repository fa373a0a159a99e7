package org.badak.tune;

import java.util.ArrayList;
import java.util.List;

/// Successive halving (Jamieson and Talwalkar, "Non-stochastic best arm identification and hyperparameter
/// optimization", AISTATS 2016): all trials get a small part of the budget, the best of them more, and so on, until the
/// last few get all of it. Rung i of s has n·η⁻ⁱ trials with a budget of R·ηⁱ⁻ˢ each, as a bracket of Hyperband (Li et
/// al., JMLR 18, 2018, algorithm 1, lines 5 and 6).
///
/// Departs from both: a trial that is promoted begins anew, so that the learning rate follows its schedule to the end
/// in every rung and a trial depends on nothing but its values and its budget.
public final class Halving {
    /// The usual η: of three trials one goes on.
    public static final int ETA = 3;

    private Halving() {}

    /// A rung.
    ///
    /// @param number from 0
    /// @param trials how many are trained
    /// @param share part of the whole budget that each gets, above 0 and at most 1
    public record Rung(int number, int trials, double share) {}

    /// The rungs for so many trials, the last one with the whole budget.
    ///
    /// @param trials at least 1
    /// @param eta at least 2
    /// @param budget whole budget of one trial in its smallest units, steps or epochs; none gets less than one
    /// @throws IllegalArgumentException if a number is out of range
    public static List<Rung> rungs(int trials, int eta, long budget) {
        if (trials < 1 || eta < 2 || budget < 1) {
            throw new IllegalArgumentException("halving: expected at least 1 trial, eta 2 and a budget of 1, found "
                    + trials + ", " + eta + " and " + budget);
        }
        int last = 0;
        long factor = eta;
        while (factor <= trials && factor <= budget) {
            last++;
            factor *= eta;
        }
        List<Rung> rungs = new ArrayList<>();
        for (int i = 0; i <= last; i++) {
            rungs.add(new Rung(i, trials / power(eta, i), 1.0 / power(eta, last - i)));
        }
        return rungs;
    }

    private static int power(int base, int exponent) {
        int power = 1;
        for (int i = 0; i < exponent; i++) {
            power *= base;
        }
        return power;
    }
}
