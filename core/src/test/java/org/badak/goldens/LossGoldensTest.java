package org.badak.goldens;

import java.util.stream.Stream;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.loss.BinaryCrossEntropy;
import org.badak.loss.Huber;
import org.badak.loss.Loss;
import org.badak.loss.MeanSquaredError;
import org.badak.loss.SmoothedCrossEntropy;
import org.badak.loss.SoftmaxCrossEntropy;
import org.badak.loss.SumOfSquaredError;
import org.badak.loss.Targets;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every loss of the reference values, in both precisions.
class LossGoldensTest {
    static Stream<Arguments> cases() {
        return Golden.inBothPrecisions("losses", 30);
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("cases")
    void lossAndGradientAreTheReferences(Golden golden, Precision precision) {
        Loss loss = loss(golden);
        Targets targets = targets(golden, precision);
        check(golden, loss, targets, precision);
        if (targets instanceof Targets.Labels labels) {
            int classes = golden.matrix("logits", precision).columns();
            check(golden, loss, labels.oneHot(precision, classes), precision);
        }
    }

    private static void check(Golden golden, Loss loss, Targets targets, Precision precision) {
        String outputs = golden.has("logits") ? "logits" : "y";
        Matrix z = golden.matrix(outputs, precision);
        Matrix gradient = Matrix.zeros(precision, z.rows(), z.columns());
        // the reference adds squares over the batch, Badak takes the mean
        double factor = loss instanceof SumOfSquaredError ? z.rows() : 1;
        try (Kernels kernels = KernelChoice.current().kernels(precision, 1)) {
            double value = loss.evaluate(kernels, z, targets, gradient, new double[z.rows()]);
            Golden.assertNumber(golden.name() + ": loss", golden.number("loss"), factor * value, precision);
            golden.assertMatrix("d" + outputs, gradient, factor);
        }
    }

    private static Loss loss(Golden golden) {
        if (golden.has("smoothing")) {
            return new SmoothedCrossEntropy(golden.number("smoothing"));
        }
        return switch (golden.name().replaceFirst("_\\d+x\\d+$|_plus.*|_all.*", "")) {
            case "softmax_cross_entropy_labels", "softmax_cross_entropy_soft", "extreme" -> new SoftmaxCrossEntropy();
            case "sum_squared_error" -> new SumOfSquaredError();
            case "mean_squared_error" -> new MeanSquaredError();
            case "huber_delta1" -> new Huber(1);
            case "binary_cross_entropy_logits" -> new BinaryCrossEntropy();
            default -> throw golden.unknown();
        };
    }

    private static Targets targets(Golden golden, Precision precision) {
        return golden.has("labels")
                ? Targets.Labels.of(golden.integers("labels"))
                : new Targets.Values(golden.matrix(golden.has("t") ? "t" : "targets", precision));
    }
}
