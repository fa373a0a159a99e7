package org.badak.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.badak.kernel.Philox;
import org.badak.kernel.Purpose;

/// A division of examples into those that are learned from and those that are held out: for a test, for validation, or
/// as one of k folds. A pure function of seed and labels. Stratified: every class is divided by the same fraction, so
/// that no part lacks a class that has enough examples.
///
/// @param train indices of the examples to learn from, ascending
/// @param held indices of the examples held out, ascending
public record Partition(int[] train, int[] held) {
    private static final int WHOLE = 0;

    /// Holds out a fraction of the examples, drawn at random.
    ///
    /// @param count number of examples
    /// @param fraction of them to hold out, in [0, 1); rounded to whole examples
    /// @param seed the run's seed
    /// @throws IllegalArgumentException if the fraction is out of range or leaves nothing to learn from
    public static Partition of(int count, double fraction, long seed) {
        return of(new int[count], 1, fraction, seed);
    }

    /// Holds out a fraction of the examples of each class, drawn at random; of a class at least one example stays to
    /// be learned from. Rounding errors are carried from class to class, so that the total is right to one example.
    ///
    /// @param labels class of each example, in [0, classes)
    /// @param fraction of them to hold out, in [0, 1)
    /// @param seed the run's seed
    /// @throws IllegalArgumentException if the fraction is out of range or leaves nothing to learn from
    public static Partition of(int[] labels, int classes, double fraction, long seed) {
        if (!(fraction >= 0 && fraction < 1)) {
            throw new IllegalArgumentException("fraction held out: expected 0 to 1 (exclusive), found " + fraction);
        }
        boolean[] held = new boolean[labels.length];
        double owed = 0;
        for (int c = 0; c < classes; c++) {
            int[] members = members(labels, c, seed, WHOLE);
            owed += fraction * members.length;
            int taken = Math.clamp(Math.round(owed), 0, Math.max(members.length - 1, 0));
            owed -= taken;
            for (int i = 0; i < taken; i++) {
                held[members[i]] = true;
            }
        }
        return divided(held);
    }

    /// k divisions, in each of which another k-th of the examples is held out.
    ///
    /// @param count number of examples, at least k
    /// @param folds k, at least 2
    /// @param seed the run's seed
    /// @throws IllegalArgumentException if there are fewer than 2 folds or fewer examples than folds
    public static List<Partition> folds(int count, int folds, long seed) {
        return folds(new int[count], 1, folds, seed);
    }

    /// k divisions, in each of which another k-th of each class is held out; sizes differ by one example at most.
    ///
    /// @param labels class of each example, in [0, classes); at least k
    /// @param folds k, at least 2
    /// @param seed the run's seed
    /// @throws IllegalArgumentException if there are fewer than 2 folds or fewer examples than folds
    public static List<Partition> folds(int[] labels, int classes, int folds, long seed) {
        if (folds < 2 || folds > labels.length) {
            throw new IllegalArgumentException(
                    "folds: expected 2 to " + labels.length + ", the number of examples, found " + folds);
        }
        int[] fold = new int[labels.length];
        int dealt = 0; // as cards are: goes on from class to class
        for (int c = 0; c < classes; c++) {
            for (int member : members(labels, c, seed, folds)) {
                fold[member] = dealt++ % folds;
            }
        }
        List<Partition> partitions = new ArrayList<>();
        for (int k = 0; k < folds; k++) {
            boolean[] held = new boolean[labels.length];
            for (int i = 0; i < held.length; i++) {
                held[i] = fold[i] == k;
            }
            partitions.add(divided(held));
        }
        return partitions;
    }

    /// The examples of a class in random order; each class and kind of division has its own stream.
    private static int[] members(int[] labels, int wanted, long seed, int kind) {
        int[] members = new int[labels.length];
        int count = 0;
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] == wanted) {
                members[count++] = i;
            }
        }
        int[] order = new int[count];
        Philox.permute(seed, Purpose.SPLIT, 31 * wanted + kind, order);
        for (int i = 0; i < count; i++) {
            order[i] = members[order[i]];
        }
        return order;
    }

    private static Partition divided(boolean[] held) {
        int[] train = new int[held.length];
        int[] rest = new int[held.length];
        int trained = 0;
        int kept = 0;
        for (int i = 0; i < held.length; i++) {
            if (held[i]) {
                rest[kept++] = i;
            } else {
                train[trained++] = i;
            }
        }
        if (trained == 0) {
            throw new IllegalArgumentException(
                    "division: nothing is left to learn from, of " + held.length + " examples; hold out fewer");
        }
        return new Partition(Arrays.copyOf(train, trained), Arrays.copyOf(rest, kept));
    }
}
