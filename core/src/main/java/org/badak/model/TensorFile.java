package org.badak.model;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.badak.data.DataException;
import org.badak.data.Digests;
import org.badak.data.DurableFile;
import org.badak.data.Json;
import org.badak.data.NpyArray;
import org.badak.data.NpyType;
import org.badak.data.Storage;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;

/// Named tensors in a file: the safetensors format of Hugging Face. A 64-bit little-endian length, a JSON header of
/// that
/// length (name → dtype, shape, data_offsets; `__metadata__`: string → string), then the numbers, row-major and
/// little-endian, without holes.
///
/// A file is never trusted: everything is checked before memory is taken for it, see [TensorFileReader].
///
/// @param metadata free text by name, in order
/// @param entries the tensors, in the order of their data
public record TensorFile(Path path, Map<String, String> metadata, List<Entry> entries, long dataStart) {
    /// The header member that holds [#metadata].
    public static final String METADATA = "__metadata__";
    /// The name in [#metadata] of the hash of everything else, see [#writeHashed].
    public static final String CONTENT_HASH = "content_sha256";

    private static final int BUFFER = 1 << 16;
    private static final int ALIGNMENT = 8;

    /// Where a tensor lies.
    ///
    /// @param name unique in the file
    /// @param type element type
    /// @param shape sizes, outermost first
    /// @param begin first byte, counted from the beginning of the data
    /// @param end byte behind the last
    public record Entry(String name, TensorType type, List<Long> shape, long begin, long end) {}

    /// Reads and checks the header; numbers are read by [#load].
    ///
    /// @throws DataException if this is not a safetensors file in every respect
    public static TensorFile open(Path path) {
        return new TensorFileReader(path).open();
    }

    /// Reads the numbers of a tensor into a matrix of its size and checks that they are finite.
    ///
    /// @param target overwritten; as many elements as the tensor, and its precision
    /// @throws DataException if the file has changed, or a number is NaN or infinite
    public void load(Entry entry, Matrix target) {
        load(entry, target, true);
    }

    /// As [#load], for numbers that need not be finite: readings that do not exist, means of squares that overflowed.
    ///
    /// @throws DataException if the file has changed
    public void loadAny(Entry entry, Matrix target) {
        load(entry, target, false);
    }

    private void load(Entry entry, Matrix target, boolean finite) {
        try (FileChannel channel = FileChannel.open(path)) {
            ByteBuffer row = ByteBuffer.allocate(
                            target.columns() * target.precision().bytes())
                    .order(ByteOrder.LITTLE_ENDIAN);
            long position = dataStart + entry.begin();
            for (int i = 0; i < target.rows(); i++) {
                row.clear();
                while (row.hasRemaining()) {
                    if (channel.read(row, position + row.position()) < 0) {
                        throw new DataException(
                                "cannot read the tensor " + entry.name(),
                                path.toString(),
                                "the end of the file",
                                "the numbers that its header promises",
                                "the file was changed while it was read: try again");
                    }
                }
                row.flip();
                for (int j = 0; j < target.columns(); j++) {
                    double value = target.precision() == Precision.FLOAT32 ? row.getFloat() : row.getDouble();
                    if (finite && !Double.isFinite(value)) {
                        throw notFinite(entry, i, j, value);
                    }
                    target.set(i, j, value);
                }
                position += row.capacity();
            }
        } catch (IOException failed) {
            throw unreadable("cannot read the tensor " + entry.name(), failed);
        }
    }

    /// The numbers of a tensor as an array of its shape, whatever they are.
    ///
    /// @throws DataException if its type is one that NumPy does not have, or the file has changed
    public NpyArray array(Entry entry) {
        NpyType type = entry.type()
                .array()
                .orElseThrow(() -> new DataException(
                        "cannot read the tensor " + entry.name(),
                        path.toString(),
                        "numbers of type " + entry.type(),
                        "float32, float64 or float16",
                        "convert it where it was made: tensor.float()"));
        try (FileChannel channel = FileChannel.open(path)) {
            ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(entry.end() - entry.begin()));
            read(channel, dataStart + entry.begin(), dataStart + entry.end(), bytes);
            return new NpyArray(
                    type, entry.shape().stream().mapToInt(Math::toIntExact).toArray(), bytes.array());
        } catch (IOException | ArithmeticException failed) {
            throw new DataException(
                    "cannot read the tensor " + entry.name(),
                    path.toString(),
                    failed.toString(),
                    "a readable file of tensors below 2 GB",
                    "check the disk that holds the file",
                    failed);
        }
    }

    /// Writes arrays for other programs; whatever interrupts it, the target is complete or as it was before.
    ///
    /// @param arrays of float32 or float64, by name, in order
    /// @throws IOException if the file cannot be written
    public static void writeArrays(Path target, Map<String, String> metadata, Map<String, NpyArray> arrays)
            throws IOException {
        List<Entry> entries = new ArrayList<>();
        long begin = 0;
        for (Map.Entry<String, NpyArray> each : arrays.entrySet()) {
            NpyArray array = each.getValue();
            long end = begin + array.bytes().length;
            entries.add(new Entry(
                    each.getKey(),
                    TensorType.of(array.type()),
                    Arrays.stream(array.shape()).mapToObj(size -> (long) size).toList(),
                    begin,
                    end));
            begin = end;
        }
        write(Storage.DISK, target, header(metadata, entries), out -> {
            for (NpyArray array : arrays.values()) {
                out.write(array.bytes());
            }
        });
    }

    /// The SHA-256 of tensors as [Parameters#sha256] gives it once they are loaded, and whether
    /// all their numbers are finite: found out before any memory is taken for them.
    ///
    /// @param tensors of float32 or float64, in rows and columns
    /// @throws DataException if a number is NaN or infinite
    public String sha256(List<Entry> tensors) {
        MessageDigest digest = Digests.sha256();
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel channel = FileChannel.open(path)) {
            for (Entry entry : tensors) {
                long columns = entry.shape().getLast();
                long number = 0;
                for (long at = entry.begin(); at < entry.end(); at += BUFFER) {
                    read(channel, dataStart + at, dataStart + entry.end(), buffer);
                    digest.update(buffer.array(), 0, buffer.limit());
                    for (; buffer.hasRemaining(); number++) {
                        double value = entry.type() == TensorType.F32 ? buffer.getFloat() : buffer.getDouble();
                        if (!Double.isFinite(value)) {
                            throw notFinite(entry, number / columns, number % columns, value);
                        }
                    }
                }
            }
        } catch (IOException failed) {
            throw unreadable("cannot read the tensors", failed);
        }
        return Digests.hexadecimal(digest);
    }

    /// Fills a buffer from a place on, up to another; ready to be taken from.
    private void read(FileChannel channel, long from, long to, ByteBuffer buffer) throws IOException {
        buffer.clear().limit((int) Math.min(buffer.capacity(), to - from));
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, from + buffer.position()) < 0) {
                throw new IOException("the file was changed while it was read");
            }
        }
        buffer.flip();
    }

    private DataException notFinite(Entry entry, long row, long column, double value) {
        return new DataException(
                "cannot use the tensor " + entry.name(),
                path + ", row " + row + ", column " + column,
                Double.toString(value),
                "a finite number",
                "the training that wrote it diverged, or the file is damaged: use another model");
    }

    private DataException unreadable(String what, IOException failed) {
        return new DataException(
                what,
                path.toString(),
                failed.toString(),
                "a readable file",
                "check the disk that holds the file",
                failed);
    }

    /// Writes parameters and metadata, hashed as by [#writeHashed]; whatever interrupts it, the target is complete or
    /// as
    /// it was before.
    ///
    /// @throws IOException if the file cannot be written
    public static void write(Path target, Map<String, String> metadata, Parameters parameters) throws IOException {
        write(Storage.DISK, target, metadata, parameters);
    }

    /// As [#write(Path, Map, Parameters)].
    ///
    /// @param storage what writes
    /// @throws IOException if the file cannot be written
    public static void write(Storage storage, Path target, Map<String, String> metadata, Parameters parameters)
            throws IOException {
        Map<String, Matrix> tensors = new LinkedHashMap<>();
        for (int i = 0; i < parameters.slots().size(); i++) {
            tensors.put(parameters.slots().get(i).name(), parameters.tensor(i));
        }
        writeHashed(storage, target, metadata, tensors);
    }

    /// Writes tensors and metadata, among it as [#CONTENT_HASH] the SHA-256 of everything else, which
    /// [#requireHash] checks; whatever interrupts it, the target is complete or as it was before.
    ///
    /// @param storage where
    /// @param tensors by name, in order
    /// @throws IOException if the file cannot be written
    public static void writeHashed(
            Storage storage, Path target, Map<String, String> metadata, Map<String, Matrix> tensors)
            throws IOException {
        Map<String, String> hashed = new LinkedHashMap<>(metadata);
        hashed.put(CONTENT_HASH, "");
        MessageDigest digest = Digests.sha256();
        digest.update(header(hashed, entries(tensors)));
        writeData(tensors.values(), new DigestOutputStream(OutputStream.nullOutputStream(), digest));
        hashed.put(CONTENT_HASH, Digests.hexadecimal(digest));
        write(storage, target, header(hashed, entries(tensors)), out -> writeData(tensors.values(), out));
    }

    /// Checks that the file holds what [#writeHashed] wrote, to the bit: each byte of the header but the hash itself
    /// and
    /// the blanks that pad it, and each byte of the data.
    ///
    /// @throws DataException if it does not
    public void requireHash() {
        String expected = metadata.get(CONTENT_HASH);
        if (expected == null) {
            throw changed("nothing", "the hash of its content");
        }
        MessageDigest digest = Digests.sha256();
        if (expected.length() != 2 * digest.getDigestLength()) {
            throw changed(expected.length() + " characters", 2 * digest.getDigestLength() + ", as a hash has");
        }
        String name = "\"" + CONTENT_HASH + "\":\"";
        byte[] member = (name + expected + "\"").getBytes(StandardCharsets.UTF_8);
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        try (FileChannel channel = FileChannel.open(path)) {
            long start = find(channel, member, buffer);
            if (start < 0) {
                throw changed("a member that is written in another way", name + expected + "\"");
            }
            hash(channel, Long.BYTES, start + name.length(), buffer, digest); // with nothing in the place of the hash
            hash(channel, start + member.length - 1, headerEnd(channel, buffer), buffer, digest);
            hash(channel, dataStart, channel.size(), buffer, digest);
        } catch (IOException failed) {
            throw unreadable("cannot read the file", failed);
        }
        String found = Digests.hexadecimal(digest);
        if (!found.equals(expected)) {
            throw changed(found, expected);
        }
    }

    /// Where bytes of the header begin; -1 if they are not there.
    private long find(FileChannel channel, byte[] wanted, ByteBuffer buffer) throws IOException {
        for (long at = Long.BYTES; at + wanted.length <= dataStart; at += BUFFER - wanted.length + 1) {
            read(channel, at, dataStart, buffer);
            for (int i = 0; i + wanted.length <= buffer.limit(); i++) {
                int same = 0;
                while (same < wanted.length && buffer.get(i + same) == wanted[same]) {
                    same++;
                }
                if (same == wanted.length) {
                    return at + i;
                }
            }
        }
        return -1;
    }

    /// Where the blanks begin that pad the header.
    private long headerEnd(FileChannel channel, ByteBuffer buffer) throws IOException {
        long end = dataStart;
        while (end > Long.BYTES) {
            long from = Math.max(Long.BYTES, end - BUFFER);
            read(channel, from, end, buffer);
            for (; end > from; end--) {
                if (buffer.get((int) (end - 1 - from)) != ' ') {
                    return end;
                }
            }
        }
        return end;
    }

    private void hash(FileChannel channel, long from, long to, ByteBuffer buffer, MessageDigest digest)
            throws IOException {
        for (long at = from; at < to; at += BUFFER) {
            read(channel, at, to, buffer);
            digest.update(buffer);
        }
    }

    private DataException changed(String found, String expected) {
        return new DataException(
                "cannot use the file: its content is not what was written",
                path + ", metadata, " + CONTENT_HASH,
                found,
                expected,
                "the file is damaged: use another");
    }

    private static void write(Storage storage, Path target, byte[] header, DurableFile.Writer data) throws IOException {
        int padded = (header.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        DurableFile.write(storage, target, out -> {
            ByteBuffer start = ByteBuffer.allocate(Long.BYTES + padded).order(ByteOrder.LITTLE_ENDIAN);
            start.putLong(padded).put(header);
            while (start.hasRemaining()) {
                start.put((byte) ' ');
            }
            out.write(start.array());
            data.writeTo(out);
        });
    }

    private static void writeData(Collection<Matrix> tensors, OutputStream out) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
        for (Matrix tensor : tensors) {
            for (int i = 0; i < tensor.rows(); i++) {
                for (int j = 0; j < tensor.columns(); j++) {
                    if (buffer.remaining() < Double.BYTES) {
                        out.write(buffer.array(), 0, buffer.position());
                        buffer.clear();
                    }
                    switch (tensor.precision()) {
                        case FLOAT32 -> buffer.putFloat((float) tensor.get(i, j));
                        case FLOAT64 -> buffer.putDouble(tensor.get(i, j));
                    }
                }
            }
        }
        out.write(buffer.array(), 0, buffer.position());
    }

    private static List<Entry> entries(Map<String, Matrix> tensors) {
        List<Entry> entries = new ArrayList<>();
        long begin = 0;
        for (Map.Entry<String, Matrix> each : tensors.entrySet()) {
            Matrix tensor = each.getValue();
            long end = begin
                    + (long) tensor.rows()
                            * tensor.columns()
                            * tensor.precision().bytes();
            List<Long> shape = List.of((long) tensor.rows(), (long) tensor.columns());
            entries.add(new Entry(each.getKey(), TensorType.of(tensor.precision()), shape, begin, end));
            begin = end;
        }
        return entries;
    }

    private static byte[] header(Map<String, String> metadata, List<Entry> entries) {
        Map<String, Json> header = new LinkedHashMap<>();
        Map<String, Json> texts = new LinkedHashMap<>();
        metadata.forEach((name, value) -> texts.put(name, Json.of(value)));
        header.put(METADATA, new Json.Members(texts));
        for (Entry entry : entries) {
            Map<String, Json> members = new LinkedHashMap<>();
            members.put("dtype", Json.of(entry.type().name()));
            members.put("shape", integers(entry.shape()));
            members.put("data_offsets", integers(List.of(entry.begin(), entry.end())));
            header.put(entry.name(), new Json.Members(members));
        }
        return new Json.Members(header).toString().getBytes(StandardCharsets.UTF_8);
    }

    private static Json integers(List<Long> values) {
        return new Json.Items(values.stream().<Json>map(Json::of).toList());
    }
}
