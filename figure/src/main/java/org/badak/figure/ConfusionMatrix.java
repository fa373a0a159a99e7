package org.badak.figure;

import java.util.Arrays;
import java.util.List;

/// How often each true class (row) was taken for each class (column).
public final class ConfusionMatrix implements Graphic {
    private final String title;
    private final List<String> labels;
    private final long[][] counts; // [true class, predicted class]

    private ConfusionMatrix(String title, List<String> labels, long[][] counts) {
        this.title = title;
        this.labels = List.copyOf(labels);
        this.counts = counts;
    }

    /// A matrix of counts, rows: true classes, columns: predicted classes; the arrays are copied.
    ///
    /// @throws FigureException if the matrix is not square, not as large as the list of labels, or has a
    /// negative count
    public static ConfusionMatrix of(String title, List<String> labels, long[][] counts) {
        long[][] copy = new long[counts.length][];
        for (int i = 0; i < counts.length; i++) {
            if (counts[i].length != labels.size() || counts.length != labels.size()) {
                throw new FigureException("A confusion matrix of " + labels.size() + " classes needs " + labels.size()
                        + " rows of " + labels.size() + " counts, but row " + i + " of " + counts.length + " has "
                        + counts[i].length + ".");
            }
            if (Arrays.stream(counts[i]).anyMatch(count -> count < 0)) {
                throw new FigureException("A confusion matrix cannot have negative counts, but row " + i + " is "
                        + Arrays.toString(counts[i]) + ".");
            }
            copy[i] = counts[i].clone();
        }
        if (counts.length != labels.size() || labels.isEmpty()) {
            throw new FigureException("A confusion matrix of " + labels.size() + " classes cannot have " + counts.length
                    + " rows; give at least one class and as many rows as classes.");
        }
        return new ConfusionMatrix(title, labels, copy);
    }

    @Override
    public String title() {
        return title;
    }

    /// Names of the classes, in order.
    public List<String> labels() {
        return labels;
    }

    /// Number of classes.
    public int size() {
        return labels.size();
    }

    /// How often true class `actual` was taken for class `predicted`.
    public long count(int actual, int predicted) {
        return counts[actual][predicted];
    }

    /// Number of samples of a true class.
    public long total(int actual) {
        return Arrays.stream(counts[actual]).sum();
    }

    /// Share of a true class taken for `predicted`, 0 … 1; 0 where the class has no sample.
    public double share(int actual, int predicted) {
        long total = total(actual);
        return total == 0 ? 0 : (double) counts[actual][predicted] / total;
    }
}
