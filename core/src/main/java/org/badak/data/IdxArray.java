package org.badak.data;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;

/// An array as an IDX file holds it: a type, a shape, and the elements row-major and big-endian.
public final class IdxArray {
    private static final VarHandle SHORTS = view(short[].class);
    private static final VarHandle INTS = view(int[].class);
    private static final VarHandle FLOATS = view(float[].class);
    private static final VarHandle DOUBLES = view(double[].class);

    private final IdxType type;
    private final int[] shape;
    private final byte[] bytes;

    /// An array over the given bytes, which are shared, not copied.
    ///
    /// @param type the element type
    /// @param shape one to eight dimensions, none negative; copied
    /// @param bytes the elements, row-major, big-endian
    /// @throws IllegalArgumentException if the shape is out of range or does not fit the bytes
    public IdxArray(IdxType type, int[] shape, byte[] bytes) {
        this.type = Objects.requireNonNull(type, "type");
        this.shape = shape.clone();
        this.bytes = Objects.requireNonNull(bytes, "bytes");
        if (shape.length < 1 || shape.length > IdxFile.MAXIMUM_RANK) {
            throw new IllegalArgumentException("IDX rank " + shape.length + ", expected 1 to " + IdxFile.MAXIMUM_RANK);
        }
        long size = type.bytes();
        for (int dimension : shape) {
            if (dimension < 0) {
                throw new IllegalArgumentException("IDX shape " + Arrays.toString(shape) + " has a negative dimension");
            }
            size = Math.multiplyExact(size, (long) dimension);
        }
        if (size != bytes.length) {
            throw new IllegalArgumentException("IDX shape " + Arrays.toString(shape) + " of " + type + " needs " + size
                    + " bytes, received " + bytes.length);
        }
    }

    /// The element type.
    public IdxType type() {
        return type;
    }

    /// Number of dimensions, 1 to 8.
    public int rank() {
        return shape.length;
    }

    /// The dimensions, outermost first; a copy.
    public int[] shape() {
        return shape.clone();
    }

    /// One dimension.
    ///
    /// @param axis 0 for the outermost
    public int dimension(int axis) {
        return shape[axis];
    }

    /// Number of elements: the product of the dimensions.
    public int size() {
        return bytes.length / type.bytes();
    }

    /// The elements as stored: row-major, big-endian; shared, not copied.
    public byte[] bytes() {
        return bytes;
    }

    /// One element as a number; every type of IDX fits a double without loss.
    ///
    /// @param index row-major index, from 0 to `size() - 1`
    public double value(int index) {
        int offset = Objects.checkIndex(index, size()) * type.bytes();
        return switch (type) {
            case UNSIGNED_BYTE -> bytes[offset] & 0xFF;
            case SIGNED_BYTE -> bytes[offset];
            case SHORT -> (short) SHORTS.get(bytes, offset);
            case INT -> (int) INTS.get(bytes, offset);
            case FLOAT -> (float) FLOATS.get(bytes, offset);
            case DOUBLE -> (double) DOUBLES.get(bytes, offset);
        };
    }

    /// All elements as doubles, row-major.
    public double[] toDoubles() {
        double[] values = new double[size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(i);
        }
        return values;
    }

    /// All elements as floats, row-major; int and double elements are rounded to the nearest float.
    public float[] toFloats() {
        float[] values = new float[size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) value(i);
        }
        return values;
    }

    /// SHA-256, in lower-case hexadecimal, of the array written as an uncompressed IDX file. Equal to
    /// the hash of the decompressed file it was read from.
    public String sha256() {
        var digest = Digests.sha256();
        digest.update(header());
        digest.update(bytes);
        return Digests.hexadecimal(digest);
    }

    /// The bytes that stand before the elements in a file: 0, 0, type, rank, dimensions.
    byte[] header() {
        var header = ByteBuffer.allocate(4 + 4 * shape.length);
        header.put((byte) 0).put((byte) 0).put((byte) type.code()).put((byte) shape.length);
        for (int dimension : shape) {
            header.putInt(dimension);
        }
        return header.array();
    }

    private static VarHandle view(Class<?> arrays) {
        return MethodHandles.byteArrayViewVarHandle(arrays, ByteOrder.BIG_ENDIAN);
    }
}
