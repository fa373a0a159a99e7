package org.badak.serve;

import java.util.Arrays;
import java.util.List;

/// The types of tensors that the Open Inference Protocol names and this server takes.
enum DataType {
    /// 0 to 255
    UINT8(0, 255),
    /// 0 to 65,535
    UINT16(0, 65_535),
    /// 0 to 2^32 − 1
    UINT32(0, 4_294_967_295d),
    /// 0 to 2^64 − 1
    UINT64(0, 18_446_744_073_709_551_615d),
    /// −128 to 127
    INT8(-128, 127),
    /// −32,768 to 32,767
    INT16(-32_768, 32_767),
    /// −2^31 to 2^31 − 1
    INT32(-2_147_483_648d, 2_147_483_647d),
    /// −2^63 to 2^63 − 1
    INT64(-9_223_372_036_854_775_808d, 9_223_372_036_854_775_807d),
    /// what float32 holds
    FP32(-Float.MAX_VALUE, Float.MAX_VALUE),
    /// what float32 holds: networks compute in it
    FP64(-Float.MAX_VALUE, Float.MAX_VALUE),
    /// texts, or files in Base64
    BYTES(0, 0);

    private final double least;
    private final double most;

    DataType(double least, double most) {
        this.least = least;
        this.most = most;
    }

    /// Names of all.
    static List<String> names() {
        return Arrays.stream(values()).map(Enum::name).toList();
    }

    /// Whether it has no fractions.
    boolean whole() {
        return compareTo(INT64) <= 0;
    }

    /// Whether a number is one of this type.
    boolean holds(double value) {
        return value >= least && value <= most && (!whole() || value == Math.rint(value));
    }

    /// What it holds, in words.
    String text() {
        return whole() ? "a whole number of type " + this : "a number";
    }

    /// What it holds, in words, with its limits.
    String range() {
        return text() + (whole() ? ", " + number(least) + " to " + number(most) : ", at most 3.4e38 in size");
    }

    private static String number(double value) {
        return new java.math.BigDecimal(value).toPlainString();
    }
}
