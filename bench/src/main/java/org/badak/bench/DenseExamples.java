package org.badak.bench;

import org.badak.data.Examples;
import org.badak.kernel.Kernels;
import org.badak.matrix.Matrix;
import org.badak.matrix.Shape;

/// Examples that are always loaded as dense matrices, however many of their features are zero.
///
/// @param examples what is loaded
public record DenseExamples(Examples examples) implements Examples {
    @Override
    public String name() {
        return examples.name();
    }

    @Override
    public int count() {
        return examples.count();
    }

    @Override
    public int features() {
        return examples.features();
    }

    @Override
    public Shape shape() {
        return examples.shape();
    }

    @Override
    public int classes() {
        return examples.classes();
    }

    @Override
    public int label(int index) {
        return examples.label(index);
    }

    @Override
    public void load(Kernels kernels, int[] indices, int first, Matrix x) {
        examples.load(kernels, indices, first, x);
    }
}
