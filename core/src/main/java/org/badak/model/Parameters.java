package org.badak.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.badak.matrix.DoubleMatrix;
import org.badak.matrix.FloatMatrix;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;
import org.badak.matrix.SparseMatrix;

/// All parameters of a network, or all their gradients: one flat block with named slots. A mutable home of numbers.
public final class Parameters {
    private static final long ODD = 0x9E3779B97F4A7C15L; // 2^64 by the golden ratio

    private final Precision precision;
    private final List<Slot> slots;
    private final List<Matrix> tensors;

    /// Zeros for the given slots.
    public Parameters(Precision precision, List<Slot> slots) {
        this.precision = precision;
        this.slots = List.copyOf(slots);
        int length = 0;
        for (Slot slot : slots) {
            length = Math.addExact(
                    length,
                    Math.multiplyExact(
                            slot.shape().rows(),
                            Matrix.paddedStride(slot.shape().columns())));
        }
        List<Matrix> views = new ArrayList<>();
        switch (precision) {
            case FLOAT32 -> {
                float[] block = new float[length];
                for (Slot slot : slots) {
                    int columns = slot.shape().columns();
                    views.add(new FloatMatrix(
                            block, slot.offset(), slot.shape().rows(), columns, Matrix.paddedStride(columns)));
                }
            }
            case FLOAT64 -> {
                double[] block = new double[length];
                for (Slot slot : slots) {
                    int columns = slot.shape().columns();
                    views.add(new DoubleMatrix(
                            block, slot.offset(), slot.shape().rows(), columns, Matrix.paddedStride(columns)));
                }
            }
        }
        tensors = List.copyOf(views);
    }

    /// Copies the tensors that are not trainable, and no other, from what a learning pass has left beside the
    /// gradients: their values for the next step.
    public void advance(Parameters gradients) {
        for (int i = 0; i < tensors.size(); i++) {
            if (!slots.get(i).trainable()) {
                tensors.get(i).copyFrom(gradients.tensors.get(i));
            }
        }
    }

    /// Zeros of the same shapes and precision, for gradients.
    public Parameters like() {
        return new Parameters(precision, slots);
    }

    /// A copy in a precision, rounded if need be.
    public Parameters to(Precision wanted) {
        Parameters copy = new Parameters(wanted, slots);
        copy.copyFrom(this);
        return copy;
    }

    /// Overwrites all numbers with those of parameters of the same network.
    public void copyFrom(Parameters source) {
        for (int i = 0; i < tensors.size(); i++) {
            tensors.get(i).copyFrom(source.tensors.get(i));
        }
    }

    /// The element type.
    public Precision precision() {
        return precision;
    }

    /// Names and places, in order.
    public List<Slot> slots() {
        return slots;
    }

    /// All tensors, in the order of the slots.
    public List<Matrix> tensors() {
        return tensors;
    }

    /// The tensor of the slot at a position; a view.
    public Matrix tensor(int position) {
        return tensors.get(position);
    }

    /// The tensor with a name; a view.
    ///
    /// @throws IllegalArgumentException if there is none; the message lists the names
    public Matrix tensor(String name) {
        for (int i = 0; i < slots.size(); i++) {
            if (slots.get(i).name().equals(name)) {
                return tensors.get(i);
            }
        }
        throw new IllegalArgumentException(
                "parameters: expected one of " + slots.stream().map(Slot::name).toList() + ", found " + name);
    }

    /// The tensors of the layer at a position, in the layer's order.
    public List<Matrix> layer(int position) {
        List<Matrix> views = new ArrayList<>();
        for (int i = 0; i < slots.size(); i++) {
            if (slots.get(i).layer() == position) {
                views.add(tensors.get(i));
            }
        }
        return List.copyOf(views);
    }

    /// Number of trainable parameters, padding not counted.
    public long count() {
        return slots.stream().filter(Slot::trainable).mapToLong(Slot::count).sum();
    }

    /// A hash of 64 bits of all numbers in the order of [#sha256], for readings during training, where that one takes
    /// too long until it is compiled. Each number changes it by a bijection, so that parameters that differ in one
    /// number alone never have the same; against those who want two with the same it is no protection.
    public long quickHash() {
        long hash = 0;
        for (Matrix tensor : tensors) {
            for (int i = 0; i < tensor.rows(); i++) {
                int from = tensor.offset() + i * tensor.stride();
                int to = from + tensor.columns();
                switch (tensor) {
                    case FloatMatrix floats -> {
                        float[] data = floats.data();
                        for (int at = from; at < to; at++) {
                            hash = mixed(hash, Float.floatToRawIntBits(data[at]));
                        }
                    }
                    case DoubleMatrix doubles -> {
                        double[] data = doubles.data();
                        for (int at = from; at < to; at++) {
                            hash = mixed(hash, Double.doubleToRawLongBits(data[at]));
                        }
                    }
                    case SparseMatrix sparse -> throw new IllegalStateException("parameters are dense: " + sparse);
                }
            }
        }
        return hash;
    }

    /// One step: an odd factor and a rotation lose nothing.
    private static long mixed(long hash, long bits) {
        return Long.rotateLeft((hash ^ bits) * ODD, 29);
    }

    /// SHA-256, in lower-case hexadecimal digits, of all numbers in the order of the slots, row by row, little-endian,
    /// padding left
    /// out: two runs have the same hash exactly if they have the same parameters to the bit.
    public String sha256() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Matrix tensor : tensors) {
                ByteBuffer row = ByteBuffer.allocate(tensor.columns() * precision.bytes())
                        .order(ByteOrder.LITTLE_ENDIAN);
                for (int i = 0; i < tensor.rows(); i++) {
                    row.clear();
                    for (int j = 0; j < tensor.columns(); j++) {
                        switch (precision) {
                            case FLOAT32 -> row.putFloat((float) tensor.get(i, j));
                            case FLOAT64 -> row.putDouble(tensor.get(i, j));
                        }
                    }
                    digest.update(row.flip());
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
