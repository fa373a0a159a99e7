package org.badak.onnx;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// A message in the encoding of Protocol Buffers (protobuf.dev/programming-guides/encoding), field
/// after field: a key, number·8 + kind, and the value, a number of 7 bits a byte, 4 bytes, or a
/// length and so many bytes. Only what ONNX needs.
final class Message {
    private static final int VARYING = 0;
    private static final int LENGTH = 2;
    private static final int FOUR_BYTES = 5;
    private static final int KIND_BITS = 3;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Message whole(int field, long value) {
        key(field, VARYING);
        varying(value);
        return this;
    }

    Message wholes(int field, long... values) {
        for (long value : values) {
            whole(field, value);
        }
        return this;
    }

    Message number(int field, float value) {
        key(field, FOUR_BYTES);
        int bits = Float.floatToRawIntBits(value);
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            bytes.write(bits >>> shift);
        }
        return this;
    }

    Message text(int field, String value) {
        return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    Message texts(int field, Iterable<String> values) {
        for (String value : values) {
            text(field, value);
        }
        return this;
    }

    Message bytes(int field, byte[] value) {
        key(field, LENGTH);
        varying(value.length);
        bytes.writeBytes(value);
        return this;
    }

    Message message(int field, Message value) {
        return bytes(field, value.toBytes());
    }

    /// Adds the fields of another message.
    Message merge(Message other) {
        bytes.writeBytes(other.toBytes());
        return this;
    }

    byte[] toBytes() {
        return bytes.toByteArray();
    }

    private void key(int field, int kind) {
        varying((long) field << KIND_BITS | kind);
    }

    private void varying(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes.write((int) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        bytes.write((int) rest);
    }
}
