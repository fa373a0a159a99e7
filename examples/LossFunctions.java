//JAVA 25+
//DEPS org.badak:badak-bom:0.1.0-SNAPSHOT@pom org.badak:badak-core org.badak:badak-simd
//RUNTIME_OPTIONS --add-modules jdk.incubator.vector

// Chapter 4.2: loss functions (손실 함수).
//
// Sum of squared error (오차제곱합) and cross-entropy error (교차 엔트로피 오차) of two predictions of one digit,
// then of a mini-batch (미니배치), with one-hot targets and with labels.

import static org.badak.loss.LossFunctions.crossEntropyError;
import static org.badak.loss.LossFunctions.sumOfSquaredError;

void main() {
    double[] t = {0, 0, 1, 0, 0, 0, 0, 0, 0, 0}; // the answer is 2, one-hot (원-핫 인코딩)
    double[] y1 = {0.1, 0.05, 0.6, 0.0, 0.05, 0.1, 0.0, 0.1, 0.0, 0.0}; // "most likely a 2": right
    double[] y2 = {0.1, 0.05, 0.1, 0.0, 0.05, 0.1, 0.0, 0.6, 0.0, 0.0}; // "most likely a 7": wrong

    // E = 1/2 * sum (y - t)^2
    IO.println("sum of squared error, y1: " + sumOfSquaredError(y1, t));
    IO.println("sum of squared error, y2: " + sumOfSquaredError(y2, t));

    // E = -sum t * log(y + 1e-7)
    IO.println("cross-entropy error, y1: " + crossEntropyError(y1, t));
    IO.println("cross-entropy error, y2: " + crossEntropyError(y2, t));

    // a batch: the mean over its rows, whether the targets are one-hot rows or labels
    double[][] y = {y1, y2};
    double[][] oneHot = {t, t};
    int[] labels = {2, 2};
    IO.println("mini-batch, one-hot targets: " + crossEntropyError(y, oneHot));
    IO.println("mini-batch, labels: " + crossEntropyError(y, labels));
}
