package org.badak.model;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.badak.data.DataException;
import org.badak.data.DurableFile;
import org.badak.data.Json;
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
                    if (!Double.isFinite(value)) {
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

    /// Writes parameters and metadata; whatever interrupts it, the target is complete or as it was before.
    ///
    /// @throws IOException if the file cannot be written
    public static void write(Path target, Map<String, String> metadata, Parameters parameters) throws IOException {
        Map<String, Json> header = new LinkedHashMap<>();
        Map<String, Json> texts = new LinkedHashMap<>();
        metadata.forEach((name, value) -> texts.put(name, Json.of(value)));
        header.put(METADATA, new Json.Members(texts));
        String type = TensorType.of(parameters.precision()).name();
        long begin = 0;
        for (Slot slot : parameters.slots()) {
            long end = begin + slot.count() * parameters.precision().bytes();
            Map<String, Json> entry = new LinkedHashMap<>();
            entry.put("dtype", Json.of(type));
            entry.put("shape", integers(slot.shape().rows(), slot.shape().columns()));
            entry.put("data_offsets", integers(begin, end));
            header.put(slot.name(), new Json.Members(entry));
            begin = end;
        }
        byte[] text = new Json.Members(header).toString().getBytes(StandardCharsets.UTF_8);
        int padded = (text.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        DurableFile.write(target, out -> {
            ByteBuffer buffer =
                    ByteBuffer.allocate(Math.max(BUFFER, Long.BYTES + padded)).order(ByteOrder.LITTLE_ENDIAN);
            buffer.putLong(padded).put(text);
            while (buffer.position() < Long.BYTES + padded) {
                buffer.put((byte) ' ');
            }
            for (Matrix tensor : parameters.tensors()) {
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
        });
    }

    private static Json integers(long first, long second) {
        return new Json.Items(List.of(Json.of(first), Json.of(second)));
    }
}
