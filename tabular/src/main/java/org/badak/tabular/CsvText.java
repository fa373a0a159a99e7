package org.badak.tabular;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.badak.data.DataException;

/// The text of a file: its encoding found out, byte order marks taken off, bytes that are no text refused.
///
/// @param file the file, or a name for bytes in memory
/// @param bytes opens what it holds
/// @param encoding how its bytes become characters
/// @param mark length of the byte order mark in bytes
record CsvText(Path file, Bytes bytes, Charset encoding, int mark) {
    private static final int LOOK = 512;
    private static final String WHAT = "cannot read the CSV file";

    /// What opens bytes, from their beginning, as often as it is asked.
    interface Bytes {
        InputStream open() throws IOException;
    }

    /// Looks at a file's first bytes.
    ///
    /// @param wanted name of an encoding, or empty
    /// @throws DataException if there is no such file, or it is clearly no text
    static CsvText of(Path file, String wanted) {
        if (Files.isDirectory(file)) {
            throw new DataException(WHAT, file.toString(), "a folder", "a CSV file", "name a file in this folder");
        }
        return of(file, () -> Files.newInputStream(file), wanted);
    }

    /// Looks at the first bytes.
    ///
    /// @param file the file, or a name
    /// @param wanted name of an encoding, or empty
    /// @throws DataException if they cannot be read, or are clearly no text
    static CsvText of(Path file, Bytes bytes, String wanted) {
        byte[] start;
        try (InputStream in = bytes.open()) {
            start = in.readNBytes(LOOK);
        } catch (IOException failed) {
            throw unreadable(file, failed);
        }
        if (start.length == 0) {
            throw new DataException(
                    WHAT, file.toString(), "an empty file (0 bytes)", "a table", "name a file that holds a table");
        }
        String other = kind(start);
        if (!other.isEmpty()) {
            throw new DataException(
                    WHAT,
                    file + ", offset 0",
                    other,
                    "a table as text",
                    switch (start[0]) {
                        case 0x1F -> "decompress it first: gunzip";
                        case '<' -> "open the address in a browser, sign in if it asks, and get the file again";
                        default -> "save or export the table as CSV";
                    });
        }
        int first = start[0] & 0xFF;
        int second = start.length > 1 ? start[1] & 0xFF : -1;
        int third = start.length > 2 ? start[2] & 0xFF : -1;
        if (first == 0xEF && second == 0xBB && third == 0xBF) {
            return new CsvText(file, bytes, named(file, wanted, StandardCharsets.UTF_8), 3);
        }
        if (first == 0xFF && second == 0xFE) {
            return new CsvText(file, bytes, StandardCharsets.UTF_16LE, 2);
        }
        if (first == 0xFE && second == 0xFF) {
            return new CsvText(file, bytes, StandardCharsets.UTF_16BE, 2);
        }
        if (wanted.isEmpty()) {
            for (int i = 0; i < start.length; i++) {
                if (start[i] == 0) {
                    throw new DataException(
                            WHAT + ": it is no UTF-8 text",
                            DataException.at(file, i),
                            "a byte 00; perhaps UTF-16 without a byte order mark",
                            "UTF-8, or UTF-16 with a byte order mark",
                            "name the encoding with --encoding UTF-16LE, or save the file as UTF-8");
                }
            }
        }
        return new CsvText(file, bytes, named(file, wanted, StandardCharsets.UTF_8), 0);
    }

    private static Charset named(Path file, String name, Charset otherwise) {
        if (name.isEmpty()) {
            return otherwise;
        }
        try {
            return Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            throw new DataException(
                    WHAT + ": the encoding is not known",
                    file.toString(),
                    "--encoding " + name,
                    "a name such as UTF-8, UTF-16LE, EUC-KR, windows-1252",
                    "leave it out for UTF-8",
                    unknown);
        }
    }

    private static String kind(byte[] start) {
        String text = new String(start, StandardCharsets.ISO_8859_1);
        String words = text.startsWith("\u00EF\u00BB\u00BF") ? text.substring(3) : text;
        if (text.startsWith("PK\u0003\u0004")) {
            return "a zip archive, perhaps an Excel workbook";
        }
        if (text.startsWith("\u001F\u008B")) {
            return "a gzip archive";
        }
        if (text.startsWith("\u0089PNG")) {
            return "a PNG image";
        }
        if (words.stripLeading().startsWith("<")) {
            return "'<' first: a web page";
        }
        return words.stripLeading().startsWith("{") ? "'{' first: JSON" : "";
    }

    /// The text behind the mark, from its beginning; malformed bytes are errors.
    Reader open() throws IOException {
        InputStream in = new BufferedInputStream(bytes.open(), 1 << 16);
        in.skipNBytes(mark);
        return new InputStreamReader(
                in,
                encoding.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
    }

    /// The first characters.
    String sample(int most) {
        char[] characters = new char[most];
        int length = 0;
        try (Reader reader = open()) {
            int read;
            while (length < most && (read = reader.read(characters, length, most - length)) > 0) {
                length += read;
            }
        } catch (CharacterCodingException malformed) {
            throw malformed(malformed);
        } catch (IOException failed) {
            throw unreadable(file, failed);
        }
        return new String(characters, 0, length);
    }

    /// The error that says where the first malformed bytes stand.
    DataException malformed(CharacterCodingException cause) {
        String found = "bytes that are not " + encoding.name();
        String where = file.toString();
        if (encoding.equals(StandardCharsets.UTF_8)) {
            try (InputStream in = new BufferedInputStream(bytes.open(), 1 << 16)) {
                Utf8Fault fault = Utf8Fault.find(in);
                where = DataException.at(file, fault.offset()) + " (line " + fault.line() + ")";
                found = String.format("a byte %02x that is not UTF-8", fault.value());
            } catch (IOException failed) {
                return unreadable(file, failed);
            }
        }
        return new DataException(
                WHAT + ": the text is malformed",
                where,
                found,
                encoding.name() + " text",
                "name the encoding, such as --encoding EUC-KR or --encoding windows-1252, or save the file as UTF-8",
                cause);
    }

    /// Whether quotes are left open at the end.
    boolean hasOddQuotes(char quote) {
        return lineOfOpenQuote(quote) > 0;
    }

    /// Line of the last quote that opens and is not closed, or not within [CsvFile#MOST_CHARACTERS]; 0 if all are
    /// closed, or a row is longer than that without one.
    int lineOfOpenQuote(char quote) {
        int line = 1;
        int opened = 0;
        long since = 0; // characters since a quote or the end of a line that is not quoted
        try (Reader reader = open()) {
            char[] buffer = new char[1 << 14];
            int length;
            while (since <= CsvFile.MOST_CHARACTERS && (length = reader.read(buffer)) > 0) {
                for (int i = 0; i < length; i++) {
                    since++;
                    if (buffer[i] == quote) {
                        opened = opened == 0 ? line : 0;
                        since = 0;
                    } else if (buffer[i] == '\n') {
                        line++;
                        since = opened == 0 ? 0 : since;
                    }
                }
            }
        } catch (IOException failed) {
            throw unreadable(file, failed);
        }
        return opened;
    }

    /// A failure of reading as a message.
    static DataException unreadable(Path file, IOException failed) {
        String found = switch (failed) {
            case NoSuchFileException absent -> "no such file";
            case AccessDeniedException denied -> "permission denied";
            default -> String.valueOf(failed);
        };
        return new DataException(
                WHAT,
                file.toString(),
                found,
                "a file that can be read",
                "check the name and the permissions; the working folder is "
                        + Path.of("").toAbsolutePath(),
                failed);
    }

    /// Where the first byte stands that is not UTF-8.
    ///
    /// @param offset from the beginning of the file
    /// @param line from 1
    /// @param value the byte
    private record Utf8Fault(long offset, int line, int value) {
        static Utf8Fault find(InputStream in) throws IOException {
            long offset = 0;
            int line = 1;
            int wanted = 0; // continuation bytes still to come
            long start = 0;
            int lead = 0;
            int value;
            while ((value = in.read()) >= 0) {
                if (wanted > 0) {
                    if ((value & 0xC0) != 0x80) {
                        return new Utf8Fault(start, line, lead);
                    }
                    wanted--;
                } else if (value >= 0x80) {
                    start = offset;
                    lead = value;
                    wanted = value >= 0xF0 ? 3 : value >= 0xE0 ? 2 : 1;
                    if (value < 0xC2 || value > 0xF4) {
                        return new Utf8Fault(offset, line, value);
                    }
                } else if (value == '\n') {
                    line++;
                }
                offset++;
            }
            return new Utf8Fault(start, line, lead);
        }
    }
}
