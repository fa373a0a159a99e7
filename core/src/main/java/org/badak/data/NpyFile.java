package org.badak.data;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// Reads and writes NPY, the format of `numpy.save`: the magic number `\x93NUMPY`, a version (1.0, 2.0 or 3.0), the
/// length of the header, the header, and the elements. Source: NEP 1 and the documentation of `numpy.lib.format`.
///
/// Big-endian elements and Fortran order are read too: an [NpyArray] is always little-endian and row-major. Refused are
/// arrays of Python objects, which are pickles and can run code, of records and of texts. Nothing is allocated on the
/// word of a header alone: a file must be exactly as long as its header says.
public final class NpyFile {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int MAXIMUM_HEADER = 1 << 16;
    private static final int MAXIMUM_BYTES = Integer.MAX_VALUE - 8;
    private static final String AGAIN = "delete the file and get it again, or save the array again";

    private NpyFile() {}

    /// Reads a whole file.
    ///
    /// @throws DataException if it is missing, truncated, too long, not NPY, or holds something else than
    ///     numbers; the message names the file, the offset, what was found, what was expected and what to do
    public static NpyArray read(Path file) {
        long size = ReadableFile.size(file, "cannot read the NPY file");
        try (InputStream content = new BufferedInputStream(Files.newInputStream(file))) {
            return read(content, size, file.toString());
        } catch (IOException failed) {
            throw ReadableFile.failed(file, "cannot read the NPY file", failed);
        }
    }

    /// Reads an array from content of known size.
    ///
    /// @param size bytes of the content
    /// @param where it stands, for messages
    static NpyArray read(InputStream content, long size, String where) throws IOException {
        byte[] start = new byte[8];
        int length = content.readNBytes(start, 0, start.length);
        if (length < start.length || !Arrays.equals(MAGIC, Arrays.copyOf(start, MAGIC.length))) {
            throw error(
                    "wrong magic number",
                    where + ", offset 0",
                    length == 0 ? "no content" : FileContent.describe(start, length),
                    "93 4e 55 4d 50 59, what numpy.save writes",
                    "name a file that numpy.save wrote");
        }
        int version = start[6];
        if (version < 1 || version > 3 || start[7] != 0) {
            throw error(
                    "a version that is not known",
                    where + ", offset 6",
                    "version " + (start[6] & 0xFF) + "." + (start[7] & 0xFF),
                    "1.0, 2.0 or 3.0",
                    "save the array again with numpy.save");
        }
        int lengthBytes = version == 1 ? 2 : 4;
        long headerLength = 0;
        for (int i = 0; i < lengthBytes; i++) {
            headerLength |= (long) Math.max(content.read(), 0) << 8 * i;
        }
        long headerStart = (long) start.length + lengthBytes;
        if (headerLength > Math.min(MAXIMUM_HEADER, size - headerStart)) {
            throw error(
                    "the header is longer than it can be",
                    where + ", offset " + start.length,
                    headerLength + " bytes of header in " + size + " bytes",
                    "at most " + Math.clamp(size - headerStart, 0, MAXIMUM_HEADER),
                    AGAIN);
        }
        byte[] literal = content.readNBytes((int) headerLength);
        String text = new String(literal, version == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
        NpyHeader header;
        try {
            header = NpyHeader.parse(text);
        } catch (NpyHeader.Malformed malformed) {
            throw error(
                    "the header cannot be used",
                    where + ", offset " + (headerStart + malformed.offset()),
                    malformed.found(),
                    malformed.expected(),
                    malformed.remedy());
        }
        return elements(content, size, headerStart + headerLength, header, where);
    }

    private static NpyArray elements(InputStream content, long size, long first, NpyHeader header, String where)
            throws IOException {
        long promised = header.type().bytes();
        String shape = NpyHeader.tuple(header.shape()) + " of " + header.type();
        for (int dimension : header.shape()) {
            // no overflow: both factors are below 2^31, or the product was cut to 2^31 before
            promised = Math.min(promised * dimension, MAXIMUM_BYTES + 1L);
        }
        for (int dimension : header.shape()) {
            promised = dimension == 0 ? 0 : promised;
        }
        if (promised > MAXIMUM_BYTES) {
            throw error(
                    "the array is too large",
                    where,
                    "shape " + shape,
                    "at most " + MAXIMUM_BYTES + " bytes",
                    size > MAXIMUM_BYTES ? "divide the array into several files" : AGAIN);
        }
        if (first + promised != size) {
            throw error(
                    first + promised > size ? "the data is truncated" : "trailing bytes",
                    where + ", offset " + Math.min(first + promised, size),
                    size + " bytes",
                    first + promised + " bytes, as shape " + shape + " says",
                    AGAIN);
        }
        byte[] data = content.readNBytes((int) promised);
        if (data.length < promised) {
            throw error(
                    "the data is truncated",
                    where + ", offset " + (first + data.length),
                    data.length + " bytes of data",
                    promised + " bytes, as shape " + shape + " says",
                    AGAIN);
        }
        if (header.bigEndian()) {
            reverse(data, header.type().bytes());
        }
        return new NpyArray(
                header.type(),
                header.shape(),
                header.fortran() && header.shape().length > 1
                        ? rowMajor(data, header.shape(), header.type().bytes())
                        : data);
    }

    private static void reverse(byte[] data, int width) {
        for (int start = 0; start < data.length; start += width) {
            for (int i = 0; i < width / 2; i++) {
                byte kept = data[start + i];
                data[start + i] = data[start + width - 1 - i];
                data[start + width - 1 - i] = kept;
            }
        }
    }

    /// The elements of an array whose first index runs fastest, with the last index running fastest.
    private static byte[] rowMajor(byte[] data, int[] shape, int width) {
        byte[] ordered = new byte[data.length];
        int[] index = new int[shape.length];
        for (int target = 0; target < data.length; target += width) {
            long source = 0;
            for (int axis = shape.length - 1; axis >= 0; axis--) {
                source = source * shape[axis] + index[axis];
            }
            System.arraycopy(data, (int) source * width, ordered, target, width);
            for (int axis = shape.length - 1; axis >= 0 && ++index[axis] == shape[axis]; axis--) {
                index[axis] = 0;
            }
        }
        return ordered;
    }

    /// Writes a file, version 1.0, little-endian and row-major; the target is complete or as it was before. The same
    /// array always gives the same bytes, those of `numpy.save`.
    ///
    /// @throws DataException if the file cannot be written
    public static void write(Path file, NpyArray array) {
        try {
            DurableFile.write(file, target -> {
                try (OutputStream out = new BufferedOutputStream(target)) {
                    write(out, array);
                }
            });
        } catch (UncheckedIOException | IOException failed) {
            throw ReadableFile.unwritable(file, "cannot write the NPY file", failed);
        }
    }

    /// Writes header and elements.
    static void write(OutputStream out, NpyArray array) throws IOException {
        out.write(new NpyHeader(array.type(), false, false, array.shape()).bytes());
        out.write(array.bytes());
    }

    private static DataException error(String reason, String where, String found, String expected, String remedy) {
        return new DataException("cannot read the NPY file: " + reason, where, found, expected, remedy);
    }
}
