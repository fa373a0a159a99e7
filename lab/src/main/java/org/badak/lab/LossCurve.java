package org.badak.lab;

import java.util.ArrayList;
import java.util.List;
import org.badak.data.Json;

/// The mean loss of mini-batches over the steps of a run: a point for the steps since the last one. Guarded by whoever
/// owns it, but for [#add], which the training thread alone calls.
final class LossCurve {
    private static final int MOST_POINTS = 500;

    private final List<double[]> points = new ArrayList<>(); // step, mean loss up to it
    private double sum; // of the steps since the last point
    private long steps;

    /// Adds the loss of a step.
    void add(double loss) {
        sum += loss;
        steps++;
    }

    /// Puts a point; every second one goes when there are too many.
    void mark(long step) {
        if (steps == 0) {
            return;
        }
        points.add(new double[] {step, sum / steps});
        sum = 0;
        steps = 0;
        if (points.size() > MOST_POINTS) {
            for (int i = points.size() - 2; i >= 0; i -= 2) {
                points.remove(i);
            }
        }
    }

    /// The points from a position on.
    ///
    /// @param most how many at most, the newest
    Json newest(int most) {
        return new Json.Items(points.subList(Math.max(0, points.size() - most), points.size()).stream()
                .<Json>map(Answer::numbers)
                .toList());
    }
}
