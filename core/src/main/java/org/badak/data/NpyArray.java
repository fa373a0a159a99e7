package org.badak.data;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;

/// An array of NumPy: a type, a shape, and the elements row-major and little-endian, whatever order the file had.
public final class NpyArray {
    /// The highest rank that is read or written.
    public static final int MAXIMUM_RANK = 8;

    private static final VarHandle SHORTS = view(short[].class);
    private static final VarHandle INTS = view(int[].class);
    private static final VarHandle LONGS = view(long[].class);
    private static final VarHandle FLOATS = view(float[].class);
    private static final VarHandle DOUBLES = view(double[].class);
    private static final double TWO_POW_64 = 0x1p64;

    private final NpyType type;
    private final int[] shape;
    private final byte[] bytes;

    /// An array over the given bytes, which are shared, not copied.
    ///
    /// @param shape up to eight dimensions, none negative; empty for a single number; copied
    /// @param bytes the elements, row-major, little-endian
    /// @throws IllegalArgumentException if the shape is out of range or does not fit the bytes
    public NpyArray(NpyType type, int[] shape, byte[] bytes) {
        this.type = Objects.requireNonNull(type, "type");
        this.shape = shape.clone();
        this.bytes = Objects.requireNonNull(bytes, "bytes");
        if (shape.length > MAXIMUM_RANK) {
            throw new IllegalArgumentException("NPY rank " + shape.length + ", expected at most " + MAXIMUM_RANK);
        }
        long size = type.bytes();
        for (int dimension : shape) {
            if (dimension < 0) {
                throw new IllegalArgumentException("NPY shape " + Arrays.toString(shape) + " has a negative dimension");
            }
            size = Math.multiplyExact(size, (long) dimension);
        }
        if (size != bytes.length) {
            throw new IllegalArgumentException("NPY shape " + Arrays.toString(shape) + " of " + type + " needs " + size
                    + " bytes, received " + bytes.length);
        }
    }

    /// An array of float32.
    ///
    /// @param values row-major
    /// @param shape of the array
    public static NpyArray of(float[] values, int... shape) {
        byte[] bytes = new byte[Math.multiplyExact(Float.BYTES, values.length)];
        for (int i = 0; i < values.length; i++) {
            FLOATS.set(bytes, Float.BYTES * i, values[i]);
        }
        return new NpyArray(NpyType.FLOAT32, shape, bytes);
    }

    /// An array of float64.
    ///
    /// @param values row-major
    /// @param shape of the array
    public static NpyArray of(double[] values, int... shape) {
        byte[] bytes = new byte[Math.multiplyExact(Double.BYTES, values.length)];
        for (int i = 0; i < values.length; i++) {
            DOUBLES.set(bytes, Double.BYTES * i, values[i]);
        }
        return new NpyArray(NpyType.FLOAT64, shape, bytes);
    }

    /// An array of int32.
    ///
    /// @param values row-major
    /// @param shape of the array
    public static NpyArray of(int[] values, int... shape) {
        byte[] bytes = new byte[Math.multiplyExact(Integer.BYTES, values.length)];
        for (int i = 0; i < values.length; i++) {
            INTS.set(bytes, Integer.BYTES * i, values[i]);
        }
        return new NpyArray(NpyType.INT32, shape, bytes);
    }

    /// The element type.
    public NpyType type() {
        return type;
    }

    /// Number of dimensions, 0 to 8.
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

    /// The elements, row-major, little-endian; shared, not copied.
    public byte[] bytes() {
        return bytes;
    }

    /// The same elements under another shape of the same size.
    public NpyArray reshaped(int... wanted) {
        return new NpyArray(type, wanted, bytes);
    }

    /// One element as a number; 64-bit whole numbers beyond 2⁵³ are rounded, true is 1.
    ///
    /// @param index row-major index, from 0 to `size() - 1`
    public double value(int index) {
        int offset = Objects.checkIndex(index, size()) * type.bytes();
        return switch (type) {
            case BOOLEAN -> bytes[offset] == 0 ? 0 : 1;
            case INT8 -> bytes[offset];
            case UINT8 -> bytes[offset] & 0xFF;
            case INT16 -> (short) SHORTS.get(bytes, offset);
            case UINT16 -> (short) SHORTS.get(bytes, offset) & 0xFFFF;
            case INT32 -> (int) INTS.get(bytes, offset);
            case UINT32 -> (int) INTS.get(bytes, offset) & 0xFFFF_FFFFL;
            case INT64 -> (long) LONGS.get(bytes, offset);
            case UINT64 -> {
                long value = (long) LONGS.get(bytes, offset);
                yield value >= 0 ? value : value + TWO_POW_64;
            }
            case FLOAT16 -> Float.float16ToFloat((short) SHORTS.get(bytes, offset));
            case FLOAT32 -> (float) FLOATS.get(bytes, offset);
            case FLOAT64 -> (double) DOUBLES.get(bytes, offset);
        };
    }

    /// All elements as floats, row-major, rounded to the nearest float.
    public float[] toFloats() {
        float[] values = new float[size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) value(i);
        }
        return values;
    }

    /// Type and shape, as NumPy says them: `float32 (3, 2)`.
    @Override
    public String toString() {
        return type + " " + NpyHeader.tuple(shape);
    }

    private static VarHandle view(Class<?> arrays) {
        return MethodHandles.byteArrayViewVarHandle(arrays, ByteOrder.LITTLE_ENDIAN);
    }
}
