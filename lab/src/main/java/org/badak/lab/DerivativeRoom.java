package org.badak.lab;

import java.util.function.DoubleUnaryOperator;
import org.badak.data.Json;
import org.badak.expression.Expression;
import org.badak.gradient.Extrapolation;
import org.badak.gradient.NumericalDifferentiation;
import org.badak.gradient.NumericalDifferentiation.Formula;

/// Room 3, the derivative: a typed function, its tangent, the line through the two points that are h apart, and the V
/// of the error over h.
final class DerivativeRoom implements Room {
    private static final int MOST_CHARACTERS = 200;
    private static final int SAMPLES = 241;
    private static final int STEPS_PER_DECADE = 4;
    private static final int DECADES = 16;

    @Override
    public String name() {
        return "derivative";
    }

    /// `function`, `x`, `logH` (the power of ten of h), `formula`: forward or central.
    @Override
    public Json.Members answer(Question question) {
        Expression typed = Expression.parse(question.text("function", MOST_CHARACTERS));
        if (typed.arity() > 1) {
            throw new IllegalArgumentException("function: expected one variable, x, found " + typed.variables()
                    + "; functions of two live in the next room");
        }
        double x = question.number("x", -1e6, 1e6);
        double h = Math.pow(10, question.number("logH", -DECADES, 0));
        Formula formula = Formula.valueOf(question.word("formula", java.util.List.of("FORWARD", "CENTRAL")));
        double[] argument = new double[1];
        DoubleUnaryOperator f = at -> {
            argument[0] = at;
            return typed.evaluate(argument);
        };
        double value = f.applyAsDouble(x);
        double slope = formula.derivative(f, x, h);
        double exact = Extrapolation.of(f, x).value();
        double left = formula == Formula.CENTRAL ? x - h : x;
        double reach = 2 * Math.max(1, Math.abs(x));
        double[] positions = new double[SAMPLES];
        double[] values = new double[SAMPLES];
        double[] tangent = new double[SAMPLES];
        double[] secant = new double[SAMPLES];
        for (int i = 0; i < SAMPLES; i++) {
            positions[i] = x - reach + 2 * reach * i / (SAMPLES - 1);
            values[i] = f.applyAsDouble(positions[i]);
            tangent[i] = value + exact * (positions[i] - x);
            secant[i] = f.applyAsDouble(left) + slope * (positions[i] - left);
        }
        double[] steps = new double[DECADES * STEPS_PER_DECADE + 1];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = Math.pow(10, -DECADES + (double) i / STEPS_PER_DECADE);
        }
        return new Answer()
                .put("value", value)
                .put("slope", slope)
                .put("exact", exact)
                .put("error", Math.abs(slope - exact))
                .put("h", h)
                .put("hInFloat32", (double) (float) h)
                .put("positions", positions)
                .put("values", values)
                .put("tangent", tangent)
                .put("secant", secant)
                .put("steps", steps)
                .put("forward", NumericalDifferentiation.errors(Formula.FORWARD, f, x, exact, steps))
                .put("central", NumericalDifferentiation.errors(Formula.CENTRAL, f, x, exact, steps))
                .json();
    }
}
