package org.badak.data;

import org.badak.kernel.Philox;
import org.badak.kernel.Purpose;

/// Wrong labels on purpose, as in data that people labelled in haste: a share of the examples, drawn at random, gets
/// the label of another class, each of the others with the same probability. A pure function of seed, part and labels.
///
/// @param share of the examples, in [0, 1); rounded to whole examples
/// @param seed decides which, and what they become
public record LabelNoise(double share, long seed) {
    /// @throws IllegalArgumentException if the share is out of range
    public LabelNoise {
        if (!(share >= 0 && share < 1)) {
            throw new IllegalArgumentException("label noise: expected at least 0 and below 1, found " + share);
        }
    }

    /// How many of a number of examples get a wrong label.
    public int of(int examples) {
        return (int) Math.round(share * examples);
    }

    /// The examples, some with wrong labels; the examples themselves if none are.
    ///
    /// @param part tells sets apart that are to be drawn independently, from 0
    public Dataset apply(Dataset examples, int part) {
        int wrong = of(examples.count());
        if (wrong == 0) {
            return examples;
        }
        int[] order = new int[examples.count()];
        Philox.permute(seed, Purpose.LABEL_NOISE, 2 * part, order);
        int[] labels = examples.labels().clone();
        for (int i = 0; i < wrong; i++) {
            int others = examples.classes() - 1;
            int step = 1 + Philox.below(seed, Purpose.LABEL_NOISE, 2 * part + 1, i, others);
            labels[order[i]] = (labels[order[i]] + step) % examples.classes();
        }
        return examples.labelled(labels);
    }
}
