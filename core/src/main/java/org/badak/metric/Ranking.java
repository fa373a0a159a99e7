package org.badak.metric;

import java.util.Arrays;

/// Metrics of scores and probabilities: what they are worth beyond the class that comes first.
public final class Ranking {
    private Ranking() {}

    /// Area under the ROC curve: the probability that a positive example has a higher score than a negative one, equal
    /// scores counting half (Hanley and McNeil 1982; the Mann–Whitney statistic with mid-ranks).
    ///
    /// @param scores one for each example; higher means more likely positive
    /// @param positive which examples are positive
    /// @return 0 to 1; NaN if there is no positive or no negative example
    /// @throws IllegalArgumentException if lengths differ or a score is NaN
    public static double rocAuc(double[] scores, boolean[] positive) {
        requireEqual("labels", scores.length, positive.length);
        double[] sorted = scores.clone();
        Arrays.sort(sorted);
        if (sorted.length > 0 && Double.isNaN(sorted[sorted.length - 1])) { // NaN sorts last
            throw new IllegalArgumentException("roc auc: expected numbers as scores, found NaN");
        }
        // 2·(sum of the positives' mid-ranks), exact in long
        long positives = 0;
        long doubledRanks = 0;
        for (int i = 0; i < scores.length; i++) {
            if (positive[i]) {
                positives++;
                doubledRanks += lower(sorted, scores[i]) + upper(sorted, scores[i]) + 1L;
            }
        }
        long negatives = scores.length - positives;
        if (positives == 0 || negatives == 0) {
            return Double.NaN;
        }
        return (doubledRanks - positives * (positives + 1)) / (2.0 * positives * negatives);
    }

    /// Area under the ROC curve of several classes: each class against all others, the mean of the classes that have
    /// positive and negative examples. Of two classes it is that of the second class alone.
    ///
    /// @param probabilities `[examples][classes]`
    /// @param labels the true class of each example
    /// @return 0 to 1; NaN if no class can be judged
    public static double rocAuc(double[][] probabilities, int[] labels) {
        requireEqual("labels", probabilities.length, labels.length);
        int classes = probabilities.length == 0 ? 0 : probabilities[0].length;
        double sum = 0;
        int counted = 0;
        for (int of = classes == 2 ? 1 : 0; of < classes; of++) {
            double[] scores = new double[labels.length];
            boolean[] positive = new boolean[labels.length];
            for (int i = 0; i < labels.length; i++) {
                scores[i] = probabilities[i][of];
                positive[i] = labels[i] == of;
            }
            double area = rocAuc(scores, positive);
            if (!Double.isNaN(area)) {
                sum += area;
                counted++;
            }
        }
        return sum / counted;
    }

    /// Mean of −ln p of the true class. A probability of zero counts as the smallest normal number of float32,
    /// 1.2e-38, so that one certain mistake does not make the whole infinite.
    ///
    /// @param probabilities `[examples][classes]`
    /// @param labels the true class of each example
    /// @return at least 0; NaN for no examples
    public static double logLoss(double[][] probabilities, int[] labels) {
        requireEqual("labels", probabilities.length, labels.length);
        double sum = 0;
        for (int i = 0; i < labels.length; i++) {
            sum -= StrictMath.log(Math.max(probabilities[i][labels[i]], Float.MIN_NORMAL));
        }
        return sum / labels.length;
    }

    /// Share of the examples whose true class is among the k most probable ones. Of equal probabilities the lower
    /// class comes first.
    ///
    /// @param k at least 1
    /// @return 0 to 1; NaN for no examples
    public static double topK(double[][] probabilities, int[] labels, int k) {
        requireEqual("labels", probabilities.length, labels.length);
        if (k < 1) {
            throw new IllegalArgumentException("top-k: expected k of at least 1, found " + k);
        }
        int hits = 0;
        for (int i = 0; i < labels.length; i++) {
            double[] row = probabilities[i];
            int before = 0;
            for (int j = 0; j < row.length; j++) {
                if (row[j] > row[labels[i]] || row[j] == row[labels[i]] && j < labels[i]) {
                    before++;
                }
            }
            hits += before < k ? 1 : 0;
        }
        return (double) hits / labels.length;
    }

    /// How many elements are below a value.
    private static int lower(double[] sorted, double value) {
        int from = 0;
        int to = sorted.length;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (sorted[middle] < value) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    /// How many elements are at most a value.
    private static int upper(double[] sorted, double value) {
        int from = 0;
        int to = sorted.length;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (sorted[middle] <= value) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    private static void requireEqual(String what, int expected, int found) {
        if (expected != found) {
            throw new IllegalArgumentException(
                    what + ": expected " + expected + ", one for each example, found " + found);
        }
    }
}
