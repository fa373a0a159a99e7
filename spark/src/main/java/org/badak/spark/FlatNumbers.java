package org.badak.spark;

import org.badak.matrix.FloatMatrix;
import org.badak.matrix.Matrix;
import org.badak.model.Parameters;

/// Parameters of float32, or gradients, as one array without padding: what is sent.
public final class FlatNumbers {
    private FlatNumbers() {}

    /// All numbers, tensor by tensor, row by row; those that are not trainable too.
    public static float[] of(Parameters parameters) {
        int length = 0;
        for (Matrix tensor : parameters.tensors()) {
            length = Math.addExact(length, Math.multiplyExact(tensor.rows(), tensor.columns()));
        }
        float[] numbers = new float[length];
        copy(parameters, numbers, true);
        return numbers;
    }

    /// Overwrites parameters with numbers of [#of].
    public static void into(float[] numbers, Parameters parameters) {
        copy(parameters, numbers, false);
    }

    private static void copy(Parameters parameters, float[] numbers, boolean out) {
        int at = 0;
        for (Matrix tensor : parameters.tensors()) {
            float[] data = ((FloatMatrix) tensor).data();
            for (int row = 0; row < tensor.rows(); row++) {
                int start = tensor.offset() + row * tensor.stride();
                if (out) {
                    System.arraycopy(data, start, numbers, at, tensor.columns());
                } else {
                    System.arraycopy(numbers, at, data, start, tensor.columns());
                }
                at += tensor.columns();
            }
        }
        if (at != numbers.length) {
            throw new IllegalArgumentException("numbers of parameters: expected " + at + ", found " + numbers.length);
        }
    }
}
