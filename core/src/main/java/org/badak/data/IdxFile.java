package org.badak.data;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

/// Reads and writes IDX, the format of MNIST: bytes 0, 0, type code, rank; then rank dimensions as
/// big-endian 32-bit integers; then the elements, row-major and big-endian. Source: the format
/// description that Y. LeCun, C. Cortes and C. Burges published with the MNIST database.
///
/// Plain and gzip files are told apart by content, never by name. A reader meets files that others
/// made, so nothing is allocated on the word of a header alone: a plain file must be exactly as long
/// as its header says, and a gzip file must be long enough to hold what its header promises at the
/// highest ratio that deflate can reach (1032:1). What is larger than 64 MB and 200 times its file is
/// refused as a bomb: real pictures shrink to a tenth. Never more than the promised bytes and one are
/// inflated.
public final class IdxFile {
    /// The highest rank that is read or written.
    public static final int MAXIMUM_RANK = 8;

    private static final int MAXIMUM_BYTES = Integer.MAX_VALUE - 8;
    private static final int START = 64;
    private static final String AGAIN = "delete the file and get it again, or name another file";

    private IdxFile() {}

    /// Reads a whole file.
    ///
    /// @param file a plain or gzip-compressed IDX file
    /// @throws DataException if the file is missing, a folder, unreadable, empty, truncated, too
    ///     long, damaged, or not IDX; the message names the file, the offset, what was found, what
    ///     was expected and what to do
    public static IdxArray read(Path file) {
        long fileSize = ReadableFile.size(file, "cannot read the IDX file");
        try (InputStream source = Files.newInputStream(file)) {
            byte[] start = new byte[START];
            int length = source.readNBytes(start, 0, START);
            var whole = new PushbackInputStream(source, START);
            whole.unread(start, 0, length);
            if (!FileContent.isGzip(start, length)) {
                return read(file, whole, fileSize, false);
            }
            try (var inflated = new GzipStream(file, whole)) {
                return read(file, inflated, fileSize, true);
            }
        } catch (IOException failed) {
            throw ReadableFile.failed(file, "cannot read the IDX file", failed);
        }
    }

    private static IdxArray read(Path file, InputStream content, long fileSize, boolean gzip) throws IOException {
        byte[] magic = new byte[4];
        int length = content.readNBytes(magic, 0, 4);
        IdxType type = type(file, magic, length, content);
        int rank = magic[3];
        byte[] dimensions = new byte[4 * rank];
        int headerLength = 4 + dimensions.length;
        length = content.readNBytes(dimensions, 0, dimensions.length);
        if (length < dimensions.length) {
            throw error(
                    "the header is truncated",
                    DataException.at(file, 4L + length),
                    "the end of the content after " + (4 + length) + " bytes",
                    headerLength + " bytes of header for rank " + rank,
                    AGAIN);
        }
        int[] shape = new int[rank];
        ByteBuffer.wrap(dimensions).asIntBuffer().get(shape);
        long promised = promisedBytes(file, type, shape);
        refuseImpossible(file, shape, headerLength, promised, fileSize, gzip);
        byte[] data = new byte[(int) promised];
        int read = content.readNBytes(data, 0, data.length);
        if (read < data.length) {
            throw error(
                    "the data is truncated",
                    DataException.at(file, headerLength + (long) read) + " of the content",
                    read + " bytes of data",
                    promised + " bytes for shape " + Arrays.toString(shape),
                    AGAIN);
        }
        if (content.read() >= 0) {
            throw error(
                    "trailing bytes",
                    DataException.at(file, headerLength + promised) + " of the content",
                    "more content after " + promised + " bytes of data",
                    "the end, as shape " + Arrays.toString(shape) + " says",
                    AGAIN);
        }
        return new IdxArray(type, shape, data);
    }

    private static IdxType type(Path file, byte[] magic, int length, InputStream content) throws IOException {
        if (length == 4 && magic[0] == 0 && magic[1] == 0 && magic[3] >= 1 && magic[3] <= MAXIMUM_RANK) {
            for (IdxType type : IdxType.values()) {
                if (type.code() == magic[2]) {
                    return type;
                }
            }
        }
        byte[] start = Arrays.copyOf(magic, START);
        int known = length == 4 ? 4 + content.readNBytes(start, 4, START - 4) : length;
        String reason = known < 4 ? "only " + known + " bytes" : "wrong magic number";
        String found = known == 0 ? "no content" : FileContent.describe(start, known);
        throw error(
                reason,
                DataException.at(file, 0),
                found,
                "00 00, a type (08 09 0b 0c 0d 0e), a rank from 1 to " + MAXIMUM_RANK,
                FileContent.isMarkup(start, known)
                        ? "open the address in a browser, sign in to the network if it asks, and get the file again"
                        : AGAIN);
    }

    private static long promisedBytes(Path file, IdxType type, int[] shape) {
        long promised = type.bytes();
        for (int axis = 0; axis < shape.length; axis++) {
            if (shape[axis] < 0) {
                throw error(
                        "dimension out of range",
                        DataException.at(file, 4L + 4L * axis),
                        "dimension " + axis + " = " + shape[axis],
                        "0 or more",
                        AGAIN);
            }
            try {
                promised = Math.multiplyExact(promised, (long) shape[axis]);
            } catch (ArithmeticException overflow) {
                promised = Long.MAX_VALUE;
                break;
            }
        }
        if (promised > MAXIMUM_BYTES) {
            throw error(
                    "the header promises too much",
                    DataException.at(file, 4),
                    "shape " + Arrays.toString(shape) + " of " + type + ", "
                            + (promised == Long.MAX_VALUE ? "more than 2^63" : promised) + " bytes",
                    "at most " + MAXIMUM_BYTES + " bytes",
                    AGAIN);
        }
        return promised;
    }

    private static void refuseImpossible(
            Path file, int[] shape, int headerLength, long promised, long fileSize, boolean gzip) {
        long content = headerLength + promised;
        String found = "shape " + Arrays.toString(shape) + ", " + content + " bytes with the header";
        if (gzip) {
            long most = fileSize > Long.MAX_VALUE / GzipStream.MAXIMUM_RATIO
                    ? Long.MAX_VALUE
                    : fileSize * GzipStream.MAXIMUM_RATIO;
            if (content > most) {
                throw error(
                        "the header promises more than the file can hold",
                        DataException.at(file, 4),
                        found,
                        "at most " + most + " bytes from " + fileSize + " bytes of gzip",
                        AGAIN);
            }
            if (GzipStream.isBomb(content, fileSize)) {
                throw error(
                        "a decompression bomb",
                        DataException.at(file, 4),
                        found + ", from " + fileSize + " bytes of gzip",
                        GzipStream.WANTED,
                        "do not use a file like this from a stranger; if it is yours, decompress it first: gunzip");
            }
        } else if (content != fileSize) {
            throw error(
                    content > fileSize ? "the data is truncated" : "trailing bytes",
                    DataException.at(file, Math.min(content, fileSize)),
                    "a file of " + fileSize + " bytes",
                    content + " bytes, as shape " + Arrays.toString(shape) + " says",
                    AGAIN);
        }
    }

    /// Writes a whole file, gzip-compressed if its name ends in `.gz`. Written beside the target and
    /// renamed when complete: the target is never half-written. The same array always gives the same
    /// bytes.
    ///
    /// @param file the file to make or to replace; its folder must exist
    /// @param array what to write
    /// @throws DataException if the file cannot be written
    public static void write(Path file, IdxArray array) {
        boolean gzip = file.toString().endsWith(".gz");
        try {
            DurableFile.write(file, target -> {
                try (OutputStream out =
                        gzip ? new GZIPOutputStream(target, 1 << 16) : new BufferedOutputStream(target)) {
                    out.write(array.header());
                    out.write(array.bytes());
                }
            });
        } catch (UncheckedIOException | IOException failed) {
            throw ReadableFile.unwritable(file, "cannot write the IDX file", failed);
        }
    }

    private static DataException error(String reason, String where, String found, String expected, String remedy) {
        return new DataException("cannot read the IDX file: " + reason, where, found, expected, remedy);
    }
}
