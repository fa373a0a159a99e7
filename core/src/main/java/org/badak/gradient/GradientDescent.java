package org.badak.gradient;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// Gradient descent (경사 하강법) on any function of an array: x ← x − η·∇f(x), the gradient by central differences with
/// the chapter's h = 1e-4. Keeps where it has been, and says by itself how it went.
///
/// @param learningRate η, positive and finite
/// @param steps how many steps at most, not negative
public record GradientDescent(double learningRate, int steps) {
    private static final double SMALL_GRADIENT = 1e-6;
    private static final double SMALL_DISTANCE = 1e-4;
    private static final double SMALL_GAIN = 1e-6;
    private static final double ROUNDING = 1e-9;

    /// How a descent went: the first rule that holds, in the order of the constants.
    public enum Verdict {
        /// A point, a value or a gradient is not a finite number, or the last value is above the first (by more
        /// than 1e-9 of the first): the learning rate is too large, or f has no lower bound.
        DIVERGED,
        /// The last gradient is at most 1e-6 of the first in length.
        CONVERGED,
        /// The whole way is shorter than 1e-4 of max(1, |start|): the learning rate is too small.
        HARDLY_MOVED,
        /// The way is longer, but the value fell by less than 1e-6 of the first: it jumps to and fro over the
        /// minimum.
        OSCILLATING,
        /// None of these: more steps would get further.
        STILL_MOVING
    }

    /// What a descent leaves.
    ///
    /// @param points start and the point after each step; if a value became not finite, the last point is where
    /// @param values f at each point
    /// @param verdict how it went
    /// @param explanation the verdict in a sentence, with its figures
    public record Path(List<double[]> points, double[] values, Verdict verdict, String explanation) {
        /// The last point.
        public double[] point() {
            return points.getLast();
        }

        /// f at the last point.
        public double value() {
            return values[values.length - 1];
        }
    }

    /// @throws IllegalArgumentException unless the rate is positive and finite and the steps are not negative
    public GradientDescent {
        if (!(learningRate > 0 && Double.isFinite(learningRate))) {
            throw new IllegalArgumentException(
                    "learning rate: expected a positive finite number, found " + learningRate + "; try 0.1");
        }
        if (steps < 0) {
            throw new IllegalArgumentException("steps: expected 0 or more, found " + steps);
        }
    }

    /// Walks downhill from a point.
    ///
    /// @param f moved and restored arguments are handed to it; must not keep them
    /// @param start not changed
    public Path descend(ToDoubleFunction<double[]> f, double... start) {
        double[] x = start.clone();
        List<double[]> points = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        points.add(x.clone());
        values.add(f.applyAsDouble(x));
        double[] gradient = NumericalDifferentiation.gradient(f, x);
        double firstSlope = length(gradient);
        double way = 0;
        for (int step = 0; step < steps && finite(x, values.getLast(), gradient); step++) {
            double squares = 0;
            for (int i = 0; i < x.length; i++) {
                double move = learningRate * gradient[i];
                x[i] -= move;
                squares += move * move;
            }
            way += Math.sqrt(squares);
            points.add(x.clone());
            values.add(f.applyAsDouble(x));
            gradient = NumericalDifferentiation.gradient(f, x);
        }
        double[] history = values.stream().mapToDouble(Double::doubleValue).toArray();
        boolean finite = finite(x, values.getLast(), gradient);
        Verdict verdict = verdict(finite, history, way, length(start), firstSlope, length(gradient));
        String explanation = explain(verdict, finite, history, way, firstSlope, length(gradient));
        return new Path(List.copyOf(points), history, verdict, explanation);
    }

    private static Verdict verdict(
            boolean finite, double[] values, double way, double start, double firstSlope, double lastSlope) {
        double first = values[0];
        double last = values[values.length - 1];
        if (!finite || last > first + ROUNDING * Math.abs(first)) {
            return Verdict.DIVERGED;
        }
        if (lastSlope <= SMALL_GRADIENT * firstSlope) {
            return Verdict.CONVERGED;
        }
        if (way < SMALL_DISTANCE * Math.max(1, start)) {
            return Verdict.HARDLY_MOVED;
        }
        return first - last < SMALL_GAIN * Math.abs(first) ? Verdict.OSCILLATING : Verdict.STILL_MOVING;
    }

    private String explain(
            Verdict verdict, boolean finite, double[] values, double way, double firstSlope, double lastSlope) {
        int done = values.length - 1;
        String fall = "f went from " + values[0] + " to " + values[done] + " in " + done + " steps";
        return switch (verdict) {
            case DIVERGED ->
                done == 0
                        ? "f or its gradient is not a finite number at the start, f = " + values[0]
                                + "; choose another starting point"
                        : (finite
                                        ? "diverged: " + fall
                                        : "diverged: not a finite number after step " + done + ", f = " + values[done])
                                + "; the learning rate " + learningRate + " is too large, try a tenth";
            case CONVERGED -> "converged: the gradient fell from " + firstSlope + " to " + lastSlope + "; " + fall;
            case HARDLY_MOVED ->
                "hardly moved: a way of " + way + " in " + done + " steps; the learning rate " + learningRate
                        + " is too small, try ten times as much, or more steps";
            case OSCILLATING ->
                "oscillates: a way of " + way + " for no gain, " + fall + "; the learning rate " + learningRate
                        + " is too large, try a half";
            case STILL_MOVING ->
                "still moving: " + fall + " and the gradient from " + firstSlope + " to " + lastSlope
                        + "; more steps would get further";
        };
    }

    private static boolean finite(double[] x, double value, double[] gradient) {
        return Double.isFinite(length(x)) && Double.isFinite(value) && Double.isFinite(length(gradient));
    }

    private static double length(double[] vector) {
        double largest = 0;
        for (double component : vector) {
            largest = Math.max(largest, Math.abs(component)); // NaN stays
        }
        if (largest == 0 || !Double.isFinite(largest)) {
            return largest;
        }
        double squares = 0;
        for (double component : vector) {
            squares += (component / largest) * (component / largest);
        }
        return largest * Math.sqrt(squares);
    }
}
