package org.badak.model;

import org.badak.matrix.Precision;

/// The element types of the safetensors format. Badak writes and loads [#F32] and [#F64]; the others are known so that
/// a file with them is refused for what it is.
public enum TensorType {
    /// IEEE 754 binary64.
    F64(8),
    /// IEEE 754 binary32.
    F32(4),
    /// IEEE 754 binary16.
    F16(2),
    /// bfloat16.
    BF16(2),
    /// Signed, 64 bits.
    I64(8),
    /// Signed, 32 bits.
    I32(4),
    /// Signed, 16 bits.
    I16(2),
    /// Signed, 8 bits.
    I8(1),
    /// Unsigned, 64 bits.
    U64(8),
    /// Unsigned, 32 bits.
    U32(4),
    /// Unsigned, 16 bits.
    U16(2),
    /// Unsigned, 8 bits.
    U8(1),
    /// One byte, 0 or 1.
    BOOL(1);

    private final int bytes;

    TensorType(int bytes) {
        this.bytes = bytes;
    }

    /// Bytes of one element.
    public int bytes() {
        return bytes;
    }

    /// The type that holds a precision.
    public static TensorType of(Precision precision) {
        return switch (precision) {
            case FLOAT32 -> F32;
            case FLOAT64 -> F64;
        };
    }
}
