package org.badak.fuzz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.badak.data.Digests;
import org.badak.model.TensorFile;

/// Hashes that fit: a fuzzer never guesses one, and would not get past the check.
final class ContentHash {
    private static final String MEMBER = "\"" + TensorFile.CONTENT_HASH + "\":\"";
    private static final int DIGITS = 64;

    private ContentHash() {}

    /// The bytes, and if they are a tensor file with a hash of its content, with the right one.
    static byte[] mended(byte[] data) {
        String text = new String(data, StandardCharsets.ISO_8859_1);
        int start = text.indexOf(MEMBER) + MEMBER.length();
        if (start < MEMBER.length() || start + DIGITS >= data.length || data[start + DIGITS] != '"') {
            return data;
        }
        long end = Long.BYTES
                + ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).getLong();
        if (end < start + DIGITS || end > data.length) {
            return data;
        }
        int header = (int) end;
        while (header > 0 && data[header - 1] == ' ') {
            header--;
        }
        var digest = Digests.sha256();
        digest.update(data, Long.BYTES, start - Long.BYTES);
        digest.update(data, start + DIGITS, Math.max(header - start - DIGITS, 0));
        digest.update(data, (int) end, data.length - (int) end);
        byte[] mended = data.clone();
        byte[] hash = Digests.hexadecimal(digest).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(hash, 0, mended, start, DIGITS);
        return mended;
    }
}
