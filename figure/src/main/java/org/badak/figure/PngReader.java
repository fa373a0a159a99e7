package org.badak.figure;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;

/// Reads PNG files (ISO/IEC 15948) of every colour type, depth and interlacing as gray pixels. Transparency is laid
/// over
/// white; colours become gray by the weights of ITU-R BT.601: 0.299 R + 0.587 G + 0.114 B. Nothing is decoded before
/// the
/// size is checked, and never more bytes than the size allows.
public final class PngReader {
    /// Longest side that is read.
    public static final int GREATEST_SIDE = 4096;

    private static final long GREATEST_FILE = 256L << 20;
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

    private final String source;
    private final ByteBuffer file;
    private byte[] palette = {};
    private byte[] transparency = {};
    private final ByteArrayOutputStream compressed = new ByteArrayOutputStream();

    private PngReader(String source, byte[] bytes) {
        this.source = source;
        this.file = ByteBuffer.wrap(bytes);
    }

    /// Reads a file.
    ///
    /// @throws FigureException if it cannot be read, is not a PNG, is damaged, or is larger than 4096 × 4096
    public static GrayImage read(Path path) {
        try {
            if (Files.isDirectory(path)) {
                throw new FigureException(path + ": found a folder, expected a PNG file; name a file in it.");
            }
            if (Files.size(path) > GREATEST_FILE) {
                throw new FigureException(path + ": found " + Files.size(path)
                        + " bytes, expected a PNG file of at most " + GREATEST_FILE + "; make the picture smaller.");
            }
            return read(path.toString(), Files.readAllBytes(path));
        } catch (java.nio.file.NoSuchFileException e) {
            throw new FigureException(path + ": there is no such file; check the name.", e);
        } catch (IOException e) {
            throw new FigureException(path + ": cannot be read (" + e + "); check that it may be read.", e);
        }
    }

    /// Decodes the bytes of a PNG file.
    ///
    /// @param source named in errors
    public static GrayImage read(String source, byte[] bytes) {
        return new PngReader(source, bytes).read();
    }

    private GrayImage read() {
        byte[] start = new byte[Math.min(SIGNATURE.length, file.remaining())];
        file.get(start);
        if (!Arrays.equals(start, SIGNATURE)) {
            throw error(
                    "not a PNG file: found " + describe(start) + " at its start, expected 89 50 4E 47 0D 0A 1A 0A",
                    "save the picture as PNG");
        }
        PngPixels.Header header = header();
        boolean ended = false;
        while (!ended) {
            ended = chunk();
        }
        if (header.colorType() == 3 && palette.length == 0) {
            throw error("found indexed colours without a palette (PLTE)", "save the picture again");
        }
        return new PngPixels(header, palette, transparency, this::damaged).decode(compressed.toByteArray());
    }

    private FigureException damaged(String problem) {
        return error(problem, "the file is damaged: copy or save it again");
    }

    private PngPixels.Header header() {
        ByteBuffer data = ByteBuffer.wrap(body("IHDR", 13));
        int width = data.getInt();
        int height = data.getInt();
        PngPixels.Header header =
                new PngPixels.Header(width, height, data.get(), data.get(), data.getShort(), data.get());
        if (width < 1 || height < 1 || width > GREATEST_SIDE || height > GREATEST_SIDE) {
            throw error(
                    "found a picture of " + Integer.toUnsignedString(width) + " × "
                            + Integer.toUnsignedString(height) + " pixels, expected 1 × 1 to " + GREATEST_SIDE + " × "
                            + GREATEST_SIDE,
                    "make the picture smaller");
        }
        if (!header.valid()) {
            throw damaged("found colour type " + header.colorType() + " with " + header.depth() + " bits, interlacing "
                    + header.interlacing() + ", which PNG does not have");
        }
        return header;
    }

    /// Reads the first chunk, which must have this type and length.
    private byte[] body(String type, int length) {
        if (file.remaining() < 12 + length
                || file.getInt(file.position()) != length
                || !type.equals(ascii(file.position() + 4))) {
            throw damaged("found no " + type + " chunk of " + length + " bytes at offset " + file.position());
        }
        return take(length);
    }

    /// Reads one chunk; true at the last.
    private boolean chunk() {
        int offset = file.position();
        if (file.remaining() < 12) {
            throw damaged("found the end of the file at offset " + file.limit() + ", expected another chunk");
        }
        int length = file.getInt(offset);
        String type = ascii(offset + 4);
        if (length < 0 || length > file.remaining() - 12) {
            throw damaged("found a chunk " + describe(type.getBytes(StandardCharsets.ISO_8859_1)) + " of "
                    + Integer.toUnsignedString(length) + " bytes at offset " + offset + ", but only "
                    + Math.max(0, file.remaining() - 12) + " bytes follow");
        }
        byte[] data = take(length);
        switch (type) {
            case "PLTE" -> palette = data;
            case "tRNS" -> transparency = data;
            case "IDAT" -> compressed.writeBytes(data);
            case "IEND" -> {
                return true;
            }
            default -> {
                if (Character.isUpperCase(type.charAt(0))) {
                    throw damaged("found the unknown necessary chunk "
                            + describe(type.getBytes(StandardCharsets.ISO_8859_1)) + " at offset " + offset);
                }
            }
        }
        return false;
    }

    private byte[] take(int length) {
        int offset = file.position();
        CRC32 crc = new CRC32();
        crc.update(file.slice(offset + 4, 4 + length));
        byte[] data = new byte[length];
        file.position(offset + 8).get(data);
        int expected = (int) crc.getValue();
        int found = file.getInt();
        if (found != expected) {
            throw damaged("the chunk at offset " + offset + " has checksum " + Integer.toHexString(found)
                    + ", expected " + Integer.toHexString(expected));
        }
        return data;
    }

    private String ascii(int offset) {
        byte[] name = new byte[4];
        file.get(offset, name);
        return new String(name, StandardCharsets.ISO_8859_1);
    }

    private FigureException error(String problem, String remedy) {
        return new FigureException(source + ": " + problem + "; " + remedy + ".");
    }

    private static String describe(byte[] bytes) {
        if (bytes.length == 0) {
            return "nothing (an empty file)";
        }
        StringBuilder out = new StringBuilder();
        for (byte b : bytes) {
            out.append(out.isEmpty() ? "" : " ").append(String.format("%02X", b));
        }
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        boolean readable = text.chars().allMatch(c -> c >= 0x20 && c < 0x7F);
        return readable ? "\"" + text + "\"" : out.toString();
    }
}
