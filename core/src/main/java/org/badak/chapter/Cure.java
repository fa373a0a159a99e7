package org.badak.chapter;

/// What is done against over-fitting in an [OverfittingExperiment].
///
/// @param name in files: `weight-decay`
/// @param weightDecay λ of L2 weight decay (가중치 감소), 0 for none
/// @param dropout share of the units that each hidden layer drops (드롭아웃), 0 for none
/// @param heldOut share of the images that is held out to say when to stop (조기 종료), 0 to train to the end
/// @param patience epochs without a better validation accuracy after which training stops
public record Cure(String name, double weightDecay, double dropout, double heldOut, int patience) {
    /// @throws IllegalArgumentException if a share is not in [0, 1), the decay is negative or not finite, or
    ///     something is held out with a patience below 1
    public Cure {
        if (!(weightDecay >= 0 && Double.isFinite(weightDecay))) {
            throw new IllegalArgumentException(
                    "weight decay: expected a finite number that is not negative, found " + weightDecay);
        }
        requireShare("dropout", dropout);
        requireShare("share held out", heldOut);
        if (heldOut > 0 && patience < 1) {
            throw new IllegalArgumentException("patience: expected at least 1 epoch, found " + patience + "; try 20");
        }
    }

    private static void requireShare(String what, double share) {
        if (!(share >= 0 && share < 1)) {
            throw new IllegalArgumentException(what + ": expected at least 0 and below 1, found " + share);
        }
    }

    /// Nothing is done.
    public static Cure none() {
        return new Cure("plain", 0, 0, 0, 0);
    }

    /// λ·w is added to the gradient of every weight.
    public static Cure weightDecay(double rate) {
        return new Cure("weight-decay", rate, 0, 0, 0);
    }

    /// Units are left out at random while learning.
    public static Cure dropout(double rate) {
        return new Cure("dropout", 0, rate, 0, 0);
    }

    /// Images held out say after how many steps most unseen images are right; a new network is then trained on all
    /// images for as many steps. Goodfellow, Bengio and Courville, *Deep Learning* (2016), algorithms 7.1 and 7.2.
    public static Cure earlyStopping(double heldOut, int patience) {
        return new Cure("early-stopping", 0, 0, heldOut, patience);
    }

    /// Whether training may end early.
    public boolean stopsEarly() {
        return heldOut > 0;
    }
}
