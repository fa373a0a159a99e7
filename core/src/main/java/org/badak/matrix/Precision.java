package org.badak.matrix;

/// The two element types of Badak: [#FLOAT32] for training, [#FLOAT64] for gradient checks and numerical gradients.
public enum Precision {
    /// IEEE 754 binary32, 4 bytes.
    FLOAT32(4),
    /// IEEE 754 binary64, 8 bytes.
    FLOAT64(8);

    private final int bytes;

    Precision(int bytes) {
        this.bytes = bytes;
    }

    /// Bytes of one element.
    public int bytes() {
        return bytes;
    }
}
