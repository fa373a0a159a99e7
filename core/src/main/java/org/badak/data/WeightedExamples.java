package org.badak.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.badak.kernel.Kernels;
import org.badak.matrix.Matrix;
import org.badak.matrix.Shape;
import org.badak.matrix.ShapeException;

/// Examples of which some count more than others: a loss over a batch is Σ weight·loss / Σ weight of its rows, and so
/// are accuracy and loss over a set. This is what `sample_weight` is to scikit-learn; Keras divides by the number of
/// rows in place of the weights, which only changes the size of a step.
///
/// @param examples what is weighed; of weighted ones the weights are multiplied
/// @param weights one for each example, finite and not negative, not all zero; shared, not copied
public record WeightedExamples(Examples examples, double[] weights) implements Examples {
    /// @throws ShapeException if there are not as many weights as examples
    /// @throws IllegalArgumentException if a weight is out of range, or all are zero
    public WeightedExamples {
        ShapeException.requireEqual("weights of " + examples.name(), examples.count(), weights.length);
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            if (!(weights[i] >= 0 && Double.isFinite(weights[i]))) {
                throw new IllegalArgumentException(examples.name() + ": weight of example " + i
                        + ": expected a finite number that is not negative, found " + weights[i]);
            }
            sum += weights[i];
        }
        if (!(sum > 0 && Double.isFinite(sum))) {
            throw new IllegalArgumentException(
                    examples.name() + ": sum of the weights: expected a finite number above 0, found " + sum);
        }
    }

    /// Examples weighed so that all classes count the same together: count / (classes · examples of the class), as
    /// scikit-learn's `balanced`. Classes without examples do not count.
    ///
    /// @throws IllegalArgumentException if the examples have no classes
    public static WeightedExamples balanced(Examples examples) {
        if (examples.classes() == 0) {
            throw new IllegalArgumentException(
                    examples.name() + ": balanced weights: expected examples with classes, found target values");
        }
        int[] counts = new int[examples.classes()];
        int present = 0;
        for (int i = 0; i < examples.count(); i++) {
            present += counts[examples.label(i)]++ == 0 ? 1 : 0;
        }
        double[] weights = new double[examples.count()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (double) weights.length / ((double) present * counts[examples.label(i)]);
        }
        return new WeightedExamples(examples, weights);
    }

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
    public int targetColumns() {
        return examples.targetColumns();
    }

    @Override
    public void loadTargets(int[] indices, int first, Matrix targets) {
        examples.loadTargets(indices, first, targets);
    }

    @Override
    public boolean isWeighted() {
        return true;
    }

    @Override
    public double weight(int index) {
        return weights[index] * examples.weight(index);
    }

    @Override
    public void load(Kernels kernels, int[] indices, int first, Matrix x) {
        examples.load(kernels, indices, first, x);
    }

    /// That of the examples, and the weights.
    @Override
    public String sha256(Kernels kernels) {
        MessageDigest digest = Digests.sha256();
        digest.update(examples.sha256(kernels).getBytes(StandardCharsets.US_ASCII));
        ByteBuffer bytes = ByteBuffer.allocate(Double.BYTES);
        for (double weight : weights) {
            digest.update(bytes.clear().putDouble(weight).flip());
        }
        return Digests.hexadecimal(digest);
    }

    @Override
    public Matrix input(Kernels kernels, int rows, boolean sparseAllowed) {
        return examples.input(kernels, rows, sparseAllowed);
    }
}
