package org.badak.data;

/// The element types of an IDX file; all are stored big-endian.
public enum IdxType {
    /// Unsigned byte, code 08: the pixels and labels of MNIST.
    UNSIGNED_BYTE(0x08, 1),
    /// Signed byte, code 09.
    SIGNED_BYTE(0x09, 1),
    /// 16-bit signed integer, code 0B.
    SHORT(0x0B, 2),
    /// 32-bit signed integer, code 0C.
    INT(0x0C, 4),
    /// IEEE 754 binary32, code 0D.
    FLOAT(0x0D, 4),
    /// IEEE 754 binary64, code 0E.
    DOUBLE(0x0E, 8);

    private final int code;
    private final int bytes;

    IdxType(int code, int bytes) {
        this.code = code;
        this.bytes = bytes;
    }

    /// The code in the third byte of the file.
    public int code() {
        return code;
    }

    /// Bytes per element.
    public int bytes() {
        return bytes;
    }
}
