package org.badak.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/// PNG files of grey pixels in every form that a picture may come in, for tests of what reads them.
public final class SmallPng {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

    /// How the pixels are stored.
    public enum Kind {
        /// 8 bits of grey.
        GRAY(8, 0, 1),
        /// Red, green and blue, 8 bits each.
        RGB(8, 2, 3),
        /// 16 bits of grey.
        DEEP(16, 0, 2),
        /// Numbers of colours in a palette of greys.
        PALETTE(8, 3, 1),
        /// Red, green, blue and opacity, all pixels opaque.
        ALPHA(8, 6, 4);

        private final int depth;
        private final int colorType;
        private final int bytes;

        Kind(int depth, int colorType, int bytes) {
            this.depth = depth;
            this.colorType = colorType;
            this.bytes = bytes;
        }
    }

    private SmallPng() {}

    /// The bytes of a file.
    ///
    /// @param pixels row by row, 0 black to 255 white; as many as width times height
    public static byte[] of(int width, int height, Kind kind, byte[] pixels) {
        ByteArrayOutputStream rows = new ByteArrayOutputStream();
        for (int y = 0; y < height; y++) {
            rows.write(0); // no filter
            for (int x = 0; x < width * kind.bytes; x++) {
                boolean opacity = kind == Kind.ALPHA && x % kind.bytes == 3;
                rows.write(opacity ? 255 : pixels[y * width + x / kind.bytes]);
            }
        }
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(SIGNATURE);
        chunk(
                file,
                "IHDR",
                ByteBuffer.allocate(13)
                        .putInt(width)
                        .putInt(height)
                        .put((byte) kind.depth)
                        .put((byte) kind.colorType)
                        .array());
        if (kind == Kind.PALETTE) {
            byte[] greys = new byte[3 * 256];
            for (int i = 0; i < greys.length; i++) {
                greys[i] = (byte) (i / 3);
            }
            chunk(file, "PLTE", greys);
        }
        byte[] packed = new byte[rows.size() + 100];
        try (Deflater deflater = new Deflater()) {
            deflater.setInput(rows.toByteArray());
            deflater.finish();
            chunk(file, "IDAT", Arrays.copyOf(packed, deflater.deflate(packed)));
        }
        chunk(file, "IEND", new byte[0]);
        return file.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream file, String type, byte[] data) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(data);
        file.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
        file.writeBytes(name);
        file.writeBytes(data);
        file.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }
}
