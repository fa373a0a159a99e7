package org.badak.cli;

import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import org.badak.catalog.Suggestion;
import org.badak.data.Json;
import org.badak.expression.Expression;
import org.badak.figure.Axis;
import org.badak.figure.Dash;
import org.badak.figure.Figure;
import org.badak.figure.Points;
import org.badak.gradient.Extrapolation;
import org.badak.gradient.NumericalDifferentiation;
import org.badak.gradient.NumericalDifferentiation.Formula;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `badak derive`: numerical differentiation of a typed function, the chapter's §3.
@Command(
        name = "derive",
        header = "Differentiates a typed function numerically.",
        description = {
            "Differentiates a function numerically at a point.",
            "A function of x gives its derivative, with the tangent and the error over h as figures;"
                    + " a function of x0, x1, ... gives all partial derivatives."
        })
final class DeriveCommand extends BadakCommand {
    private static final int POINTS = 201;
    private static final int DECADES = 16;
    private static final int STEPS_PER_DECADE = 4;
    private static final java.util.List<String> METHODS = java.util.List.of("central", "forward", "backward");

    @Parameters(paramLabel = "FUNCTION", description = "For example \"0.01*x^2+0.1*x\" or \"x0^2+x1^2\".")
    private String function = "";

    @Option(
            names = "--at",
            paramLabel = "X[,X...]",
            required = true,
            description = "Where: a number per variable, as 5 or 3,4.")
    private String at = "";

    @Option(
            names = "--h",
            paramLabel = "H",
            defaultValue = "1e-4",
            description = "Half the distance of the two points of the central difference. Default: ${DEFAULT-VALUE}.")
    private double h = NumericalDifferentiation.STEP;

    @Option(
            names = "--method",
            paramLabel = "NAME",
            defaultValue = "central",
            description = "central, forward or backward. Default: ${DEFAULT-VALUE}.")
    private String method = "central";

    @Mixin
    private FigureOptions figures = new FigureOptions();

    /// Made by picocli.
    DeriveCommand() {}

    @Override
    Outcome run(Console console) {
        Expression f = NetworkOptions.checked("FUNCTION", () -> Expression.parse(function));
        double[] x = Numbers.of("--at", at);
        int variables = Math.max(1, f.arity());
        if (x.length != variables) {
            throw UsageException.of(
                    "--at",
                    x.length + " numbers",
                    variables + ", one for each variable of " + f,
                    "try --at 3" + ",4".repeat(variables - 1));
        }
        if (!METHODS.contains(method)) {
            throw new UsageException("--method: " + Suggestion.unknown("method", method, METHODS));
        }
        if (!(h > 0 && Double.isFinite(h))) {
            throw UsageException.of("--h", h, "a positive finite number", "try --h 1e-4");
        }
        Formula formula = Formula.valueOf(method.toUpperCase(Locale.ROOT));
        double value = f.evaluate(x);
        double[] slopes = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            slopes[i] = formula.derivative(along(f, x, i), x[i], h);
        }
        requireFinite(f, x, value, slopes);
        console.result("f = " + f + ",  f(" + Numbers.text(x).replaceAll("[()]", "") + ") = " + value);
        for (int i = 0; i < x.length; i++) {
            console.result((f.arity() < 2 ? "f'(" + x[0] + ")" : "df/dx" + i) + " = " + slopes[i] + "   (" + method
                    + " difference, h = " + h + ")");
        }
        ObjectBuilder json = new ObjectBuilder()
                .put("value", x.length == 1 ? Json.of(slopes[0]) : Json.of(slopes))
                .put("function", function)
                .put("at", x.length == 1 ? Json.of(x[0]) : Json.of(x))
                .put("f", value)
                .put("method", method)
                .put("h", h)
                .put("h_in_float32", (double) (float) h);
        if ((float) h == 0) {
            console.result(Texts.of(
                    "In float32 this h would be 0, and the difference 0/0: rounding error.",
                    "float32에서는 이 h가 0이 되어 차분이 0/0이 됩니다: 반올림 오차입니다."));
        }
        if (x.length == 1) {
            one(f, x, slopes[0], json, console);
        }
        return Outcome.ok(json.put("figures", figures.json()).json());
    }

    /// A difference of values that are not finite is no derivative: an error, not a result.
    private static void requireFinite(Expression f, double[] x, double value, double[] slopes) {
        boolean finite = Double.isFinite(value);
        for (double slope : slopes) {
            finite &= Double.isFinite(slope);
        }
        if (!finite) {
            throw new CommandFailure(
                    "no derivative here",
                    f + " at " + Numbers.text(x),
                    "f = " + value + ", difference " + Numbers.text(slopes),
                    "a function that is finite at this point and h to either side of it",
                    "choose another point with --at",
                    new ArithmeticException("not finite"));
        }
    }

    private void one(Expression f, double[] x, double slope, ObjectBuilder json, Console console) {
        DoubleUnaryOperator g = along(f, x, 0);
        Extrapolation exact = Extrapolation.of(g, x[0]);
        json.put("extrapolated", exact.value()).put("error", Math.abs(slope - exact.value()));
        console.result(String.format(
                Locale.ROOT,
                Texts.of("Error: %.2e (against %s, extrapolated)", "오차: %.2e (외삽값 %s 기준)"),
                Math.abs(slope - exact.value()),
                exact.value()));
        if (!figures.wanted()) {
            return;
        }
        double reach = Math.max(1, Math.abs(x[0]));
        Points curve = Points.sample(g, x[0] - 2 * reach, x[0] + 2 * reach, POINTS);
        Points tangent = Points.sample(
                at_ -> g.applyAsDouble(x[0]) + slope * (at_ - x[0]), x[0] - 2 * reach, x[0] + 2 * reach, 2);
        figures.show(
                "tangent",
                Figure.titled("Tangent of " + f + " at x = " + Numbers.text(x))
                        .xAxis(Axis.linear("x"))
                        .yAxis(Axis.linear("f(x)"))
                        .line("f", curve)
                        .line("tangent, slope " + slope, tangent, Dash.DASHED)
                        .markers("", Points.of(x, new double[] {g.applyAsDouble(x[0])})),
                console);
        figures.show("error-over-h", errors(g, x[0], exact.value()), console);
    }

    /// The V: truncation falls with h, rounding rises.
    private static Figure errors(DoubleUnaryOperator f, double x, double exact) {
        double[] steps = new double[DECADES * STEPS_PER_DECADE + 1];
        double[] float32 = new double[steps.length];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = Math.pow(10, -(double) i / STEPS_PER_DECADE);
            float32[i] = Math.abs(
                    NumericalDifferentiation.derivativeInFloat32(z -> (float) f.applyAsDouble(z), (float) x, steps[i])
                            - exact);
        }
        return Figure.titled("Error of the difference over h: truncation on the right, rounding on the left")
                .xAxis(Axis.log("h"))
                .yAxis(Axis.log("|error|"))
                .line("forward", steps, NumericalDifferentiation.errors(Formula.FORWARD, f, x, exact, steps))
                .line("central", steps, NumericalDifferentiation.errors(Formula.CENTRAL, f, x, exact, steps))
                .line("central, float32", steps, float32)
                .verticalLine("the chapter's h = 1e-4", NumericalDifferentiation.STEP);
    }

    /// The function of one variable, the others held.
    static DoubleUnaryOperator along(Expression f, double[] x, int variable) {
        double[] moved = x.clone();
        return value -> {
            moved[variable] = value;
            return f.evaluate(moved);
        };
    }
}
