package org.badak.data;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Reads and writes NPZ, the format of `numpy.savez` and `numpy.savez_compressed`: a zip archive of NPY files, each
/// named after its array.
///
/// The archive may come from a stranger. An entry must be a plain name that ends in `.npy`; none may come twice or
/// overlap another; its inflated bytes are counted, must be as many as the archive says, and have its checksum. An
/// array
/// is allocated only where the archive is large enough to hold it.
public final class NpzFile {
    private static final String WHAT = "cannot read the NPZ file";
    private static final String SUFFIX = ".npy";
    private static final int MOST_ARRAYS = 1000;
    private static final String AGAIN = "delete the file and get it again, or save it again with numpy.savez";
    private static final LocalDateTime ALWAYS = LocalDateTime.of(1980, 1, 1, 0, 0);

    private NpzFile() {}

    /// Reads all arrays, by name.
    ///
    /// @throws DataException if the archive or an array in it is bad
    public static Map<String, NpyArray> read(Path file) {
        return read(file, List.of());
    }

    /// Reads some arrays, by name; all if no name is given. Entries that are not asked for are not inflated.
    ///
    /// @param wanted those to read, where they are in the archive
    /// @throws DataException if the archive, or an array that is read, is bad
    public static Map<String, NpyArray> read(Path file, List<String> wanted) {
        ReadableFile.size(file, WHAT);
        Map<String, NpyArray> arrays = new LinkedHashMap<>();
        try (FileChannel channel = FileChannel.open(file)) {
            for (ZipDirectory.Entry entry : entries(file, channel)) {
                if (wanted.isEmpty() || wanted.contains(name(entry))) {
                    arrays.put(name(entry), array(file, channel, entry));
                }
            }
        } catch (IOException failed) {
            throw ReadableFile.failed(file, WHAT, failed);
        }
        return arrays;
    }

    /// Names of the arrays, in the order of the archive.
    ///
    /// @throws DataException if the archive is bad
    public static List<String> names(Path file) {
        ReadableFile.size(file, WHAT);
        try (FileChannel channel = FileChannel.open(file)) {
            return entries(file, channel).stream().map(NpzFile::name).toList();
        } catch (IOException failed) {
            throw ReadableFile.failed(file, WHAT, failed);
        }
    }

    private static List<ZipDirectory.Entry> entries(Path file, FileChannel channel) throws IOException {
        List<ZipDirectory.Entry> entries = ZipDirectory.read(file, channel).entries();
        if (entries.size() > MOST_ARRAYS) {
            throw new DataException(
                    WHAT,
                    file.toString(),
                    entries.size() + " arrays",
                    "at most " + MOST_ARRAYS,
                    "stack the arrays: numpy.stack(list)");
        }
        for (ZipDirectory.Entry entry : entries) {
            if (!entry.name().endsWith(SUFFIX) || entry.name().length() == SUFFIX.length()) {
                throw new DataException(
                        WHAT,
                        file + ", entry " + entry.name(),
                        "a file that is no array",
                        "names that end in .npy",
                        "save the arrays with numpy.savez; extract other archives first");
            }
        }
        return entries;
    }

    private static String name(ZipDirectory.Entry entry) {
        return entry.name().substring(0, entry.name().length() - SUFFIX.length());
    }

    private static NpyArray array(Path file, FileChannel channel, ZipDirectory.Entry entry) throws IOException {
        String where = file + ", entry " + entry.name();
        channel.position(entry.data());
        InputStream stored = new Bounded(Channels.newInputStream(channel), entry.compressed());
        CRC32 crc = new CRC32();
        Inflater inflater = new Inflater(true);
        try {
            InputStream plain = entry.deflated() ? new InflaterInputStream(stored, inflater, 1 << 16) : stored;
            // not closed: that would close the channel
            InputStream content = new BufferedInputStream(new CheckedInputStream(plain, crc), 1 << 16);
            NpyArray array = NpyFile.read(content, entry.size(), where);
            if (content.read() >= 0) {
                throw damaged(where, "more than " + entry.size() + " bytes", entry.size() + ", as the archive says");
            }
            if (crc.getValue() != entry.crc()) {
                throw damaged(
                        where,
                        String.format("checksum (CRC-32) %08x", crc.getValue()),
                        String.format("%08x, as the archive says", entry.crc()));
            }
            return array;
        } catch (EOFException | java.util.zip.ZipException damaged) {
            throw damaged(
                    where,
                    "deflate data that ends early or is damaged (" + damaged.getMessage() + ")",
                    entry.size() + " bytes, as the archive says");
        } finally {
            inflater.end();
        }
    }

    private static DataException damaged(String where, String found, String expected) {
        return new DataException(WHAT, where, found, expected, AGAIN);
    }

    /// The first bytes of a stream.
    private static final class Bounded extends InputStream {
        private final InputStream source;
        private long left;

        Bounded(InputStream source, long left) {
            this.source = source;
            this.left = left;
        }

        @Override
        public int read() throws IOException {
            byte[] single = new byte[1];
            return read(single, 0, 1) < 0 ? -1 : single[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (left == 0 && length > 0) {
                return -1;
            }
            int read = source.read(target, offset, (int) Math.min(length, left));
            left -= Math.max(read, 0);
            return read;
        }
    }

    /// Writes an archive, compressed, as `numpy.savez_compressed`; the target is complete or as it was before. The same
    /// arrays always give the same bytes.
    ///
    /// @param arrays by name, written in the order of the map; names without `/` and `\`
    /// @throws DataException if the file cannot be written
    /// @throws IllegalArgumentException if a name cannot be that of an entry
    public static void write(Path file, Map<String, NpyArray> arrays) {
        List<String> names = new ArrayList<>(arrays.keySet());
        for (String name : names) {
            if (!name.matches("[^/\\\\:\\p{Cntrl}]+") || name.contains("..")) {
                throw new IllegalArgumentException(
                        "NPZ: expected plain names of arrays, without folders, found '" + name + "'");
            }
        }
        try {
            DurableFile.write(file, target -> {
                try (OutputStream buffered = new BufferedOutputStream(target);
                        ZipOutputStream zip = new ZipOutputStream(buffered)) {
                    for (Map.Entry<String, NpyArray> array : arrays.entrySet()) {
                        ZipEntry entry = new ZipEntry(array.getKey() + SUFFIX);
                        entry.setTimeLocal(ALWAYS);
                        zip.putNextEntry(entry);
                        NpyFile.write(zip, array.getValue());
                        zip.closeEntry();
                    }
                }
            });
        } catch (UncheckedIOException | IOException failed) {
            throw ReadableFile.unwritable(file, "cannot write the NPZ file", failed);
        }
    }
}
