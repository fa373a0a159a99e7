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
                        throw new DataException(
                                "cannot use the tensor " + entry.name(),
                                path + ", row " + i + ", column " + j,
                                Double.toString(value),
                                "a finite number",
                                "the training that wrote it diverged, or the file is damaged: use another model");
                    }
                    target.set(i, j, value);
                }
                position += row.capacity();
            }
        } catch (IOException failed) {
            throw new DataException(
                    "cannot read the tensor " + entry.name(),
                    path.toString(),
                    failed.toString(),
                    "a readable file",
                    "check the disk that holds the file",
                    failed);
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
            long start = dataStart + entry.begin();
            while (bytes.hasRemaining()) {
                if (channel.read(bytes, start + bytes.position()) < 0) {
                    throw new IOException("the file ends within the tensor: it was changed while it was read");
                }
            }
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
        try (FileChannel channel = FileChannel.open(path)) {
            ByteBuffer header = ByteBuffer.allocate((int) dataStart - Long.BYTES);
            channel.position(Long.BYTES);
            while (header.hasRemaining() && channel.read(header) >= 0) {}
            hash(header.array(), expected, digest);
            ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
            channel.position(dataStart);
            while (channel.read(buffer) >= 0) {
                digest.update(buffer.flip());
                buffer.clear();
            }
        } catch (IOException failed) {
            throw new DataException(
                    "cannot read the file",
                    path.toString(),
                    failed.toString(),
                    "a readable file",
                    "check the disk that holds the file",
                    failed);
        }
        String found = Digests.hexadecimal(digest);
        if (!found.equals(expected)) {
            throw changed(found, expected);
        }
    }

    /// Hashes a header as it stands, with nothing in the place of the hash.
    private void hash(byte[] header, String hash, MessageDigest digest) {
        String name = "\"" + CONTENT_HASH + "\":\"";
        byte[] member = (name + hash + "\"").getBytes(StandardCharsets.UTF_8);
        int end = header.length;
        while (end > 0 && header[end - 1] == ' ') {
            end--;
        }
        int start = 0;
        while (start + member.length <= end
                && !Arrays.equals(header, start, start + member.length, member, 0, member.length)) {
            start++;
        }
        if (start + member.length > end) {
            throw changed("a member that is written in another way", name + hash + "\"");
        }
        digest.update(header, 0, start + name.length());
        int behind = start + member.length - 1; // the quotation mark that closes it
        digest.update(header, behind, end - behind);
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
