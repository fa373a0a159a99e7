package org.badak.chapter;

/// What is done against over-fitting in an [OverfittingExperiment].
///
/// @param name in files: `weight-decay`
/// @param weightDecay λ of L2 weight decay (가중치 감소), 0 for none
/// @param dropout share of the units that each hidden layer drops (드롭아웃), 0 for none
/// @param patience epochs without a better validation accuracy after which training stops (조기 종료), 0 to train to the
///     end
public record Cure(String name, double weightDecay, double dropout, int patience) {
    /// @throws IllegalArgumentException if the share is not in [0, 1), the decay is negative or not finite, or the
    ///     patience is negative
    public Cure {
        if (!(weightDecay >= 0 && Double.isFinite(weightDecay))) {
            throw new IllegalArgumentException(
                    "weight decay: expected a finite number that is not negative, found " + weightDecay);
        }
        if (!(dropout >= 0 && dropout < 1)) {
            throw new IllegalArgumentException("dropout: expected at least 0 and below 1, found " + dropout);
        }
        if (patience < 0) {
            throw new IllegalArgumentException("patience: expected at least 0 epochs, found " + patience);
        }
    }

    /// Nothing is done.
    public static Cure none() {
        return new Cure("plain", 0, 0, 0);
    }

    /// λ·w is added to the gradient of every weight.
    public static Cure weightDecay(double rate) {
        return new Cure("weight-decay", rate, 0, 0);
    }

    /// Units are left out at random while learning.
    public static Cure dropout(double rate) {
        return new Cure("dropout", 0, rate, 0);
    }

    /// Validation images say when to stop; the parameters that were right on most of them are kept. Goodfellow, Bengio
    /// and Courville, *Deep Learning* (2016), algorithm 7.1.
    ///
    /// @param patience at least 1
    public static Cure earlyStopping(int patience) {
        if (patience < 1) {
            throw new IllegalArgumentException("patience: expected at least 1 epoch, found " + patience + "; try 100");
        }
        return new Cure("early-stopping", 0, 0, patience);
    }

    /// Whether training may end early.
    public boolean stopsEarly() {
        return patience > 0;
    }
}
