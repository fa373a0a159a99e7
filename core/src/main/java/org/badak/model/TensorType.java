package org.badak.model;

import java.util.Arrays;
import java.util.Optional;
import org.badak.data.NpyType;
import org.badak.matrix.Precision;

/// The element types of the safetensors format. Badak writes and loads [#F32] and [#F64]; the
/// others are known so that a file with them is refused for what it is.
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

    /// The same type in NumPy's words; bfloat16 it does not have.
    Optional<NpyType> array() {
        return switch (this) {
            case F64 -> Optional.of(NpyType.FLOAT64);
            case F32 -> Optional.of(NpyType.FLOAT32);
            case F16 -> Optional.of(NpyType.FLOAT16);
            case BF16 -> Optional.empty();
            case I64 -> Optional.of(NpyType.INT64);
            case I32 -> Optional.of(NpyType.INT32);
            case I16 -> Optional.of(NpyType.INT16);
            case I8 -> Optional.of(NpyType.INT8);
            case U64 -> Optional.of(NpyType.UINT64);
            case U32 -> Optional.of(NpyType.UINT32);
            case U16 -> Optional.of(NpyType.UINT16);
            case U8 -> Optional.of(NpyType.UINT8);
            case BOOL -> Optional.of(NpyType.BOOLEAN);
        };
    }

    /// The type of an array.
    static TensorType of(NpyType type) {
        return Arrays.stream(values())
                .filter(each -> each.array().filter(type::equals).isPresent())
                .findFirst()
                .orElseThrow();
    }
}
