package org.badak.cli;

import static org.badak.gradient.NumericalDifferentiation.derivative;
import static org.badak.gradient.NumericalDifferentiation.gradient;
import static org.badak.gradient.NumericalDifferentiation.partial;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import org.badak.chapter.SimpleNet;
import org.badak.data.Json;
import org.badak.gradient.GradientDescent;
import org.badak.loss.LossFunctions;
import org.badak.matrix.Matrix;
import picocli.CommandLine.Command;

/// `badak chapter`: computes the chapter's figures, one by one, beside what they should be.
///
/// MNIST and the numerical gradients of its network are left to `train`; derivatives and descents of other functions to
/// `derive` and `descend`.
@Command(
        name = "chapter",
        header = "Computes the figures of chapter 4 beside the published ones.",
        description = "Computes the figures of chapter 4, from loss functions to simpleNet, beside the published ones.")
final class ChapterCommand extends BadakCommand {
    /// A figure: what is computed, what it should be, what it is, and how far it may be off.
    ///
    /// @param tolerance absolute
    private record Figure(String section, String what, double expected, double found, double tolerance) {
        boolean holds() {
            return Math.abs(found - expected) <= tolerance;
        }
    }

    private static final double[] TARGET = {0, 0, 1, 0, 0, 0, 0, 0, 0, 0};
    private static final double[] RIGHT = {0.1, 0.05, 0.6, 0, 0.05, 0.1, 0, 0.1, 0, 0};
    private static final double[] WRONG = {0.1, 0.05, 0.1, 0, 0.05, 0.1, 0, 0.6, 0, 0};
    private static final double[][] SIMPLE_NET = {
        {0.47355232, 0.9977393, 0.84668094},
        {0.85557411, 0.03563661, 0.69422093}
    };
    private static final double[][] SIMPLE_NET_GRADIENT = {
        {0.21924757, 0.14356243, -0.36281000},
        {0.32887136, 0.21534364, -0.54421500}
    };

    private final List<Figure> figures = new ArrayList<>();

    /// Made by picocli.
    ChapterCommand() {}

    @Override
    Outcome run(Console console) {
        losses();
        derivatives();
        descents();
        simpleNet();
        List<Json> rows = new ArrayList<>();
        boolean holds = true;
        for (Figure figure : figures) {
            holds &= figure.holds();
            console.result(String.format(
                    Locale.ROOT,
                    "%-4s %-44s %24s %24s  %s",
                    figure.section,
                    figure.what,
                    figure.expected,
                    figure.found,
                    figure.holds() ? Texts.of("holds", "일치") : Texts.of("DIFFERS", "불일치")));
            rows.add(new ObjectBuilder()
                    .put("section", figure.section)
                    .put("what", figure.what)
                    .put("expected", figure.expected)
                    .put("value", figure.found)
                    .put("holds", figure.holds())
                    .json());
        }
        console.result(String.format(
                Locale.ROOT,
                Texts.of("%d of %d figures hold", "%d개가 일치합니다 (모두 %d개)"),
                figures.stream().filter(Figure::holds).count(),
                figures.size()));
        Json.Members json = new ObjectBuilder()
                .put("holds", holds)
                .put("figures", new Json.Items(rows))
                .json();
        return new Outcome(json, holds ? OK : FAILED);
    }

    private void losses() {
        figure("4.2", "SSE of y1, t = 2", 0.0975, LossFunctions.sumOfSquaredError(RIGHT, TARGET), 1e-15);
        figure("4.2", "SSE of y2, t = 2", 0.5975, LossFunctions.sumOfSquaredError(WRONG, TARGET), 1e-15);
        figure("4.2", "CEE of y1", 0.510825457099338, LossFunctions.crossEntropyError(RIGHT, TARGET), 1e-14);
        figure("4.2", "CEE of y2", 2.302584092994546, LossFunctions.crossEntropyError(WRONG, TARGET), 1e-14);
        double[][] batch = {RIGHT, WRONG};
        double oneHot = LossFunctions.crossEntropyError(batch, new double[][] {TARGET, TARGET});
        double labels = LossFunctions.crossEntropyError(batch, new int[] {2, 2});
        figure("4.2", "mini-batch CEE, labels against one-hot", oneHot, labels, 0);
    }

    private void derivatives() {
        DoubleUnaryOperator f = x -> 0.01 * (x * x) + 0.1 * x;
        figure("4.3", "d/dx of 0.01x^2 + 0.1x at 5", 0.1999999999990898, derivative(f, 5), 0);
        figure("4.3", "d/dx of 0.01x^2 + 0.1x at 10", 0.2999999999986347, derivative(f, 10), 0);
        double[] point = {3, 4};
        figure(
                "4.3",
                "d/dx0 of x0^2 + x1^2 at (3, 4)",
                6.00000000000378,
                partial(ChapterCommand::bowl, point, 0),
                1e-14);
        figure(
                "4.3",
                "d/dx1 of x0^2 + x1^2 at (3, 4)",
                7.999999999999119,
                partial(ChapterCommand::bowl, point, 1),
                1e-14);
        double[][] points = {{3, 4}, {0, 2}, {3, 0}};
        for (double[] at : points) {
            double[] slope = gradient(ChapterCommand::bowl, at);
            for (int i = 0; i < at.length; i++) {
                String what = "gradient[" + i + "] at " + Arrays.toString(at);
                figure("4.4", what, 2 * at[i], slope[i], 1e-10);
            }
        }
    }

    private void descents() {
        descent(0.1, 100, -6.1111e-10, 8.1481e-10, 5e-15);
        descent(0.1, 20, -0.0345876, 0.0461169, 5e-8);
        descent(10, 100, -2.5898e13, -1.2952e12, 5e8);
        descent(1e-10, 100, -2.99999994, 3.99999992, 5e-9);
    }

    private void descent(double rate, int steps, double x0, double x1, double tolerance) {
        GradientDescent.Path path = new GradientDescent(rate, steps).descend(ChapterCommand::bowl, -3, 4);
        String what = "x%d after " + steps + " steps, lr " + rate + ": "
                + path.verdict().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        figure("4.4", String.format(Locale.ROOT, what, 0), x0, path.point()[0], tolerance);
        figure("4.4", String.format(Locale.ROOT, what, 1), x1, path.point()[1], tolerance);
    }

    private void simpleNet() {
        SimpleNet net = new SimpleNet(SIMPLE_NET);
        double[] x = {0.6, 0.9};
        double[] t = {0, 0, 1};
        double[] expected = {1.054148091, 0.630716529, 1.132807401};
        double[] p = net.predict(x);
        for (int i = 0; i < p.length; i++) {
            figure("4.4", "simpleNet p[" + i + "]", expected[i], p[i], 1e-9);
        }
        figure("4.4", "simpleNet loss", 0.9280682857864075, net.loss(x, t), 1e-14);
        Matrix slope = gradient((Matrix moved) -> net.loss(x, t), net.w());
        for (int row = 0; row < slope.rows(); row++) {
            for (int column = 0; column < slope.columns(); column++) {
                String what = "simpleNet dW[" + row + "][" + column + "]";
                figure("4.4", what, SIMPLE_NET_GRADIENT[row][column], slope.get(row, column), 1e-7);
            }
        }
    }

    private void figure(String section, String what, double expected, double found, double tolerance) {
        figures.add(new Figure(section, what, expected, found, tolerance));
    }

    private static double bowl(double[] x) {
        return x[0] * x[0] + x[1] * x[1];
    }
}
