package org.badak.data;

import java.util.Arrays;
import java.util.Optional;

/// The element types of NumPy that are read and written, under the names that an NPY header gives them.
public enum NpyType {
    /// True or false, one byte: `bool`.
    BOOLEAN("b1", 1),
    /// `int8`.
    INT8("i1", 1),
    /// `uint8`: the pixels of most image sets.
    UINT8("u1", 1),
    /// `int16`.
    INT16("i2", 2),
    /// `uint16`.
    UINT16("u2", 2),
    /// `int32`.
    INT32("i4", 4),
    /// `uint32`.
    UINT32("u4", 4),
    /// `int64`: what NumPy makes of whole numbers.
    INT64("i8", 8),
    /// `uint64`.
    UINT64("u8", 8),
    /// IEEE 754 binary16, `float16`.
    FLOAT16("f2", 2),
    /// IEEE 754 binary32, `float32`.
    FLOAT32("f4", 4),
    /// IEEE 754 binary64, `float64`: what NumPy makes of fractions.
    FLOAT64("f8", 8);

    private final String code;
    private final int bytes;

    NpyType(String code, int bytes) {
        this.code = code;
        this.bytes = bytes;
    }

    /// Kind and size as a header says them, without the byte order.
    public String code() {
        return code;
    }

    /// Bytes per element.
    public int bytes() {
        return bytes;
    }

    /// Whether elements are fractions.
    public boolean isFloat() {
        return code.charAt(0) == 'f';
    }

    /// The type of a code such as `f4`.
    static Optional<NpyType> of(String code) {
        return Arrays.stream(values()).filter(type -> type.code.equals(code)).findFirst();
    }

    @Override
    public String toString() {
        String kind = switch (code.charAt(0)) {
            case 'b' -> "bool";
            case 'i' -> "int";
            case 'u' -> "uint";
            default -> "float";
        };
        return this == BOOLEAN ? kind : kind + 8 * bytes;
    }
}
