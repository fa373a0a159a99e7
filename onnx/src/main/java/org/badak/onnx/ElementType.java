package org.badak.onnx;

import java.util.Locale;

/// The element types of tensors that are used here, with their numbers in ONNX
/// (TensorProto.DataType).
enum ElementType {
    FLOAT(1),
    UINT8(2),
    INT64(7),
    STRING(8),
    DOUBLE(11);

    private final int number;

    ElementType(int number) {
        this.number = number;
    }

    /// As ONNX counts them.
    int number() {
        return number;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
