package org.badak.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The directory of a zip file, read strictly: entries stored or deflated, plain names, none twice, none that overlaps
/// another or lies outside the file. Source: PKWARE, APPNOTE.TXT 6.3.10, sections 4.3 to 4.5.
///
/// The directory at the end of the file rules; each entry's own header must give the same name. Archives above 4 GiB
/// (zip64) are refused; the zip64 fields that Python writes into small archives are read.
///
/// @param entries in the order of the directory
record ZipDirectory(List<Entry> entries) {
    private static final int END = 0x06054b50;
    private static final int CENTRAL = 0x02014b50;
    private static final int LOCAL = 0x04034b50;
    private static final int END_BYTES = 22;
    private static final int CENTRAL_BYTES = 46;
    private static final int LOCAL_BYTES = 30;
    private static final int MOST_COMMENT = 0xFFFF;
    private static final int MOST_DIRECTORY = 1 << 20;
    private static final int ENCRYPTED = 1;
    private static final int NO_TEXT = 0xFFFF;
    private static final long NO_NUMBER = 0xFFFF_FFFFL;
    private static final String AGAIN = "delete the file and get it again, or save it again with numpy.savez";

    /// A file in the archive.
    ///
    /// @param name as the archive gives it
    /// @param deflated whether it is compressed
    /// @param crc CRC-32 of its content
    /// @param compressed bytes in the archive
    /// @param size bytes of its content
    /// @param header where its own header begins
    /// @param data where its bytes begin
    record Entry(String name, boolean deflated, long crc, long compressed, long size, long header, long data) {
        long end() {
            return data + compressed;
        }
    }

    /// Reads and checks the directory.
    ///
    /// @throws DataException if anything is not as it must be
    static ZipDirectory read(Path file, FileChannel channel) throws IOException {
        return new Reading(file, channel).directory();
    }

    private record Reading(Path file, FileChannel channel) {
        ZipDirectory directory() throws IOException {
            long size = channel.size();
            int length = (int) Math.min(size, END_BYTES + MOST_COMMENT);
            ByteBuffer tail = bytes(size - length, length);
            int end = length - END_BYTES;
            while (end >= 0
                    && !(tail.getInt(end) == END && end + END_BYTES + (tail.getShort(end + 20) & NO_TEXT) == length)) {
                end--;
            }
            if (end < 0) {
                throw error(size, "no directory at the end of the file", "a whole zip archive", AGAIN);
            }
            long endOffset = size - length + end;
            int count = tail.getShort(end + 10) & NO_TEXT;
            long directoryBytes = tail.getInt(end + 12) & NO_NUMBER;
            long directoryOffset = tail.getInt(end + 16) & NO_NUMBER;
            if (tail.getInt(end + 4) != 0 || (tail.getShort(end + 8) & NO_TEXT) != count) {
                throw error(endOffset + 4, "an archive of several parts", "one file", AGAIN);
            }
            if (count == NO_TEXT || directoryBytes == NO_NUMBER || directoryOffset == NO_NUMBER) {
                throw error(
                        endOffset,
                        "a zip64 archive",
                        "an archive of less than 4 GiB",
                        "save the arrays as .npy files in a folder");
            }
            if (directoryOffset + directoryBytes != endOffset || directoryBytes > MOST_DIRECTORY) {
                throw error(
                        endOffset + 12,
                        "a directory of " + directoryBytes + " bytes at offset " + directoryOffset,
                        "one that ends at offset " + endOffset + ", of at most " + MOST_DIRECTORY + " bytes",
                        AGAIN);
            }
            ByteBuffer directory = bytes(directoryOffset, (int) directoryBytes);
            List<Entry> entries = new ArrayList<>();
            Set<String> names = new HashSet<>();
            for (int i = 0; i < count; i++) {
                Entry entry = entry(directory, directoryOffset);
                if (!names.add(entry.name())) {
                    throw error(entry.header(), "two entries named " + entry.name(), "each name once", AGAIN);
                }
                entries.add(entry);
            }
            if (directory.hasRemaining()) {
                throw error(
                        directoryOffset + directory.position(),
                        directory.remaining() + " bytes after the " + count + " entries of the directory",
                        "none",
                        AGAIN);
            }
            requireApart(entries, directoryOffset);
            return new ZipDirectory(List.copyOf(entries));
        }

        private Entry entry(ByteBuffer directory, long directoryOffset) throws IOException {
            long where = directoryOffset + directory.position();
            int at = directory.position();
            if (directory.remaining() < CENTRAL_BYTES || directory.getInt(at) != CENTRAL) {
                throw error(where, "no entry of the directory", "another entry", AGAIN);
            }
            int nameBytes = directory.getShort(at + 28) & NO_TEXT;
            int extraBytes = directory.getShort(at + 30) & NO_TEXT;
            int commentBytes = directory.getShort(at + 32) & NO_TEXT;
            if (directory.remaining() < CENTRAL_BYTES + nameBytes + extraBytes + commentBytes) {
                throw error(where, "an entry that is longer than the directory", "a whole entry", AGAIN);
            }
            String name = name(directory.slice(at + CENTRAL_BYTES, nameBytes), where);
            if ((directory.getShort(at + 8) & ENCRYPTED) != 0) {
                throw error(where, "the encrypted entry " + name, "entries that are not encrypted", AGAIN);
            }
            int method = directory.getShort(at + 10) & NO_TEXT;
            if (method != 0 && method != 8) {
                throw error(
                        where,
                        "compression method " + method + " of " + name,
                        "0 (stored) or 8 (deflate)",
                        "save it again with numpy.savez or numpy.savez_compressed");
            }
            long compressed = directory.getInt(at + 20) & NO_NUMBER;
            long size = directory.getInt(at + 24) & NO_NUMBER;
            long header = directory.getInt(at + 42) & NO_NUMBER;
            if (compressed == NO_NUMBER || size == NO_NUMBER || header == NO_NUMBER) {
                throw error(
                        where,
                        "the entry " + name + " of 4 GiB or more",
                        "entries of less than 2 GiB",
                        "save the arrays as .npy files in a folder");
            }
            if (method == 0 && compressed != size) {
                throw error(
                        where,
                        compressed + " bytes stored for " + size + " bytes of " + name,
                        "as many stored as there are",
                        AGAIN);
            }
            if (size > compressed * GzipStream.MAXIMUM_RATIO) {
                throw error(
                        where,
                        size + " bytes of " + name + " from " + compressed,
                        "at most " + GzipStream.MAXIMUM_RATIO + " times as many",
                        AGAIN);
            }
            if (GzipStream.isBomb(size, compressed)) {
                throw error(
                        where,
                        "a decompression bomb: " + size + " bytes of " + name + " from " + compressed,
                        GzipStream.WANTED,
                        "do not use a file like this from a stranger; if it is yours, save it with numpy.savez");
            }
            directory.position(at + CENTRAL_BYTES + nameBytes + extraBytes + commentBytes);
            return new Entry(
                    name,
                    method == 8,
                    directory.getInt(at + 16) & NO_NUMBER,
                    compressed,
                    size,
                    header,
                    data(name, header, directoryOffset));
        }

        /// Where the bytes of an entry begin: after its own header, which must name it too.
        private long data(String name, long header, long directoryOffset) throws IOException {
            if (header + LOCAL_BYTES > directoryOffset) {
                throw error(header, "the entry " + name + " in or after the directory", "a place before it", AGAIN);
            }
            ByteBuffer local = bytes(header, LOCAL_BYTES);
            int nameBytes = local.getShort(26) & NO_TEXT;
            long data = header + LOCAL_BYTES + nameBytes + (local.getShort(28) & NO_TEXT);
            if (local.getInt(0) != LOCAL || data > directoryOffset) {
                throw error(header, "no entry", "the entry " + name, AGAIN);
            }
            String own = name(bytes(header + LOCAL_BYTES, nameBytes), header);
            if (!own.equals(name)) {
                throw error(header, "the entry " + own, name + ", as the directory says", AGAIN);
            }
            return data;
        }

        private String name(ByteBuffer bytes, long where) {
            try {
                String name = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
                if (!name.isEmpty()
                        && name.chars().noneMatch(c -> c < ' ' || c == '/' || c == '\\' || c == ':')
                        && !name.contains("..")) {
                    return name;
                }
                throw error(
                        where,
                        "the name '" + name.replaceAll("\\p{Cntrl}", "?") + "'",
                        "a plain name, without folders",
                        AGAIN);
            } catch (CharacterCodingException malformed) {
                throw error(where, "a name that is not UTF-8", "a plain name", AGAIN);
            }
        }

        private void requireApart(List<Entry> entries, long directoryOffset) {
            List<Entry> sorted = new ArrayList<>(entries);
            sorted.sort(Comparator.comparingLong(Entry::header));
            for (int i = 0; i < sorted.size(); i++) {
                Entry entry = sorted.get(i);
                long next = i + 1 < sorted.size() ? sorted.get(i + 1).header() : directoryOffset;
                if (entry.end() > next) {
                    throw error(
                            entry.header(),
                            "the entry " + entry.name() + " up to offset " + entry.end(),
                            "its end at offset " + next + ", where "
                                    + (i + 1 < sorted.size()
                                            ? sorted.get(i + 1).name() + " begins"
                                            : "the directory begins"),
                            AGAIN);
                }
            }
        }

        private ByteBuffer bytes(long offset, int count) throws IOException {
            ByteBuffer buffer = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
            while (buffer.hasRemaining()) {
                if (channel.read(buffer, offset + buffer.position()) < 0) {
                    throw error(offset + buffer.position(), "the end of the file", "more of it", AGAIN);
                }
            }
            return buffer.flip();
        }

        private DataException error(long offset, String found, String expected, String remedy) {
            return new DataException(
                    "cannot read the zip archive", DataException.at(file, offset), found, expected, remedy);
        }
    }
}
