//JAVA 25+
//DEPS org.badak:badak-bom:0.1.0-SNAPSHOT@pom org.badak:badak-core org.badak:badak-simd
//RUNTIME_OPTIONS --add-modules jdk.incubator.vector

// Chapter 4.4.2: the gradient of a neural network (신경망에서의 기울기).
//
// A network of one weight matrix (가중치 매개변수), 2 inputs and 3 outputs, and how its loss changes with each weight.

import static org.badak.gradient.NumericalDifferentiation.gradient;

import org.badak.matrix.Matrix;

void main() {
    // the chapter draws W at random; these are the numbers that it prints
    var net = new org.badak.chapter.SimpleNet(
            new double[][] {{0.47355232, 0.9977393, 0.84668094}, {0.85557411, 0.03563661, 0.69422093}});
    double[] x = {0.6, 0.9};
    double[] t = {0, 0, 1}; // the answer (정답 레이블)

    double[] p = net.predict(x); // x W
    int best = 0;
    for (int j = 1; j < p.length; j++) {
        best = p[j] > p[best] ? j : best;
    }
    IO.println("p = " + Arrays.toString(p));
    IO.println("argmax = " + best);
    IO.println("loss = " + net.loss(x, t));

    // dL/dW: how much the loss grows with each weight; W itself is moved by h and put back
    Matrix dW = gradient(moved -> net.loss(x, t), net.w());
    for (double[] row : dW.toArray()) {
        IO.println("dW " + Arrays.toString(row));
    }
}
