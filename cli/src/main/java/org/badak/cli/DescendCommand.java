package org.badak.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.badak.data.Json;
import org.badak.expression.Expression;
import org.badak.figure.Axis;
import org.badak.figure.Field;
import org.badak.figure.Figure;
import org.badak.figure.Points;
import org.badak.gradient.GradientDescent;
import org.badak.gradient.NumericalDifferentiation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `badak descend`: gradient descent on a typed function, the chapter's §4.
@Command(
        name = "descend",
        header = "Walks downhill on a typed function.",
        description = {
            "Walks downhill on a function by gradient descent, and says how it went:",
            "converged, diverged, hardly moved, oscillating or still moving."
        })
final class DescendCommand extends BadakCommand {
    private static final int ARROWS = 18; // per side: the chapter's range -2 to 2.25 in steps of 0.25
    private static final int SAMPLES = 81;
    private static final int LEVELS = 12;
    private static final double FAR = 100;

    @Parameters(paramLabel = "FUNCTION", description = "For example \"x0^2+x1^2\".")
    private String function = "";

    @Option(names = "--from", paramLabel = "X[,X...]", required = true, description = "Where to start, as -3,4.")
    private String from = "";

    @Option(
            names = "--lr",
            paramLabel = "RATE",
            defaultValue = "0.1",
            description = "Learning rate, positive. Default: ${DEFAULT-VALUE}.")
    private double learningRate = 0.1;

    @Option(
            names = "--steps",
            paramLabel = "N",
            defaultValue = "100",
            description = "Steps. Default: ${DEFAULT-VALUE}.")
    private int steps = 100;

    @Mixin
    private FigureOptions figures = new FigureOptions();

    /// Made by picocli.
    DescendCommand() {}

    @Override
    Outcome run(Console console) {
        Expression f = NetworkOptions.checked("FUNCTION", () -> Expression.parse(function));
        double[] start = Numbers.of("--from", from);
        int variables = Math.max(1, f.arity());
        if (start.length != variables) {
            throw UsageException.of(
                    "--from",
                    start.length + " numbers",
                    variables + ", one for each variable of " + f,
                    "try --from -3" + ",4".repeat(variables - 1));
        }
        if (steps < 1) {
            throw UsageException.of("--steps", steps, "at least 1", "try --steps 100");
        }
        GradientDescent descent = NetworkOptions.checked("--lr", () -> new GradientDescent(learningRate, steps));
        GradientDescent.Path path = descent.descend(f::evaluate, start);
        String verdict = path.verdict().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        console.result("f = " + f);
        console.result(Texts.of("Start: ", "시작: ") + Numbers.text(start) + ",  f = " + path.values()[0]);
        console.result(Texts.of("End:   ", "끝:   ") + Numbers.text(path.point()) + ",  f = " + path.value()
                + Texts.of(", after ", ", 단계: ") + (path.points().size() - 1) + Texts.of(" steps", ""));
        console.result(Texts.of("Verdict: ", "판정: ") + korean(path.verdict()) + path.explanation());
        if (figures.wanted()) {
            draw(f, path, console);
        }
        return Outcome.ok(new ObjectBuilder()
                .put("point", Json.of(path.point()))
                .put("verdict", verdict)
                .put("value", path.value())
                .put("steps", path.points().size() - 1)
                .put("learning_rate", learningRate)
                .put("explanation", path.explanation())
                .put("figures", figures.json())
                .json());
    }

    private static String korean(GradientDescent.Verdict verdict) {
        if (!Texts.korean()) {
            return "";
        }
        return switch (verdict) {
            case CONVERGED -> "수렴했습니다. ";
            case DIVERGED -> "발산했습니다: 학습률이 너무 큽니다. ";
            case HARDLY_MOVED -> "거의 움직이지 않았습니다: 학습률이 너무 작습니다. ";
            case OSCILLATING -> "진동합니다: 학습률이 너무 큽니다. ";
            case STILL_MOVING -> "아직 움직이는 중입니다: 단계를 늘리십시오. ";
        };
    }

    private void draw(Expression f, GradientDescent.Path path, Console console) {
        double[] values = path.values();
        Figure value = Figure.titled("Value of " + f + " over the steps, learning rate " + learningRate)
                .xAxis(Axis.linear("step"))
                .yAxis(Arrays.stream(values).allMatch(v -> v > 0) ? Axis.log("f") : Axis.linear("f"))
                .line("", Points.ofIndex(values));
        if (f.arity() != 2) {
            figures.show("descent-value", value, console);
            return;
        }
        figures.show("gradient-field", field(f), console);
        double[] start = path.points().getFirst();
        double home = 1.2 * Math.max(Math.hypot(start[0], start[1]), 1);
        double reach = home;
        List<double[]> near = path.points().stream()
                .takeWhile(p -> Math.hypot(p[0], p[1]) <= FAR * home)
                .toList();
        for (double[] point : near) {
            reach = Math.max(reach, 1.1 * Math.max(Math.abs(point[0]), Math.abs(point[1])));
        }
        Field heights = Field.sample((a, b) -> f.evaluate(a, b), -reach, reach, SAMPLES, -reach, reach, SAMPLES);
        figures.show(
                "descent-path",
                Figure.titled("Descent on " + f + ", learning rate " + learningRate)
                        .xAxis(Axis.linear("x0").between(-reach, reach))
                        .yAxis(Axis.linear("x1").between(-reach, reach))
                        .withEqualUnits()
                        .contours("", heights, LEVELS)
                        .path(
                                "descent",
                                Points.of(
                                        near.stream().mapToDouble(p -> p[0]).toArray(),
                                        near.stream().mapToDouble(p -> p[1]).toArray())),
                console);
        figures.show("descent-value", value, console);
    }

    /// The chapter's figure: arrows along the negative gradient.
    private static Figure field(Expression f) {
        int count = ARROWS * ARROWS;
        double[][] places = new double[2][count];
        double[][] arrows = new double[2][count];
        for (int i = 0; i < count; i++) {
            int column = i % ARROWS;
            int row = i / ARROWS;
            double[] x = {-2 + 0.25 * column, -2 + 0.25 * row};
            double[] gradient = NumericalDifferentiation.gradient(f::evaluate, x);
            for (int axis = 0; axis < 2; axis++) {
                places[axis][i] = x[axis];
                arrows[axis][i] = -gradient[axis];
            }
        }
        return Figure.titled("Negative gradient of " + f)
                .xAxis(Axis.linear("x0"))
                .yAxis(Axis.linear("x1"))
                .withEqualUnits()
                .arrows("", Points.of(places[0], places[1]), Points.of(arrows[0], arrows[1]));
    }
}
