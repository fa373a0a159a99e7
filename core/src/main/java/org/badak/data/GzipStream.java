package org.badak.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// Reads gzip (RFC 1952), several members included, and is strict where
/// [java.util.zip.GZIPInputStream] is not: bytes after the last member are an error, and every error
/// names the file and the offset in the compressed file. Inflates straight into the caller's array.
final class GzipStream extends InputStream {
    /// No deflate stream expands by more: 258 bytes from two bits of code, less the block header.
    static final int MAXIMUM_RATIO = 1032;

    /// What is expected of compressed content; see [#isBomb].
    static final String WANTED = "at most 200 times as many bytes, or 64 MB";

    private static final int SUSPICIOUS_RATIO = 200;
    private static final long SUSPICIOUS_SIZE = 64L << 20;
    private static final int BUFFER = 1 << 18;
    private static final int HEADER_CRC = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    private static final int RESERVED = 0xE0;

    private final Path file;
    private final InputStream source;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private final byte[] buffer = new byte[BUFFER];
    private int position;
    private int limit;
    private long bufferOffset; // of buffer[0] in the file
    private boolean ended;

    GzipStream(Path file, InputStream source) throws IOException {
        this.file = file;
        this.source = source;
        memberHeader();
    }

    /// Whether content is so large, and so much larger than what it is compressed to, that it is there to fill memory.
    static boolean isBomb(long content, long compressed) {
        return content > SUSPICIOUS_SIZE && content / SUSPICIOUS_RATIO > compressed;
    }

    @Override
    public int read() throws IOException {
        byte[] single = new byte[1];
        return read(single, 0, 1) < 0 ? -1 : single[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (!ended) {
            int inflated;
            try {
                inflated = inflater.inflate(target, offset, length);
            } catch (DataFormatException damaged) {
                throw damaged(
                        offsetOfInflater(),
                        "damaged deflate data (" + damaged.getMessage() + ")",
                        "valid deflate data");
            }
            if (inflated > 0) {
                crc.update(target, offset, inflated);
                return inflated;
            }
            if (inflater.finished()) {
                memberEnd();
            } else if (inflater.needsDictionary()) {
                throw damaged(offsetOfInflater(), "a preset dictionary", "deflate data without a dictionary");
            } else {
                refill();
                inflater.setInput(buffer, 0, limit);
            }
        }
        return -1;
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        source.close();
    }

    /// Checks CRC-32 and length of the member that ended; goes on with the next member, if any.
    private void memberEnd() throws IOException {
        position = limit - inflater.getRemaining();
        long start = bufferOffset + position;
        long storedCrc = littleEndian(4);
        if (storedCrc != crc.getValue()) {
            throw damaged(
                    start,
                    "checksum (CRC-32) " + hexadecimal(crc.getValue()) + " of the content",
                    hexadecimal(storedCrc) + " as stored at the end of the file");
        }
        long storedLength = littleEndian(4);
        long length = inflater.getBytesWritten() & 0xFFFF_FFFFL;
        if (storedLength != length) {
            throw damaged(
                    start + 4, length + " bytes of content", storedLength + " bytes as stored at the end of the file");
        }
        if (position == limit && !fill()) {
            ended = true;
            return;
        }
        inflater.reset();
        crc.reset();
        memberHeader();
    }

    private void memberHeader() throws IOException {
        long start = bufferOffset + position;
        int first = next();
        if (first != 0x1F || next() != 0x8B) {
            throw damaged(start, "trailing bytes after the gzip data", "the end of the file");
        }
        int method = next();
        int flags = next();
        if (method != 8 || (flags & RESERVED) != 0) {
            throw damaged(
                    start + 2, "gzip method " + method + ", flags " + flags, "method 8 (deflate), flags below 32");
        }
        skip(6); // time, extra flags, operating system
        if ((flags & EXTRA) != 0) {
            skip((int) littleEndian(2));
        }
        if ((flags & NAME) != 0) {
            skipText();
        }
        if ((flags & COMMENT) != 0) {
            skipText();
        }
        if ((flags & HEADER_CRC) != 0) {
            skip(2);
        }
        inflater.setInput(buffer, position, limit - position);
    }

    private long littleEndian(int bytes) throws IOException {
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value |= (long) next() << 8 * i;
        }
        return value;
    }

    private void skip(int bytes) throws IOException {
        for (int i = 0; i < bytes; i++) {
            next();
        }
    }

    private void skipText() throws IOException {
        while (next() != 0) {
            // the text is of no use here
        }
    }

    private int next() throws IOException {
        if (position == limit) {
            refill();
        }
        return buffer[position++] & 0xFF;
    }

    private void refill() throws IOException {
        if (!fill()) {
            throw damaged(bufferOffset + limit, "the end of the file", "more gzip data: the file is truncated");
        }
    }

    /// Replaces the buffer by the next bytes of the file; false at the end of the file.
    private boolean fill() throws IOException {
        int read = source.read(buffer, 0, BUFFER);
        if (read < 0) {
            return false;
        }
        bufferOffset += limit;
        position = 0;
        limit = read;
        return true;
    }

    private long offsetOfInflater() {
        return bufferOffset + limit - inflater.getRemaining();
    }

    private DataException damaged(long offset, String found, String expected) {
        return new DataException(
                "cannot decompress the gzip file",
                DataException.at(file, offset),
                found,
                expected,
                "the file is damaged or was not fully downloaded: delete it and get it again");
    }

    private static String hexadecimal(long crc) {
        return String.format("%08x", crc);
    }
}
