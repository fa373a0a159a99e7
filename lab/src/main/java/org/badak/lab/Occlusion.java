package org.badak.lab;

import java.util.ArrayList;
import java.util.List;
import org.badak.model.Predictor;

/// Which pixels mattered: every square of 3 x 3 pixels is painted white in turn, and what that takes from the evidence
/// for the predicted class, ln(p / (1 − p)), is its weight (Zeiler and Fergus, "Visualizing and Understanding
/// Convolutional Networks", ECCV 2014). It asks the network itself and takes any network.
final class Occlusion {
    private static final int SIDE = Drawing.SIDE;
    private static final int REACH = 1; // pixels to each side
    private static final double LEAST = 1e-12;

    private Occlusion() {}

    /// The weight of every pixel as the middle of a square; 0 where there is no ink to paint over.
    ///
    /// @param x 28 x 28
    /// @param chosen the class whose evidence counts
    static double[] weights(Predictor predictor, float[] x, int chosen) {
        List<Integer> middles = new ArrayList<>();
        for (int i = 0; i < x.length; i++) {
            if (hasInk(x, i)) {
                middles.add(i);
            }
        }
        double[] weights = new double[x.length];
        if (middles.isEmpty()) {
            return weights;
        }
        int rows = middles.size() + 1;
        float[] pictures = new float[rows * x.length];
        for (int row = 0; row < rows; row++) {
            System.arraycopy(x, 0, pictures, row * x.length, x.length);
            if (row > 0) {
                paint(pictures, row * x.length, middles.get(row - 1));
            }
        }
        float[] predictions = new float[rows * predictor.outputs()];
        predictor.predict(pictures, rows, predictions);
        double whole = evidence(predictions, 0, predictor.outputs(), chosen);
        for (int row = 1; row < rows; row++) {
            weights[middles.get(row - 1)] = whole - evidence(predictions, row, predictor.outputs(), chosen);
        }
        return weights;
    }

    private static boolean hasInk(float[] x, int middle) {
        for (int row = Math.max(0, middle / SIDE - REACH); row <= Math.min(SIDE - 1, middle / SIDE + REACH); row++) {
            for (int column = Math.max(0, middle % SIDE - REACH);
                    column <= Math.min(SIDE - 1, middle % SIDE + REACH);
                    column++) {
                if (x[row * SIDE + column] > 0) {
                    return true;
                }
            }
        }
        return false;
    }

    private static void paint(float[] pictures, int offset, int middle) {
        for (int row = Math.max(0, middle / SIDE - REACH); row <= Math.min(SIDE - 1, middle / SIDE + REACH); row++) {
            for (int column = Math.max(0, middle % SIDE - REACH);
                    column <= Math.min(SIDE - 1, middle % SIDE + REACH);
                    column++) {
                pictures[offset + row * SIDE + column] = 0;
            }
        }
    }

    private static double evidence(float[] predictions, int row, int classes, int chosen) {
        double others = 0;
        for (int i = 0; i < classes; i++) {
            others += i == chosen ? 0 : predictions[row * classes + i];
        }
        return Math.log(Math.max(LEAST, predictions[row * classes + chosen])) - Math.log(Math.max(LEAST, others));
    }
}
