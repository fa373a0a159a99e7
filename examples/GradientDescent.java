//JAVA 25+
//DEPS org.badak:badak-bom:0.1.0-SNAPSHOT@pom org.badak:badak-core org.badak:badak-simd
//RUNTIME_OPTIONS --add-modules jdk.incubator.vector

// Chapter 4.4: the gradient (기울기) and gradient descent (경사 하강법).
//
// Downhill on f = x0^2 + x1^2 from (-3, 4), with a good learning rate (학습률), one too large and one too small.

import static org.badak.gradient.NumericalDifferentiation.gradient;

import org.badak.gradient.GradientDescent.Path;

double function2(double[] x) {
    return x[0] * x[0] + x[1] * x[1];
}

void main() {
    // all partial derivatives at once: the gradient points uphill; exact: (6, 8), (0, 4), (6, 0)
    for (double[] x : new double[][] {{3, 4}, {0, 2}, {3, 0}}) {
        IO.println("gradient at " + Arrays.toString(x) + " = " + Arrays.toString(gradient(this::function2, x)));
    }

    descend(0.1, 100); // arrives at (0, 0)
    descend(0.1, 20); // under way
    descend(10, 100); // too large: diverges (발산)
    descend(1e-10, 100); // too small: hardly moves
}

void descend(double learningRate, int steps) {
    var descent = new org.badak.gradient.GradientDescent(learningRate, steps);
    Path path = descent.descend(this::function2, -3, 4);
    IO.println("learning rate " + learningRate + ", " + steps + " steps: " + Arrays.toString(path.point()));
    IO.println("  " + path.explanation());
}
