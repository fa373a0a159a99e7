package org.badak.data;

import org.badak.kernel.Kernels;
import org.badak.matrix.Matrix;
import org.badak.matrix.ShapeException;

/// Examples with values to predict in place of classes, for regression: a matrix of features and one of targets.
///
/// @param name what it is, for messages
/// @param inputs [count, features]; shared, not copied
/// @param values [count, target columns]; shared, not copied
public record ValueExamples(String name, Matrix inputs, Matrix values) implements Examples {
    /// @throws ShapeException if the numbers of rows differ
    public ValueExamples {
        ShapeException.requireEqual("targets of " + name, inputs.rows(), values.rows());
    }

    @Override
    public int count() {
        return inputs.rows();
    }

    @Override
    public int features() {
        return inputs.columns();
    }

    /// No classes: 0.
    @Override
    public int classes() {
        return 0;
    }

    /// No class: -1.
    @Override
    public int label(int index) {
        return -1;
    }

    @Override
    public int targetColumns() {
        return values.columns();
    }

    @Override
    public void load(Kernels kernels, int[] indices, int first, Matrix x) {
        copy(inputs, indices, first, x);
    }

    @Override
    public void loadTargets(int[] indices, int first, Matrix targets) {
        copy(values, indices, first, targets);
    }

    private static void copy(Matrix from, int[] indices, int first, Matrix to) {
        for (int row = 0; row < to.rows(); row++) {
            for (int column = 0; column < to.columns(); column++) {
                to.set(row, column, from.get(indices[first + row], column));
            }
        }
    }
}
