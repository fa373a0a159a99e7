package org.badak.lab;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.badak.kernel.Kernels;
import org.badak.metric.Confusion;
import org.badak.train.Evaluator;

/// What a network makes of every image of a set.
///
/// @param confusion which class was taken for which
/// @param mistakes wrong answers, the surest first
record Readings(Confusion confusion, List<Mistake> mistakes) {
    /// A wrong answer.
    ///
    /// @param index number of the image
    /// @param truth its class
    /// @param predicted the class it was taken for
    /// @param confidence the probability of that
    record Mistake(int index, int truth, int predicted, double confidence) {}

    /// Has every image predicted.
    static Readings of(Evaluator evaluator, int classes) {
        Confusion confusion = new Confusion(classes);
        List<Mistake> mistakes = new ArrayList<>();
        evaluator.predictions((index, truth, predictions, row) -> {
            int predicted = Kernels.argMax(predictions, row);
            confusion.add(truth, predicted);
            if (predicted != truth) {
                mistakes.add(new Mistake(index, truth, predicted, predictions.get(row, predicted)));
            }
        });
        mistakes.sort(Comparator.comparingDouble(Mistake::confidence).reversed().thenComparingInt(Mistake::index));
        return new Readings(confusion, List.copyOf(mistakes));
    }

    /// The surest mistakes.
    List<Mistake> surest(int most) {
        return mistakes.subList(0, Math.min(most, mistakes.size()));
    }
}
