package org.badak.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.badak.data.Json;
import org.badak.expression.Expression;
import org.badak.gradient.GradientDescent;
import org.badak.gradient.NumericalDifferentiation;

/// Room 4, gradient and descent: the heights of a typed function of two variables, its gradients as arrows, and the way
/// downhill from a point.
final class DescentRoom implements Room {
    private static final int MOST_CHARACTERS = 200;
    private static final int MOST_STEPS = 500;
    private static final int HEIGHTS = 81;
    private static final int ARROWS = 15;

    @Override
    public String name() {
        return "descent";
    }

    /// `function`, `reach` (half the side of the map), `start` (two numbers), `rate`, `steps`.
    @Override
    public Json.Members answer(Question question) {
        Expression f = Expression.parse(question.text("function", MOST_CHARACTERS));
        if (f.arity() != 2) {
            throw new IllegalArgumentException(
                    "function: expected the two variables x0 and x1, found " + f.variables() + "; try x0^2 + x1^2");
        }
        double reach = question.number("reach", 0.01, 1e4);
        double[] start = question.numbers("start", 2, -1e6, 1e6);
        GradientDescent descent =
                new GradientDescent(question.number("rate", 1e-12, 1e6), question.whole("steps", 1, MOST_STEPS));
        GradientDescent.Path path = descent.descend(f::evaluate, start);
        return new Answer()
                .put("heights", heights(f, reach))
                .put("side", HEIGHTS)
                .put("arrows", arrows(f, reach))
                .put(
                        "path",
                        new Json.Items(path.points().stream()
                                .<Json>map(Answer::numbers)
                                .toList()))
                .put("values", path.values())
                .put("verdict", path.verdict().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .put("gradient", NumericalDifferentiation.gradient(f::evaluate, start.clone()))
                .put("end", path.point())
                .put("value", path.value())
                .json();
    }

    /// f on a square grid, row by row from the top, x1 = reach, down.
    private static double[] heights(Expression f, double reach) {
        double[] heights = new double[HEIGHTS * HEIGHTS];
        double[] at = new double[2];
        for (int row = 0; row < HEIGHTS; row++) {
            for (int column = 0; column < HEIGHTS; column++) {
                at[0] = -reach + 2 * reach * column / (HEIGHTS - 1);
                at[1] = reach - 2 * reach * row / (HEIGHTS - 1);
                heights[row * HEIGHTS + column] = f.evaluate(at);
            }
        }
        return heights;
    }

    /// Places and gradients: x0, x1, ∂f/∂x0, ∂f/∂x1 of each arrow.
    private static Json arrows(Expression f, double reach) {
        List<Json> arrows = new ArrayList<>();
        for (int i = 0; i < ARROWS * ARROWS; i++) {
            int column = i % ARROWS;
            int row = i / ARROWS;
            double[] at = {-reach + 2 * reach * (column + 0.5) / ARROWS, -reach + 2 * reach * (row + 0.5) / ARROWS};
            double[] gradient = NumericalDifferentiation.gradient(f::evaluate, at);
            arrows.add(Answer.numbers(at[0], at[1], gradient[0], gradient[1]));
        }
        return new Json.Items(arrows);
    }
}
