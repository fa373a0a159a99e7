package org.badak.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// Says in words what the first bytes of a file look like, for messages about files that are not
/// what their name promises.
public final class FileContent {
    private static final int LOOK = 64;

    private FileContent() {}

    /// The first bytes of a file in hexadecimal, and what kind of file they begin, where that is known:
    /// `ff d8 ff e0 00 10 4a 46, a JPEG image`.
    ///
    /// @throws DataException if there is no such file, or it is empty
    public static String describe(Path file) {
        String what = "cannot read the file";
        ReadableFile.size(file, what);
        try (InputStream in = Files.newInputStream(file)) {
            byte[] start = in.readNBytes(LOOK);
            return describe(start, start.length);
        } catch (IOException failed) {
            throw ReadableFile.failed(file, what, failed);
        }
    }

    /// True if the bytes begin a gzip file.
    static boolean isGzip(byte[] start, int length) {
        return length >= 2 && start[0] == 0x1F && (start[1] & 0xFF) == 0x8B;
    }

    /// True if the first character that is not white space or a byte order mark is `<`.
    static boolean isMarkup(byte[] start, int length) {
        int i = 0;
        if (length >= 3 && (start[0] & 0xFF) == 0xEF && (start[1] & 0xFF) == 0xBB && (start[2] & 0xFF) == 0xBF) {
            i = 3;
        }
        while (i < length && (start[i] == ' ' || start[i] == '\t' || start[i] == '\r' || start[i] == '\n')) {
            i++;
        }
        return i < length && start[i] == '<';
    }

    /// The first bytes in hexadecimal, and what kind of file they begin, where that is known.
    static String describe(byte[] start, int length) {
        var text = new StringBuilder();
        for (int i = 0; i < Math.min(length, 8); i++) {
            text.append(i == 0 ? "" : " ").append(String.format("%02x", start[i]));
        }
        String kind = kind(start, length);
        return kind.isEmpty() ? text.toString() : text + ", " + kind;
    }

    private static String kind(byte[] start, int length) {
        if (isMarkup(start, length)) {
            return "'<' first: looks like a web page, the download was intercepted";
        }
        if (isGzip(start, length)) {
            return "gzip inside gzip";
        }
        String text = new String(Arrays.copyOf(start, length), StandardCharsets.ISO_8859_1);
        if (text.startsWith("PK")) {
            return "a zip archive";
        }
        if (text.startsWith("\u0089PNG")) {
            return "a PNG image";
        }
        if (text.startsWith("\u00FF\u00D8\u00FF")) {
            return "a JPEG image";
        }
        if (text.startsWith("GIF8")) {
            return "a GIF image";
        }
        if (text.startsWith("%PDF")) {
            return "a PDF document";
        }
        if (text.startsWith("\u0093NUMPY")) {
            return "a NumPy array";
        }
        if (text.startsWith("version ")) {
            return "looks like a Git LFS pointer, not the file itself";
        }
        return "";
    }
}
