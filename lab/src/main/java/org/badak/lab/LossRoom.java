package org.badak.lab;

import java.util.Arrays;
import org.badak.data.Json;
import org.badak.loss.LossFunctions;

/// Room 1, the loss functions: ten probabilities as in §2 of the chapter. The page moves that of the right class; the
/// others share the rest in the proportions of the book's example.
final class LossRoom implements Room {
    private static final double[] BOOK = {0.1, 0.05, 0.6, 0.0, 0.05, 0.1, 0.0, 0.1, 0.0, 0.0};
    private static final int SAMPLES = 101;

    @Override
    public String name() {
        return "loss";
    }

    /// `right`: the true class; `p`: its probability. Gives all probabilities, both losses, and both over p.
    @Override
    public Json.Members answer(Question question) {
        int right = question.whole("right", 0, BOOK.length - 1);
        double p = question.number("p", 0, 1);
        double[] target = new double[BOOK.length];
        target[right] = 1;
        double[] y = probabilities(right, p);
        double[] positions = new double[SAMPLES];
        double[] squared = new double[SAMPLES];
        double[] entropy = new double[SAMPLES];
        for (int i = 0; i < SAMPLES; i++) {
            positions[i] = (double) i / (SAMPLES - 1);
            double[] at = probabilities(right, positions[i]);
            squared[i] = LossFunctions.sumOfSquaredError(at, target);
            entropy[i] = LossFunctions.crossEntropyError(at, target);
        }
        return new Answer()
                .put("y", y)
                .put("squared", LossFunctions.sumOfSquaredError(y, target))
                .put("entropy", LossFunctions.crossEntropyError(y, target))
                .put("positions", positions)
                .put("squaredOverP", squared)
                .put("entropyOverP", entropy)
                .json();
    }

    /// Probabilities that add up to 1, that of the right class being p.
    private static double[] probabilities(int right, double p) {
        double others = Arrays.stream(BOOK).sum() - BOOK[right];
        double[] y = new double[BOOK.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = i == right ? p : (1 - p) * BOOK[i] / others;
        }
        return y;
    }
}
