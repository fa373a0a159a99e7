package org.badak.metric;

/// How good the answers of a classifier are, as classes and as probabilities.
///
/// @param confusion true classes against those with the highest score
/// @param k how many of the first answers [#topK] looks at
/// @param topK share of the examples whose true class is among the k first, see [Ranking#topK]; NaN if a score
///     is NaN
/// @param logLoss see [Ranking#logLoss]; NaN if the scores of an example are no probabilities
/// @param rocAuc see [Ranking#rocAuc(double[][], int[])]; NaN if a score is NaN
public record Classification(Confusion confusion, int k, double topK, double logLoss, double rocAuc) {
    private static final int FIRST = 3;
    private static final double ROUNDING = 1e-3;

    /// Judges scores, with k = 3, or the number of classes if there are fewer.
    ///
    /// @param scores `[examples][classes]`: probabilities, or whatever is higher for a likelier class; of equal
    ///     ones the lower class counts as the answer
    /// @param labels the true class of each example
    /// @param classes number of classes, at least 1
    /// @throws IllegalArgumentException if there are not as many labels as examples, a row has not as many
    ///     scores as there are classes, or a label is no class
    public static Classification of(double[][] scores, int[] labels, int classes) {
        if (scores.length != labels.length) {
            throw new IllegalArgumentException("classification: expected as many labels as examples, found "
                    + labels.length + " labels and " + scores.length + " examples");
        }
        Confusion confusion = new Confusion(classes);
        boolean numbers = true;
        boolean probabilities = true;
        for (int i = 0; i < labels.length; i++) {
            if (scores[i].length != classes) {
                throw new IllegalArgumentException("classification: example " + i + ": expected " + classes
                        + " scores, one for each class, found " + scores[i].length);
            }
            confusion.add(labels[i], largest(scores[i]));
            double sum = sum(scores[i]);
            numbers &= !Double.isNaN(sum);
            probabilities &= Math.abs(sum - 1) <= ROUNDING && least(scores[i]) >= 0;
        }
        int k = Math.min(FIRST, classes);
        return new Classification(
                confusion,
                k,
                numbers ? Ranking.topK(scores, labels, k) : Double.NaN,
                probabilities ? Ranking.logLoss(scores, labels) : Double.NaN,
                numbers ? Ranking.rocAuc(scores, labels) : Double.NaN);
    }

    private static int largest(double[] row) {
        int best = 0;
        for (int i = 1; i < row.length; i++) {
            best = row[i] > row[best] ? i : best;
        }
        return best;
    }

    private static double sum(double[] row) {
        double sum = 0;
        for (double value : row) {
            sum += value;
        }
        return sum;
    }

    private static double least(double[] row) {
        double least = row[0];
        for (double value : row) {
            least = Math.min(least, value);
        }
        return least;
    }
}
