package org.badak.metric;

/// Counts of true classes against predicted ones, and what follows from them. Filled by [#add], in any order.
///
/// Where a share has nothing to be a share of (a class that was never predicted has no precision), it is NaN, and
/// averages leave it out, as a footnote would: [#macroF1] counts a class without examples and without predictions
/// nowhere, but one with examples that was never predicted as an F1 of 0.
public final class Confusion {
    private final int classes;
    private final long[] counts;

    /// No predictions yet.
    ///
    /// @param classes number of classes, at least 1
    /// @throws IllegalArgumentException unless classes ≥ 1
    public Confusion(int classes) {
        if (classes < 1) {
            throw new IllegalArgumentException("confusion: expected at least 1 class, found " + classes);
        }
        this.classes = classes;
        counts = new long[Math.multiplyExact(classes, classes)];
    }

    /// Counts one example.
    ///
    /// @throws IllegalArgumentException if a class is not in [0, classes)
    public void add(int truth, int predicted) {
        counts[place(truth, predicted)]++;
    }

    private int place(int truth, int predicted) {
        if (truth < 0 || truth >= classes || predicted < 0 || predicted >= classes) {
            throw new IllegalArgumentException("confusion: expected classes 0 to " + (classes - 1) + ", found true "
                    + truth + " and predicted " + predicted);
        }
        return truth * classes + predicted;
    }

    /// Number of classes.
    public int classes() {
        return classes;
    }

    /// How many examples of a class were predicted as another, or the same.
    public long count(int truth, int predicted) {
        return counts[place(truth, predicted)];
    }

    /// A copy: element [truth][predicted].
    public long[][] table() {
        long[][] table = new long[classes][classes];
        for (int truth = 0; truth < classes; truth++) {
            System.arraycopy(counts, truth * classes, table[truth], 0, classes);
        }
        return table;
    }

    /// Number of examples.
    public long total() {
        long total = 0;
        for (long count : counts) {
            total += count;
        }
        return total;
    }

    /// Number of examples of a class.
    public long support(int truth) {
        long sum = 0;
        for (int predicted = 0; predicted < classes; predicted++) {
            sum += count(truth, predicted);
        }
        return sum;
    }

    /// How often a class was predicted.
    public long predicted(int predicted) {
        long sum = 0;
        for (int truth = 0; truth < classes; truth++) {
            sum += count(truth, predicted);
        }
        return sum;
    }

    /// Number of examples that were predicted correctly.
    public long correct() {
        long correct = 0;
        for (int i = 0; i < classes; i++) {
            correct += count(i, i);
        }
        return correct;
    }

    /// Share of all examples that were predicted correctly; NaN for none.
    public double accuracy() {
        return share(correct(), total());
    }

    /// Share of the predictions of a class that were right; NaN if it was never predicted.
    public double precision(int of) {
        return share(count(of, of), predicted(of));
    }

    /// Share of the examples of a class that were found; NaN if there are none.
    public double recall(int of) {
        return share(count(of, of), support(of));
    }

    /// 2·TP / (2·TP + FP + FN), the harmonic mean of precision and recall; NaN if the class was neither there nor
    /// predicted.
    public double f1(int of) {
        return share(2 * count(of, of), support(of) + predicted(of));
    }

    /// Mean precision of the classes that were predicted at all or have examples (then 0).
    public double macroPrecision() {
        return macro(this::precision);
    }

    /// Mean recall of the classes that have examples.
    public double macroRecall() {
        return macro(this::recall);
    }

    /// Mean F1 of the classes that have examples or were predicted.
    public double macroF1() {
        return macro(this::f1);
    }

    /// Mean precision, every class as often as it has examples; 0 for one that was never predicted.
    public double weightedPrecision() {
        return weighted(this::precision);
    }

    /// Mean recall, every class as often as it has examples: the accuracy.
    public double weightedRecall() {
        return weighted(this::recall);
    }

    /// Mean F1, every class as often as it has examples.
    public double weightedF1() {
        return weighted(this::f1);
    }

    /// Mean recall of the classes that have examples: accuracy as if all classes had as many.
    public double balancedAccuracy() {
        return macroRecall();
    }

    private double macro(Measure measure) {
        double sum = 0;
        int counted = 0;
        for (int i = 0; i < classes; i++) {
            double value = measure.of(i);
            if (!Double.isNaN(value)) {
                sum += value;
                counted++;
            } else if (support(i) > 0) {
                counted++; // examples, but no prediction: worth 0
            }
        }
        return sum / counted;
    }

    private double weighted(Measure measure) {
        double sum = 0;
        for (int i = 0; i < classes; i++) {
            long support = support(i);
            if (support > 0) {
                double value = measure.of(i);
                sum += support * (Double.isNaN(value) ? 0 : value);
            }
        }
        return sum / total();
    }

    private static double share(long part, long whole) {
        return whole == 0 ? Double.NaN : (double) part / whole;
    }

    private interface Measure {
        double of(int label);
    }
}
