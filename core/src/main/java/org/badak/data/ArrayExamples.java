package org.badak.data;

import org.badak.kernel.Kernels;
import org.badak.matrix.Matrix;
import org.badak.matrix.ShapeException;

/// Examples held as a matrix of features and an array of labels.
public final class ArrayExamples implements Examples {
    private final String name;
    private final Matrix features;
    private final int[] labels;
    private final int classes;

    /// @param features [count, features]; shared, not copied
    /// @param labels class of each row, in [0, classes); copied
    /// @throws ShapeException if the numbers of rows and labels differ
    /// @throws IllegalArgumentException if a label is out of range
    public ArrayExamples(String name, Matrix features, int[] labels, int classes) {
        ShapeException.requireEqual("labels of " + name, features.rows(), labels.length);
        for (int row = 0; row < labels.length; row++) {
            if (labels[row] < 0 || labels[row] >= classes) {
                throw new IllegalArgumentException(
                        name + ": label of row " + row + ": expected 0 to " + (classes - 1) + ", found " + labels[row]);
            }
        }
        this.name = name;
        this.features = features;
        this.labels = labels.clone();
        this.classes = classes;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int count() {
        return labels.length;
    }

    @Override
    public int features() {
        return features.columns();
    }

    @Override
    public int classes() {
        return classes;
    }

    @Override
    public int label(int index) {
        return labels[index];
    }

    @Override
    public void load(Kernels kernels, int[] indices, int first, Matrix x) {
        for (int row = 0; row < x.rows(); row++) {
            for (int column = 0; column < x.columns(); column++) {
                x.set(row, column, features.get(indices[first + row], column));
            }
        }
    }
}
