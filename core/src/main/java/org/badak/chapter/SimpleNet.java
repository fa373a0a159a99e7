package org.badak.chapter;

import org.badak.kernel.Philox;
import org.badak.kernel.Purpose;
import org.badak.layer.Initialisation;
import org.badak.loss.LossFunctions;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;
import org.badak.matrix.ShapeException;

/// The chapter's `simpleNet`: one weight matrix W [2, 3], p = x·W, and the cross-entropy error of softmax(p), in
/// float64.
///
/// Its gradient is taken as in the chapter, by moving each weight:
///
/// ```java
/// Matrix dW = NumericalDifferentiation.gradient(moved -> net.loss(x, t), net.w());
/// ```
public final class SimpleNet {
    private static final int INPUTS = 2;
    private static final int OUTPUTS = 3;

    private final Matrix w; // [inputs, outputs]

    /// W drawn from N(0, 1), as by the chapter's `np.random.randn(2, 3)`.
    ///
    /// @param seed the same seed gives the same W
    public SimpleNet(long seed) {
        w = Matrix.zeros(Precision.FLOAT64, INPUTS, OUTPUTS);
        new Initialisation.Normal(1).fill(w, new Philox(seed, Purpose.INITIALISATION, 0));
    }

    /// W as given.
    ///
    /// @param w [2][3]; copied
    /// @throws ShapeException if it has another shape
    public SimpleNet(double[][] w) {
        ShapeException.requireEqual("rows of W", INPUTS, w.length);
        for (int row = 0; row < INPUTS; row++) {
            ShapeException.requireEqual("length of row " + row + " of W", OUTPUTS, w[row].length);
        }
        this.w = Matrix.of(Precision.FLOAT64, w);
    }

    /// W [2, 3] itself: what is set in it, the network has.
    public Matrix w() {
        return w;
    }

    /// p = x·W, the scores of the three classes.
    ///
    /// @param x two numbers
    /// @throws ShapeException if there are not two
    public double[] predict(double... x) {
        ShapeException.requireEqual("length of x", INPUTS, x.length);
        double[] p = new double[OUTPUTS];
        for (int i = 0; i < INPUTS; i++) {
            for (int j = 0; j < OUTPUTS; j++) {
                p[j] += x[i] * w.get(i, j);
            }
        }
        return p;
    }

    /// E = −Σ t·ln(softmax(x·W) + δ), δ = 1e-7.
    ///
    /// @param x two numbers
    /// @param t one-hot, three numbers
    /// @throws ShapeException if there are not as many
    public double loss(double[] x, double[] t) {
        return LossFunctions.crossEntropyError(LossFunctions.softmax(predict(x)), t);
    }
}
