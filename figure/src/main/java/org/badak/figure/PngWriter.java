package org.badak.figure;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/// Writes PNG files (ISO/IEC 15948): 8 bits per sample, gray where every pixel is gray, else RGB. `ImageIO` writes the
/// same, but its start alone takes longer than the whole figure; see docs/decisions/0003.
final class PngWriter {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final int CHUNK_OVERHEAD = 12;

    private PngWriter() {}

    static byte[] encode(Bitmap bitmap) {
        boolean gray = true;
        int[] rgb = bitmap.rgb();
        for (int i = 0; i < rgb.length && gray; i++) {
            gray = (rgb[i] >> 8 & 0xFFFF) == (rgb[i] & 0xFFFF);
        }
        byte[] header = ByteBuffer.allocate(13)
                .putInt(bitmap.width())
                .putInt(bitmap.height())
                .put((byte) 8)
                .put((byte) (gray ? 0 : 2))
                .array();
        byte[] data = deflate(rows(bitmap, gray ? 1 : 3));
        ByteBuffer file = ByteBuffer.allocate(SIGNATURE.length + 3 * CHUNK_OVERHEAD + header.length + data.length);
        file.put(SIGNATURE);
        chunk(file, "IHDR", header);
        chunk(file, "IDAT", data);
        chunk(file, "IEND", new byte[0]);
        return file.array();
    }

    /// Every row as its difference to the row above (filter 2): figures repeat themselves from row to row.
    private static byte[] rows(Bitmap bitmap, int channels) {
        int stride = 1 + channels * bitmap.width();
        byte[] raw = new byte[Math.multiplyExact(stride, bitmap.height())];
        int[] rgb = bitmap.rgb();
        int width = bitmap.width();
        for (int y = 0; y < bitmap.height(); y++) {
            int at = y * stride;
            raw[at++] = 2;
            for (int i = y * width; i < (y + 1) * width; i++) {
                int pixel = rgb[i];
                int above = y == 0 ? 0 : rgb[i - width];
                if (pixel == above) {
                    at += channels; // the difference is 0, as in a new array
                } else {
                    for (int shift = 8 * (channels - 1); shift >= 0; shift -= 8) {
                        raw[at++] = (byte) ((pixel >> shift) - (above >> shift));
                    }
                }
            }
        }
        return raw;
    }

    private static byte[] deflate(byte[] raw) {
        try (Deflater deflater = new Deflater(6)) {
            deflater.setInput(raw);
            deflater.finish();
            byte[] out = new byte[raw.length / 8 + 1024];
            int length = 0;
            while (!deflater.finished()) {
                if (length == out.length) {
                    out = Arrays.copyOf(out, 2 * length);
                }
                length += deflater.deflate(out, length, out.length - length);
            }
            return Arrays.copyOf(out, length);
        }
    }

    private static void chunk(ByteBuffer file, String type, byte[] data) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(data);
        file.putInt(data.length).put(name).put(data).putInt((int) crc.getValue());
    }
}
